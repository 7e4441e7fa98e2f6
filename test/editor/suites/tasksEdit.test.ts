// Document, Fix, Generate Tests, Explain: each to its end, and the ways in which each must not damage a file.
import assert from 'node:assert/strict';
import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readyChat } from '../chatPage.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { accept, answerTask, asked, bodyOf, newFile, notification, onDisk, putOnDisk, reviewOpen, searchReplace, start, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

const documented = searchReplace('src/money.ts', 'export function euro(amount: number): Money {', '/** Whole and part euros; the third decimal is rounded. */\nexport function euro(amount: number): Money {');

export const suite: EditorSuite = {
  name: 'Tasks, edits',
  timeoutMs: 60_000,
  tests: tidy({
    'Document adds a comment through the review, with Sonnet': async (editor) => {
      answerTask(editor, 'document', { text: documented });
      await editor.driver.openFile('src/money.ts', { line: 7, column: 20 });
      await editor.driver.runCommand('RunAPI: Document');
      await accept(editor);
      await waitFor('the comment', async () => (await onDisk(editor, 'src/money.ts')).includes('the third decimal is rounded'));
      assert.match(bodyOf(asked(editor)[0]), /claude-sonnet-4\.6/);
    },

    'a file with CRLF and tabs keeps every byte beside the change': async (editor) => {
      const text = 'export function a() {\r\n\treturn 1;\r\n}\r\n\r\nexport function b() {\r\n\t\treturn 2;\r\n}';
      await putOnDisk(editor, 'src/windows.ts', text);
      answerTask(editor, 'document', { text: searchReplace('src/windows.ts', 'export function b() {', '/** Two. */\nexport function b() {') });
      await editor.driver.openFile('src/windows.ts', { line: 5, column: 1 });
      await editor.driver.runCommand('RunAPI: Document');
      await accept(editor);
      await waitFor('the change', async () => (await onDisk(editor, 'src/windows.ts')).includes('Two.'));
      assert.equal(await onDisk(editor, 'src/windows.ts'), text.replace('export function b', '/** Two. */\r\nexport function b'));
    },

    'a UTF-16 file stays UTF-16': async (editor) => {
      const text = 'export const word = "한글 é";\nexport function a() {\n  return word;\n}\n';
      await putOnDisk(editor, 'src/wide.ts', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]));
      answerTask(editor, 'document', { text: searchReplace('src/wide.ts', 'export function a() {', '/** Says it. */\nexport function a() {') });
      await editor.driver.openFile('src/wide.ts', { line: 2, column: 1 });
      await waitFor('the text', async () => (await editor.driver.editorText()).includes('한글'));
      await editor.driver.runCommand('RunAPI: Document');
      await accept(editor);
      const bytes = await waitFor('the change', async () => {
        const read = await readFile(join(editor.folder, 'src/wide.ts'));
        return read.includes(Buffer.from('Says it', 'utf16le')) ? read : undefined;
      });
      assert.deepEqual([bytes[0], bytes[1]], [0xff, 0xfe]);
      assert.equal(bytes.subarray(2).toString('utf16le'), text.replace('export function a', '/** Says it. */\nexport function a'));
    },

    'a read-only file is refused before anything is sent': async (editor) => {
      await putOnDisk(editor, 'src/locked.ts', 'export const a = 1;\n');
      await chmod(join(editor.folder, 'src/locked.ts'), 0o444);
      await editor.driver.openFile('src/locked.ts');
      await editor.driver.runCommand('RunAPI: Document');
      await notification(editor, /locked\.ts is read-only/);
      assert.equal(asked(editor).length, 0);
    },

    'an untitled document is documented in place': async (editor) => {
      await editor.host.evaluate(async (vscode) => {
        const document = await vscode.workspace.openTextDocument({ language: 'typescript', content: 'export function a() {\n  return 1;\n}\n' });
        await vscode.window.showTextDocument(document);
      });
      editor.gateway.script((call) => {
        const path = /kind=\\?"file\\?"[^>]*?(?:name|path)=\\?"([^"\\]+)/.exec(JSON.stringify(call))?.[1] ?? 'Untitled-1';
        return { text: searchReplace(path, 'export function a() {', '/** One. */\nexport function a() {') };
      });
      await editor.driver.runCommand('RunAPI: Document');
      await accept(editor);
      await waitFor('the comment', () => editor.host.evaluate((vscode) => vscode.workspace.textDocuments.some((document) => document.isUntitled && document.getText().includes('/** One. */'))));
    },

    'an answer that was cut off or stopped at its limit changes nothing and says so': async (editor) => {
      const before = await onDisk(editor, 'src/money.ts');
      answerTask(editor, 'document', { text: documented, finish: 'length' });
      await editor.driver.openFile('src/money.ts', { line: 7, column: 20 });
      await editor.driver.runCommand('RunAPI: Document');
      await notification(editor, /cut|limit/i);
      answerTask(editor, 'document', { text: documented, fault: 'cut-fin', chunking: 10 });
      await editor.driver.openFile('src/money.ts', { line: 7, column: 20 });
      await start(editor, 'runapi.documentCode');
      await waitFor('two requests', () => asked(editor).length === 2);
      await editor.gateway.idle();
      await start(editor, 'runapi.acceptEdit');
      assert.equal(await onDisk(editor, 'src/money.ts'), before);
    },

    'what the user types while it streams is not lost': async (editor) => {
      answerTask(editor, 'document', { text: documented, tokensPerSecond: 15, chunking: 'token' });
      await editor.driver.openFile('src/money.ts', { line: 7, column: 20 });
      await start(editor, 'runapi.documentCode');
      await waitFor('the stream', () => asked(editor).length === 1);
      await editor.host.evaluate(async (vscode) => {
        const document = vscode.workspace.textDocuments.find((candidate) => candidate.uri.path.endsWith('/src/money.ts'));
        if (document === undefined) throw new Error('The file was closed');
        const edit = new vscode.WorkspaceEdit();
        edit.insert(document.uri, new vscode.Position(0, 0), '// typed meanwhile\n');
        await vscode.workspace.applyEdit(edit);
      });
      await accept(editor);
      const text = await waitFor('both', async () => {
        const all = await editor.host.evaluate((vscode) => vscode.workspace.textDocuments.find((candidate) => candidate.uri.path.endsWith('/src/money.ts'))?.getText() ?? '');
        return all.includes('third decimal') ? all : undefined;
      });
      assert.match(text, /^\/\/ typed meanwhile\n/);
    },

    'two tasks at once end in two reviews': async (editor) => {
      answerTask(editor, 'document', { text: documented, tokensPerSecond: 40, chunking: 'token' });
      editor.gateway.script({ text: searchReplace('src/tracking.ts', 'export function isTrackingNumber(text: string): boolean {', '/** Spaces are ignored. */\nexport function isTrackingNumber(text: string): boolean {') }, { contains: 'src/tracking.ts' });
      await editor.driver.openFile('src/money.ts', { line: 7, column: 20 });
      await start(editor, 'runapi.documentCode');
      await waitFor('the first', () => asked(editor).length === 1);
      await editor.driver.openFile('src/tracking.ts', { line: 12, column: 20 });
      await start(editor, 'runapi.documentCode');
      await waitFor('both', () => asked(editor).length === 2);
      await editor.gateway.idle();
      await waitFor('two diffs', () => editor.host.evaluate((vscode) => vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter((tab) => tab.input instanceof vscode.TabInputTextDiff).length === 2), 20_000);
    },

    'Fix cures the problem at the caret': async (editor) => {
      await putOnDisk(editor, 'src/wrong.ts', 'export const count: number = "three";\n');
      await editor.driver.openFile('src/wrong.ts', { line: 1, column: 15 });
      await waitFor('the problem', () => editor.host.evaluate((vscode) => vscode.languages.getDiagnostics().some(([uri, all]) => uri.path.endsWith('wrong.ts') && all.length > 0)), 25_000);
      answerTask(editor, 'fix', { text: `A word is no number.\n\n${searchReplace('src/wrong.ts', 'export const count: number = "three";', 'export const count: number = 3;')}` });
      await editor.driver.runCommand('RunAPI: Fix Problem');
      await accept(editor);
      await waitFor('the cure', async () => (await onDisk(editor, 'src/wrong.ts')).includes('= 3;'));
      assert.match(bodyOf(asked(editor)[0]), /src\/wrong\.ts:1 error ts 2322/);
    },

    'Generate Tests writes the test beside the others of the project': async (editor) => {
      const test = "import assert from 'node:assert/strict';\nimport { it } from 'node:test';\nimport { isTrackingNumber } from '../src/tracking.ts';\n\nit('knows a number', () => assert.equal(isTrackingNumber('x'), false));";
      answerTask(editor, 'generate tests', { text: newFile('test/tracking.test.ts', test) });
      await editor.driver.openFile('src/tracking.ts');
      await editor.driver.runCommand('RunAPI: Generate Tests');
      await reviewOpen(editor);
      assert.match(bodyOf(asked(editor)[0]), /node:test[\s\S]*the new file test\/tracking\.test\.ts[\s\S]*Imitate test\//);
      await accept(editor);
      await waitFor('the file', async () => (await onDisk(editor, 'test/tracking.test.ts').catch(() => '')).includes('knows a number'));
      assert.match(await notification(editor, /Run the tests\?/), /node --test test\/tracking\.test\.ts/);
    },

    'Explain asks in the chat, with the code as context': async (editor) => {
      editor.gateway.script({ text: 'It adds two amounts.' });
      await editor.driver.openFile('src/money.ts', { line: 11, column: 20 });
      await editor.driver.runCommand('RunAPI: Explain');
      const chat = await readyChat(editor);
      await chat.answered('It adds two amounts.');
      assert.ok(asked(editor).some((request) => bodyOf(request).includes('Cannot add')));
    },
  }),
};
