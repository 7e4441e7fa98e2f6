// What the view does with the host's messages: gaps, repeats, acknowledgements, scrolling, long transcripts, memory.
import assert from 'node:assert/strict';
import type { ChatSnapshot, ViewMessage } from '../../../src/shared/protocol.ts';
import type { OpenView } from '../../helpers/viewHarness/openView.ts';
import { syntheticMessage, syntheticText } from '../../helpers/viewHarness/syntheticMessage.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { viewState, withView } from '../viewSuite.ts';
import { waitFor } from '../waitFor.ts';

export const suite: EditorSuite = {
  name: 'Chat view stream',
  timeoutMs: 120_000,
  tests: {
    'a missed delta makes the view ask for a snapshot, once': (editor) => withView(editor, async (pages) => {
      const view = await pages.open();
      await view.page.evaluate(() => {
        for (const sequence of [5, 6]) window.host.post({ type: 'message-changed', sequence, messageId: 'a2', patch: { status: 'done' } });
      });
      await waitFor('the request', async () => (await view.sent()).some((message) => message.type === 'resync'));
      await view.page.waitForTimeout(100);
      assert.equal((await view.sent()).filter((message) => message.type === 'resync').length, 1);
    }),

    'a beat is answered with what the view has, and each delta is acknowledged when it is on the screen': (editor) => withView(editor, async (pages) => {
      const view = await pages.open();
      await view.post({ type: 'message-added', sequence: 2, index: 4, message: { id: 'grows', role: 'assistant', text: '', status: 'streaming', createdAt: 0 } });
      await view.post({ type: 'message-delta', sequence: 3, messageId: 'grows', part: 'text', offset: 0, text: 'Seen.' });
      await waitFor('the acknowledgement', async () => (await view.sent()).some((message) => message.type === 'painted' && message.sequence === 3));
      assert.match(await view.page.locator('[data-message="grows"]').innerText(), /Seen\./);
      await view.post({ type: 'heartbeat', sequence: 3 });
      const alive = await waitFor('the answer', async () => (await view.sent()).find((message) => message.type === 'alive'));
      assert.equal(alive.sequence, 3);
    }),

    'the end of a text is drawn with its last reference, and code is coloured': (editor) => withView(editor, async (pages) => {
      const view = await pages.open();
      await stream(view, 'See [the notes][n].\n\n1. Do\n   ```ts\n   const a = 1;\n   ```\n\n```ts\nconst b = 2;\n```\n\n[n]: https://docs.example.com\n');
      await view.page.locator('[data-message="streamed"] a.link').waitFor();
      await waitFor('the colours', async () => (await view.page.locator('[data-message="streamed"] .token-keyword').count()) === 2);
      assert.equal(await view.page.locator('[data-message="streamed"] .caret').count(), 0);
    }),

    'a named character is drawn, in text and in addresses; what is none stays': (editor) => withView(editor, async (pages) => {
      const view = await pages.open();
      await stream(view, '&copy; &amp;lt; &NotEqualTilde; &semi; &bogus; &notit; &#35; &#x41; `&copy;` [a](https://x.example/?q=&amp;copy=&eacute;)\n');
      const body = view.page.locator('[data-message="streamed"] .body');
      assert.match((await body.textContent()) ?? '', /^© &lt; ≂̸ ; &bogus; &notit; # A &copy; a/);
      assert.equal(await body.locator('a').getAttribute('data-url'), 'https://x.example/?q=&copy=%C3%A9');
    }),

    'scrolling follows the stream only at the end': (editor) => withView(editor, async (pages) => {
      const view = await pages.open();
      await stream(view, syntheticText(8_000));
      const distance = (): Promise<number> => view.page.evaluate(() => {
        const log = document.querySelector('.log');
        return log === null ? -1 : log.scrollHeight - log.clientHeight - log.scrollTop;
      });
      assert.ok((await distance()) <= 2);
      await view.page.mouse.move(190, 300);
      await view.page.mouse.wheel(0, -600);
      await view.page.locator('.jump').waitFor();
      const before = await topOf(view);
      const added = await view.page.evaluate(() => {
        const painted = window.host.sent.findLast((message) => message.type === 'painted');
        const next = (painted?.sequence ?? 0) + 1;
        window.host.post({ type: 'message-added', sequence: next, index: 5, message: { id: 'more', role: 'assistant', text: 'More. '.repeat(500), status: 'streaming', createdAt: 0 } });
        return next;
      });
      await waitFor('the paint', async () => (await view.sent()).some((message) => message.type === 'painted' && message.sequence === added));
      assert.equal(Math.round(await topOf(view)), Math.round(before));
      await view.page.locator('.jump').click();
      await waitFor('the end', async () => (await distance()) <= 2);
      assert.equal(await view.page.locator('.jump').count(), 0);
    }),

    'a transcript of 10,000 messages holds few of them, and walks back without a blank place': (editor) => withView(editor, async (pages) => {
      const view = await pages.open({ snapshot: longSnapshot(), syntheticCharacters: 3_000 });
      assert.ok((await view.page.locator('.row').count()) < 60);
      await view.page.mouse.move(190, 300);
      for (let turn = 0; turn < 80; turn += 1) {
        await view.page.mouse.wheel(0, -800);
        await view.page.waitForTimeout(16);
        assert.equal(await view.page.evaluate(() => document.elementFromPoint(190, 300)?.closest('.row') === null), false, `turn ${turn}`);
      }
      assert.ok((await view.page.locator('.row').count()) < 60);
      assert.ok((await view.sent()).some((message) => message.type === 'read-messages'));
    }),

    'the scroll bar drawn to the middle lands on messages of the middle': (editor) => withView(editor, async (pages) => {
      const view = await pages.open({ snapshot: longSnapshot(), syntheticCharacters: 3_000 });
      await view.page.evaluate(() => {
        const log = document.querySelector('.log');
        // As when the scroll bar is pressed and drawn.
        log?.dispatchEvent(new PointerEvent('pointerdown'));
        if (log !== null) log.scrollTop = log.scrollHeight / 2;
      });
      const index = await waitFor('a message', async () => {
        const id = await view.page.evaluate(() => document.elementFromPoint(190, 300)?.closest<HTMLElement>('[data-message]')?.dataset['message']);
        return id === undefined ? undefined : Number(id.replace('message-', ''));
      });
      assert.ok(index > 3_500 && index < 6_500, `it is message ${index}`);
    }),

    'a draft and the place in the transcript survive a reload of the view': (editor) => withView(editor, async (pages) => {
      const view = await pages.open();
      await view.page.locator('.composer-text').fill('not sent yet');
      const draft = await waitFor('the draft at the host', async () => (await view.sent()).find((message) => message.type === 'draft'));
      // At the end, and of more messages than there will ever be: a transcript that grows meanwhile is shown at its new end.
      assert.equal(draft?.type === 'draft' && draft.text, 'not sent yet');
      assert.ok(draft?.type === 'draft' && draft.scrollTop > 1_000_000);
      const memory = await view.page.evaluate(() => window.host.memory);
      assert.deepEqual(memory, { sessionId: 'session-1', draft: 'not sent yet' });
      const again = await pages.open({ snapshot: { ...longSnapshot(), draft: 'from the host', scrollTop: 9_970.25 }, syntheticCharacters: 3_000 });
      assert.equal(await again.page.locator('.composer-text').inputValue(), 'from the host');
      await waitFor('the place', async () => (await messageAtTop(again)) === 'message-9970');
    }),

    'the place in the transcript is told when scrolling rests, and a view that opens there stands there': (editor) => withView(editor, async (pages) => {
      const view = await pages.open({ snapshot: longSnapshot(), syntheticCharacters: 3_000 });
      await scrollUp(view);
      const place = await waitFor('the place at the host', () => lastPlace(view));
      assert.ok(place.sessionId === 'session-1' && place.scrollTop < 10_000, `it is ${place.scrollTop}`);
      const shown = await messageAtTop(view);
      await view.page.waitForTimeout(400);
      assert.equal((await view.sent()).filter(({ type }) => type === 'scrolled').length, 1);
      const again = await pages.open({ snapshot: { ...longSnapshot(), scrollTop: place.scrollTop }, syntheticCharacters: 3_000 });
      await waitFor('the place', async () => (await messageAtTop(again)) === shown);
      // What the new view tells is the same place: it does not creep with each time that the view is hidden.
      const told = await waitFor('the place at the host again', () => lastPlace(again));
      assert.ok(Math.abs(told.scrollTop - place.scrollTop) < 0.002, `${place.scrollTop} became ${told.scrollTop}`);
    }),

    'a snapshot of what is on the screen draws each text once, and leaves the reader where the host says': (editor) => withView(editor, async (pages) => {
      const text = Array.from({ length: 200 }, (_, index) => `Paragraph number ${index}.`).join('\n\n');
      const messages = [{ ...syntheticMessage(0, 100), role: 'user' as const }, { ...syntheticMessage(1, 100), role: 'assistant' as const, text }];
      const snapshot = { ...viewState('study'), total: 2, from: 0, messages, scrollTop: 1.5 };
      const view = await pages.open({ snapshot });
      const drawn = async (): Promise<readonly [number, string | null | undefined]> => await view.page.evaluate(() => [
        document.querySelectorAll('.answer .body p').length, document.elementFromPoint(190, 40)?.closest('p')?.textContent,
      ]);
      const [count, shown] = await waitFor('the middle', async () => {
        const found = await drawn();
        return found[0] === 200 && /number (9\d|10\d)\./.test(found[1] ?? '') ? found : undefined;
      });
      await view.post({ type: 'snapshot', snapshot });
      await view.page.waitForTimeout(300);
      assert.deepEqual(await drawn(), [count, shown]);
    }),

    'a message that is sent is remembered with the end, where it stands': (editor) => withView(editor, async (pages) => {
      const view = await pages.open({ snapshot: longSnapshot(), syntheticCharacters: 3_000 });
      await scrollUp(view);
      await view.page.locator('.composer-text').fill('on');
      await view.page.locator('.composer-text').press('Enter');
      await waitFor('the empty draft', async () => (await view.sent()).some((message) => message.type === 'draft' && message.text === '' && message.scrollTop > 1_000_000));
    }),

    'the list of conversations and back leaves the transcript where it was': (editor) => withView(editor, async (pages) => {
      const view = await pages.open({ snapshot: longSnapshot(), syntheticCharacters: 3_000 });
      await scrollUp(view);
      const shown = await messageAtTop(view);
      await view.post({ type: 'show-sessions' });
      await view.page.locator('.log').waitFor({ state: 'detached' });
      await view.post({ type: 'focus-composer' });
      await view.page.locator('.log').waitFor();
      await waitFor('the place', async () => (await messageAtTop(view)) === shown);
    }),

    'a text that the host would not take stays where it is, and the view says so': (editor) => withView(editor, async (pages) => {
      const view = await pages.open();
      await view.page.evaluate(() => { document.querySelector<HTMLTextAreaElement>('.composer-text')?.setRangeText('x'.repeat(2_000_001)); });
      await view.page.locator('.composer-text').press('Enter');
      assert.equal((await view.page.locator('.composer-text').inputValue()).length, 2_000_001);
      assert.match(await view.page.locator('.banners').innerText(), /A message holds at most 2,000,000 characters/);
      assert.deepEqual((await view.sent()).filter(({ type }) => type === 'send' || type === 'draft'), []);
      await view.page.locator('.composer-text').press('Delete');
      await view.page.locator('.composer-text').press('Enter');
      await waitFor('the message', async () => (await view.sent()).some((message) => message.type === 'send' && message.text.length === 2_000_000));
      assert.equal(await view.page.locator('.composer-text').inputValue(), '');
    }),

    'a message that is changed into one that is too long stays in its box': (editor) => withView(editor, async (pages) => {
      const view = await pages.open();
      await view.page.locator('article.user').last().hover();
      await view.page.getByRole('button', { name: 'Edit and resend' }).last().click();
      await view.page.evaluate(() => { document.querySelector<HTMLTextAreaElement>('.edit-box textarea')?.setRangeText('x'.repeat(2_000_001)); });
      await view.page.locator('.edit-box').getByRole('button', { name: 'Send' }).click();
      assert.match(await view.page.locator('.banners').innerText(), /A message holds at most 2,000,000 characters/);
      assert.equal(await view.page.locator('.edit-box').count(), 1);
    }),
  },
};

function longSnapshot(): ChatSnapshot {
  const from = 9_960;
  return { ...viewState('study'), total: 10_000, from, messages: Array.from({ length: 40 }, (_, position) => syntheticMessage(from + position, 3_000)) };
}

/** Far enough that the end is out of reach, and until it rests. */
async function scrollUp(view: OpenView): Promise<void> {
  await view.page.mouse.move(190, 300);
  await view.page.mouse.wheel(0, -5_000);
  await view.page.locator('.jump').waitFor();
  await waitFor('rest', async () => {
    const before = await scrollTop(view);
    await view.page.waitForTimeout(100);
    return before === await scrollTop(view);
  });
}

function scrollTop(view: OpenView): Promise<number> {
  return view.page.evaluate(() => document.querySelector('.log')?.scrollTop ?? 0);
}

async function lastPlace(view: OpenView): Promise<(ViewMessage & { readonly type: 'scrolled' }) | undefined> {
  return (await view.sent()).findLast((message) => message.type === 'scrolled');
}

function messageAtTop({ page }: OpenView): Promise<string | undefined> {
  return page.evaluate(() => document.elementFromPoint(190, 40)?.closest<HTMLElement>('[data-message]')?.dataset['message']);
}

async function stream(view: OpenView, text: string): Promise<void> {
  await view.page.evaluate((given) => window.host.stream(given), { messageId: 'streamed', index: 4, text, deltaCharacters: 7, firstSequence: 2 });
}

function topOf(view: OpenView): Promise<number> {
  return view.page.evaluate(() => document.querySelector('[data-message="streamed"]')?.getBoundingClientRect().top ?? Number.NaN);
}
