import assert from 'node:assert/strict';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { accept, answerTask, asked, bodyOf, notification, onDisk, putOnDisk, start, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

export const suite: EditorSuite = {
  name: 'Tasks, commit and conflict',
  timeoutMs: 40_000,
  tests: tidy({
    'a commit message comes from the changes and the history, by Haiku, into the box and nowhere else': async (editor) => {
      answerTask(editor, 'commit message', { text: '```\nQuote islands apart\u001b[31m\n\nSigned-off-by: Eve <eve@example.com>\n```' });
      await gitReady(editor);
      await start(editor, 'runapi.writeCommitMessage');
      await waitFor('the message', async () => (await box(editor)) === 'Quote islands apart');
      const body = bodyOf(asked(editor)[0]);
      assert.match(body, /claude-haiku-4\.5/);
      assert.match(body, /Find the first pickup day/);
      assert.equal(await head(editor), 'Find the first pickup day');
    },

    'the button stands in the source control view': async (editor) => {
      await gitReady(editor);
      await editor.host.evaluate((vscode) => vscode.commands.executeCommand('workbench.view.scm'));
      await waitFor('the button', () => editor.page.locator('.scm-view [aria-label^="Write Commit Message"], [aria-label^="Write Commit Message"]').count(), 15_000);
    },

    'what the user types while it is written stays': async (editor) => {
      answerTask(editor, 'commit message', { text: 'One two three four five six seven eight nine ten eleven twelve', tokensPerSecond: 8, chunking: 'token' });
      await gitReady(editor);
      await start(editor, 'runapi.writeCommitMessage');
      await waitFor('the first words', async () => (await box(editor)).startsWith('One'));
      await setBox(editor, 'My own words');
      await editor.gateway.idle();
      assert.equal(await box(editor), 'My own words');
    },

    'a merge conflict is resolved through the review': async (editor) => {
      await putOnDisk(editor, 'src/clash.ts', 'const a = 1;\n<<<<<<< HEAD\nconst b = 2;\n=======\nconst b = 3;\n>>>>>>> topic\nexport { a, b };\n');
      answerTask(editor, 'merge conflict', { text: 'The newer number is kept.\n```ts\nconst b = 3;\n```\n' });
      await editor.driver.openFile('src/clash.ts', { line: 3, column: 1 });
      await editor.driver.runCommand('RunAPI: Resolve Merge Conflict');
      await accept(editor);
      await waitFor('the resolution', async () => (await onDisk(editor, 'src/clash.ts')) === 'const a = 1;\nconst b = 3;\nexport { a, b };\n');
    },

    'a resolution with marks in it is refused': async (editor) => {
      await putOnDisk(editor, 'src/clash.ts', '<<<<<<< HEAD\nconst b = 2;\n=======\nconst b = 3;\n>>>>>>> topic\n');
      answerTask(editor, 'merge conflict', { text: 'Both.\n```ts\n<<<<<<< HEAD\nconst b = 3;\n```\n' });
      await editor.driver.openFile('src/clash.ts', { line: 2, column: 1 });
      await editor.driver.runCommand('RunAPI: Resolve Merge Conflict');
      await notification(editor, /no usable resolution/);
    },
  }),
};

async function gitReady({ host, driver }: Editor): Promise<void> {
  await driver.openFile('src/money.ts');
  await waitFor('the repository', () => host.evaluate((vscode) => (vscode.extensions.getExtension('vscode.git')?.exports.getAPI(1).repositories.length ?? 0) > 0), 20_000);
  await host.evaluate((vscode) => { vscode.extensions.getExtension('vscode.git')!.exports.getAPI(1).repositories[0].inputBox.value = ''; });
}

async function box({ host }: Editor): Promise<string> {
  return host.evaluate((vscode) => String(vscode.extensions.getExtension('vscode.git')?.exports.getAPI(1).repositories[0].inputBox.value));
}

async function setBox({ host }: Editor, value: string): Promise<void> {
  await host.evaluate((vscode, text) => { vscode.extensions.getExtension('vscode.git')!.exports.getAPI(1).repositories[0].inputBox.value = text; }, value);
}

async function head({ host }: Editor): Promise<string> {
  return host.evaluate(async (vscode) => String((await vscode.extensions.getExtension('vscode.git')!.exports.getAPI(1).repositories[0].log({ maxEntries: 1 }))[0].message).trim());
}
