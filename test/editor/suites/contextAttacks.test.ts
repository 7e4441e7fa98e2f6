// Secrets of a workspace against everything that sends text: nothing of them is in any request.
import assert from 'node:assert/strict';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { newChat } from '../chatPage.ts';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { runCommand } from '../runCommand.ts';
import { asked } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

const canary = 'canary-51c9-must-stay';
/** Put together here, so that no scanner takes it for a token. */
const token = ['gh', 'p_', 'Zb3dE5fGh7JkLm9NpQr2StUv4WxYz6Ab3dE5'].join('');
/** Every delay before a completion is far shorter; the control at the end of the test shows that the same keys do send. */
const quietMs = 2500;

export const suite: EditorSuite = {
  name: 'Context, attacks',
  timeoutMs: 60_000,
  tests: {
    'typing in secret, ignored and linked files asks nothing': async (editor) => {
      await lay(editor, { '.env': `KEY=${canary}\n`, 'ignored/a.ts': `// ${canary}\n`, '.gitignore': 'ignored/\n' });
      await symlink(join(editor.folder, '.env'), join(editor.folder, 'src/linked.ts'));
      for (const path of ['.env', 'ignored/a.ts', 'src/linked.ts']) {
        await editor.driver.openFile(path, { line: 2, column: 1 });
        await editor.driver.typeText('const value = ', 30);
        await sleep(quietMs);
        assert.deepEqual(asked(editor).map(({ body }) => body), [], path);
        await editor.driver.runCommand('File: Revert File');
      }
      await editor.driver.openFile('src/money.ts', { line: 10, column: 1 });
      await editor.driver.typeText('const value = ', 30);
      await waitFor('a request from an open file', () => asked(editor).length);
      assertNothingLeaked(editor);
    },

    'a completion masks the secrets around the cursor': async (editor) => {
      await lay(editor, { 'src/config.ts': `export const config = {\n  token: '${token}',\n};\n\n` });
      await editor.driver.openFile('src/config.ts', { line: 4, column: 1 });
      await editor.driver.typeText('export const other = ', 30);
      const [request] = await waitFor('a request', () => (asked(editor).length > 0 ? asked(editor) : undefined));
      assert.match(JSON.stringify(request?.body), /masked-github-token/);
      assertNothingLeaked(editor);
    },

    'the chat sends no open secret by itself, and none that is mentioned': async (editor) => {
      await lay(editor, { '.env': `KEY=${canary}\n`, 'src/config.ts': `export const token = '${token}';\n` });
      await editor.driver.openFile('.env');
      const chat = await newChat(editor);
      await chat.ask('What is open?');
      await chat.answered('local RunAPI');
      await editor.driver.openFile('src/config.ts');
      await editor.driver.selectLines(1, 1);
      await editor.host.evaluate((vscode) => void vscode.commands.executeCommand('runapi.explainCode'));
      await waitFor('the explanation', () => asked(editor).some(({ body }) => JSON.stringify(body).includes('masked-github-token')));
      assertNothingLeaked(editor);
    },

    'review and commit message leave secret files out of the diff': async (editor) => {
      await lay(editor, { '.env': `KEY=${canary}\n`, 'deploy/prod.pem': canary, 'src/config.ts': `export const token = '${token}';\n` });
      await runCommand('git', ['add', '-A'], { cwd: editor.folder });
      await editor.host.evaluate((vscode) => void vscode.commands.executeCommand('runapi.reviewChanges'));
      await waitFor('the review', () => asked(editor).some(({ body }) => JSON.stringify(body).includes('src/config.ts')), 20_000);
      await editor.host.evaluate((vscode) => void vscode.commands.executeCommand('runapi.writeCommitMessage'));
      await waitFor('the commit message', () => asked(editor).some(({ body }) => JSON.stringify(body).includes('Task: commit message')), 20_000);
      assertNothingLeaked(editor);
    },

    'file names that are commands run nothing': async (editor) => {
      await lay(editor, { '$(touch pwn)': 'x', ';touch pwn;': 'x', '-oProxyCommand=touch pwn': 'x', '`touch pwn`.ts': 'const a = 1;\n' });
      await runCommand('git', ['add', '-A'], { cwd: editor.folder });
      await editor.host.evaluate((vscode) => void vscode.commands.executeCommand('runapi.writeCommitMessage'));
      await waitFor('the commit message', () => asked(editor).length, 20_000);
      assert.equal(await runCommand('git', ['ls-files', '--others'], { cwd: editor.folder }), '');
    },
  },
};

async function lay({ folder }: Editor, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

function assertNothingLeaked({ gateway }: Editor): void {
  const sent = gateway.requests.map(({ url, headers, body }) => JSON.stringify({ url, headers, body })).join('\n');
  for (const secret of [canary, token]) assert.ok(!sent.includes(secret), `${secret} was sent`);
}
