import assert from 'node:assert/strict';
import type { EditorSuite } from '../editorSuite.ts';
import { waitFor } from '../waitFor.ts';
import { focused } from './completionSteps.ts';

export const suite: EditorSuite = {
  name: 'Completion in several folders',
  options: { workspace: 'multi-root', settings: { 'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' } } },
  timeoutMs: 60_000,
  tests: {
    'files of both folders are completed, each under its own name': async ({ driver, gateway, host, page }) => {
      gateway.script(() => ({ text: '<insert>42;</insert>' }));
      const folders = await host.evaluate((vscode) => vscode.workspace.workspaceFolders?.map((folder) => folder.uri.toString()) ?? []);
      assert.ok(folders.length >= 2);
      for (const [index, folder] of folders.entries()) {
        await host.evaluate(async (vscode, { base, name }) => {
          const uri = vscode.Uri.joinPath(vscode.Uri.parse(base), name);
          await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('const answer =\n'));
          const editor = await vscode.window.showTextDocument(uri, { preview: false });
          editor.selection = new vscode.Selection(0, 14, 0, 14);
          await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
        }, { base: folder, name: 'same.ts' });
        await focused(page, '.editor-instance');
        await driver.typeText(' ');
        await waitFor('ghost text', async () => (await driver.ghostText()) === '42;');
        await driver.press('Tab');
        await waitFor('the accepted text', async () => (await driver.editorText()) === 'const answer = 42;\n');
        await waitFor('its request', () => gateway.requests.filter((request) => request.method === 'POST').length > index);
      }
    },
  },
};
