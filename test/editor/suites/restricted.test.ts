import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { waitFor } from '../waitFor.ts';

/**
 * Long enough to mean something: every delay of the product (75 ms before a completion, 1 s before a pre-warm) is far shorter, and the last
 * test shows that the same keys in the same window do send once the workspace is trusted.
 */
const quietMs = 8000;

export const suite: EditorSuite = {
  name: 'Restricted Mode',
  options: { trusted: false },
  timeoutMs: 60_000,
  tests: {
    'is on': async ({ host }) => {
      assert.equal(await host.evaluate((vscode) => vscode.workspace.isTrusted), false);
    },

    'sends nothing while files are opened, edited and the view is shown': async (editor) => {
      await editor.driver.runCommand('RunAPI: Open Chat');
      const frame = await editor.driver.webviewFrame('#runapi-chat textarea');
      await waitFor('the composer to have the focus', () => frame.locator('textarea:focus').count());
      await typeCode(editor);
      await sleep(quietMs);
      assert.deepEqual(sent(editor), []);
    },

    'sends nothing of the workspace when tasks are run on it': async (editor) => {
      await editor.driver.openFile('src/tariff.ts');
      await editor.driver.selectLines(19, 30);
      // By id, not waited for: the palette may well not offer them here, and a keybinding would still run them.
      for (const command of ['runapi.reviewFile', 'runapi.reviewChanges', 'runapi.explainCode', 'runapi.generateTests', 'runapi.documentCode']) {
        await editor.host.evaluate((vscode, id) => void vscode.commands.executeCommand(id), command);
        await sleep(300);
        await editor.driver.press('Escape');
      }
      await sleep(quietMs / 2);
      assert.deepEqual(sent(editor), []);
    },

    'the same keys do send once the workspace is trusted': async (editor) => {
      await trustWorkspace(editor);
      await typeCode(editor);
      await waitFor('a request', () => sent(editor).length > 0);
    },
  },
};

/** Requests to a model: those carry text. */
function sent({ gateway }: Editor): readonly string[] {
  return gateway.requests.filter(({ method }) => method === 'POST').map(({ path, body }) => `${path} ${JSON.stringify(body).slice(0, 300)}`);
}

async function typeCode({ driver }: Editor): Promise<void> {
  await driver.openFile('src/money.ts', { line: 9, column: 1 });
  await driver.press('Enter');
  await driver.typeText('export function subtract(a: Money, b: Money): Money {', 30);
  await driver.press('Enter');
  await driver.typeText('const cents = ', 30);
}

async function trustWorkspace({ driver, host, page }: Editor): Promise<void> {
  await driver.runCommand('Workspaces: Manage Workspace Trust');
  await page.getByRole('button', { name: 'Trust', exact: true }).click();
  await waitFor('trust', () => host.evaluate((vscode) => vscode.workspace.isTrusted));
}
