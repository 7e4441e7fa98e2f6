// Edits as a person makes them: streamed into the diff, decided hunk by hunk with the keyboard, undone.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer } from '../../gateway/answer.ts';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { projectRoot } from '../paths.ts';
import { tidy } from '../taskSteps.ts';
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
      const taken = (await ourKeys()).flatMap((own) => defaults.filter((each) => normal(each.key) === normal(own.key) && !each.command.startsWith('runapi.')).map((each) => `${own.key}: ${each.command}`));
      assert.deepEqual(taken, []);
    },

    'an inline edit streams into the diff, is accepted as a whole and undone': async (editor) => {
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

    'an inline edit that reaches for another file changes neither': async (editor) => {
      await writeFile(join(editor.folder, 'more.txt'), 'more\n');
      await ask(editor, { text: `${twoHunks}${block('more.txt', 'more', 'MORE')}` });
      // An inline edit is about its own file: the other one is out of reach, and so nothing at all is changed.
      await waitFor('the reason', async () => (await editor.driver.notifications()).find(({ text }) => text.includes('not part of the request')));
      assert.equal(await onDisk(editor), numbers);
      assert.equal(await readFile(join(editor.folder, 'more.txt'), 'utf8'), 'more\n');
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

/** Opens the file, asks for an inline edit, and lets the gateway answer. */
async function ask(editor: Editor, answer: Answer): Promise<void> {
  const { driver, folder, gateway } = editor;
  await writeFile(join(folder, 'notes.txt'), numbers);
  gateway.script(answer);
  await driver.openFile('notes.txt', { line: 5, column: 1 });
  await waitFor('the text', async () => (await documentText(editor)) === numbers);
  await driver.runCommand('RunAPI: Edit Inline…');
  await waitFor('the question', async () => (await driver.quickInput.question()).includes('Edit with RunAPI'));
  await driver.quickInput.submit('Write them large');
}

function hasReview({ host }: Editor): Promise<boolean> {
  return host.evaluate((vscode) => vscode.window.tabGroups.all.some((group) => group.tabs.some((tab) => tab.input instanceof vscode.TabInputTextDiff && tab.input.modified.scheme === 'runapi-edit')));
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

async function ourKeys(): Promise<readonly { readonly key: string }[]> {
  const manifest: unknown = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8'));
  // The manifest is our own file, of this shape.
  const { contributes } = manifest as { contributes: { keybindings: readonly { key: string }[] } };
  return contributes.keybindings;
}

/** The parts of a chord in one order. */
function normal(key: string): string {
  return key.toLowerCase().split(' ').map((chord) => chord.split('+').toSorted().join('+')).join(' ');
}
