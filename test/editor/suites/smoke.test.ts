import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EditorSuite } from '../editorSuite.ts';
import { projectRoot } from '../paths.ts';

const extensionId = 'runapi.runapi-assistant';

export const suite: EditorSuite = {
  name: 'Smoke',
  tests: {
    'the extension activates': async ({ host }) => {
      const isActive = await host.evaluate((vscode, id) => vscode.extensions.getExtension(id)?.isActive, extensionId);
      assert.equal(isActive, true);
    },

    'every contributed command exists': async ({ host }) => {
      const contributed = await contributedCommands();
      const existing = new Set(await host.evaluate((vscode) => vscode.commands.getCommands(true)));
      assert.deepEqual(contributed.filter((command) => !existing.has(command)), []);
    },
  },
};

async function contributedCommands(): Promise<readonly string[]> {
  // Our own manifest, which vsce has checked before this runs.
  const manifest = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8')) as { readonly contributes: { readonly commands: readonly { readonly command: string }[] } };
  return manifest.contributes.commands.map(({ command }) => command);
}
