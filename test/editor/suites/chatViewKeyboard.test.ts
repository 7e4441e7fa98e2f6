// The chat view without a mouse: every control has a size, a name and a visible focus, and the focus is never lost.
import assert from 'node:assert/strict';
import type { OpenView } from '../../helpers/viewHarness/openView.ts';
import { viewStates } from '../../helpers/viewHarness/viewStates.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { assertAccessible } from '../assertAccessible.ts';
import { viewState, withView } from '../viewSuite.ts';
import { waitFor } from '../waitFor.ts';

/** What a person opens, and the state in which it can be opened. */
const opened: Readonly<Record<string, { readonly state: string; readonly open: (view: OpenView) => Promise<void> }>> = {
  'the thinking': { state: 'study', open: async ({ page }) => await page.locator('.fold').first().click() },
  'the details of an error': { state: 'study', open: async ({ page }) => await page.locator('.error .link-button').last().click() },
  'the box to edit a message': { state: 'study', open: async ({ page }) => await press(page, 'Edit and resend') },
  'the routes': { state: 'study', open: async ({ page }) => await page.locator('.pill').click() },
  'cost and context': { state: 'study', open: async ({ page }) => await page.locator('.cost').click() },
  'other models': { state: 'study', open: async ({ page }) => await press(page, 'Regenerate with another model') },
  'the summary of a compaction': { state: 'cards', open: async ({ page }) => await page.locator('.notice .link-button').first().click() },
  'the place to drop': { state: 'study', open: ({ page }) => page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.setData('text/uri-list', 'file:///a.ts');
    document.querySelector('.composer')?.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }));
  }) },
  'the jump to the end': { state: 'rich', open: async ({ page }) => {
    await page.mouse.move(190, 300);
    await page.mouse.wheel(0, -400);
    await page.locator('.jump').waitFor();
  } },
  'the new name of a conversation': { state: 'study', open: async (view) => await (await conversations(view), press(view.page, 'Rename')) },
  'the question before a conversation goes': { state: 'study', open: async (view) => await (await conversations(view), press(view.page, 'Delete')) },
};

export const suite: EditorSuite = {
  name: 'Chat view keyboard',
  timeoutMs: 240_000,
  tests: {
    'axe finds nothing in what can be opened, in any theme': (editor) => withView(editor, async (pages) => {
      for (const [name, { state, open }] of Object.entries(opened)) {
        const view = await pages.open({ snapshot: viewState(state) });
        await open(view);
        await assertAccessible(name, view);
      }
    }),

    'what can be pressed is 24 px wide and high, and has a name': (editor) => withView(editor, async (pages) => {
      for (const [name, snapshot] of Object.entries(viewStates)) {
        for (const width of [380, 250]) {
          const view = await pages.open({ snapshot, width });
          const small = await view.page.locator('button:visible').evaluateAll((buttons) => buttons.flatMap((button) => {
            const { width: across, height } = button.getBoundingClientRect();
            const isNamed = (button.getAttribute('aria-label') ?? button.textContent).trim() !== '';
            return across >= 24 && height >= 24 && isNamed ? [] : [`${button.className} ${Math.round(across)} × ${Math.round(height)}`];
          }));
          assert.deepEqual(small, [], `${name} at ${width} px`);
          await view.close();
        }
      }
    }),

    'Tab goes from the log to the last control and shows where it is, actions included': (editor) => withView(editor, async (pages) => {
      const view = await pages.open({ snapshot: viewState('edits'), theme: 'high-contrast-dark' });
      await view.page.locator('.log').focus();
      for (let step = 0; step < 60; step += 1) {
        await view.page.keyboard.press('Tab');
        const at = await view.page.evaluate(() => {
          const element = document.activeElement;
          if (element === null || element === document.body) return undefined;
          const style = getComputedStyle(element);
          const hidden = [...document.querySelectorAll('.hover-actions, .code-actions')].some((actions) => actions.contains(element) && getComputedStyle(actions).opacity !== '1');
          return { name: element.className, isSeen: element.matches('textarea') || (style.outlineStyle !== 'none' && !hidden) };
        });
        if (at === undefined) break;
        assert.ok(at.isSeen, `the focus on ${at.name} is not seen`);
      }
      assert.ok(await view.page.evaluate(() => document.activeElement === document.body || document.activeElement?.closest('main') !== null));
    }),

    'the focus stays near what it was on when that is gone': (editor) => withView(editor, async (pages) => {
      const view = await pages.open({ snapshot: viewState('edits') });
      const { page } = view;
      const active = (): Promise<string> => page.evaluate(() => `${document.activeElement?.className ?? ''} in ${document.activeElement?.closest('[data-message]')?.getAttribute('data-message') ?? 'none'}`);
      await page.locator('.chip-remove').first().focus();
      await page.keyboard.press('Enter');
      await view.post({ type: 'composer-changed', composer: { ...viewState('edits').composer, chips: [] } });
      await waitFor('the composer', async () => (await active()) === 'composer-text in none');

      await page.locator('.edit-card .link-button').first().focus();
      await page.keyboard.press('Enter');
      await view.post({ type: 'message-changed', sequence: 2, messageId: 'a9', patch: { edit: { id: 'e9', state: 'discarded', files: [{ path: 'src/money.ts', added: 1, removed: 1 }] } } });
      await waitFor('the same message', async () => (await active()).endsWith(' in a9'));

      await page.locator('.user .icon-button').focus();
      await page.keyboard.press('Enter');
      await page.locator('.edit-box textarea').waitFor();
      await page.keyboard.press('Escape');
      await waitFor('the message that was edited', async () => /^(?:chip|icon-button ?) in u9$/.test((await active()).trim()));
    }),

    'a menu gives the focus back, the conversations give it to the composer': (editor) => withView(editor, async (pages) => {
      const view = await pages.open();
      await view.page.locator('.pill').focus();
      await view.page.keyboard.press('ArrowDown');
      await view.page.locator('.menu-item').first().waitFor();
      await view.page.keyboard.press('End');
      assert.match(await view.page.evaluate(() => document.activeElement?.textContent ?? ''), /Commit message/);
      await view.page.keyboard.press('Escape');
      assert.equal(await view.page.evaluate(() => document.activeElement?.className), 'pill');
      await conversations(view);
      await view.page.keyboard.press('ArrowDown');
      assert.equal(await view.page.evaluate(() => document.activeElement?.className), 'session-open');
      await view.page.keyboard.press('Escape');
      await waitFor('the composer', async () => (await view.page.evaluate(() => document.activeElement?.className)) === 'composer-text');
    }),
  },
};

async function press(page: OpenView['page'], name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true }).first();
  await button.focus();
  await page.keyboard.press('Enter');
}

async function conversations(view: OpenView): Promise<void> {
  await view.post({ type: 'show-sessions' });
  const request = await waitFor('the request', async () => (await view.sent()).findLast((message) => message.type === 'list-sessions'));
  await view.post({ type: 'sessions', requestId: request.requestId, items: [{ id: 's', title: 'One', updatedAt: 0, messageCount: 2 }, { id: 't', title: 'Two', updatedAt: 0, messageCount: 4 }] });
  await view.page.locator('.session').first().waitFor();
}
