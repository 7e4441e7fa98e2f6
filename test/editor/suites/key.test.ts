import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { startGateway } from '../../gateway/gateway.ts';
import { waitFor } from '../waitFor.ts';

export const suite: EditorSuite = {
  name: 'Key',
  options: { key: 'none' },
  tests: {
    'a key that RunAPI rejects is not kept': async (editor) => {
      await enterKey(editor, 'a-wrong-key-of-someone');
      await waitForNotification(editor, 'The key was rejected by');
      assert.equal(await statusAfterCheck(editor), 'There is no key for');
    },

    'a good key is checked, kept, and gone after it is removed': async (editor) => {
      await enterKey(editor, editor.gateway.key);
      await waitForNotification(editor, 'The key works');
      await editor.reload();
      await editor.driver.runCommand('RunAPI: Check API Key');
      await waitForNotification(editor, 'from secret storage');
      await editor.driver.runCommand('RunAPI: Remove API Key');
      await waitForNotification(editor, 'is removed');
      assert.equal(await statusAfterCheck(editor), 'There is no key for');
    },

    'a key never goes to an address that it was not entered for': async (editor) => {
      await enterKey(editor, editor.gateway.key);
      await waitForNotification(editor, 'The key works');
      const stranger = await startGateway();
      try {
        await editor.driver.setSetting('runapi.baseUrl', stranger.url);
        assert.equal(await statusAfterCheck(editor), 'There is no key for');
        assert.deepEqual(stranger.requests.filter(({ headers }) => JSON.stringify(headers).includes(editor.gateway.key)), []);
      } finally {
        await stranger.close();
        await editor.driver.setSetting('runapi.baseUrl', editor.gateway.url);
        await editor.driver.runCommand('RunAPI: Remove API Key');
      }
    },

    'a workspace cannot set the address': async (editor) => {
      const stranger = await startGateway();
      try {
        await editor.host.evaluate(
          (vscode, file) => vscode.workspace.fs.writeFile(vscode.Uri.file(file.path), new TextEncoder().encode(file.text)),
          { path: join(editor.folder, '.vscode/settings.json'), text: JSON.stringify({ 'runapi.baseUrl': stranger.url }) },
        );
        await enterKey(editor, editor.gateway.key);
        await waitForNotification(editor, 'The key works');
        assert.deepEqual(stranger.requests.map(({ path }) => path), []);
        await editor.driver.runCommand('RunAPI: Remove API Key');
      } finally {
        await stranger.close();
      }
    },

    'a redirect is refused and named': async (editor) => {
      editor.gateway.fault({ name: 'redirect-307', path: '/api/v1/me', times: 5 });
      await enterKey(editor, editor.gateway.key);
      await waitForNotification(editor, 'points to another address');
    },
  },
};

async function enterKey({ driver }: Editor, key: string): Promise<void> {
  await driver.runCommand('RunAPI: Set API Key');
  await waitFor('the key box', async () => (await driver.quickInput.question()).includes('RunAPI key for'));
  await driver.quickInput.submit(key);
}

async function statusAfterCheck(editor: Editor): Promise<string> {
  await editor.driver.runCommand('Notifications: Clear All Notifications');
  await editor.driver.runCommand('RunAPI: Check API Key');
  const text = await waitFor('the answer of the check', async () => (await editor.driver.notifications()).map((notification) => notification.text).find((line) => /key/i.test(line) && !line.startsWith('Checking')));
  return text.slice(0, 'There is no key for'.length);
}

async function waitForNotification({ driver }: Editor, text: string): Promise<void> {
  await waitFor(`"${text}"`, async () => (await driver.notifications()).some((notification) => notification.text.includes(text)));
}
