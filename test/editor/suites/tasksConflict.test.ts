// Merge conflicts: offered above each, resolved through the review, in whatever lines the file has.
import assert from 'node:assert/strict';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { accept, answerTask, asked, bodyOf, notification, onDisk, putOnDisk, reviewOpen, start, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

const clash = ['const a = 1;', '<<<<<<< HEAD', 'const b = 2;', '=======', 'const b = 3;', '>>>>>>> topic', 'export { a, b };', ''];
const resolution = { text: 'The newer number is kept.\n```ts\nconst b = 3;\n```\n' };

export const suite: EditorSuite = {
  name: 'Tasks, merge conflict',
  timeoutMs: 60_000,
  tests: tidy({
    'a merge conflict is resolved through the review': async (editor) => {
      await putOnDisk(editor, 'src/clash.ts', 'const a = 1;\n<<<<<<< HEAD\nconst b = 2;\n=======\nconst b = 3;\n>>>>>>> topic\nexport { a, b };\n');
      answerTask(editor, 'merge conflict', { text: 'The newer number is kept.\n```ts\nconst b = 3;\n```\n' });
      await editor.driver.openFile('src/clash.ts', { line: 3, column: 1 });
      await start(editor, 'runapi.resolveConflict');
      await accept(editor);
      await waitFor('the resolution', async () => (await onDisk(editor, 'src/clash.ts')) === 'const a = 1;\nconst b = 3;\nexport { a, b };\n');
    },

    'a resolution with marks in it is refused': async (editor) => {
      await putOnDisk(editor, 'src/clash.ts', '<<<<<<< HEAD\nconst b = 2;\n=======\nconst b = 3;\n>>>>>>> topic\n');
      answerTask(editor, 'merge conflict', { text: 'Both.\n```ts\n<<<<<<< HEAD\nconst b = 3;\n```\n' });
      await editor.driver.openFile('src/clash.ts', { line: 2, column: 1 });
      await start(editor, 'runapi.resolveConflict');
      await notification(editor, /no usable resolution/);
    },

    'one with a common base and CRLF keeps every other byte': async (editor) => {
      const around = ['// one', '// two', '// three', '// four'];
      const text = [...around, '<<<<<<< ours', '\tconst b = 2;', '||||||| base', '\tconst b = 1;', '=======', '\tconst b = 3;', '>>>>>>> theirs', ...around].join('\r\n');
      await putOnDisk(editor, 'src/clash.ts', text);
      answerTask(editor, 'merge conflict', { text: 'Both sides.\n```ts\n\tconst b = 5;\n```\n' });
      await editor.driver.openFile('src/clash.ts', { line: 6, column: 1 });
      await start(editor, 'runapi.resolveConflict');
      await accept(editor);
      await waitFor('the resolution', async () => (await onDisk(editor, 'src/clash.ts')) === [...around, '\tconst b = 5;', ...around].join('\r\n'));
      assert.match(bodyOf(asked(editor)[0]), /\|\|\|\|\|\|\| base/);
    },

    'of two the one at the caret is resolved, and discarding leaves both': async (editor) => {
      const text = [...clash, ...clash].join('\n').replace(/b = (\d)/g, (_, digit: string) => `b${digit} = ${digit}`);
      await putOnDisk(editor, 'src/clash.ts', text);
      answerTask(editor, 'merge conflict', resolution);
      await editor.driver.openFile('src/clash.ts', { line: 11, column: 1 });
      await start(editor, 'runapi.resolveConflict');
      await reviewOpen(editor);
      assert.match(await waitFor('the proposal', () => proposed(editor)), /^const a = 1;\n<<<<<<< HEAD[\s\S]*>>>>>>> topic[\s\S]*const b = 3;\nexport/);
      await start(editor, 'runapi.discardEdit');
      await waitFor('the diff to close', async () => (await proposed(editor)) === '');
      assert.equal(await onDisk(editor, 'src/clash.ts'), text);
    },

    'is offered above the conflict and by the lightbulb, next to what VS Code offers': async (editor) => {
      await putOnDisk(editor, 'src/clash.ts', clash.join('\n'));
      await editor.driver.openFile('src/clash.ts', { line: 3, column: 1 });
      await waitFor('the lens', () => editor.page.locator('.codelens-decoration a', { hasText: 'Resolve with RunAPI' }).count(), 20_000);
      const titles = await editor.host.evaluate(async (vscode) => {
        const uri = vscode.window.activeTextEditor?.document.uri;
        const actions = await vscode.commands.executeCommand<readonly { readonly title: string }[]>('vscode.executeCodeActionProvider', uri, new vscode.Range(2, 0, 2, 0));
        return actions.map(({ title }) => title);
      });
      assert.ok(titles.includes('Resolve with RunAPI'), titles.join());
      answerTask(editor, 'merge conflict', resolution);
      await editor.page.locator('.codelens-decoration a', { hasText: 'Resolve with RunAPI' }).click();
      await accept(editor);
      await waitFor('the resolution', async () => (await onDisk(editor, 'src/clash.ts')) === 'const a = 1;\nconst b = 3;\nexport { a, b };\n');
    },

    'that the user resolves while the answer comes is left to the user': async (editor) => {
      await putOnDisk(editor, 'src/clash.ts', clash.join('\n'));
      answerTask(editor, 'merge conflict', { ...resolution, firstTokenMs: 1500 });
      await editor.driver.openFile('src/clash.ts', { line: 3, column: 1 });
      await start(editor, 'runapi.resolveConflict');
      await waitFor('the request', () => asked(editor).length === 1);
      const own = 'const a = 1;\nconst b = 99;\nexport { a, b };\n';
      await putOnDisk(editor, 'src/clash.ts', own);
      await waitFor('the new text', async () => (await editor.driver.editorText()) === own);
      await editor.gateway.idle();
      await notification(editor, /changed|not in the file|could not be applied|refused/i);
      assert.equal(await onDisk(editor, 'src/clash.ts'), own);
    },

    'lines that move in the very moment of the command are not taken for the conflict': async (editor) => {
      await putOnDisk(editor, 'src/clash.ts', clash.join('\n'));
      answerTask(editor, 'merge conflict', resolution);
      await editor.driver.openFile('src/clash.ts', { line: 3, column: 1 });
      await waitFor('the text', async () => (await editor.driver.editorText()) === clash.join('\n'));
      const above = '// one\n// two\n// three\n// four\n';
      await editor.host.evaluate(async (vscode, text) => {
        const uri = vscode.window.activeTextEditor?.document.uri;
        void vscode.commands.executeCommand('runapi.resolveConflict');
        const edit = new vscode.WorkspaceEdit();
        if (uri !== undefined) edit.insert(uri, new vscode.Position(0, 0), text);
        await vscode.workspace.applyEdit(edit);
      }, above);
      await editor.gateway.idle();
      const refused = await waitFor('a review or a refusal', async () => ((await proposed(editor)) !== '' ? 'review' : (await editor.driver.notifications()).some(({ text }) => /changed/.test(text)) ? 'refusal' : undefined), 20_000);
      if (refused === 'review') await accept(editor);
      const text = await editor.host.evaluate((vscode) => vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'file' && uri.path.endsWith('/clash.ts'))?.getText() ?? '');
      assert.equal(text, refused === 'review' ? `${above}const a = 1;\nconst b = 3;\nexport { a, b };\n` : above + clash.join('\n'));
    },

    'an answer that stopped at its limit changes nothing': async (editor) => {
      await putOnDisk(editor, 'src/clash.ts', clash.join('\n'));
      answerTask(editor, 'merge conflict', { ...resolution, finish: 'length' });
      await editor.driver.openFile('src/clash.ts', { line: 3, column: 1 });
      await start(editor, 'runapi.resolveConflict');
      await notification(editor, /no usable resolution/);
      assert.equal(await onDisk(editor, 'src/clash.ts'), clash.join('\n'));
    },
  }),
};

/** The right side of the diff; '' when there is none. */
async function proposed({ host }: Editor): Promise<string> {
  return host.evaluate((vscode) => {
    const input = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).map((tab) => tab.input).find((each) => each instanceof vscode.TabInputTextDiff);
    return vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === input?.modified.toString())?.getText() ?? '';
  });
}
