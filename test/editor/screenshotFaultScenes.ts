// What goes wrong, as a card or a line where the answer would be.
import type { Frame } from 'playwright-core';
import type { Editor } from './editor.ts';
import { expressAnswer } from './screenshotAnswers.ts';
import type { Scene } from './screenshotScenes.ts';
import { ask, openNewChat } from './screenshotSteps.ts';

const question = 'Where is the price of an island set?';

export const faultScenes: Readonly<Record<string, Scene>> = {
  'fault-key': {
    // The refused key is known until another one is entered.
    options: {},
    show: async (editor) => {
      editor.gateway.fault({ name: 'status-401', contains: question });
      await openDetails(await card(editor));
    },
  },

  'fault-credits': {
    show: async (editor) => {
      editor.gateway.fault({ name: 'status-402', contains: question });
      await card(editor);
    },
  },

  'fault-rate-limit': {
    show: async (editor) => {
      editor.gateway.fault({ name: 'rate-limit-seconds', seconds: 30, contains: question });
      const frame = await openNewChat(editor);
      await ask(editor, frame, question);
      await frame.locator('.waiting').waitFor();
    },
  },

  'fault-overloaded': {
    show: async (editor) => {
      editor.gateway.fault({ name: 'status-529', times: 9, contains: question });
      await card(editor);
    },
  },

  'fault-offline': {
    show: async (editor) => {
      editor.gateway.fault({ name: 'reset-before-headers', times: 9, contains: question });
      await openDetails(await card(editor));
    },
  },

  'fault-cut': {
    show: async (editor) => {
      editor.gateway.fault({ name: 'cut-fin', afterDeltas: 60, contains: question });
      editor.gateway.script({ text: expressAnswer, chunking: 'token' }, { contains: question });
      await card(editor);
    },
  },
};

async function card(editor: Editor): Promise<Frame> {
  const frame = await openNewChat(editor);
  await ask(editor, frame, question);
  await frame.locator('.answer .error').waitFor({ timeout: 60_000 });
  return frame;
}

async function openDetails(frame: Frame): Promise<void> {
  await frame.locator('.error .link-button').last().click();
}
