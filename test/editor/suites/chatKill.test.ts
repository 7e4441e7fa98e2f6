// The extension host is killed while an answer streams (FAULTS row 58). What only the real editor shows: that the window that comes after it
// finds everything. The many random kills of the writer are in test/unit/host/chat/storage.test.ts.
import assert from 'node:assert/strict';
import { newChat, openChat, type ChatPage } from '../chatPage.ts';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { waitFor } from '../waitFor.ts';

const words = (count: number): string => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');

/** The process that this editor's extension runs in: ours, started by this run. */
async function killExtensionHost(editor: Editor): Promise<void> {
  const pid = await editor.host.evaluate(() => process.pid);
  process.kill(pid, 'SIGKILL');
}

/** Kills the host this long after `word` was seen; the answer as it comes back in the next window. */
async function killAndReturn(editor: Editor, chat: ChatPage, { word, afterMs }: { readonly word: string; readonly afterMs: number }): Promise<ChatPage> {
  await chat.streamed(word);
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  await killExtensionHost(editor);
  await editor.reload();
  return await openChat(editor);
}

export const suite: EditorSuite = {
  name: 'Chat after a kill',
  timeoutMs: 200_000,
  tests: {
    'loses no message, and of the answer at most what came in the last two seconds': async (editor) => {
      let chat = await newChat(editor);
      const questions: string[] = [];
      for (const [index, afterMs] of [2_050, 2_600, 3_300].entries()) {
        const question = `killed ${index}`;
        questions.push(question);
        editor.gateway.script({ text: words(3_000), tokensPerSecond: 20, chunking: 'token' }, { contains: question });
        await chat.ask(question);
        chat = await killAndReturn(editor, chat, { word: `word${10 + index * 3}`, afterMs });
        const kept = await chat.answered(`word${10 + index * 3}`);
        assert.deepEqual(await chat.questions(), questions);
        const numbers = (kept.match(/word\d+/g) ?? []).map((word) => Number(word.slice(4)));
        assert.deepEqual(numbers.slice(0, -1), numbers.slice(0, -1).map((_, place) => place), 'a piece in the middle is gone');
        const card = (await chat.frame()).locator('.error').last();
        await waitFor('the card', async () => (await card.innerText()).includes('cut off'));
        assert.deepEqual(await card.locator('.button').allInnerTexts(), ['Continue']);
      }
      await editor.driver.screenshot('chat-after-kill');
    },

    'leaves a queued message and a draft where they were': async (editor) => {
      const chat = await newChat(editor);
      editor.gateway.script({ text: words(3_000), tokensPerSecond: 20, chunking: 'token' }, { contains: 'long one' });
      await chat.ask('long one');
      await chat.streamed('word3');
      await chat.ask('the one behind it');
      await (await chat.composer()).fill('not sent');
      const after = await killAndReturn(editor, chat, { word: 'word20', afterMs: 1_500 });
      await after.answered('word20');
      assert.deepEqual(await after.questions(), ['long one', 'the one behind it']);
      assert.equal(await (await after.frame()).locator('.queued').count(), 1);
      await waitFor('the draft', async () => (await (await after.composer()).inputValue()) === 'not sent', 20_000);
    },
  },
};
