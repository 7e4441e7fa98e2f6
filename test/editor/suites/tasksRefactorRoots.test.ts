// Two workspace folders with a file of the same relative path: the one that is meant is changed, and only its own project is checked.
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EditorSuite } from '../editorSuite.ts';
import { checksSay, questionIs } from '../refactorSteps.ts';
import { accept, agreeToPlan, answerTask, asked, bodyOf, onDisk, reviewOpen, searchReplace, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

const text = 'export function percent(of: number): number {\n  return of / 100;\n}\n';

export const suite: EditorSuite = {
  name: 'Tasks, refactor: two folders',
  options: { workspace: 'multi-root' },
  timeoutMs: 60_000,
  tests: tidy({
    'a file is told from its namesake in the other folder': async (editor) => {
      const twin = join(dirname(editor.folder), 'price-list', 'src/money.ts');
      await mkdir(dirname(twin), { recursive: true });
      await writeFile(twin, text);
      await writeFile(join(dirname(twin), 'use.ts'), "import { percent } from './money.ts';\nexport const half = percent(50);\n");
      const first = await onDisk(editor, 'src/money.ts');
      await editor.host.evaluate(async (vscode) => {
        const folder = vscode.workspace.workspaceFolders?.[1];
        if (folder === undefined) throw new Error('There is no second folder');
        await vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, 'src/money.ts'), { selection: new vscode.Range(0, 18, 0, 18) });
        void vscode.commands.executeCommand('runapi.refactorCode');
      });
      await questionIs(editor, /What should change/);
      answerTask(editor, 'refactor', { text: '- price-list/src/money.ts: say what it is\n' });
      answerTask(editor, 'refactor', { text: searchReplace('price-list/src/money.ts', '  return of / 100;', '  const whole = 100;\n  return of / whole;') });
      await editor.driver.quickInput.submit('Name the number that it divides by');
      await agreeToPlan(editor);
      assert.match(bodyOf(asked(editor)[0]), /price-list\/src\/money\.ts/);
      await reviewOpen(editor);
      await checksSay(editor, /No new errors · checked: 1 changed/);
      await accept(editor);
      await waitFor('the change', async () => (await readFile(twin, 'utf8')).includes('const whole = 100;'));
      assert.equal(await onDisk(editor, 'src/money.ts'), first);
    },

    'folders of one name are told apart by where they lie': async (editor) => {
      const root = join(dirname(editor.folder), 'copies', 'price-list');
      const twins = [join(root, 'src/money.ts'), join(dirname(editor.folder), 'price-list', 'src/money.ts')] as const;
      for (const twin of twins) {
        await mkdir(dirname(twin), { recursive: true });
        await writeFile(twin, text);
      }
      await editor.host.evaluate(async (vscode, path) => {
        vscode.workspace.updateWorkspaceFolders(vscode.workspace.workspaceFolders?.length ?? 0, 0, { uri: vscode.Uri.file(path) });
        await vscode.window.showTextDocument(vscode.Uri.file(`${path}/src/money.ts`), { selection: new vscode.Range(0, 18, 0, 18) });
      }, root);
      await waitFor('the folder', async () => (await editor.host.evaluate((vscode) => vscode.workspace.workspaceFolders?.length)) === 3);
      editor.gateway.script({ text: searchReplace('copies/price-list/src/money.ts', '  return of / 100;', '  return of * 0.01;') });
      await editor.driver.runCommand('RunAPI: Document');
      await reviewOpen(editor);
      assert.match(bodyOf(editor.gateway.requests.at(-1)), /copies\/price-list\/src\/money\.ts/);
      await accept(editor);
      await waitFor('the change', async () => (await readFile(twins[0], 'utf8')).includes('0.01'));
      assert.equal(await readFile(twins[1], 'utf8'), text);
      await editor.host.evaluate((vscode) => vscode.workspace.updateWorkspaceFolders(2, 1));
    },
  }),
};
