// Every task that changes files, against everything that can happen to a file: a table, because a task that only works on a quiet file with
// Unix line ends does not work. The refactoring has its own suites.
import assert from 'node:assert/strict';
import { chmod, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer } from '../../gateway/answer.ts';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { focused } from './completionSteps.ts';
import { finding } from '../reviewSteps.ts';
import { accept, answerTask, asked, notification, onDisk, putOnDisk, searchReplace, start, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

interface Subject {
  readonly name: string;
  readonly path: string;
  /** The name of the task in its prompt. */
  readonly task: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
  readonly answer: string;
  /** Starts it at the caret. */
  readonly begin: (editor: Editor) => Promise<void>;
  /** What is still to do for the change to be proposed, once the answer is complete. */
  readonly propose?: (editor: Editor) => Promise<void>;
}

const code = ['export function a() {', '\treturn 1;', '}', '', 'export function b() {', '\t\treturn 2;', '}'];
const changed = code.map((line) => line.replace('return 2', 'return 3'));
const edit = (path: string): string => searchReplace(path, '\t\treturn 2;', '\t\treturn 3;');
const conflict = ['first', '<<<<<<< ours', '\tconst b = 2;', '=======', '\tconst b = 3;', '>>>>>>> theirs', 'last'];

const subjects: readonly Subject[] = [
  { name: 'Document', path: 'src/cases.ts', task: 'document', before: code, after: changed, answer: edit('src/cases.ts'), begin: (editor) => start(editor, 'runapi.documentCode') },
  { name: 'Fix', path: 'src/cases.ts', task: 'fix', before: code, after: changed, answer: edit('src/cases.ts'), begin: beginFix },
  { name: 'Tests', path: 'test/cases.test.ts', task: 'generate tests', before: code, after: changed, answer: edit('test/cases.test.ts'), begin: (editor) => start(editor, 'runapi.generateTests') },
  {
    name: 'Review', path: 'src/cases.ts', task: 'review', before: code, after: changed, begin: (editor) => start(editor, 'runapi.reviewFile'), propose: applyFinding,
    answer: finding({ path: 'src/cases.ts', line: 6, title: 'Two is too few' }) + edit('src/cases.ts').split('\n').slice(1).join('\n'),
  },
  {
    name: 'Conflict', path: 'src/cases.ts', task: 'merge conflict', before: conflict, after: ['first', '\tconst b = 5;', 'last'], begin: (editor) => start(editor, 'runapi.resolveConflict'),
    answer: 'Both.\n```ts\n\tconst b = 5;\n```\n',
  },
];

const cases: Readonly<Record<string, (editor: Editor, subject: Subject) => Promise<void>>> = {
  'CRLF, tabs and a missing line end stay': async (editor, subject) => {
    await begin(editor, subject, subject.before.join('\r\n'));
    await finish(editor, subject);
    await waitFor('the change', async () => (await onDisk(editor, subject.path)) === subject.after.join('\r\n'));
  },
  'UTF-16 stays': async (editor, subject) => {
    const encode = (lines: readonly string[]): Buffer => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`${lines.join('\n')}\n`, 'utf16le')]);
    await begin(editor, subject, encode(subject.before));
    await finish(editor, subject);
    await waitFor('the change', async () => (await readFile(join(editor.folder, subject.path))).equals(encode(subject.after)));
  },
  'what is typed while the answer comes is kept': async (editor, subject) => {
    const typed = Promise.withResolvers<undefined>();
    await begin(editor, subject, `${subject.before.join('\n')}\n`, { after: typed.promise });
    await editor.driver.openFile(subject.path);
    await focused(editor.page, '.editor-instance');
    await editor.driver.typeText('const typed = 1;');
    await editor.driver.press('Enter');
    await waitFor('the typed line', async () => (await editor.driver.editorText()).startsWith('const typed = 1;\n'));
    typed.resolve(undefined);
    await finish(editor, subject);
    const wanted = `const typed = 1;\n${subject.after.join('\n')}\n`;
    await waitFor('both', async () => (await textOf(editor, subject.path)) === wanted);
  },
  'a read-only file is refused, before anything is sent where it is known to be the one': async (editor, subject) => {
    const text = `${subject.before.join('\n')}\n`;
    await mkdir(join(editor.folder, 'test'), { recursive: true });
    await putOnDisk(editor, subject.path, text);
    await chmod(join(editor.folder, subject.path), 0o444);
    answerTask(editor, subject.task, { text: subject.answer });
    await editor.driver.openFile(subject.path, { line: caretLine(subject), column: 1 });
    await waitFor('the file as it is', async () => (await editor.driver.editorText()) === text);
    await subject.begin(editor);
    await subject.propose?.(editor);
    await notification(editor, /read-only/);
    assert.equal(asked(editor).length, subject.propose === undefined ? 0 : 1);
    assert.equal(await onDisk(editor, subject.path), text);
  },
  'a document that was never saved is changed in place, or asked to be saved where that is needed': async (editor, subject) => {
    const text = `${subject.before.join('\n')}\n`;
    await editor.host.evaluate(async (vscode, document) => {
      const shown = await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'typescript', content: document.text }));
      shown.selection = new vscode.Selection(document.line - 1, 0, document.line - 1, 0);
    }, { text, line: caretLine(subject) });
    const path = await editor.host.evaluate((vscode) => vscode.window.activeTextEditor?.document.uri.path ?? '');
    answerTask(editor, subject.task, { text: subject.answer.replaceAll(subject.path, path) });
    await subject.begin(editor);
    if (subject.name === 'Tests') {
      await notification(editor, /Save the file in the workspace first/);
      assert.equal(asked(editor).length, 0);
      return;
    }
    // The language service may still speak of what an earlier case had in the file: the one at the caret is chosen already.
  await waitFor('the request', async () => {
    if ((await editor.driver.quickInput.question()).includes('Which problems should be fixed')) await editor.driver.press('Enter');
    return asked(editor).length > 0;
  }, 20_000);
    await finish(editor, subject);
    const wanted = `${subject.after.join('\n')}\n`;
    await waitFor('the change', () => editor.host.evaluate((vscode, all) => vscode.workspace.textDocuments.some((document) => document.isUntitled && document.getText() === all), wanted));
  },
  'a file that is closed while the answer comes is changed all the same': async (editor, subject) => {
    const closed = Promise.withResolvers<undefined>();
    await begin(editor, subject, `${subject.before.join('\n')}\n`, { after: closed.promise });
    await editor.host.evaluate((vscode) => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
    closed.resolve(undefined);
    await finish(editor, subject);
    await waitFor('the change', async () => (await onDisk(editor, subject.path)) === `${subject.after.join('\n')}\n`);
  },
  'a file that is deleted while the answer comes stays deleted, and that is said': async (editor, subject) => {
    const deleted = Promise.withResolvers<undefined>();
    await begin(editor, subject, `${subject.before.join('\n')}\n`, { after: deleted.promise });
    await editor.host.evaluate(async (vscode, path) => {
      const folder = vscode.workspace.workspaceFolders?.[0];
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      if (folder !== undefined) await vscode.workspace.fs.delete(vscode.Uri.joinPath(folder.uri, path));
    }, subject.path);
    deleted.resolve(undefined);
    await editor.gateway.idle();
    await subject.propose?.(editor);
    await notification(editor, /no such file|not there|changed|could not|refused|does not exist/i);
    await assert.rejects(onDisk(editor, subject.path));
  },
};

/** An answer that is not whole: there is nothing to apply, so the review of a finding has no such case. */
const broken: Readonly<Record<string, Partial<Answer>>> = { 'cut by the server': { fault: 'cut-fin', chunking: 12 }, 'stopped at its limit': { finish: 'length' } };

export const suite: EditorSuite = {
  name: 'Tasks, cases',
  timeoutMs: 60_000,
  tests: tidy({
    ...Object.fromEntries(subjects.flatMap((subject) => Object.entries(cases).map(([name, run]) => [`${subject.name}: ${name}`, (editor: Editor) => run(editor, subject)]))),
    ...Object.fromEntries(subjects.filter(({ propose }) => propose === undefined).flatMap((subject) => Object.entries(broken).map(([name, how]) => [`${subject.name}: an answer that was ${name} changes nothing`, (editor: Editor) => changesNothing(editor, subject, how)]))),
    'Document: undone and redone after a format on save, it takes our lines back and no others': formatted,
  }),
};

/** `after`: the answer waits for it. */
interface Begin extends Partial<Answer> {
  readonly after?: Promise<undefined>;
}

async function begin(editor: Editor, subject: Subject, content: string | Buffer, { after, ...how }: Begin = {}): Promise<void> {
  await mkdir(join(editor.folder, 'test'), { recursive: true });
  await putOnDisk(editor, subject.path, content);
  answerTask(editor, subject.task, { text: subject.answer, ...how }, after);
  await editor.driver.openFile(subject.path, { line: caretLine(subject), column: 1 });
  await waitFor('the file as it is', async () => (await editor.driver.editorText()).replaceAll('\r', '').startsWith(subject.before.join('\n')));
  await subject.begin(editor);
  await waitFor('the request', () => asked(editor).length > 0, 20_000);
}

function caretLine({ before }: Subject): number {
  return before === conflict ? 3 : 6;
}

async function finish(editor: Editor, subject: Subject): Promise<void> {
  await editor.gateway.idle();
  await subject.propose?.(editor);
  await accept(editor);
}

async function changesNothing(editor: Editor, subject: Subject, how: Partial<Answer>): Promise<void> {
  const text = `${subject.before.join('\n')}\n`;
  await begin(editor, subject, text, how);
  await notification(editor, /cut|limit|no usable resolution|connection/i);
  await start(editor, 'runapi.acceptEdit');
  assert.equal(await onDisk(editor, subject.path), text);
}

async function formatted(editor: Editor): Promise<void> {
  const [subject] = subjects;
  assert.ok(subject);
  await editor.driver.setSetting('editor.formatOnSave', true);
  await editor.driver.setSetting('[typescript]', { 'editor.defaultFormatter': 'runapi.runapi-test-host' });
  // A formatter of this test's own, so that the outcome does not hang on a version of another: two spaces for the tab in line 2.
  await editor.host.evaluate((vscode) => {
    vscode.languages.registerDocumentFormattingEditProvider({ language: 'typescript', pattern: '**/cases.ts' }, {
      provideDocumentFormattingEdits: (document) => (document.lineAt(1).text.startsWith('\t') ? [vscode.TextEdit.replace(new vscode.Range(1, 0, 1, 1), '  ')] : []),
    });
  });
  const own = (lines: readonly string[]): string => lines.map((line, index) => (index === 1 ? '  return 1;' : index === 3 ? '// own' : line)).join('\r\n');
  await begin(editor, subject, subject.before.join('\r\n'));
  await finish(editor, subject);
  await waitFor('the change', async () => (await onDisk(editor, subject.path)).includes('return 3'));
  await editor.driver.openFile(subject.path, { line: 4, column: 1 });
  await editor.driver.typeText('// own');
  await start(editor, 'workbench.action.files.save');
  await waitFor('the change, the format and the own line', async () => (await onDisk(editor, subject.path)) === own(subject.after));
  await start(editor, 'runapi.undoLastEdit');
  // What the formatter did with our change goes with it: the bytes are those of before, but for the own line.
  const back = subject.before.map((line, index) => (index === 3 ? '// own' : line)).join('\r\n');
  await waitFor('the change to go', async () => (await onDisk(editor, subject.path)) === back);
  await start(editor, 'runapi.redoEdit');
  await waitFor('the change to be back', async () => (await onDisk(editor, subject.path)) === own(subject.after));
}

async function beginFix(editor: Editor): Promise<void> {
  await editor.host.evaluate((vscode) => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const problems = vscode.languages.createDiagnosticCollection('cases');
    if (uri !== undefined) problems.set(uri, [new vscode.Diagnostic(new vscode.Range(5, 2, 5, 10), 'Two is too few', vscode.DiagnosticSeverity.Error)]);
    // It goes with the first change of the file, as that of a language service would.
    vscode.workspace.onDidChangeTextDocument(() => problems.clear());
  });
  await start(editor, 'runapi.fixProblem');
}

async function applyFinding(editor: Editor): Promise<void> {
  await notification(editor, /1 finding/);
  const id = await editor.host.evaluate((vscode) => vscode.languages.getDiagnostics().flatMap(([, all]) => all).find(({ source }) => source === 'RunAPI')?.code);
  await start(editor, 'runapi.applyFinding', id);
}

async function textOf({ host }: Editor, path: string): Promise<string> {
  return host.evaluate((vscode, wanted) => vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.path.endsWith(`/${wanted}`))?.getText() ?? '', path);
}
