import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readActivationMs } from '../activationTime.ts';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { projectRoot } from '../paths.ts';
import { waitFor } from '../waitFor.ts';

const extensionId = 'runapi.runapi-assistant';

export const suite: EditorSuite = {
  name: 'Smoke',
  tests: {
    'the extension activates, and VS Code tells how long it took': async ({ host, driver, page }) => {
      assert.equal(await host.evaluate((vscode, id) => vscode.extensions.getExtension(id)?.isActive, extensionId), true);
      const activationMs = await readActivationMs(page, driver);
      console.log(`  activated in ${activationMs} ms`);
      assert.ok(activationMs > 0);
    },

    'every contributed command exists': async ({ host }) => {
      const contributed = await contributedCommands();
      const existing = new Set(await host.evaluate((vscode) => vscode.commands.getCommands(true)));
      assert.deepEqual(contributed.filter((command) => !existing.has(command)), []);
    },

    'the chat view opens and renders': async ({ driver }) => {
      await driver.runCommand('RunAPI: Open Chat');
      const frame = await driver.webviewFrame('#runapi-chat textarea');
      assert.equal(await frame.locator('#runapi-chat').isVisible(), true);
    },

    'nothing is sent before the user does something': async ({ gateway, driver }) => {
      await driver.openFile('src/tariff.ts');
      assert.deepEqual(gateway.requests.filter(({ method }) => method === 'POST').map(({ path }) => path), []);
    },

    'the extension host logs no error': async (editor) => {
      const before = await errorLines(editor);
      await editor.driver.runCommand('RunAPI: Open Chat');
      await editor.driver.openFile('src/tariff.ts', { line: 20 });
      await editor.driver.typeText('// ');
      await waitFor('the view', () => editor.driver.webviewFrame('#runapi-chat textarea'));
      assert.deepEqual((await errorLines(editor)).slice(before.length), []);
    },
  },
};

async function contributedCommands(): Promise<readonly string[]> {
  // Our own manifest, which vsce has checked before this runs.
  const manifest = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as { readonly contributes: { readonly commands: readonly { readonly command: string }[] } };
  return manifest.contributes.commands.map(({ command }) => command);
}

async function errorLines(editor: Editor): Promise<readonly string[]> {
  const { extensionHost, runapi } = await editor.logs();
  return `${extensionHost}\n${runapi}`.split('\n').filter((line) => line.includes('[error]'));
}
