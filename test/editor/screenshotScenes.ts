// One function per picture: it brings a freshly reset editor into the state to show.
import type { Frame } from 'playwright-core';
import type { Editor } from './editor.ts';
import { expressAnswer, subtractCompletion } from './screenshotAnswers.ts';
import { waitFor } from './waitFor.ts';

export type Scene = (editor: Editor) => Promise<void>;

export const scenes: Readonly<Record<string, Scene>> = {
  'chat-empty': async (editor) => {
    await editor.driver.openFile('src/tariff.ts', { line: 20 });
    await openNewChat(editor);
  },

  'chat': async (editor) => {
    editor.gateway.script({ text: expressAnswer, firstTokenMs: 250 }, { contains: 'express parcel' });
    await editor.driver.openFile('src/tariff.ts', { line: 20 });
    const frame = await openNewChat(editor);
    await ask(editor, frame, 'What does an express parcel to Austria cost?');
    await frame.locator('.receipt').waitFor();
  },

  'chat-streaming': async (editor) => {
    editor.gateway.script({ text: expressAnswer, tokensPerSecond: 30 }, { contains: 'express parcel' });
    await editor.driver.openFile('src/tariff.ts', { line: 20 });
    const frame = await openNewChat(editor);
    await ask(editor, frame, 'What does an express parcel to Austria cost?');
    await frame.locator('table').waitFor();
  },

  'chat-no-credits': async (editor) => {
    editor.gateway.setBalance(0);
    const frame = await openNewChat(editor);
    await ask(editor, frame, 'Where is the price of an island set?');
    await frame.locator('.answer .error').waitFor();
  },

  'completion': async (editor) => {
    editor.gateway.script({ text: `<insert>${subtractCompletion}</insert>` }, { model: 'haiku', times: 20 });
    await editor.driver.openFile('src/money.ts', { line: 15, column: 1 });
    await editor.driver.press('Enter');
    await editor.driver.press('ArrowUp');
    await editor.driver.typeText('export function subtract(a: Money, b: Money): Money ', 40);
    await waitFor('ghost text', () => editor.driver.ghostText());
  },
};

async function openNewChat({ driver }: Editor): Promise<Frame> {
  await driver.runCommand('RunAPI: Open Chat');
  const frame = await driver.webviewFrame('#runapi-chat textarea');
  await driver.runCommand('RunAPI: New Chat');
  await waitFor('an empty conversation', async () => (await frame.locator('[data-message]').count()) === 0);
  await driver.setSidebarWidth(400);
  return frame;
}

async function ask({ page }: Editor, frame: Frame, question: string): Promise<void> {
  await frame.locator('textarea').fill(question);
  await page.keyboard.press('Enter');
}
