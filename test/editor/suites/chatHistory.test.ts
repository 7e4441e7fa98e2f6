// Conversations as files: list, search, rename, delete and its undo, export, import of good and of hostile files.
import assert from 'node:assert/strict';
import { readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { assertIncludes, newChat, openChat, readyChat, type ChatPage } from '../chatPage.ts';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { waitFor } from '../waitFor.ts';

async function talk(editor: Editor, question: string, answer: string): Promise<ChatPage> {
  const chat = await newChat(editor);
  editor.gateway.script({ text: answer }, { contains: question });
  await chat.ask(question);
  // As it is drawn.
  await chat.answered(answer.replaceAll(/[*`]/g, ''));
  return chat;
}

/** Where this editor keeps the chat's files. */
function storageOf({ folder }: Editor): string {
  return join(folder, '../../data/User/globalStorage/runapi.runapi-assistant/chat');
}

async function openList(editor: Editor): Promise<Frame> {
  await editor.driver.runCommand('RunAPI: Show Chat History');
  return await editor.driver.webviewFrame('.sessions', 20_000);
}

const titles = (frame: Frame): Promise<readonly string[]> => frame.locator('.session-title').allInnerTexts();

async function act(frame: Frame, title: string, action: string): Promise<void> {
  // With the keyboard: a list that moves under the mouse takes the buttons away that only hovering shows.
  await frame.locator('li.session', { hasText: title }).first().getByRole('button', { name: action }).press('Enter');
}

async function exportTo(editor: Editor, path: string): Promise<string> {
  await waitFor('the dialog', async () => (await editor.driver.quickInput.question()).includes('Export the conversation'));
  await editor.driver.quickInput.submitPath(path);
  return await waitFor('the file', async () => await readFile(path, 'utf8').catch(() => ''));
}

async function importFrom(editor: Editor, path: string, content?: string): Promise<void> {
  if (content !== undefined) await writeFile(path, content);
  const frame = await openList(editor);
  await frame.getByRole('button', { name: 'Import' }).click();
  await waitFor('the dialog', async () => (await editor.driver.quickInput.question()).includes('Import a conversation'));
  await editor.driver.quickInput.submitPath(path);
}

export const suite: EditorSuite = {
  name: 'Chat history',
  timeoutMs: 120_000,
  tests: {
    'is searched by what was said, renamed, deleted and brought back': async (editor) => {
      await talk(editor, 'how do quinces ripen', 'In a cool SAXOPHONE cellar.');
      await talk(editor, 'something else', 'Other words.');
      const frame = await openList(editor);
      await frame.locator('input.search').first().fill('saxophone');
      await waitFor('the one that is found', async () => (await titles(frame)).length === 1);
      await act(frame, (await titles(frame))[0] ?? '', 'Rename');
      await frame.locator('.session-form input').fill('Fruit <b>& cellar</b>');
      await frame.locator('.session-form input').press('Enter');
      await waitFor('the new name', async () => (await titles(frame)).includes('Fruit <b>& cellar</b>'));
      await act(frame, 'Fruit', 'Delete');
      await frame.locator('.session-form').getByRole('button', { name: 'Delete' }).click();
      await waitFor('nothing', async () => (await titles(frame)).length === 0);
      await editor.driver.answerNotification('in the trash', 'Undo');
      const chat = await readyChat(editor);
      await chat.answered('In a cool SAXOPHONE cellar.');
      const again = await openList(editor);
      await waitFor('it in the list', async () => (await titles(again)).includes('Fruit <b>& cellar</b>'));
      await editor.driver.screenshot('chat-history');
    },

    'is exported as JSON and comes back as a conversation of its own': async (editor) => {
      const chat = await talk(editor, 'export this', 'It is **exported**.');
      await chat.ask('/export ');
      const path = join(editor.folder, 'talk.json');
      await exportTo(editor, path);
      await newChat(editor);
      await importFrom(editor, path);
      const imported = await readyChat(editor);
      await imported.answered('It is exported.');
      assert.deepEqual(await imported.questions(), ['export this']);
      const frame = await openList(editor);
      await waitFor('both in the list', async () => (await frame.locator('.session-open').count()) >= 2);
    },

    'is exported as Markdown from the list': async (editor) => {
      await talk(editor, 'markdown please', 'As `asked`.');
      const frame = await openList(editor);
      await act(frame, 'arkdown please', 'Export as Markdown');
      const text = await exportTo(editor, join(editor.folder, 'talk.md'));
      for (const part of ['## You\n\nmarkdown please', '## Sonnet 4.6\n\nAs `asked`.']) assertIncludes(text, part);
    },

    'stays in memory, with a line that says so, while it cannot be written, and is written when it can': async (editor) => {
      await talk(editor, 'before it', 'written');
      const chat = await newChat(editor);
      const sessions = join(storageOf(editor), 'sessions');
      const aside = `${sessions}-aside`;
      await rename(sessions, aside);
      // A file in the place of the folder: nothing can be made in it, not even by the owner of the machine.
      await writeFile(sessions, '');
      editor.gateway.script({ text: 'answered all the same' }, { contains: 'while the disk is away' });
      await chat.ask('while the disk is away');
      await chat.answered('answered all the same');
      const frame = await chat.frame();
      await waitFor('the line', async () => (await frame.locator('.banners').allInnerTexts()).some((text) => text.includes('could not be saved')));
      await editor.driver.screenshot('chat-not-saved');
      await rm(sessions);
      await rename(aside, sessions);
      await waitFor('the line to go', async () => !(await frame.locator('.banners').allInnerTexts()).some((text) => text.includes('could not be saved')), 60_000);
      await editor.reload();
      const after = await openChat(editor);
      await after.answered('answered all the same');
      assert.deepEqual(await after.questions(), ['while the disk is away']);
    },

    'of which a file is damaged lists the others, and keeps the file': async (editor) => {
      await talk(editor, 'a good one', 'fine');
      const sessions = join(storageOf(editor), 'sessions');
      const old = new Date(Date.now() - 3_600_000);
      for (const [name, content] of [['bad-one', 'garbage\n'], ['newer-one', '{"type":"session","version":9,"id":"newer-one","at":1}\n']] as const) {
        await writeFile(join(sessions, `${name}.jsonl`), content);
        await utimes(join(sessions, `${name}.jsonl`), old, old);
      }
      const frame = await openList(editor);
      await waitFor('the good one', async () => (await titles(frame)).some((title) => title.includes('good one')));
      await waitFor('the words', async () => (await editor.driver.notifications()).some(({ text }) => text.includes('could not be read')));
      const names = await readdir(sessions);
      for (const name of ['bad-one', 'newer-one']) assert.ok(names.some((each) => each.startsWith(`${name}.jsonl.corrupt-`)), names.join(' '));
    },

    'takes no harm from damaged, newer and hostile files': async (editor) => {
      await newChat(editor);
      const path = join(editor.folder, 'import.json');
      const refused: readonly (readonly [string, string])[] = [
        ['{"format":"runapi-chat","ver', 'not JSON'], ['{"some":"json"}', 'not an exported conversation'],
        ['{"format":"runapi-chat","version":99,"events":[]}', 'newer version'], ['{"format":"runapi-chat","version":1,"events":[{"type":"hologram"}]}', 'no message'],
      ];
      for (const [content, words] of refused) {
        await importFrom(editor, path, content);
        await waitFor(`the refusal "${words}"`, async () => (await editor.driver.notifications()).some(({ text }) => text.includes(words)));
      }
      const hostile = [
        '{"type":"message","id":"u","parent":null,"at":1,"role":"user","body":"hostile question","__proto__":{"polluted":true}}',
        '{"__proto__":{"type":"message"},"id":"p","parent":null,"at":1,"role":"user","body":"not a message"}',
        '{"type":"answer","id":"a","parent":"u","at":2}', '{"type":"delta","id":"a","part":"text","body":"<img src=x onerror=\\"document.title=1\\"> [x](command:workbench.action.terminal.new)"}',
        '{"type":"end","id":"a","at":3,"status":"done"}', '{"type":"edit","id":"a","edit":{"id":"e","state":"pending","files":[{"path":"/etc/passwd","added":1,"removed":1}]}}',
        '{"type":"message","id":"q","parent":null,"at":4,"role":"user","queued":true,"body":"send me"}',
        '{"type":"title","title":"<script>alert(1)</script>","byUser":true}',
      ];
      await importFrom(editor, path, `{"format":"runapi-chat","version":1,"events":[${hostile.join(',')}]}`);
      const chat = await readyChat(editor);
      await waitFor('the question', async () => (await chat.questions()).includes('hostile question'));
      assert.deepEqual(await chat.questions(), ['hostile question']);
      const frame = await chat.frame();
      assert.equal(await frame.locator('article img, article script, article a[href^="command"], .edit-card, .queued').count(), 0);
      assert.equal(await frame.locator('h1').innerText(), '<script>alert(1)</script>');
      const list = await openList(editor);
      await waitFor('the title as text', async () => (await titles(list)).includes('<script>alert(1)</script>'));
      assert.equal(await editor.host.evaluate(() => ({} as { readonly polluted?: boolean }).polluted ?? false), false);
      assert.equal(editor.gateway.requests.filter(({ method }) => method === 'POST').length, 0);
    },
  },
};
