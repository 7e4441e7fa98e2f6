import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { HostSuite } from '../hostSuite.ts';

export const suite: HostSuite = {
  name: 'Workspace',
  tests: {
    'the sample project is open and trusted': ({ folder }) => {
      assert.equal(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath, folder);
      assert.equal(vscode.workspace.isTrusted, true);
    },
  },
};
