// What the language service does exactly is done by it: no model is asked, nothing is paid. With the real TypeScript of VS Code.
import assert from 'node:assert/strict';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { askToRefactor, checksSay, questionIs, usersAreKnown } from '../refactorSteps.ts';
import { answerTask, asked, bodyOf, notification, onDisk, putOnDisk, start, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

export const suite: EditorSuite = {
  name: 'Tasks, refactor: exact',
  timeoutMs: 60_000,
  tests: tidy({
    'a rename is offered as exact, reaches every file, and nothing is asked': async (editor) => {
      await readyService(editor);
      await askToRefactor(editor, 'rename percent to share');
      await takeExact(editor, /^Rename percent to share in \d files$/);
      await waitFor('every file', async () => (await Promise.all(['src/money.ts', 'src/tariff.ts'].map((path) => textOf(editor, path)))).every((text) => /\bshare\b/.test(text) && !/\bpercent\b/.test(text)));
      // What other projects import keeps its name: TypeScript writes "share as percent" there.
      assert.match(await textOf(editor, 'src/index.ts'), /\bshare\b/);
      assert.equal(asked(editor).length, 0);
    },

    'imports are organised': async (editor) => {
      await putOnDisk(editor, 'src/imports.ts', "import { zoneOf } from './zones.ts';\nimport { add, euro, percent } from './money.ts';\n\nexport const sum = add(euro(1), euro(2));\n");
      await readyService(editor, 'src/imports.ts');
      await askToRefactor(editor, 'organize the imports', { path: 'src/imports.ts', line: 1, column: 1 });
      await takeExact(editor, /^Organize Imports$/i);
      await waitFor('the file', async () => (await textOf(editor, 'src/imports.ts')) === "import { add, euro } from './money.ts';\n\nexport const sum = add(euro(1), euro(2));\n");
      assert.equal(asked(editor).length, 0);
    },

    'a function is extracted from what is selected': async (editor) => {
      await readyService(editor, 'src/tariff.ts');
      await editor.driver.selectLines(19, 20);
      await start(editor, 'runapi.refactorCode');
      await questionIs(editor, /What should change/);
      await editor.driver.quickInput.submit('extract a function');
      await takeExact(editor, /^Extract to (?:inner )?function in /);
      await waitFor('the function', async () => /function newFunction\(|const newFunction|newFunction\(/.test(await textOf(editor, 'src/tariff.ts')));
      await editor.driver.press('Escape');
      assert.equal(asked(editor).length, 0);
    },

    'a function moves to a file of its own, and its users follow': async (editor) => {
      await readyService(editor);
      await askToRefactor(editor, 'move to a new file', { line: 21, column: 20 });
      await takeExact(editor, /^Move to a new file$/);
      await waitFor('the new file', async () => (await textOf(editor, 'src/format.ts')).includes('export function format('));
      assert.doesNotMatch(await textOf(editor, 'src/money.ts'), /export function format\(/);
      assert.equal(asked(editor).length, 0);
    },

    'the model can be asked all the same': async (editor) => {
      await readyService(editor);
      answerTask(editor, 'refactor', { text: '- src/money.ts: rename it\n' });
      await askToRefactor(editor, 'rename percent to share');
      await questionIs(editor, /can do this exactly/);
      await editor.driver.quickInput.pick('Ask claude-opus-4.8');
      await waitFor('the request', () => asked(editor).length === 1);
      await questionIs(editor, /Untick/);
      await editor.driver.press('Escape');
    },

    'names are suggested by the quick model, and the language service renames': async (editor) => {
      await readyService(editor);
      answerTask(editor, 'suggest names', { text: 'shareOf: it takes a share of an amount\npercent: as it is\npart_of: shorter\n' });
      await editor.driver.openFile('src/money.ts', { line: 17, column: 20 });
      await start(editor, 'runapi.suggestNames');
      await waitFor('the names', async () => (await editor.driver.quickInput.labels()).join() === 'shareOf,part_of', 20_000);
      await questionIs(editor, /Rename percent · Names → Haiku 4\.5 · .*\$/);
      assert.match(bodyOf(asked(editor)[0]), /claude-haiku-4\.5[\s\S]*Suggest names for `percent` in src\/money\.ts, line 17/);
      await editor.driver.press('Enter');
      await waitFor('every file', async () => (await Promise.all(['src/money.ts', 'src/tariff.ts'].map((path) => textOf(editor, path)))).every((text) => /\bshareOf\b/.test(text) && !/\bpercent\b/.test(text)));
    },

    'a name of one\'s own is renamed to after a look at the places': async (editor) => {
      await readyService(editor);
      const before = await onDisk(editor, 'src/tariff.ts');
      answerTask(editor, 'suggest names', { text: 'shareOf: it takes a share\n' });
      await editor.driver.openFile('src/money.ts', { line: 17, column: 20 });
      await start(editor, 'runapi.suggestNames');
      await waitFor('the name', async () => (await editor.driver.quickInput.labels()).join() === 'shareOf', 20_000);
      await editor.page.locator('.quick-input-widget .monaco-list-row').first().hover();
      await editor.page.locator('.quick-input-widget .monaco-list-row').first().locator('.action-label').first().click();
      await checksSay(editor, /Rename percent to shareOf[\s\S]*No new errors · checked: 5 changed/);
      assert.equal(await textOf(editor, 'src/tariff.ts'), before);
      await start(editor, 'runapi.acceptAllEdits');
      await waitFor('the change', async () => /\bshareOf\b/.test(await textOf(editor, 'src/tariff.ts')));
    },

    'where nothing can be renamed it says so, and nothing is asked': async (editor) => {
      await readyService(editor);
      await editor.driver.openFile('src/money.ts', { line: 1, column: 8 });
      await start(editor, 'runapi.suggestNames');
      await notification(editor, /Nothing that can be renamed/);
      assert.equal(asked(editor).length, 0);
    },
  }),
};

/** The service has read the project: it knows who uses what. */
async function readyService(editor: Editor, path = 'src/money.ts'): Promise<void> {
  await editor.driver.openFile(path);
  await waitFor('the language service', () => editor.host.evaluate(async (vscode) => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const symbols = uri === undefined ? undefined : await vscode.commands.executeCommand<readonly unknown[] | undefined>('vscode.executeDocumentSymbolProvider', uri);
    return (symbols ?? []).length > 0;
  }), 30_000);
  if (path === 'src/money.ts') await usersAreKnown(editor);
}

async function takeExact(editor: Editor, title: RegExp): Promise<void> {
  await questionIs(editor, /can do this exactly/);
  const labels = await editor.driver.quickInput.labels();
  assert.match(labels[0] ?? '', title);
  await editor.driver.press('Enter');
}

/** As the editor has it, else as the disk does: a refactoring may be saved or not. */
async function textOf(editor: Editor, path: string): Promise<string> {
  const open = await editor.host.evaluate((vscode, wanted) => vscode.workspace.textDocuments.find((document) => document.uri.scheme === 'file' && document.uri.path.endsWith(`/${wanted}`))?.getText(), path);
  return open ?? onDisk(editor, path).catch(() => '');
}
