// Explain and fix the last command, in a real terminal with a real shell.
import assert from 'node:assert/strict';
import { newChat, readyChat } from '../chatPage.ts';
import type { Editor } from '../editor.ts';
import type { TerminalShellIntegration } from 'vscode';
import type { EditorSuite } from '../editorSuite.ts';
import { answerTask, asked, bodyOf, notification, start, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

export const suite: EditorSuite = {
  name: 'Tasks, terminal',
  options: { settings: { 'terminal.integrated.defaultProfile.linux': 'bash', 'terminal.integrated.gpuAcceleration': 'off' } },
  timeoutMs: 90_000,
  tests: tidy({
    'before any command it says what it needs, and asks nothing': async (editor) => {
      await start(editor, 'runapi.fixTerminal');
      await notification(editor, /Run a command in a terminal first/);
      assert.equal(asked(editor).length, 0);
    },

    'a shell without integration is named as what it is, with a way to the settings, and nothing is asked': async (editor) => {
      await editor.host.evaluate((vscode) => {
        for (const old of vscode.window.terminals) old.dispose();
        vscode.window.createTerminal({ name: 'plain', shellPath: '/bin/sh' }).show();
      });
      await waitFor('the shell', () => editor.host.evaluate((vscode) => (vscode.window.activeTerminal?.name === 'plain' ? vscode.window.activeTerminal.processId : undefined)));
      for (const command of ['runapi.fixTerminal', 'runapi.explainTerminal']) {
        await start(editor, command);
        await notification(editor, /no shell integration, so its commands are not seen/);
        await editor.host.evaluate((vscode) => vscode.commands.executeCommand('notifications.clearAll'));
      }
      await editor.gateway.idle();
      assert.equal(asked(editor).length, 0);
    },

    'the failed command goes along with its output and exit code; the fix is put at the prompt and not run': async (editor) => {
      await runInShell(editor, 'ls no-such-folder; printf "\\033[31mred\\033[0m \\033]0;title\\007done\\n"; (exit 3)');
      answerTask(editor, 'terminal fix', { text: '{"command": "touch made-by-fix", "reason": "The folder is missing."}\n{"command": "ls src", "reason": "There is a folder of that name."}\n' });
      await start(editor, 'runapi.fixTerminal');
      await waitFor('the question', async () => /put at the prompt/.test(await editor.driver.quickInput.question()), 20_000);
      assert.deepEqual(await editor.driver.quickInput.labels(), ['touch made-by-fix', 'The folder is missing.', 'ls src', 'There is a folder of that name.']);
      const body = bodyOf(asked(editor)[0]);
      assert.match(body, /no-such-folder[\s\S]*No such file or directory[\s\S]*red done[\s\S]*exit code 3/);
      assert.match(body, /Shell: bash\. System: linux\./);
      assert.doesNotMatch(body, /\\u001b|\\u0007/);
      await editor.driver.quickInput.pick('touch made-by-fix');
      await waitFor('it at the prompt', async () => /touch made-by-fix\s*$/m.test(await screen(editor)));
      assert.equal(await exists(editor, 'made-by-fix'), false, 'it was run');
    },

    'a secret that a command printed is masked': async (editor) => {
      const secret = `ghp_${'A1b2C3d4E5f6G7h8I9j0'.repeat(2).slice(0, 36)}`;
      await runInShell(editor, `echo token ${secret}; false`);
      answerTask(editor, 'terminal fix', { text: 'NONE\nNothing to do.' });
      await start(editor, 'runapi.fixTerminal');
      await notification(editor, /Nothing to do/);
      const body = bodyOf(asked(editor)[0]);
      assert.equal(body.includes(secret), false);
      assert.match(body, /token \[masked-/);
    },

    'Explain asks in the chat, with the command as context': async (editor) => {
      await newChat(editor);
      await runInShell(editor, 'echo from-the-shell; false');
      editor.gateway.script({ text: 'It printed a word and failed.' });
      await start(editor, 'runapi.explainTerminal');
      const chat = await readyChat(editor);
      await chat.answered('It printed a word and failed.');
      assert.ok(asked(editor).some((request) => /from-the-shell[\s\S]*exit code 1/.test(bodyOf(request))));
    },

    'a proposal of several lines, or with escape sequences, cannot run itself': async (editor) => {
      await runInShell(editor, 'false');
      answerTask(editor, 'terminal fix', { text: `${JSON.stringify({ command: 'touch one\ntouch two', reason: 'Two lines.' })}\n${JSON.stringify({ command: '\u001b[31mtouch three\u001b[0m', reason: 'x' })}\n` });
      await start(editor, 'runapi.fixTerminal');
      await waitFor('the question', async () => /put at the prompt/.test(await editor.driver.quickInput.question()), 20_000);
      assert.deepEqual(await editor.driver.quickInput.labels(), ['touch three', 'x']);
      await editor.driver.press('Escape');
    },
  }),
};

/** Types a command into a terminal of its own and waits until the shell has said that it ended. */
/** VS Code passes on what is printed after it has seen the command begin: what comes in the same moment is lost to all extensions. */
const late = 'sleep 0.5';

async function runInShell(editor: Editor, command: string): Promise<void> {
  await editor.host.evaluate(async (vscode, line) => {
    for (const old of vscode.window.terminals) old.dispose();
    const terminal = vscode.window.createTerminal({ name: 'shell' });
    terminal.show();
    const integration = terminal.shellIntegration ?? (await new Promise<TerminalShellIntegration>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('The shell has no integration after 20 s')), 20_000);
      const listener = vscode.window.onDidChangeTerminalShellIntegration((event) => {
        if (event.terminal !== terminal) return;
        clearTimeout(timer);
        listener.dispose();
        resolve(event.shellIntegration);
      });
    }));
    await new Promise<void>((resolve) => {
      const listener = vscode.window.onDidEndTerminalShellExecution(({ execution }) => {
        if (execution !== running) return;
        listener.dispose();
        resolve();
      });
      const running = integration.executeCommand(line);
    });
  }, `${late}; ${command}`);
}

async function screen({ page }: Editor): Promise<string> {
  return (await page.locator('.xterm-rows > div').allInnerTexts()).join('\n').replaceAll('\u00a0', ' ');
}

async function exists({ host }: Editor, path: string): Promise<boolean> {
  return host.evaluate(async (vscode, name) => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    return folder !== undefined && (await vscode.workspace.fs.stat(vscode.Uri.joinPath(folder.uri, name)).then(() => true, () => false));
  }, path);
}
