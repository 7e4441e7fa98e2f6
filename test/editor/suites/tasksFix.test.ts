// Problems: one, several at once, all of a file; from the lightbulb, by command; explained in the chat. And comments in each language's form.
import assert from 'node:assert/strict';
import { newChat, readyChat } from '../chatPage.ts';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { accept, answerTask, asked, bodyOf, notification, onDisk, putOnDisk, reviewOpen, searchReplace, start, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

const source = 'export const one = 1;\nexport const two = one +;\nexport const three = two - ;\n\n\n\nexport const four = three * ;\n';
const problems = [
  { line: 1, message: 'Expression expected after plus' },
  { line: 2, message: 'Expression expected after minus' },
  { line: 6, message: 'Expression expected after times' },
];

export const suite: EditorSuite = {
  name: 'Tasks, fix, explain, document',
  timeoutMs: 60_000,
  tests: tidy({
    'the lightbulb offers to fix the problem, all of the file, and to explain': async (editor) => {
      await withProblems(editor);
      const titles = await offered(editor, 1);
      assert.deepEqual(titles.filter((title) => title.includes('RunAPI')), ['Fix with RunAPI', 'Fix all 3 problems of the file with RunAPI', 'Explain with RunAPI']);
      await editor.driver.openFile('src/sum.txt', { line: 2, column: 5 });
      await editor.driver.press('Control+.');
      const menu = editor.page.locator('.action-widget .monaco-list-row');
      await waitFor('the list', async () => (await menu.allInnerTexts()).some((text) => text.includes('Fix all 3 problems')));
      answerTask(editor, 'fix', { text: searchReplace('src/sum.txt', 'export const two = one +;', 'export const two = one + 1;') });
      await menu.filter({ hasText: 'Fix with RunAPI' }).first().click();
      await accept(editor);
      await waitFor('the cure', async () => (await onDisk(editor, 'src/sum.txt')).includes('one + 1;'));
      assert.match(bodyOf(asked(editor)[0]), /Fix this problem in src\/sum\.txt[\s\S]*src\/sum\.txt:2 error test 7: Expression expected after plus/);
    },

    'several problems are one request and one review': async (editor) => {
      await withProblems(editor);
      answerTask(editor, 'fix', { text: searchReplace('src/sum.txt', 'export const two = one +;\nexport const three = two - ;', 'export const two = one + 1;\nexport const three = two - 1;') });
      await editor.driver.selectLines(2, 3);
      await editor.driver.runCommand('RunAPI: Fix Problem');
      await accept(editor);
      await waitFor('both cures', async () => /one \+ 1;\n.*two - 1;/.test(await onDisk(editor, 'src/sum.txt')));
      const body = bodyOf(asked(editor)[0]);
      assert.match(body, /Fix these 2 problems[\s\S]*after plus[\s\S]*after minus/);
      assert.doesNotMatch(body, /after times/);
    },

    'away from any problem a list asks which, and only those are sent': async (editor) => {
      await withProblems(editor);
      await editor.driver.openFile('src/sum.txt', { line: 5, column: 1 });
      answerTask(editor, 'fix', { text: searchReplace('src/sum.txt', 'export const four = three * ;', 'export const four = three * 1;') });
      await editor.driver.runCommand('RunAPI: Fix Problem');
      await waitFor('the list', async () => /Which problems/.test(await editor.driver.quickInput.question()));
      for (const words of ['after plus', 'after minus']) await editor.page.locator('.quick-input-widget .monaco-list-row', { hasText: words }).locator('.monaco-custom-toggle, input[type=checkbox]').first().click();
      await editor.page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
      await reviewOpen(editor);
      assert.match(bodyOf(asked(editor)[0]), /Fix this problem in src\/sum\.txt[\s\S]*after times/);
    },

    'a cure that lies elsewhere is said in words, and nothing changes': async (editor) => {
      await withProblems(editor);
      answerTask(editor, 'fix', { text: 'The cause is in the build: no edit here helps.' });
      await editor.driver.openFile('src/sum.txt', { line: 2, column: 5 });
      await editor.driver.runCommand('RunAPI: Fix Problem');
      await notification(editor, /No change: The cause is in the build/);
      assert.equal(await onDisk(editor, 'src/sum.txt'), source);
    },

    'the problems that went are counted, and none is made up': async (editor) => {
      await withProblems(editor);
      answerTask(editor, 'fix', { text: searchReplace('src/sum.txt', 'export const two = one +;', 'export const two = one + 1;') });
      await editor.driver.openFile('src/sum.txt', { line: 2, column: 5 });
      await start(editor, 'runapi.fixProblem');
      await accept(editor);
      await waitFor('the cure', async () => (await onDisk(editor, 'src/sum.txt')).includes('one + 1;'));
      await waitFor('the end of the check', async () => !(await editor.driver.statusItems()).some((text) => text.includes('Checking')), 30_000);
      assert.equal((await editor.driver.notifications()).some(({ text }) => /new problem/.test(text)), false);
    },

    'a problem is explained in the chat, with its words and its code': async (editor) => {
      await withProblems(editor);
      await newChat(editor);
      editor.gateway.script({ text: 'There is nothing behind the plus.' });
      await editor.driver.openFile('src/sum.txt', { line: 2, column: 5 });
      await editor.host.evaluate(async (vscode) => {
        const uri = vscode.window.activeTextEditor?.document.uri;
        await vscode.commands.executeCommand('runapi.explainCode', uri, new vscode.Range(1, 0, 1, 24));
      });
      const chat = await readyChat(editor);
      await chat.answered('There is nothing behind the plus.');
      assert.match((await chat.questions()).at(-1) ?? '', /What does this problem mean, and what cures it\? Expression expected after plus/);
      assert.ok(asked(editor).some((request) => bodyOf(request).includes('export const two = one +;')));
    },

    'Document asks for the form of the language, and says whether only comments change': async (editor) => {
      await putOnDisk(editor, 'tool.py', 'def half(count):\n    return count // 2\n');
      answerTask(editor, 'document', { text: searchReplace('tool.py', 'def half(count):\n    return count // 2', 'def half(count):\n    """Half of a count, rounded down."""\n    return count // 2') });
      await editor.driver.openFile('tool.py', { line: 1, column: 5 });
      await start(editor, 'runapi.documentCode');
      await reviewOpen(editor);
      assert.match(bodyOf(asked(editor)[0]), /PEP 257/);
      await start(editor, 'runapi.changes.focus');
      await waitFor('the edit in the list', async () => /Document: (?:half|tool\.py)/.test(await shown(editor)));
      assert.doesNotMatch(await shown(editor), /look closely/);
      await start(editor, 'runapi.discardEdit');
      answerTask(editor, 'document', { text: searchReplace('tool.py', '    return count // 2', '    """Half of a count."""\n    return count / 2') });
      await editor.driver.openFile('tool.py', { line: 1, column: 5 });
      await start(editor, 'runapi.documentCode');
      await reviewOpen(editor);
      await start(editor, 'runapi.changes.focus');
      await waitFor('the warning', async () => /code changes too: look closely/.test(await shown(editor)), 20_000);
    },

    'Document knows the form of Go, Rust, Java and C': async (editor) => {
      const forms = { 'half.go': ['package p\n\nfunc Half(n int) int { return n / 2 }\n', /godoc reads/], 'half.rs': ['pub fn half(n: u32) -> u32 {\n    n / 2\n}\n', /rustdoc reads/], 'Half.java': ['class Half {\n  int of(int n) { return n / 2; }\n}\n', /Javadoc has/], 'half.c': ['int half(int n) { return n / 2; }\n', /Doxygen has/] } as const;
      for (const [path, [text, form]] of Object.entries(forms)) {
        await putOnDisk(editor, path, text);
        answerTask(editor, 'document', { text: 'Nothing to say.' });
        const before = asked(editor).length;
        await editor.driver.openFile(path);
        await start(editor, 'runapi.documentCode');
        await waitFor(`the request for ${path}`, () => asked(editor).length === before + 1);
        assert.match(bodyOf(asked(editor).at(-1)), form);
        await editor.gateway.idle();
      }
    },
  }),
};

/** A file with three problems of a service of the test's own, which go with the lines that are cured. No language, so that none adds its own. */
async function withProblems(editor: Editor): Promise<void> {
  await putOnDisk(editor, 'src/sum.txt', source);
  await editor.driver.openFile('src/sum.txt');
  await waitFor('the text', async () => (await editor.driver.editorText()) === source);
  await editor.host.evaluate((vscode, all) => {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined) return;
    // Of the test before, if there was one: a document stays open for a while after its tab is closed.
    const holder: Record<string, unknown> & { sumProblems?: { dispose(): void } } = globalThis;
    holder.sumProblems?.dispose();
    const collection = vscode.languages.createDiagnosticCollection('sum');
    const draw = (): void => {
      const left = all.filter(({ line }) => line < document.lineCount && /[-+*] ?;$/.test(document.lineAt(line).text));
      collection.set(document.uri, left.map(({ line, message }) => Object.assign(new vscode.Diagnostic(new vscode.Range(line, 0, line, 24), message, vscode.DiagnosticSeverity.Error), { source: 'test', code: 7 })));
    };
    draw();
    holder.sumProblems = vscode.Disposable.from(collection, vscode.workspace.onDidChangeTextDocument((event) => { if (event.document === document) draw(); }));
  }, problems);
  await waitFor('only the problems of the test', () => editor.host.evaluate((vscode) => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const found = uri === undefined ? [] : vscode.languages.getDiagnostics(uri);
    return found.length === 3 && found.every(({ source: from }) => from === 'test');
  }), 20_000);
}

async function offered({ host }: Editor, line: number): Promise<readonly string[]> {
  return host.evaluate(async (vscode, at) => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const actions = await vscode.commands.executeCommand<readonly { readonly title: string }[]>('vscode.executeCodeActionProvider', uri, new vscode.Range(at, 0, at, 10), vscode.CodeActionKind.QuickFix.value);
    return actions.map(({ title }) => title);
  }, line);
}

/** What the list of changes says. */
async function shown({ page }: Editor): Promise<string> {
  return (await page.locator('.part.sidebar').innerText()).replaceAll('\u00a0', ' ');
}
