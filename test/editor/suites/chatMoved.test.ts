// The chat wherever the user puts it: panel, secondary side bar, a narrow side bar. Conversation, draft and stream go along.
import assert from 'node:assert/strict';
import { newChat, readyChat, type ChatPage } from '../chatPage.ts';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { waitFor } from '../waitFor.ts';

const words = (count: number): string => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');

/** By the command behind the view's menu, with VS Code's own list of places. */
async function moveTo(editor: Editor, place: string): Promise<void> {
  await editor.host.evaluate((vscode) => void vscode.commands.executeCommand('workbench.action.moveFocusedView', 'runapi.chat'));
  await waitFor('the list of places', async () => (await editor.driver.quickInput.labels()).includes(place));
  await editor.driver.quickInput.pick(place);
}

async function moveWhileStreaming(editor: Editor, place: string, part: string): Promise<void> {
  const question = `on the way to ${part}`;
  editor.gateway.script({ text: words(90), tokensPerSecond: 12, chunking: 'token' }, { contains: question });
  const chat = await newChat(editor);
  await chat.ask(question);
  await chat.streamed('word3');
  await (await chat.composer()).fill('a draft that moves along');
  await (await chat.composer()).press('End');
  await moveTo(editor, place);
  const frameElement = editor.page.locator(`.part.${part}`);
  await waitFor(`the chat in the ${part}`, () => frameElement.isVisible());
  const moved = await readyChat(editor);
  await assertGoesOn(moved, question);
  await editor.driver.screenshot(`chat-in-${part}`);
}

async function assertGoesOn(chat: ChatPage, question: string): Promise<void> {
  assert.equal(await (await chat.composer()).inputValue(), 'a draft that moves along');
  assert.ok((await chat.answered('word89')).startsWith('word0 word1 word2'));
  assert.deepEqual(await chat.questions(), [question]);
}

async function backHome(editor: Editor): Promise<void> {
  await editor.host.evaluate((vscode) => vscode.commands.executeCommand('workbench.action.resetViewLocations'));
}

export const suite: EditorSuite = {
  name: 'Chat moved',
  timeoutMs: 120_000,
  tests: {
    'to the panel goes on with its stream and its draft': async (editor) => {
      try {
        await moveWhileStreaming(editor, 'New Panel Entry', 'panel');
      } finally {
        await backHome(editor);
      }
    },

    'to the secondary side bar goes on with its stream and its draft': async (editor) => {
      try {
        await moveWhileStreaming(editor, 'New Secondary Side Bar Entry', 'auxiliarybar');
      } finally {
        await backHome(editor);
      }
    },

    'in 250 pixels shows everything without a scroll bar at the bottom': async (editor) => {
      const chat = await newChat(editor);
      editor.gateway.script({ text: `A line with ${'averylongword'.repeat(20)} and code:\n\n\`\`\`ts\nconst line = '${'x'.repeat(200)}';\n\`\`\`\n\n| a | b |\n|---|---|\n| ${'cell '.repeat(30)} | ${'cell'.repeat(30)} |` }, { contains: 'something wide' });
      await chat.ask('something wide');
      await chat.answered('A line with');
      await editor.driver.setSidebarWidth(250);
      const frame = await chat.frame();
      const sizes = await waitFor('the narrow view', async () => {
        const measured = await frame.evaluate(() => ({ inner: window.innerWidth, page: document.documentElement.scrollWidth, log: document.querySelector('[role=log]')?.scrollWidth ?? 0 }));
        return measured.inner < 300 ? measured : undefined;
      });
      assert.ok(sizes.page <= sizes.inner && sizes.log <= sizes.inner, JSON.stringify(sizes));
      await editor.driver.screenshot('chat-250');
      await editor.driver.setSidebarWidth(340);
    },
  },
};
