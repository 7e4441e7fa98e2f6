// A refactoring over several files, and the plan that leads to it: changed in the list and as a document.
import assert from 'node:assert/strict';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { askToRefactor, checksSay, questionIs, refactor, usersAreKnown } from '../refactorSteps.ts';
import { agreeToPlan, answerTask, asked, bodyOf, onDisk, searchReplace, start, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

const percent = 'export function percent(of: Money, rate: number): Money {';
const files = ['src/money.ts', 'src/tariff.ts', 'src/booking.ts', 'src/index.ts', 'test/money.test.ts'] as const;

export const suite: EditorSuite = {
  name: 'Tasks, refactor: several files',
  timeoutMs: 60_000,
  tests: tidy({
    'users of a symbol go along; all files are taken together and one undo gives all back': async (editor) => {
      const before = await Promise.all(files.map((path) => onDisk(editor, path)));
      await editor.driver.openFile('src/money.ts');
      await usersAreKnown(editor);
      await refactor(editor, { text: files.map((path, index) => renaming(path, before[index] ?? '')).join('\n') });
      for (const path of files.slice(1)) assert.ok(bodyOf(asked(editor)[0]).includes(path), path);
      await waitFor('the editor of all changes', () => hasTab(editor, 'Refactor percent'), 20_000);
      await checksSay(editor, /No new errors · checked: 5 changed/);
      assert.deepEqual(await Promise.all(files.map((path) => onDisk(editor, path))), before);
      await start(editor, 'runapi.acceptAllEdits');
      await waitFor('all files', async () => (await Promise.all(files.map((path) => onDisk(editor, path)))).every((text) => /\bshare\b/.test(text) && !/\bpercent\b/.test(text)), 20_000);
      await start(editor, 'runapi.undoLastEdit');
      await waitFor('all files as they were', async () => JSON.stringify(await Promise.all(files.map((path) => onDisk(editor, path)))) === JSON.stringify(before), 20_000);
    },

    'files chosen in the explorer are one refactoring': async (editor) => {
      answerTask(editor, 'refactor', { text: '- src/money.ts: a\n- src/zones.ts: b\n' });
      await editor.host.evaluate((vscode) => {
        const root = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
        const uris = ['src/money.ts', 'src/zones.ts'].map((path) => vscode.Uri.joinPath(root, path));
        void vscode.commands.executeCommand('runapi.refactorCode', uris[0], uris);
      });
      await questionIs(editor, /Refactor 2 files[\s\S]*What should change/);
      await editor.driver.quickInput.submit('Comment more');
      await questionIs(editor, /Untick/);
      assert.match(bodyOf(asked(editor)[0]), /src\/money\.ts[\s\S]*src\/zones\.ts/);
      await editor.driver.press('Escape');
    },

    'a step is reworded, another one typed: the request has them so': async (editor) => {
      answerTask(editor, 'refactor', { text: '- src/money.ts: first thing\n- src/tariff.ts: second thing\n' });
      answerTask(editor, 'refactor', { text: 'Nothing is left to do.' });
      await askToRefactor(editor, 'Tidy it');
      await questionIs(editor, /Untick/);
      const row = editor.page.locator('.quick-input-widget .monaco-list-row', { hasText: 'second thing' });
      await row.hover();
      await row.locator('.action-label').first().click();
      await questionIs(editor, /Reword this step/);
      await editor.driver.quickInput.submit('src/tariff.ts: another thing');
      await questionIs(editor, /Untick/);
      await editor.driver.quickInput.submit('src/zones.ts: a third thing');
      await waitFor('the third step', async () => (await editor.driver.quickInput.labels()).length === 3);
      await agreeToPlan(editor);
      const body = bodyOf(asked(editor)[1]);
      assert.match(body, /first thing[\s\S]*another thing[\s\S]*a third thing/);
      assert.doesNotMatch(body, /second thing/);
    },

    'the plan is changed as a document, and its button writes the edits': async (editor) => {
      answerTask(editor, 'refactor', { text: '- src/money.ts: first thing\n- src/tariff.ts: second thing\n' });
      answerTask(editor, 'refactor', { text: 'Nothing is left to do.' });
      await askToRefactor(editor, 'Tidy it');
      await openAsDocument(editor);
      await editor.host.evaluate(async (vscode) => {
        const document = vscode.window.activeTextEditor?.document;
        if (document === undefined) throw new Error('No plan is open');
        const edit = new vscode.WorkspaceEdit();
        edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), '# Plan\n\n- src/money.ts: only this\n');
        await vscode.workspace.applyEdit(edit);
      });
      await editor.driver.runCommand('RunAPI: Write the Edits of This Plan');
      await waitFor('the request', () => asked(editor).length === 2);
      const body = bodyOf(asked(editor)[1]);
      assert.match(body, /only this/);
      assert.doesNotMatch(body, /second thing/);
      await waitFor('the plan to close', async () => !(await hasTab(editor, 'Refactor plan')));
    },

    'a plan that is closed is not carried out': async (editor) => {
      answerTask(editor, 'refactor', { text: '- src/money.ts: first thing\n' });
      await askToRefactor(editor, 'Tidy it');
      await openAsDocument(editor);
      await start(editor, 'workbench.action.closeActiveEditor');
      await waitFor('the plan to close', async () => !(await hasTab(editor, 'Refactor plan')));
      await editor.gateway.idle();
      assert.equal(asked(editor).length, 1);
    },
  }),
};

function renaming(path: string, text: string): string {
  if (path === 'src/money.ts') return searchReplace(path, percent, percent.replace('percent', 'share'));
  const lines = text.split('\n').filter((line) => /\bpercent\b/.test(line));
  return [...new Set(lines)].map((line) => searchReplace(path, line, line.replace(/\bpercent\b/g, 'share'))).join('\n');
}

async function openAsDocument(editor: Editor): Promise<void> {
  await questionIs(editor, /Untick/);
  await editor.page.locator('.quick-input-widget').getByRole('button', { name: 'Change the plan as a document' }).click();
  await waitFor('the document', () => editor.host.evaluate((vscode) => vscode.window.activeTextEditor?.document.uri.scheme === 'runapi-plan'));
}

async function hasTab(editor: Editor, label: string): Promise<boolean> {
  return editor.host.evaluate((vscode, wanted) => vscode.window.tabGroups.all.some((group) => group.tabs.some((tab) => tab.label.startsWith(wanted))), label);
}
