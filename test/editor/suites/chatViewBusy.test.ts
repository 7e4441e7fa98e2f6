// What the transcript offers while an answer is written, and behind which cards: nothing that would do nothing, or lose sight of messages.
import assert from 'node:assert/strict';
import type { ChatMessageView } from '../../../src/shared/chatTypes.ts';
import type { ChatSnapshot } from '../../../src/shared/protocol.ts';
import type { OpenView } from '../../helpers/viewHarness/openView.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { viewState, withView } from '../viewSuite.ts';
import { waitFor } from '../waitFor.ts';

const route = { task: 'chat' as const, model: 'claude-sonnet-4.6', protocol: 'messages' as const, maxTokens: 8_000, reason: 'reads as a conversation' };
const tooLong: ChatMessageView = {
  id: 'f1', role: 'assistant', text: '', status: 'failed', createdAt: 2, route,
  error: { title: 'The conversation is too long.', text: 'Your message is kept.', action: { id: 'compact', label: 'Compact' } },
};
const question = (id: string): ChatMessageView => ({ id, role: 'user', text: `Question ${id}`, status: 'done', createdAt: 1, branch: { index: 1, count: 3 } });
const answer: ChatMessageView = { id: 'a1', role: 'assistant', text: 'Half of', status: 'stopped', createdAt: 3, route, branch: { index: 1, count: 3 } };

function withMessages(...messages: readonly ChatMessageView[]): ChatSnapshot {
  return { ...viewState('study'), messages, total: messages.length, from: 0 };
}

/** Whether each can be pressed, by message and name. */
async function buttons({ page }: OpenView): Promise<Readonly<Record<string, boolean>>> {
  return Object.fromEntries(await page.locator('[data-message] button').evaluateAll((elements) => elements.map((element) => [
    `${element.closest('[data-message]')?.getAttribute('data-message') ?? ''} ${element.getAttribute('aria-label') ?? element.textContent ?? ''}`,
    !(element instanceof HTMLButtonElement && element.disabled),
  ] as const)));
}

const refusedWhileBusy = ['u1 Previous version', 'u1 Next version', 'a1 Previous version', 'a1 Next version', 'a1 Regenerate', 'a1 Regenerate with another model', 'a1 Continue'];

export const suite: EditorSuite = {
  name: 'Chat view busy',
  timeoutMs: 60_000,
  tests: {
    'while an answer is written no other one can be asked for, and no other branch be shown': (editor) => withView(editor, async (pages) => {
      const streaming: ChatMessageView = { id: 'a2', role: 'assistant', text: 'word', status: 'streaming', createdAt: 5, route };
      const view = await pages.open({ snapshot: withMessages(question('u1'), answer, { ...question('u2'), branch: undefined }, streaming) });
      const during = await buttons(view);
      assert.deepEqual(refusedWhileBusy.map((name) => [name, during[name]]), refusedWhileBusy.map((name) => [name, false]));
      assert.equal(during['a1 Copy as Markdown'], true);
      await view.post({ type: 'message-changed', sequence: 2, messageId: 'a2', patch: { status: 'done' } });
      await waitFor('the buttons', async () => {
        const after = await buttons(view);
        return refusedWhileBusy.every((name) => after[name] === true);
      });
      assert.deepEqual(view.problems, []);
    }),

    'compaction is offered behind the last question only, where it hides nothing': (editor) => withView(editor, async (pages) => {
      const last = await pages.open({ snapshot: withMessages(question('u1'), tooLong, { ...question('q1'), status: 'queued', branch: undefined }) });
      assert.equal((await buttons(last))['f1 Compact'], true);
      const older = await pages.open({ snapshot: withMessages(question('u1'), tooLong, question('u2'), { ...answer, status: 'done' }) });
      assert.equal((await buttons(older))['f1 Compact'], undefined);
      assert.match(await older.page.locator('[data-message="f1"] .error').innerText(), /too long/);
      assert.deepEqual([...last.problems, ...older.problems], []);
    }),
  },
};
