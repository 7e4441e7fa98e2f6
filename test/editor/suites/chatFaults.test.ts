import assert from 'node:assert/strict';
import { assertIncludes, newChat, type ChatPage } from '../chatPage.ts';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { waitFor } from '../waitFor.ts';

const words = (count: number): string => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');

/** The card in place of the answer, and its button. */
async function card(chat: ChatPage): Promise<{ readonly text: string; readonly buttons: readonly string[] }> {
  return await waitFor('an error card', async () => {
    const error = (await chat.frame()).locator('.error').last();
    return (await error.count()) === 0 ? undefined : { text: await error.innerText(), buttons: await error.locator('button').allInnerTexts() };
  }, 20_000);
}

/** Question and draft are still there, and nothing turns any more. */
async function assertNothingLost(chat: ChatPage, question: string): Promise<void> {
  assert.deepEqual(await chat.questions(), [question]);
  assert.equal(await (await chat.composer()).inputValue(), 'next thought');
  assert.equal(await (await chat.frame()).locator('[aria-busy="true"]').count(), 0);
}

async function askWithDraft(editor: Editor, question: string): Promise<ChatPage> {
  const chat = await newChat(editor);
  await chat.ask(question);
  await waitFor('the question', async () => (await chat.questions()).length === 1);
  await (await chat.composer()).fill('next thought');
  return chat;
}

export const suite: EditorSuite = {
  name: 'Chat faults',
  timeoutMs: 90_000,
  tests: {
    'without credit it says so and offers to add some': async (editor) => {
      editor.gateway.fault({ name: 'status-402', contains: 'money' });
      const chat = await askWithDraft(editor, 'about money');
      const { text, buttons } = await card(chat);
      assertIncludes(text, 'no credit left');
      assert.ok(buttons.includes('Add credits'));
      await assertNothingLost(chat, 'about money');
    },

    'a rejected key says so, and the same question works once the key does': async (editor) => {
      editor.gateway.fault({ name: 'status-401', contains: 'secret question' });
      const chat = await askWithDraft(editor, 'secret question');
      const { text, buttons } = await card(chat);
      assertIncludes(text, 'key was rejected');
      assert.ok(buttons.includes('Enter key'));
      await assertNothingLost(chat, 'secret question');
    },

    'a rate limit waits in sight and goes on by itself': async (editor) => {
      editor.gateway.fault({ name: 'rate-limit-seconds', seconds: 3, contains: 'in a hurry' });
      editor.gateway.script({ text: 'here it is' }, { contains: 'in a hurry' });
      const chat = await askWithDraft(editor, 'in a hurry');
      const waiting = await waitFor('the wait', async () => (await (await chat.frame()).locator('.waiting').allInnerTexts())[0]);
      assertIncludes(waiting, 'Waiting 3 s: too many requests');
      await chat.answered('here it is');
      await assertNothingLost(chat, 'in a hurry');
    },

    'a cut stream keeps what arrived, and Continue goes on in the same answer': async (editor) => {
      editor.gateway.fault({ name: 'cut-fin', contains: 'a long story' });
      editor.gateway.script({ text: words(60), chunking: 'token' }, { contains: 'a long story' });
      const chat = await askWithDraft(editor, 'a long story');
      const { text, buttons } = await card(chat);
      assertIncludes(text, 'cut off');
      assertIncludes(text, 'kept');
      assert.ok(buttons.includes('Continue'));
      const kept = await chat.streamed('word0');
      await assertNothingLost(chat, 'a long story');
      editor.gateway.script({ text: 'THE REST OF IT' }, { contains: 'cut off after' });
      await chat.click('Continue');
      const whole = await chat.answered('THE REST OF IT');
      assert.ok(whole.startsWith(kept.trimEnd().slice(0, 5)));
      assert.equal((await chat.answers()).length, 1);
      assert.equal(await (await chat.frame()).locator('.error').count(), 0);
    },

    'a server error before the first word is retried in the same place': async (editor) => {
      editor.gateway.fault({ name: 'should-not-retry', contains: 'try me' });
      const chat = await askWithDraft(editor, 'try me');
      const { buttons } = await card(chat);
      assert.ok(buttons.includes('Retry'));
      editor.gateway.script({ text: 'second try' }, { contains: 'try me' });
      await chat.click('Retry');
      await chat.answered('second try');
      assert.equal(await (await chat.frame()).locator('.branches').count(), 0);
      await assertNothingLost(chat, 'try me');
    },

    'text of a server is text': async (editor) => {
      editor.gateway.fault({ name: 'status-400', contains: 'markup', message: '<img src=x onerror="document.title=1"> [Fix](command:workbench.action.terminal.new) $(alert)' });
      const chat = await askWithDraft(editor, 'markup');
      const { text } = await card(chat);
      assertIncludes(text, '[Fix](command:workbench.action.terminal.new) $(alert)');
      const frame = await chat.frame();
      assert.equal(await frame.locator('.error img, .error a').count(), 0);
    },
  },
};
