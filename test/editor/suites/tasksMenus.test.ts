// Every menu in which a task can be found: its entries, their order, and that what cannot work is not there.
import assert from 'node:assert/strict';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { git } from '../reviewSteps.ts';
import { asked, notification, putOnDisk, start, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

export const suite: EditorSuite = {
  name: 'Tasks, menus',
  options: { settings: { 'terminal.integrated.defaultProfile.linux': 'bash', 'terminal.integrated.gpuAcceleration': 'off' } },
  timeoutMs: 60_000,
  tests: tidy({
    'the editor has one entry, and behind it what can be done with the file': async (editor) => {
      await withProblem(editor, 'src/money.ts');
      assert.deepEqual(await editorMenu(editor), ['Explain', 'Review File', 'Edit Inline…', 'Refactor…', 'Fix Problem', 'Document', 'Generate Tests']);
    },

    'with a selection it is the selection that is reviewed; without a problem there is none to fix': async (editor) => {
      await editor.driver.openFile('src/tracking.ts');
      await editor.driver.selectLines(1, 4);
      assert.deepEqual(await editorMenu(editor), ['Explain', 'Review Selection', 'Edit Inline…', 'Refactor…', 'Document', 'Generate Tests']);
    },

    'a file that may not be written is read, not changed': async (editor) => {
      await editor.driver.setSetting('files.readonlyInclude', { '**/zones.ts': true });
      await editor.driver.openFile('src/zones.ts');
      assert.deepEqual(await editorMenu(editor), ['Explain', 'Review File', 'Generate Tests']);
      // A keybinding would still run it.
      await start(editor, 'runapi.documentCode');
      await notification(editor, /zones\.ts is read-only/);
      assert.equal(asked(editor).length, 0);
    },

    'a conflict is offered where there is one, tests where a framework is known': async (editor) => {
      await putOnDisk(editor, 'notes.md', 'Notes\n\n<<<<<<< a\none\n=======\ntwo\n>>>>>>> b\n');
      await editor.driver.openFile('notes.md');
      assert.deepEqual(await editorMenu(editor), ['Explain', 'Review File', 'Edit Inline…', 'Refactor…', 'Document', 'Resolve Merge Conflict']);
    },

    'an output channel and the old side of a change have no entry': async (editor) => {
      await editor.host.evaluate(async (vscode) => {
        const folder = vscode.workspace.workspaceFolders?.[0];
        if (folder === undefined) return;
        const file = vscode.Uri.joinPath(folder.uri, 'src/booking.ts');
        const old = file.with({ scheme: 'git', query: JSON.stringify({ path: file.fsPath, ref: 'HEAD' }) });
        await vscode.window.showTextDocument(old);
      });
      await waitFor('the old text', async () => (await editor.driver.editorText()).includes('createBooking') || (await editor.driver.editorText()).length > 100);
      assert.equal(await openMenuAt(editor, '.editor-instance .view-line'), false);
    },

    'the explorer offers on a file what needs no place in it, and nothing on a folder': async (editor) => {
      await editor.host.evaluate((vscode) => vscode.commands.executeCommand('workbench.view.explorer'));
      assert.deepEqual(await menuOf(editor, '.explorer-folders-view .monaco-list-row[aria-label^="README.md"]'), ['Explain', 'Review File', 'Refactor…', 'Document']);
      assert.deepEqual(await menuOf(editor, '.explorer-folders-view .monaco-list-row[aria-label^="package.json"]'), ['Explain', 'Review File', 'Refactor…', 'Document']);
      assert.equal(await openMenuAt(editor, '.explorer-folders-view .monaco-list-row[aria-label^="test"]'), false);
    },

    'source control offers to review each group and the branch': async (editor) => {
      await editor.driver.openFile('src/money.ts');
      await putOnDisk(editor, 'src/rate.ts', 'export const rate = 3;\n');
      await git(editor, 'add', 'src/rate.ts');
      await editor.host.evaluate((vscode) => vscode.commands.executeCommand('workbench.view.scm'));
      await waitFor('the groups', async () => (await editor.page.locator('.scm-view .resource-group').count()) >= 2, 20_000);
      assert.ok((await plainMenu(editor, '.scm-view .resource-group:has-text("Staged Changes")')).includes('Review Staged Changes'));
      const working = await plainMenu(editor, '.scm-view .monaco-list-row:has(.resource-group) .name:text-is("Changes")');
      assert.ok(working.includes('Review Working Changes') && !working.includes('Review Staged Changes'), working.join());
    },

    'a terminal offers help where its shell tells of commands, and not where it does not': async (editor) => {
      await openTerminal(editor, '/bin/sh');
      const silent = await plainMenu(editor, '.terminal-wrapper .xterm');
      assert.ok(silent.length > 2 && !silent.includes('Explain Last Command'), silent.join());
      await openTerminal(editor, '/bin/bash');
      await waitFor('the integration', () => editor.host.evaluate((vscode) => vscode.window.activeTerminal?.shellIntegration !== undefined), 20_000);
      const labels = await plainMenu(editor, '.terminal-wrapper.active .xterm, .terminal-wrapper .xterm');
      assert.deepEqual(labels.filter((label) => /Last Command/.test(label) && !/Copy/.test(label)), ['Explain Last Command', 'Fix Last Command']);
    },

    'the palette lists the tasks under RunAPI and none that has nothing to work on': async (editor) => {
      await editor.driver.openFile('src/tracking.ts');
      await editor.driver.quickInput.open();
      await editor.page.keyboard.type('RunAPI: ');
      const labels = await waitFor('the list', async () => {
        const all = (await editor.driver.quickInput.labels()).filter((label) => label.startsWith('RunAPI: '));
        return all.length > 10 ? all : undefined;
      });
      for (const title of ['Apply Suggestion', 'Dismiss Finding', 'Restore Finding', 'Stop Writing Commit Message', 'Resolve Merge Conflict', 'Write the Edits of This Plan']) assert.equal(labels.includes(`RunAPI: ${title}`), false, title);
      assert.deepEqual(labels.filter((label) => !/^RunAPI: [A-Z]/.test(label)), []);
      await editor.driver.quickInput.close();
    },
  }),
};

async function editorMenu(editor: Editor): Promise<readonly string[]> {
  const firstLine = (await editor.driver.editorText()).split('\n')[0] ?? '';
  await waitFor('the text', async () => (await editor.page.locator('.editor-instance .view-line').allInnerTexts()).some((line) => line.replaceAll('\u00a0', ' ') === firstLine));
  // Names are suggested once a language service can rename: that is a matter of seconds, and of its own tests.
  return (await menuOf(editor, '.editor-instance .view-line')).filter((label) => label !== 'Suggest Names…');
}

/** The entries behind "RunAPI" in the context menu of an element. */
async function menuOf(editor: Editor, selector: string): Promise<readonly string[]> {
  assert.equal(await openMenuAt(editor, selector), true, `no entry RunAPI at ${selector}`);
  await editor.page.locator('.context-view .monaco-menu .action-item', { has: editor.page.locator('.action-label:text-is("RunAPI")') }).first().hover();
  await editor.driver.press('ArrowRight');
  const labels = await waitFor('the submenu', async () => {
    const all = await labelsOf(editor, '.monaco-submenu .monaco-menu .action-label, .monaco-submenu .action-label');
    return all.length > 0 ? all : undefined;
  });
  await closeMenu(editor);
  return labels;
}

async function plainMenu(editor: Editor, selector: string): Promise<readonly string[]> {
  await openMenu(editor, selector);
  const labels = await labelsOf(editor, '.context-view .monaco-menu .action-label');
  await closeMenu(editor);
  return labels;
}

/** Opens the context menu; whether it has our entry. It stays open only if it has. */
async function openMenuAt(editor: Editor, selector: string): Promise<boolean> {
  await openMenu(editor, selector);
  const has = (await labelsOf(editor, '.context-view .monaco-menu .action-label')).includes('RunAPI');
  if (!has) await closeMenu(editor);
  return has;
}

/** With the mouse alone: Playwright's click would first scroll the element, of which an editor has a part in view only. */
async function openMenu({ page }: Editor, selector: string): Promise<void> {
  await waitFor('the menu', async () => {
    // The editor uses the elements of its lines again: the first one in the page need not be the first one on the screen.
    const boxes = (await Promise.all((await page.locator(selector).all()).map((element) => element.boundingBox()))).filter((box) => box !== null);
    const [box] = boxes.toSorted((one, other) => one.y - other.y);
    if (box === undefined) return false;
    await page.mouse.click(box.x + Math.min(40, box.width / 2), box.y + Math.min(8, box.height / 2), { button: 'right' });
    return waitFor('its entries', () => page.locator('.context-view .monaco-menu').count(), 2000);
  });
}

async function labelsOf({ page }: Editor, selector: string): Promise<readonly string[]> {
  return (await page.locator(selector).allInnerTexts()).map((text) => text.trim()).filter((text) => text !== '');
}

async function closeMenu(editor: Editor): Promise<void> {
  await waitFor('the menu to close', async () => {
    await editor.driver.press('Escape');
    return (await editor.page.locator('.context-view .monaco-menu').count()) === 0;
  });
}

async function withProblem(editor: Editor, path: string): Promise<void> {
  await editor.driver.openFile(path);
  await editor.host.evaluate((vscode) => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const problems = vscode.languages.createDiagnosticCollection('menus');
    if (uri !== undefined) problems.set(uri, [new vscode.Diagnostic(new vscode.Range(7, 2, 7, 8), 'Wrong', vscode.DiagnosticSeverity.Error)]);
    vscode.window.onDidChangeVisibleTextEditors(() => problems.clear());
  });
  await waitFor('the mark', () => editor.page.locator('.squiggly-error').count());
  // The menus follow when the problems rest.
  await waitFor('the entry', async () => (await editorMenu(editor)).includes('Fix Problem'));
}

async function openTerminal({ host }: Editor, shellPath: string): Promise<void> {
  await host.evaluate((vscode, path) => {
    for (const terminal of vscode.window.terminals) terminal.dispose();
    vscode.window.createTerminal({ name: 'shell', shellPath: path }).show();
  }, shellPath);
  await waitFor('the terminal', () => host.evaluate((vscode) => vscode.window.activeTerminal?.processId));
}
