// Two real windows on one storage: nothing that either writes is lost to the other.
import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newChat, openChat, questionsSent, readyChat, type ChatPage } from '../chatPage.ts';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { withSecondWindow } from '../secondWindow.ts';
import { waitFor } from '../waitFor.ts';

const slowly = { tokensPerSecond: 12, chunking: 'token' } as const;
const words = (count: number): string => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');

/** Opens the conversation in the list of another window by its title. */
async function openByTitle(editor: Editor, title: string): Promise<ChatPage> {
  await editor.driver.runCommand('RunAPI: Show Chat History');
  const frame = await editor.driver.webviewFrame('.session-open', 20_000);
  await frame.locator('.session-open', { hasText: title }).first().click();
  return await readyChat(editor);
}

async function seen(chat: ChatPage, question: string): Promise<void> {
  await waitFor(`"${question}" in the other window`, async () => (await chat.questions()).includes(question), 20_000);
}

export const suite: EditorSuite = {
  name: 'Chat in two windows',
  timeoutMs: 150_000,
  tests: {
    'a message sent while the other window streams waits in sight and is answered once; Stop works in both': async (editor) => {
      const mine = await newChat(editor);
      editor.gateway.script({ text: 'the first answer' }, { contains: 'shared beginnings' });
      await mine.ask('shared beginnings');
      await mine.answered('the first answer');
      await withSecondWindow(editor, async (second) => {
        const theirs = await openByTitle(second, 'shared beginnings');
        await seen(theirs, 'shared beginnings');
        editor.gateway.script({ text: words(80), ...slowly }, { contains: 'count slowly' });
        await mine.ask('count slowly');
        await mine.streamed('word2');
        await theirs.streamed('word4');
        editor.gateway.script({ text: 'answer of the second window' }, { contains: 'meanwhile' });
        await theirs.ask('meanwhile');
        for (const chat of [mine, theirs]) {
          await seen(chat, 'meanwhile');
          assert.equal(await (await chat.frame()).locator('.queued').count(), 1, 'it does not wait in sight');
        }
        await second.driver.screenshot('chat-two-windows');
        for (const chat of [mine, theirs]) await chat.answered('answer of the second window');
        for (const chat of [mine, theirs]) {
          assert.deepEqual(await chat.questions(), ['shared beginnings', 'count slowly', 'meanwhile']);
          assert.ok((await chat.answers())[1]?.includes('word79'), 'the stream was not read to its end');
        }
        const asked = questionsSent(editor).filter((request) => JSON.stringify(request).includes('meanwhile'));
        assert.equal(asked.length, 1);

        editor.gateway.script({ text: words(3_000), ...slowly }, { contains: 'without end' });
        await mine.ask('without end');
        await theirs.streamed('word3');
        await theirs.click('Stop');
        for (const chat of [mine, theirs]) await chat.answered('word3');
        await waitFor('the end of the request', () => editor.gateway.requests.some(({ aborted }) => aborted));
      });
      const after = await openChat(editor);
      assert.deepEqual(await after.questions(), ['shared beginnings', 'count slowly', 'meanwhile', 'without end']);
    },

    'a conversation that one window deletes comes back when the other goes on in it': async (editor) => {
      const mine = await newChat(editor);
      editor.gateway.script({ text: 'at first' }, { contains: 'kept after all' });
      await mine.ask('kept after all');
      await mine.answered('at first');
      await withSecondWindow(editor, async (second) => {
        const theirs = await openByTitle(second, 'kept after all');
        await seen(theirs, 'kept after all');
        await editor.driver.runCommand('RunAPI: Show Chat History');
        const list = await editor.driver.webviewFrame('.session-open', 20_000);
        const line = list.locator('li.session', { hasText: 'kept after all' });
        await line.getByRole('button', { name: 'Delete' }).press('Enter');
        await list.locator('.session-form').getByRole('button', { name: 'Delete' }).click();
        await waitFor('it gone', async () => (await line.count()) === 0);
        editor.gateway.script({ text: 'and it goes on' }, { contains: 'another question' });
        await theirs.ask('another question');
        await theirs.answered('and it goes on');
      });
      const again = await openByTitle(editor, 'kept after all');
      await again.answered('and it goes on');
      assert.deepEqual(await again.questions(), ['kept after all', 'another question']);
    },

    'a window on another folder goes on with the conversations of this one, and drafts stay with their windows': async (editor) => {
      const folder = await mkdtemp(join(tmpdir(), 'runapi-other-'));
      await writeFile(join(folder, 'other.py'), 'print(1)\n');
      const mine = await newChat(editor);
      editor.gateway.script({ text: 'here' }, { contains: 'asked in the first folder' });
      await mine.ask('asked in the first folder');
      await mine.answered('here');
      await withSecondWindow(editor, async (second) => {
        const own = await newChat(second);
        editor.gateway.script({ text: 'there' }, { contains: 'asked in the second folder' });
        await own.ask('asked in the second folder');
        await own.answered('there');
        const theirs = await openByTitle(second, 'asked in the first folder');
        await seen(theirs, 'asked in the first folder');
        editor.gateway.script({ text: 'from afar' }, { contains: 'and from here' });
        await theirs.ask('and from here');
        await theirs.answered('from afar');
        await mine.answered('from afar');
        assert.deepEqual(await mine.questions(), ['asked in the first folder', 'and from here']);

        await (await mine.composer()).fill('draft of the first window');
        await (await theirs.composer()).fill('draft of the second window');
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        assert.equal(await (await mine.composer()).inputValue(), 'draft of the first window');
        assert.equal(await (await theirs.composer()).inputValue(), 'draft of the second window');
      }, folder);
      const after = await openChat(editor);
      await waitFor('a draft', async () => await (await after.composer()).inputValue(), 20_000);
      assert.equal(await (await after.composer()).inputValue(), 'draft of the first window');
      const again = await openByTitle(editor, 'asked in the second folder');
      await again.answered('there');
    },
  },
};
