// The refactoring against what can happen to a file while it is asked for.
import assert from 'node:assert/strict';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer } from '../../gateway/answer.ts';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { questionIs, refactor } from '../refactorSteps.ts';
import { accept, agreeToPlan, answerTask, asked, notification, onDisk, putOnDisk, reviewOpen, searchReplace, start, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

const path = 'src/cases.ts';
const code = ['export function a() {', '\treturn 1;', '}', '', 'export function b() {', '\t\treturn 2;', '}'];
const changed = code.map((line) => line.replace('return 2', 'return 3'));
const edit = searchReplace(path, '\t\treturn 2;', '\t\treturn 3;');
const slow = { firstTokenMs: 1500 } as const;

export const suite: EditorSuite = {
  name: 'Tasks, refactor: cases',
  timeoutMs: 60_000,
  tests: tidy({
    'CRLF, tabs and a missing line end stay': async (editor) => {
      await begin(editor, code.join('\r\n'));
      await accept(editor);
      await waitFor('the change', async () => (await onDisk(editor, path)) === changed.join('\r\n'));
    },

    'UTF-16 stays': async (editor) => {
      const encode = (lines: readonly string[]): Buffer => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`${lines.join('\n')}\n`, 'utf16le')]);
      await begin(editor, encode(code));
      await accept(editor);
      await waitFor('the change', async () => (await readFile(join(editor.folder, path))).equals(encode(changed)));
    },

    'what is typed elsewhere while the edits come is kept': async (editor) => {
      await begin(editor, `${code.join('\n')}\n`, slow);
      await type(editor, 0, '// typed meanwhile\n');
      await accept(editor);
      await waitFor('both', () => editor.host.evaluate((vscode) => vscode.workspace.textDocuments.some((document) => /^\/\/ typed meanwhile\n[\s\S]*return 3/.test(document.getText()))));
    },

    'what is typed into the very lines is never overwritten': async (editor) => {
      await begin(editor, `${code.join('\n')}\n`, slow);
      await type(editor, 5, '\t\t// mine\n', '\t\treturn 2;'.length);
      await notification(editor, /Nothing was changed/);
      assert.equal(await editor.host.evaluate((vscode) => vscode.workspace.textDocuments.some((document) => /\/\/ mine/.test(document.getText()) && /return 3/.test(document.getText()))), false);
    },

    'a file that is closed meanwhile is changed all the same': async (editor) => {
      await begin(editor, `${code.join('\n')}\n`, slow);
      await start(editor, 'workbench.action.closeAllEditors');
      await accept(editor);
      await waitFor('the change', async () => (await onDisk(editor, path)) === `${changed.join('\n')}\n`);
    },

    'a file that is deleted meanwhile is not made again': async (editor) => {
      await begin(editor, `${code.join('\n')}\n`, slow);
      await editor.host.evaluate(async (vscode) => {
        const root = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
        await vscode.workspace.fs.delete(vscode.Uri.joinPath(root, 'src/cases.ts'));
      });
      await notification(editor, /Nothing was changed/);
      await assert.rejects(onDisk(editor, path));
    },

    'edits that were cut off or stopped at the limit change nothing and say so': async (editor) => {
      await begin(editor, `${code.join('\n')}\n`, { finish: 'length' });
      await notification(editor, /cut|limit/i);
      await start(editor, 'runapi.acceptAllEdits');
      assert.equal(await onDisk(editor, path), `${code.join('\n')}\n`);
      await editor.host.evaluate((vscode) => vscode.commands.executeCommand('notifications.clearAll'));
      await begin(editor, `${code.join('\n')}\n`, { fault: 'cut-fin', chunking: 10 });
      await notification(editor, /cut off|connection/i);
      await start(editor, 'runapi.acceptAllEdits');
      assert.equal(await onDisk(editor, path), `${code.join('\n')}\n`);
    },

    'a read-only file is refused before anything is asked': async (editor) => {
      await putOnDisk(editor, path, `${code.join('\n')}\n`);
      await chmod(join(editor.folder, path), 0o444);
      await editor.driver.openFile(path, { line: 6, column: 4 });
      await start(editor, 'runapi.refactorCode');
      await waitFor('the question', async () => /What should change/.test(await editor.driver.quickInput.question()), 20_000);
      await editor.driver.quickInput.submit('Change it somehow');
      await notification(editor, /cases\.ts is read-only/);
      assert.equal(asked(editor).length, 0);
    },

    'a document that was never saved is refactored in place, and its types are checked too': async (editor) => {
      await editor.host.evaluate(async (vscode) => {
        const document = await vscode.workspace.openTextDocument({ language: 'typescript', content: 'export function a(): number {\n  return 1;\n}\n' });
        await vscode.window.showTextDocument(document);
      });
      answerTask(editor, 'refactor', { text: '- Untitled-1: return another number\n' });
      editor.gateway.script((call) => {
        const name = /name=\\?"(Untitled-\d+)/.exec(JSON.stringify(call))?.[1] ?? 'Untitled-1';
        return { text: searchReplace(name, '  return 1;', "  return 'two';") };
      });
      await start(editor, 'runapi.refactorCode');
      await questionIs(editor, /What should change/);
      await editor.driver.quickInput.submit('Return another number from it');
      await agreeToPlan(editor);
      await notification(editor, /Accepting this change would bring 1 new error\. Untitled-\d+:2: Type 'string' is not assignable/);
      await accept(editor);
      await waitFor('the text', () => editor.host.evaluate((vscode) => vscode.workspace.textDocuments.some((document) => document.isUntitled && document.getText().includes("return 'two'"))));
    },

    'two refactorings at once end in two reviews': async (editor) => {
      await begin(editor, `${code.join('\n')}\n`, { firstTokenMs: 6000 });
      await refactor(editor, { text: searchReplace('src/zones.ts', "export type Zone = 'city' | 'national' | 'neighbour' | 'europe' | 'world';", "/** Where a parcel goes. */\nexport type Zone = 'city' | 'national' | 'neighbour' | 'europe' | 'world';") }, { path: 'src/zones.ts', line: 1, column: 1 });
      await waitFor('two diffs', () => editor.host.evaluate((vscode) => vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter((tab) => tab.input instanceof vscode.TabInputTextDiff).length === 2), 30_000);
      await start(editor, 'runapi.acceptAllEdits');
      await waitFor('both', async () => (await onDisk(editor, path)).includes('return 3') && (await onDisk(editor, 'src/zones.ts')).includes('Where a parcel goes'), 20_000);
    },
  }),
};

/** Up to the request for the edits. */
async function begin(editor: Editor, content: string | Buffer, how: Omit<Answer, 'text'> = {}): Promise<void> {
  await putOnDisk(editor, path, content);
  await editor.driver.openFile(path, { line: 6, column: 4 });
  await waitFor('the text', async () => (await editor.driver.editorText()).includes('export function b'));
  await refactor(editor, { text: edit, ...how }, { path, line: 6, column: 4 });
  if (how.fault === undefined && how.finish === undefined && how.firstTokenMs === undefined) await reviewOpen(editor);
}

async function type(editor: Editor, line: number, text: string, replaced = 0): Promise<void> {
  await editor.host.evaluate(async (vscode, typed) => {
    const document = vscode.workspace.textDocuments.find((each) => each.uri.scheme === 'file' && each.uri.path.endsWith('/src/cases.ts'));
    if (document === undefined) throw new Error('The file is not open');
    const change = new vscode.WorkspaceEdit();
    change.replace(document.uri, new vscode.Range(typed.line, 0, typed.line, typed.replaced), typed.text);
    await vscode.workspace.applyEdit(change);
  }, { line, text, replaced });
}
