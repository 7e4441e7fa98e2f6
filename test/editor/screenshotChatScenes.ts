// The chat: empty, streaming, thinking, complete, with changes, compacted, with branches, narrow, enlarged.
import type { Editor } from './editor.ts';
import { expressAnswer, expressThinking, kindsAnswer, languagesAnswer, roundingEdit, summaryOfParcels } from './screenshotAnswers.ts';
import type { Scene } from './screenshotScenes.ts';
import { ask, askToTheEnd, openNewChat, takeOffer } from './screenshotSteps.ts';
import { waitFor } from './waitFor.ts';

const question = 'What does an express parcel to Austria cost?';

export const chatScenes: Readonly<Record<string, Scene>> = {
  'chat-no-key': {
    options: { key: 'none' },
    show: async (editor) => void (await openNewChat(editor)),
  },

  'chat-restricted': {
    options: { trusted: false },
    show: async (editor) => void (await openNewChat(editor)),
  },

  'chat-empty': {
    show: async (editor) => {
      await editor.driver.openFile('src/tariff.ts', { line: 20 });
      const frame = await openNewChat(editor);
      await frame.locator('.starter').first().waitFor();
    },
  },

  'chat': { show: (editor) => answered(editor) },

  'chat-streaming': {
    show: async (editor) => {
      editor.gateway.script({ text: expressAnswer, tokensPerSecond: 12 }, { contains: 'express parcel' });
      await editor.driver.openFile('src/tariff.ts', { line: 20 });
      const frame = await openNewChat(editor);
      await ask(editor, frame, question);
      await frame.locator('table').waitFor();
      // A second message waits its turn below it.
      await ask(editor, frame, 'And to the Canary Islands?');
      await frame.locator('.queued').waitFor();
    },
  },

  'chat-thinking': {
    show: async (editor) => {
      editor.gateway.script({ thinking: expressThinking, text: expressAnswer, tokensPerSecond: 12 }, { contains: 'express parcel' });
      const frame = await openNewChat(editor);
      await ask(editor, frame, question);
      await frame.locator('.fold').click();
      await frame.locator('.thinking-text p').first().waitFor();
    },
  },

  'chat-thought': {
    show: async (editor) => {
      editor.gateway.script({ thinking: expressThinking, text: expressAnswer, firstTokenMs: 250 }, { contains: 'express parcel' });
      const frame = await openNewChat(editor);
      await askToTheEnd(editor, frame, question);
      await frame.locator('.row', { has: frame.locator('.answer') }).hover();
      await frame.locator('.log').evaluate((log) => log.scrollTo(0, 0));
    },
  },

  'chat-kinds': {
    show: async (editor) => {
      editor.gateway.script({ text: kindsAnswer }, { contains: 'every kind' });
      const frame = await openNewChat(editor, 440);
      await askToTheEnd(editor, frame, 'Show every kind of text');
      await frame.locator('.log').hover();
      await editor.page.mouse.wheel(0, -5_000);
    },
  },

  'chat-languages': {
    show: async (editor) => {
      editor.gateway.script({ text: languagesAnswer }, { contains: 'ten languages' });
      const frame = await openNewChat(editor, 520);
      await askToTheEnd(editor, frame, 'Say hello in ten languages');
    },
  },

  'chat-edit': {
    show: async (editor) => {
      editor.gateway.script({ text: roundingEdit }, { contains: 'round up' });
      await editor.driver.openFile('src/money.ts', { line: 12 });
      const frame = await openNewChat(editor);
      await takeOffer(frame, /money\.ts/);
      await ask(editor, frame, '/refactor Say that half a cent is rounded up, not round up');
      await frame.locator('.edit-card .button').first().waitFor({ timeout: 20_000 });
    },
  },

  'chat-branches': {
    show: async (editor) => {
      editor.gateway.script({ text: 'An express parcel to Austria costs from 17.82 €.' }, { contains: 'express parcel' });
      const frame = await openNewChat(editor);
      await askToTheEnd(editor, frame, question);
      editor.gateway.script({ text: 'From **17.82 €** for up to 2 kg, to 32.22 € for up to 10 kg.' }, { contains: 'express parcel' });
      await frame.locator('article.answer').hover();
      // Copy stands before it.
      await frame.locator('.answer-actions .hover-actions > .icon-button').nth(1).click();
      await waitFor('the second answer', async () => (await frame.locator('article.answer .body').innerText()).includes('32.22'));
      await frame.locator('.branches').first().waitFor();
    },
  },

  'chat-compacted': {
    show: async (editor) => {
      editor.gateway.script({ text: expressAnswer }, { contains: 'express parcel' });
      const frame = await openNewChat(editor);
      await askToTheEnd(editor, frame, question);
      editor.gateway.script({ text: summaryOfParcels }, { contains: 'Task: compact' });
      await ask(editor, frame, '/compact ');
      await frame.locator('.notice .link-button').first().click();
      await frame.locator('.notice-text li').first().waitFor();
    },
  },

  'chat-narrow': { show: (editor) => answered(editor, 250) },

  'chat-enlarged': {
    // 200 % zoom: half as many CSS pixels in the same window.
    options: { width: 640, height: 400 },
    show: (editor) => answered(editor, 250),
  },
};

async function answered(editor: Editor, widthPx?: number): Promise<void> {
  editor.gateway.script({ text: expressAnswer, firstTokenMs: 250 }, { contains: 'express parcel' });
  await editor.driver.openFile('src/tariff.ts', { line: 20 });
  const frame = await openNewChat(editor, widthPx);
  await askToTheEnd(editor, frame, question);
}
