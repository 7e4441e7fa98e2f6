// The rows of the project's list of faults as a reader of the chat meets them: one card, in words, with one button; nothing lost, nothing turning.
import assert from 'node:assert/strict';
import { assertIncludes, newChat, type ChatPage } from '../chatPage.ts';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { waitFor } from '../waitFor.ts';

const words = (count: number): string => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');

interface Card {
  readonly title: string;
  readonly text: string;
  readonly buttons: readonly string[];
  readonly answer: string;
}

/** What the last answer shows when it has ended in a card. */
async function cardOf(chat: ChatPage, question: string): Promise<Card> {
  return await waitFor(`a card for "${question}"`, async () => {
    const frame = await chat.frame();
    const answer = frame.locator('article.answer').last();
    if ((await chat.questions()).at(-1) !== question || (await answer.getAttribute('aria-busy')) === 'true') return undefined;
    const error = answer.locator('.error');
    if ((await error.count()) !== 1) return undefined;
    return {
      title: await error.locator('b').first().innerText(), text: await error.locator('div').first().innerText(),
      buttons: await error.locator('.actions .button').allInnerTexts(), answer: await answer.locator('.body').allInnerTexts().then((texts) => texts.join('')),
    };
  }, 30_000);
}

interface Fault {
  readonly name: string;
  /** In its words; any card will do where it is left out. */
  readonly says?: string;
  readonly button: string;
}

async function meet(editor: Editor, chat: ChatPage, fault: Fault, times: number): Promise<Card> {
  const question = `about ${fault.name}`;
  editor.gateway.reset();
  editor.gateway.script({ text: words(60), chunking: 'token' }, { contains: question });
  editor.gateway.fault({ name: fault.name, contains: question, times });
  await chat.ask(question);
  await waitFor('the question', async () => (await chat.questions()).at(-1) === question);
  await (await chat.composer()).fill(`draft beside ${fault.name}`);
  const card = await cardOf(chat, question);
  assert.deepEqual(card.buttons, [fault.button], `${fault.name}: ${card.text}`);
  assert.ok(card.title.length > 5 && card.text.length > card.title.length, `${fault.name} says too little: ${card.text}`);
  if (fault.says !== undefined) assertIncludes(card.text, fault.says);
  assert.ok(!/<\/?(?:html|body|h1|p)\b/i.test(card.text) && !card.text.includes(editor.gateway.key), `${fault.name} shows what it must not: ${card.text}`);
  assert.equal(await (await chat.composer()).inputValue(), `draft beside ${fault.name}`);
  assert.equal(await (await chat.frame()).locator('[aria-busy="true"], .waiting').count(), 0);
  return card;
}

const atOnce: readonly Fault[] = [
  { name: 'status-400', says: 'did not accept', button: 'Show log' },
  { name: 'context-too-long', says: 'too long for the model', button: 'Compact' },
  { name: 'prompt-too-long', says: 'too long for the model', button: 'Compact' },
  { name: 'credit-balance-too-low', says: 'no credit left', button: 'Add credits' },
  { name: 'forbidden-permission', says: 'not allowed', button: 'Pick a model' },
  { name: 'forbidden-region', says: 'not allowed', button: 'Pick a model' },
  { name: 'model-not-found', says: 'not available', button: 'Pick a model' },
  { name: 'path-not-found', says: 'no such address', button: 'Open settings' },
  { name: 'status-413', says: 'too large', button: 'Shorten' },
  { name: 'status-413-html', says: 'too large', button: 'Shorten' },
  { name: 'status-422', says: 'did not accept', button: 'Show log' },
  { name: 'insufficient-quota', says: 'no credit left', button: 'Add credits' },
  { name: 'html-200', says: 'does not speak', button: 'Open settings' },
  { name: 'redirect-307', says: 'points to another address', button: 'Open settings' },
  { name: 'key-echo', says: 'key was rejected', button: 'Enter key' },
  { name: 'key-echo-html', says: 'key was rejected', button: 'Enter key' },
];

const afterRetries: readonly Fault[] = [
  { name: 'status-500', says: 'error of its own', button: 'Retry' },
  { name: 'status-502-html', says: 'error of its own', button: 'Retry' },
  { name: 'status-529', says: 'overloaded', button: 'Retry' },
  { name: 'empty-body', says: 'answer was empty', button: 'Retry' },
  { name: 'reset-before-headers', button: 'Retry' },
];

const afterWords: readonly Fault[] = [
  { name: 'error-event', button: 'Continue' },
  { name: 'finish-error', button: 'Continue' },
  { name: 'cut-rst', says: 'cut off', button: 'Continue' },
  { name: 'end-without-terminal', says: 'cut off', button: 'Continue' },
  { name: 'truncated-event', button: 'Continue' },
  { name: 'finish-length', says: 'length limit', button: 'Continue' },
  { name: 'finish-content-filter', says: 'declined to answer', button: 'Pick a model' },
];

export const suite: EditorSuite = {
  name: 'Chat fault table',
  options: { settings: { 'runapi.network.idleTimeoutMs': 5_000 } },
  timeoutMs: 240_000,
  tests: {
    'before the first word: what happened, whose side it is on, one thing to do': async (editor) => {
      const chat = await newChat(editor);
      for (const fault of atOnce) await meet(editor, chat, fault, 3);
      await editor.driver.screenshot('chat-fault');
    },

    'after two quiet retries the same': async (editor) => {
      const chat = await newChat(editor);
      for (const fault of afterRetries) await meet(editor, chat, fault, 9);
    },

    'after the first word what arrived is kept, and goes on with Continue': async (editor) => {
      const chat = await newChat(editor);
      for (const fault of afterWords) {
        const card = await meet(editor, chat, fault, 1);
        assertIncludes(card.text, 'kept');
        assert.ok(card.answer.startsWith('word0'), `${fault.name} lost what had arrived: ${card.answer.slice(0, 80)}`);
      }
      assert.equal(new Set(await chat.questions()).size, afterWords.length);
    },

    'a stream that stalls ends by itself and can be continued': async (editor) => {
      const chat = await newChat(editor);
      const card = await meet(editor, chat, { name: 'stall', says: 'stopped coming', button: 'Continue' }, 1);
      assert.ok(card.answer.startsWith('word0'));
      editor.gateway.script({ text: 'AND THE REST' }, { contains: 'cut off after' });
      await chat.click('Continue');
      await chat.answered('AND THE REST');
    },
  },
};
