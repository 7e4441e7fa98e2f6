// The chat view as a person uses it: finds its frame anew after each reload, and reads what stands there.
import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import type { Editor } from './editor.ts';
import { waitFor } from './waitFor.ts';

export interface ChatPage {
  frame(): Promise<Frame>;
  /** Types into the composer and sends. */
  ask(text: string): Promise<void>;
  composer(): Promise<Locator>;
  answers(): Promise<readonly string[]>;
  questions(): Promise<readonly string[]>;
  /** Waits until the last answer is complete and holds this text. */
  answered(text: string): Promise<string>;
  /** Waits until the last answer holds this text, complete or not. */
  streamed(text: string): Promise<string>;
  click(name: string | RegExp): Promise<void>;
}

/** A conversation of its own for the test. */
export async function newChat(editor: Editor): Promise<ChatPage> {
  await editor.driver.runCommand('RunAPI: New Chat');
  const chat = await readyChat(editor);
  await waitFor('an empty conversation', async () => (await chat.questions()).length === 0);
  // A conversation that is still empty stays, and so does its draft.
  await (await chat.composer()).fill('');
  return chat;
}

export async function openChat(editor: Editor): Promise<ChatPage> {
  await editor.driver.runCommand('RunAPI: Open Chat');
  return await readyChat(editor);
}

/** The chat where it stands already. */
export async function readyChat(editor: Editor): Promise<ChatPage> {
  return await chatAt(() => editor.driver.webviewFrame('#runapi-chat textarea', 20_000));
}

async function chatAt(frame: () => Promise<Frame>): Promise<ChatPage> {
  await frame();
  const texts = async (selector: string): Promise<readonly string[]> => await (await frame()).locator(selector).allInnerTexts();
  const last = async (): Promise<string> => (await texts('article.answer .body')).at(-1) ?? '';
  const page: ChatPage = {
    frame,
    composer: async () => (await frame()).locator('textarea').last(),
    ask: async (text) => {
      const box = await page.composer();
      await box.fill(text);
      await box.press('Enter');
    },
    answers: () => texts('article.answer .body'),
    questions: () => texts('article.user .user-text'),
    answered: (text) => waitFor(`the answer "${text}"`, async () => {
      const isBusy = (await (await frame()).locator('article.answer[aria-busy="true"]').count()) > 0;
      const answer = await last();
      return !isBusy && answer.includes(text) ? answer : undefined;
    }, 20_000),
    streamed: (text) => waitFor(`"${text}" in the answer`, async () => {
      const answer = await last();
      return answer.includes(text) ? answer : undefined;
    }, 20_000),
    click: async (name) => {
      const button = (await frame()).getByRole('button', { name, exact: typeof name === 'string' }).last();
      await button.click();
    },
  };
  return page;
}

/** A question to the gateway's model, not a title: what a test means by "the requests". */
export function questionsSent({ gateway }: Editor): readonly unknown[] {
  return gateway.requests.filter(({ method, body }) => method === 'POST' && !JSON.stringify(body).includes('Task: title'));
}

export function assertIncludes(text: string, part: string): void {
  assert.ok(text.includes(part), `"${part}" is not in "${text.slice(0, 500)}"`);
}
