// A review as a person goes through it: streamed into the diff, decided hunk by hunk with the keyboard, undone; several files at once.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer } from '../../gateway/answer.ts';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { projectRoot } from '../paths.ts';
import { notification, onDisk as fileOnDisk, putOnDisk, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

const numbers = `${Array.from({ length: 40 }, (_, index) => `line ${index + 1}`).join('\n')}\n`;

const block = (path: string, oldText: string, newText: string): string => `${path}\n<<<<<<< SEARCH\n${oldText}\n=======\n${newText}\n>>>>>>> REPLACE\n\n`;
const twoHunks = `I change two lines.\n\n${block('notes.txt', 'line 5', 'LINE FIVE')}${block('notes.txt', 'line 30', 'LINE THIRTY\nand one more')}`;
const bothTaken = numbers.replace('line 5\n', 'LINE FIVE\n').replace('line 30\n', 'LINE THIRTY\nand one more\n');

export const suite: EditorSuite = {
  name: 'Edits',
  timeoutMs: 60_000,
  tests: tidy({
    'no key of ours is one of VS Code’s': async ({ host }) => {
      const text = await host.evaluate(async (vscode) => {
        await vscode.commands.executeCommand('workbench.action.openDefaultKeybindingsFile');
        for (let tries = 0; tries < 50 && (vscode.window.activeTextEditor?.document.lineCount ?? 0) < 100; tries++) await new Promise((resolve) => setTimeout(resolve, 100));
        return vscode.window.activeTextEditor?.document.getText() ?? '';
      });
      const defaults = [...text.matchAll(/"key": "([^"]+)",\s*"command": "([^"]+)"/g)].map((match) => ({ key: match[1] ?? '', command: match[2] ?? '' }));
      assert.ok(defaults.length > 500, `${defaults.length} keybindings were read`);
      const taken = (await ourKeys()).filter(({ key }) => key !== 'escape').flatMap((own) => defaults.filter((each) => normal(each.key) === normal(own.key) && !each.command.startsWith('runapi.')).map((each) => `${own.key}: ${each.command}`));
      assert.deepEqual(taken, []);
      // Escape is everybody's: ours stands back for each command of the editor that wants it while something is open.
      const own = (await ourKeys()).filter(({ key }) => key === 'escape');
      assert.equal(own.length, 1);
      const wanted = [...text.matchAll(/"key": "escape",\s*"command": "([^"]+)",\s*"when": "([^"]+)"/g)].filter((match) => /text(?:Input)?Focus|editorFocus/.test(match[2] ?? '') && !match[1]?.startsWith('runapi.'));
      assert.ok(wanted.length > 5, `${wanted.length} commands of the editor want Escape`);
      const standsBack = (alternative: string): boolean => /!editorFocus|chatInputHasFocus/.test(alternative) || conditions(alternative).some((condition) => own[0]?.when?.includes(`!${condition} `));
      const inTheWay = wanted.flatMap((match) => (match[2] ?? '').split('||').filter((alternative) => /text(?:Input)?Focus|editorFocus/.test(alternative) && !standsBack(alternative)).map((alternative) => `${match[1]}: ${alternative}`));
      assert.deepEqual(inTheWay, []);
    },

    'an edit streams into the diff, is accepted as a whole and undone': async (editor) => {
      await ask(editor, { text: twoHunks, chunking: 12, tokensPerSecond: 60 });
      await waitFor('the diff', () => hasReview(editor));
      assert.equal(await onDisk(editor), numbers);
      await pending(editor);
      await editor.driver.runCommand('RunAPI: Accept Changes');
      await waitFor('the file', async () => (await onDisk(editor)).includes('LINE THIRTY'));
      assert.equal(await onDisk(editor), bothTaken);
      await editor.driver.runCommand('RunAPI: Undo Last Edit');
      await waitFor('the undo', async () => (await onDisk(editor)) === numbers);
    },

    'hunks are taken and dropped with the keyboard': async (editor) => {
      await ask(editor, { text: twoHunks });
      await pending(editor);
      await editor.driver.press('Alt+y');
      await waitFor('the first hunk', async () => (await onDisk(editor)) === numbers.replace('line 5\n', 'LINE FIVE\n'));
      await editor.driver.press('Alt+x');
      await waitFor('the end of the review', async () => !(await hasReview(editor)));
      assert.equal(await onDisk(editor), numbers.replace('line 5\n', 'LINE FIVE\n'));
      await editor.driver.runCommand('RunAPI: Undo Last Edit');
      await waitFor('the undo', async () => (await onDisk(editor)) === numbers);
    },

    'hunks taken one by one are undone one by one': async (editor) => {
      await ask(editor, { text: twoHunks });
      await pending(editor);
      const first = numbers.replace('line 5\n', 'LINE FIVE\n');
      await editor.driver.press('Alt+y');
      await waitFor('the first hunk', async () => (await onDisk(editor)) === first);
      await editor.driver.press('Alt+y');
      await waitFor('the second hunk', async () => (await onDisk(editor)) === bothTaken);
      await editor.driver.runCommand('RunAPI: Undo Last Edit');
      await waitFor('the second taken back', async () => (await onDisk(editor)) === first);
      await editor.driver.runCommand('RunAPI: Undo Last Edit');
      await waitFor('the first taken back', async () => (await onDisk(editor)) === numbers);
    },

    'characters that cannot be seen are asked about before they are written': async (editor) => {
      await ask(editor, { text: block('notes.txt', 'line 5', 'line\u202E 5') });
      await pending(editor);
      void editor.driver.runCommand('RunAPI: Accept Changes');
      const dialog = editor.page.locator('.monaco-dialog-box');
      await dialog.waitFor();
      assert.match(await dialog.innerText(), /Invisible characters at line 5/);
      await editor.driver.press('Enter');
      await dialog.waitFor({ state: 'hidden' });
      assert.equal(await onDisk(editor), numbers, 'Enter means no');
    },

    'discard leaves the file as it was': async (editor) => {
      await ask(editor, { text: twoHunks });
      await pending(editor);
      await editor.driver.runCommand('RunAPI: Discard Changes');
      await waitFor('the end of the review', async () => !(await hasReview(editor)));
      assert.equal(await onDisk(editor), numbers);
    },

    'what is typed while the answer streams is kept': async (editor) => {
      await ask(editor, { text: twoHunks, chunking: 6, tokensPerSecond: 25 });
      await waitFor('the diff', () => hasReview(editor));
      await editor.host.evaluate(async (vscode) => {
        const document = vscode.workspace.textDocuments.find((each) => each.uri.path.endsWith('/notes.txt') && each.uri.scheme === 'file');
        if (document === undefined) throw new Error('no document');
        const edit = new vscode.WorkspaceEdit();
        edit.insert(document.uri, new vscode.Position(15, 0), 'typed meanwhile\n');
        await vscode.workspace.applyEdit(edit);
      });
      await pending(editor);
      await editor.driver.runCommand('RunAPI: Accept Changes');
      const text = await waitFor('the change', async () => {
        const now = await documentText(editor);
        return now.includes('LINE THIRTY') ? now : undefined;
      });
      assert.equal(text, bothTaken.replace('line 16\n', 'typed meanwhile\nline 16\n'));
      assert.equal(await onDisk(editor), numbers, 'a text that was not saved stays unsaved');
      await editor.host.evaluate(async (vscode) => {
        const document = vscode.workspace.textDocuments.find((each) => each.isDirty);
        if (document !== undefined) await vscode.window.showTextDocument(document);
        await vscode.commands.executeCommand('workbench.action.files.revert');
      });
    },

    'an answer that stops at its limit changes nothing': async (editor) => {
      await ask(editor, { text: twoHunks, finish: 'length' });
      await waitFor('the reason', async () => (await editor.driver.notifications()).find(({ text }) => text.includes('was cut')));
      assert.equal(await onDisk(editor), numbers);
      assert.equal(await hasReview(editor), false);
    },

    'an edit that fits nowhere is refused and says what comes closest': async (editor) => {
      await ask(editor, { text: block('notes.txt', 'line 12\nline 99', 'x') });
      const said = await waitFor('the reason', async () => (await editor.driver.notifications()).find(({ text }) => text.includes('not in the file')));
      assert.match(said.text, /line 12 to 13/);
      assert.equal(await onDisk(editor), numbers);
    },

    'accepting while an edit still comes in does not take an older one': async (editor) => {
      await ask(editor, { text: twoHunks });
      await pending(editor);
      await putOnDisk(editor, 'more.txt', 'more\n');
      editor.gateway.script({ text: block('more.txt', 'more', `MORE\n${'and more\n'.repeat(60)}`), chunking: 5, tokensPerSecond: 20 });
      await editor.driver.openFile('more.txt');
      await editor.driver.runCommand('RunAPI: Document');
      await waitFor('the second diff', () => hasReview(editor, 'more.txt'));
      await editor.driver.runCommand('RunAPI: Accept Changes');
      await notification(editor, /still coming in/);
      assert.equal(await onDisk(editor), numbers);
      assert.equal(await fileOnDisk(editor, 'more.txt'), 'more\n');
    },

    'several files are reviewed in one editor and a tree with counts, and taken as one': async (editor) => {
      await putOnDisk(editor, 'notes.txt', numbers);
      await putOnDisk(editor, 'more.txt', 'more\n');
      await editor.driver.openFile('notes.txt', { line: 5 });
      await setProblem(editor);
      editor.gateway.script({ text: `${twoHunks}${block('more.txt', 'more', 'MORE\nAND MORE')}` });
      await editor.driver.runCommand('RunAPI: Fix Problem');
      const rows = editor.page.locator('.monaco-list-row[aria-label*="lines added:"]');
      await waitFor('the tree', async () => (await rows.count()) === 2, 20_000);
      const labels = await Promise.all((await rows.all()).map((row) => row.getAttribute('aria-label')));
      for (const expected of ['more.txt, lines added: 2, removed: 1', 'notes.txt, lines added: 3, removed: 2']) assert.ok(labels.some((label) => label?.startsWith(expected)), labels.join(' | '));
      // The multi-file editor shows both files one below the other.
      await waitFor('both files', async () => (await editor.page.locator('.multiDiffEntry').count()) === 2);
      await editor.driver.screenshot('edit-review-files');
      await editor.page.locator('.editor-actions [aria-label*="Accept All Changes"]').first().click();
      await waitFor('both files', async () => (await onDisk(editor)) === bothTaken && (await fileOnDisk(editor, 'more.txt')) === 'MORE\nAND MORE\n');
      // VS Code keeps a closed editor's elements for the next one, out of sight.
      await waitFor('the editor to close', async () => !(await editor.page.locator('.multiDiffEntry').first().isVisible()));
      await editor.driver.runCommand('RunAPI: Undo Last Edit');
      await waitFor('the undo', async () => (await onDisk(editor)) === numbers && (await fileOnDisk(editor, 'more.txt')) === 'more\n');
    },

    'one file of several is taken from the tree, the other dropped': async (editor) => {
      await putOnDisk(editor, 'notes.txt', numbers);
      await putOnDisk(editor, 'more.txt', 'more\n');
      await editor.driver.openFile('notes.txt', { line: 5 });
      await setProblem(editor);
      editor.gateway.script({ text: `${twoHunks}${block('more.txt', 'more', 'MORE')}` });
      await editor.driver.runCommand('RunAPI: Fix Problem');
      const row = editor.page.locator('.monaco-list-row[aria-label^="more.txt, lines added: 1"]');
      await row.waitFor({ timeout: 20_000 });
      // What is said above the tree of what was checked moves its rows once more.
      await waitFor('rows that stay', async () => {
        const before = await row.boundingBox();
        await editor.page.waitForTimeout(500);
        return before !== null && before.y === (await row.boundingBox())?.y;
      });
      await row.hover();
      await row.locator('[aria-label*="Accept"]').first().click();
      await waitFor('the one file', async () => (await fileOnDisk(editor, 'more.txt')) === 'MORE\n');
      assert.equal(await onDisk(editor), numbers);
      await editor.driver.runCommand('RunAPI: Discard All Changes');
      await waitFor('the end of the review', async () => (await editor.page.locator('.monaco-list-row[aria-label*="lines added:"]').count()) === 0);
      assert.equal(await onDisk(editor), numbers);
    },

    'the review looks like a part of VS Code': async (editor) => {
      for (const theme of ['dark', 'light', 'high-contrast-dark'] as const) {
        await editor.driver.setTheme(theme);
        await ask(editor, { text: twoHunks });
        await pending(editor);
        await editor.driver.screenshot(`edit-review-${theme}`);
        await editor.driver.runCommand('RunAPI: Discard Changes');
        await waitFor('the end of the review', async () => !(await hasReview(editor)));
      }
    },
  }),
};

/** Opens the file, asks for an edit that goes through the review, and lets the gateway answer. */
async function ask(editor: Editor, answer: Answer): Promise<void> {
  const { driver, folder, gateway } = editor;
  await writeFile(join(folder, 'notes.txt'), numbers);
  gateway.script(answer);
  await driver.openFile('notes.txt', { line: 5, column: 1 });
  await waitFor('the text', async () => (await documentText(editor)) === numbers);
  await driver.runCommand('RunAPI: Document');
}

function hasReview({ host }: Editor, file = 'notes.txt'): Promise<boolean> {
  return host.evaluate((vscode, name) => vscode.window.tabGroups.all.some((group) => group.tabs.some((tab) => tab.input instanceof vscode.TabInputTextDiff && tab.input.modified.scheme === 'runapi-edit' && tab.input.modified.path.endsWith(name))), file);
}

/** The stream is over: there is something to decide. */
async function pending({ page }: Editor): Promise<void> {
  await page.locator('.editor-actions [aria-label*="Accept This Change"]').first().waitFor({ timeout: 20_000 });
}

function documentText({ host }: Editor): Promise<string> {
  return host.evaluate((vscode) => vscode.workspace.textDocuments.find((each) => each.uri.path.endsWith('/notes.txt') && each.uri.scheme === 'file')?.getText() ?? '');
}

function onDisk({ folder }: Editor): Promise<string> {
  return readFile(join(folder, 'notes.txt'), 'utf8');
}

/** The only problem of the open file, whatever an earlier test left. */
async function setProblem(editor: Editor): Promise<void> {
  await editor.host.evaluate((vscode) => {
    const held = globalThis as { probe?: { dispose(): void } };
    held.probe?.dispose();
    const document = vscode.window.activeTextEditor?.document;
    const collection = vscode.languages.createDiagnosticCollection('probe');
    held.probe = collection;
    if (document !== undefined) collection.set(document.uri, [new vscode.Diagnostic(new vscode.Range(4, 0, 4, 4), 'not large')]);
  });
}

async function ourKeys(): Promise<readonly { readonly key: string; readonly when?: string }[]> {
  const manifest: unknown = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8'));
  // The manifest is our own file, of this shape.
  const { contributes } = manifest as { contributes: { keybindings: readonly { key: string; when?: string }[] } };
  return contributes.keybindings;
}

/** The conditions that a command asks for, without those that only say where the focus is. */
function conditions(when: string): readonly string[] {
  return when.split('&&').map((each) => each.trim()).filter((each) => /^[\w.]+$/.test(each) && !/^(?:text(?:Input)?Focus|editor(?:Text)?Focus)$/.test(each));
}

/** The parts of a chord in one order. */
function normal(key: string): string {
  return key.toLowerCase().split(' ').map((chord) => chord.split('+').toSorted().join('+')).join(' ');
}
