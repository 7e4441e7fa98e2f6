// The chat view in every theme, width and state: axe, overflow, keyboard, input methods.
import assert from 'node:assert/strict';
import { findAccessibilityProblems } from '../../helpers/viewHarness/axe.ts';
import type { OpenView } from '../../helpers/viewHarness/openView.ts';
import { viewStates } from '../../helpers/viewHarness/viewStates.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { assertAccessible } from '../assertAccessible.ts';
import { viewState, withView } from '../viewSuite.ts';
import { waitFor } from '../waitFor.ts';

export const suite: EditorSuite = {
  name: 'Chat view access',
  timeoutMs: 180_000,
  tests: {
    'axe finds nothing in any state in any theme': (editor) => withView(editor, async (pages) => {
      for (const [name, snapshot] of Object.entries(viewStates)) {
        await assertAccessible(name, await pages.open({ snapshot }));
      }
    }),

    'axe finds nothing in an open menu, the suggestions and the conversations': (editor) => withView(editor, async (pages) => {
      const view = await pages.open({ theme: 'light' });
      await view.page.click('.pill');
      assert.deepEqual(await findAccessibilityProblems(view.page), [], 'menu');
      await view.page.keyboard.press('Escape');
      await typeSuggestions(view);
      assert.deepEqual(await findAccessibilityProblems(view.page), [], 'suggestions');
      await view.post({ type: 'show-sessions' });
      const request = await waitFor('the request', async () => (await view.sent()).findLast((message) => message.type === 'list-sessions'));
      await view.post({ type: 'sessions', requestId: request.requestId, items: [{ id: 's', title: 'One', updatedAt: 0, messageCount: 2 }] });
      await view.page.locator('.session').waitFor();
      assert.deepEqual(await findAccessibilityProblems(view.page), [], 'conversations');
    }),

    'nothing is wider than a panel of 250 px, nor at 200 % zoom': (editor) => withView(editor, async (pages) => {
      for (const [name, snapshot] of Object.entries(viewStates)) {
        for (const width of [250, 190]) {
          const view = await pages.open({ snapshot, width, height: 440 });
          assert.deepEqual(await tooWide(view), [], `${name} at ${width} px`);
          await view.close();
        }
      }
    }),

    'Enter sends, Shift+Enter breaks, a syllable that is being composed is never sent': (editor) => withView(editor, async (pages) => {
      const view = await pages.open();
      const box = view.page.locator('.composer-text');
      await box.focus();
      const session = await view.page.context().newCDPSession(view.page);
      await session.send('Input.imeSetComposition', { text: '안녕', selectionStart: 2, selectionEnd: 2 });
      await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', windowsVirtualKeyCode: 229, key: 'Process', code: 'Enter' });
      await view.page.evaluate(() => document.querySelector('.composer-text')?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true })));
      assert.equal((await view.sent()).filter((message) => message.type === 'send').length, 0);
      assert.equal(await box.inputValue(), '안녕');
      await session.send('Input.insertText', { text: '안녕' });
      await view.page.keyboard.press('Shift+Enter');
      await view.page.keyboard.type('둘째 줄');
      await view.page.keyboard.press('Enter');
      const sent = await waitFor('the message', async () => (await view.sent()).find((message) => message.type === 'send'));
      assert.equal(sent.text, '안녕\n둘째 줄');
      assert.equal(await box.inputValue(), '');
      await view.page.keyboard.press('ArrowUp');
      assert.equal(await box.inputValue(), '안녕\n둘째 줄');
    }),

    'suggestions are chosen with the keyboard': (editor) => withView(editor, async (pages) => {
      const view = await pages.open();
      await typeSuggestions(view);
      const box = view.page.locator('.composer-text');
      const active = async (): Promise<string | null> => view.page.locator(`[id="${(await box.getAttribute('aria-activedescendant')) ?? ''}"]`).textContent();
      assert.match((await active()) ?? '', /refactor/);
      await view.page.keyboard.press('ArrowDown');
      await waitFor('the next one', async () => /review/.test((await active()) ?? ''));
      await view.page.keyboard.press('Tab');
      assert.equal(await box.inputValue(), '/review ');
      assert.equal(await view.page.evaluate(() => document.activeElement?.className), 'composer-text');
    }),

    'every control is reached with Tab, and the focus is seen': (editor) => withView(editor, async (pages) => {
      const view = await pages.open({ snapshot: viewState('cards') });
      const reached = new Set<string>();
      for (let step = 0; step < 120; step += 1) {
        await view.page.keyboard.press('Tab');
        reached.add(await view.page.evaluate(() => document.activeElement?.textContent.trim() || document.activeElement?.getAttribute('aria-label') || ''));
      }
      for (const name of ['Review changes', 'Accept', 'Discard', 'Undo', 'Continue', 'Copy as Markdown', 'Regenerate', 'Add context']) assert.ok([...reached].some((text) => text.includes(name)), `${name} is not reached`);
    }),

    'a growing answer takes neither the focus nor a selection away': (editor) => withView(editor, async (pages) => {
      const view = await pages.open();
      await view.page.locator('.composer-text').focus();
      await view.page.keyboard.type('draft');
      await view.post({ type: 'message-added', sequence: 2, index: 4, message: { id: 'grows', role: 'assistant', text: 'The first words', status: 'streaming', createdAt: 0 } });
      await view.page.locator('[data-message="grows"] p').waitFor();
      await view.page.evaluate(() => {
        const text = document.querySelector('[data-message="grows"] p')?.firstChild;
        if (text != null) getSelection()?.setBaseAndExtent(text, 4, text, 9);
      });
      await view.post({ type: 'message-delta', sequence: 3, messageId: 'grows', part: 'text', offset: 15, text: ' and **more** of them\n\nAnother paragraph' });
      await waitFor('the delta', async () => (await view.page.locator('[data-message="grows"]').innerText()).includes('Another'));
      assert.equal(await view.page.evaluate(() => getSelection()?.toString()), 'first');
      assert.equal(await view.page.locator('.composer-text').inputValue(), 'draft');
    }),

    'the log is not read aloud as it grows; its end is told once': (editor) => withView(editor, async (pages) => {
      const view = await pages.open();
      assert.equal(await view.page.locator('[role=log]').getAttribute('aria-live'), 'off');
      await view.post({ type: 'message-added', sequence: 2, index: 4, message: { id: 'grows', role: 'assistant', text: 'It waits.', status: 'streaming', createdAt: 0 } });
      await view.post({ type: 'message-changed', sequence: 3, messageId: 'grows', patch: { status: 'done' } });
      await waitFor('the announcement', async () => (await view.page.locator('[role=status][aria-live=polite]').textContent()) === 'Answer complete. It waits.');
    }),

    'a Korean editor shows a Korean view': (editor) => withView(editor, async (pages) => {
      const view = await pages.open({ lang: 'ko', snapshot: viewState('noKey') });
      assert.match(await view.page.locator('.empty').innerText(), /RunAPI 키를 추가하세요/);
      assert.equal(await view.page.locator('.composer-text').getAttribute('placeholder'), '질문을 입력하세요. /는 작업, @는 컨텍스트');
    }),

    'the whole view takes what is dropped, and the composer says so meanwhile': (editor) => withView(editor, async (pages) => {
      const view = await pages.open();
      const drag = (type: string, uris: string): Promise<void> => view.page.evaluate(([name, list]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.setData('text/uri-list', list);
        document.querySelector('.log')?.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }));
      }, [type, uris] as const);
      await drag('dragover', 'file:///a.ts');
      await view.page.locator('.drop-hint').waitFor();
      await drag('dragleave', '');
      await view.page.locator('.drop-hint').waitFor({ state: 'detached' });
      await drag('dragover', 'file:///a.ts');
      await drag('drop', 'file:///a.ts\nfile:///b.ts');
      const dropped = await waitFor('the files', async () => (await view.sent()).find((message) => message.type === 'drop-files'));
      assert.deepEqual(dropped.uris, ['file:///a.ts', 'file:///b.ts']);
      assert.equal(await view.page.locator('.drop-hint').count(), 0);
    }),

    'reduced motion moves nothing': (editor) => withView(editor, async (pages) => {
      const view = await pages.open({ reducedMotion: true });
      const moving = await view.page.evaluate(() => [...document.querySelectorAll('*')].filter((element) => getComputedStyle(element).transitionDuration.split(', ').some((value) => value !== '0s')).length);
      assert.equal(moving, 0);
    }),
  },
};

async function typeSuggestions(view: OpenView): Promise<void> {
  await view.page.locator('.composer-text').focus();
  await view.page.keyboard.type('/re');
  const request = await waitFor('the request for suggestions', async () => (await view.sent()).findLast((message) => message.type === 'suggest' && message.query === 're'));
  await view.post({ type: 'suggestions', requestId: 'requestId' in request ? request.requestId : 0, items: [{ label: '/refactor', detail: 'Change code', insert: '/refactor ' }, { label: '/review', insert: '/review ' }] });
  await view.page.locator('[role=option]').first().waitFor();
}

/** Elements that stand out of the panel and are not inside something that scrolls or cuts. */
function tooWide(view: OpenView): Promise<readonly string[]> {
  return view.page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const isCut = (element: Element | null): boolean => element !== null && element !== document.body && (getComputedStyle(element).overflowX !== 'visible' ? element.getBoundingClientRect().right <= width + 1 : isCut(element.parentElement));
    const wide = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > width + 1 && !isCut(element.parentElement) && !element.classList.contains('visually-hidden'));
    return wide.map((element) => `${element.tagName}.${element.getAttribute('class') ?? ''}`);
  });
}
