// The composer and what opens from it, and the list of conversations.
import { expressAnswer, ownCommand } from './screenshotAnswers.ts';
import type { Scene } from './screenshotScenes.ts';
import { askToTheEnd, openNewChat, pasteImage, takeOffer } from './screenshotSteps.ts';

export const composerScenes: Readonly<Record<string, Scene>> = {
  'composer-chips': {
    show: async (editor) => {
      editor.gateway.script({ text: 'The parcels of May are the most: about 300 of them.' }, { contains: 'In which month' });
      await editor.driver.openFile('src/tariff.ts', { line: 20 });
      const frame = await openNewChat(editor);
      await pasteImage(frame);
      await takeOffer(frame, /tariff\.ts/);
      await askToTheEnd(editor, frame, 'In which month were the most parcels sent?');
      await editor.driver.selectLines(20, 34);
      await editor.driver.runCommand('RunAPI: Open Chat');
      await pasteImage(frame);
      await frame.locator('.composer-text').fill('And in which one the fewest?\nOne line is enough.');
    },
  },

  'composer-commands': {
    show: async (editor) => {
      await editor.host.evaluate(async (vscode, text) => {
        const folder = vscode.workspace.workspaceFolders?.[0];
        if (folder === undefined) throw new Error('No folder is open');
        await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(folder.uri, '.runapi/commands/ship.md'), new TextEncoder().encode(text));
      }, ownCommand);
      const frame = await openNewChat(editor);
      await frame.locator('.composer-text').pressSequentially('/', { delay: 20 });
      await frame.locator('.suggestions li').nth(5).waitFor();
    },
  },

  'composer-mentions': {
    show: async (editor) => {
      await editor.driver.openFile('src/tariff.ts', { line: 20 });
      const frame = await openNewChat(editor);
      await frame.locator('.composer-text').pressSequentially('Where is @mon', { delay: 20 });
      await frame.locator('.suggestions li').first().waitFor();
    },
  },

  'composer-models': {
    show: async (editor) => {
      const frame = await openNewChat(editor);
      await frame.locator('.pill').click();
      await frame.locator('.menu-item').first().waitFor();
    },
  },

  'composer-context': {
    show: async (editor) => {
      await editor.driver.openFile('src/tariff.ts', { line: 20 });
      const frame = await openNewChat(editor);
      await takeOffer(frame, /tariff\.ts/);
      await frame.locator('.composer-text').fill('What costs the most?');
      await frame.locator('.cost').click();
      await frame.locator('.menu-item').first().waitFor();
    },
  },

  'conversations': {
    show: async (editor) => {
      for (const [question, title] of [['What does an express parcel to Austria cost?', 'Express parcels to Austria'], ['Why is Friday a short day?', 'The last pickup on Fridays'], ['How are refunds rounded?', 'Rounding of refunds']] as const) {
        editor.gateway.script({ text: expressAnswer }, { contains: question });
        editor.gateway.script({ text: title }, { contains: 'Task: title' });
        await askToTheEnd(editor, await openNewChat(editor), question);
        await editor.gateway.idle();
      }
      await editor.driver.runCommand('RunAPI: Show Chat History');
      const frame = await editor.driver.webviewFrame('.session');
      await frame.locator('.session').nth(1).hover();
    },
  },
};
