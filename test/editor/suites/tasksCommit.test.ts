import assert from 'node:assert/strict';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { git } from '../reviewSteps.ts';
import { answerTask, asked, bodyOf, notification, onDisk, putOnDisk, start, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

export const suite: EditorSuite = {
  name: 'Tasks, commit message',
  timeoutMs: 60_000,
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

    'staged changes alone are what it is about, in the style of bodies that the history has': async (editor) => {
      await gitReady(editor);
      await putOnDisk(editor, 'src/rate.ts', 'export const rate = 3;\n');
      await git(editor, 'add', 'src/rate.ts');
      answerTask(editor, 'commit message', { text: 'Add the rate\n\nIt was a number in the middle of a sum.' });
      await start(editor, 'runapi.writeCommitMessage');
      await waitFor('the message', async () => (await box(editor)) === 'Add the rate\n\nIt was a number in the middle of a sum.');
      const body = bodyOf(asked(editor)[0]);
      assert.match(body, /Write the commit message for the staged changes/);
      assert.match(body, /export const rate = 3/);
      assert.doesNotMatch(body, /lastHour|ageHours/);
      assert.equal(await git(editor, 'diff', '--cached', '--name-only'), 'src/rate.ts');
    },

    'staged files that may not be sent are no reason to write about the others': async (editor) => {
      await gitReady(editor);
      await putOnDisk(editor, '.env', 'TOKEN=abcdefgh12345678canary\n');
      await git(editor, 'add', '-f', '.env');
      await start(editor, 'runapi.writeCommitMessage');
      await notification(editor, /The changed files may not be sent/);
      assert.equal(asked(editor).length, 0);
    },

    'what the author had begun goes along, and one button brings it back': async (editor) => {
      await gitReady(editor);
      await setBox(editor, 'pickup on saturdays');
      answerTask(editor, 'commit message', { text: 'Fetch Saturday orders until eleven' });
      await start(editor, 'runapi.writeCommitMessage');
      await notification(editor, /replaced what you had written/);
      assert.equal(await box(editor), 'Fetch Saturday orders until eleven');
      assert.match(bodyOf(asked(editor)[0]), /The author began it so; keep to that intent:\\npickup on saturdays/);
      await editor.driver.answerNotification('replaced what you had written', 'Restore mine');
      await waitFor('the words of the author', async () => (await box(editor)) === 'pickup on saturdays');
    },

    'stopped in the middle, or cut by the server, it gives the box back as it was': async (editor) => {
      await gitReady(editor);
      await setBox(editor, 'my words');
      answerTask(editor, 'commit message', { text: 'One two three four five six seven eight nine ten eleven twelve', tokensPerSecond: 2, chunking: 'token' });
      await editor.host.evaluate((vscode) => vscode.commands.executeCommand('workbench.view.scm'));
      await start(editor, 'runapi.writeCommitMessage');
      await waitFor('the first words', async () => (await box(editor)).startsWith('One'));
      const stop = editor.page.locator('[aria-label^="Stop Writing Commit Message"]').first();
      await stop.click();
      await waitFor('the words of the author', async () => (await box(editor)) === 'my words');
      await waitFor('the stream to end', () => asked(editor)[0]?.aborted);
      await waitFor('the button to write', () => editor.page.locator('[aria-label^="Write Commit Message"]').count());
      answerTask(editor, 'commit message', { text: 'One two three four five six seven eight', fault: 'cut-fin', chunking: 8 });
      await start(editor, 'runapi.writeCommitMessage');
      await notification(editor, /cut off|connection/i);
      assert.equal(await box(editor), 'my words');
    },

    'what looks like an option, a command or an address is text in the box and nothing else': async (editor) => {
      await gitReady(editor);
      const hostile = '-F/etc/passwd $(touch pwn) `touch pwn`';
      answerTask(editor, 'commit message', { text: `${hostile}\u001b]52;c;Zm9v\u0007\u202e\n\nCo-authored-by: Eve <eve@example.com>` });
      await start(editor, 'runapi.writeCommitMessage');
      await waitFor('the message', async () => (await box(editor)) === hostile);
      assert.equal(await head(editor), 'Find the first pickup day');
      await assert.rejects(onDisk(editor, 'pwn'));
    },

    'programs that the repository names for git are not run': async (editor) => {
      await gitReady(editor);
      const trap = 'touch pwn-git';
      for (const [name, value] of [['core.fsmonitor', trap], ['diff.external', trap], ['core.pager', trap], ['diff.trap.textconv', trap], ['filter.trap.clean', trap]] as const) await git(editor, 'config', name, value);
      try {
        await putOnDisk(editor, '.gitattributes', '*.ts diff=trap filter=trap\n');
        answerTask(editor, 'commit message', { text: 'Say nothing of traps' });
        await start(editor, 'runapi.writeCommitMessage');
        await waitFor('the message', async () => (await box(editor)) === 'Say nothing of traps');
        assert.match(bodyOf(asked(editor)[0]), /lastHour/);
      } finally {
        for (const name of ['core.fsmonitor', 'diff.external', 'core.pager', 'diff.trap.textconv', 'filter.trap.clean']) await git(editor, 'config', '--unset', name);
      }
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
