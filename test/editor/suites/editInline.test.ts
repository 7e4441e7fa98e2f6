// An inline edit as a person makes it: asked at the selection, streamed into the lines, decided with keys and lenses, undone with one press.
import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Answer } from '../../gateway/answer.ts';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { notification, onDisk, putOnDisk, searchReplace, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

const numbers = `${Array.from({ length: 40 }, (_, index) => `line ${index + 1}`).join('\n')}\n`;
const answer = `I change two places.\n\n${searchReplace('notes.txt', 'line 5\nline 6', 'LINE FIVE\nLINE SIX\nand one more')}\n${searchReplace('notes.txt', 'line 9', 'LINE NINE')}`;
const whole = numbers.replace('line 5\nline 6\n', 'LINE FIVE\nLINE SIX\nand one more\n').replace('line 9\n', 'LINE NINE\n');

export const suite: EditorSuite = {
  name: 'Inline edit',
  timeoutMs: 60_000,
  tests: tidy({
    'streams into the lines, is accepted with the keyboard and undone with one press': async (editor) => {
      const { driver } = editor;
      await ask(editor, { text: answer, chunking: 6, tokensPerSecond: 10 });
      await waitFor('the first line', async () => (await driver.editorText()).includes('LINE FIVE\nline 6\n'));
      assert.equal((await lenses(editor)).some((text) => /writes…/.test(text)), true, (await lenses(editor)).join(' | '));
      await pending(editor);
      assert.equal(await driver.editorText(), whole);
      await waitFor('what it cost', async () => (await driver.statusItems()).some((text) => /Edit → Sonnet 4\.6 · [\d,]+ in, [\d,]+ out · (?:≈ )?\$0\.\d+/.test(text)));
      assert.equal(await onDisk(editor, 'notes.txt'), numbers, 'nothing is saved before the user saves');
      await driver.press('Alt+Shift+y');
      await waitFor('the end', async () => (await lenses(editor)).length === 0);
      assert.equal(await driver.editorText(), whole);
      await driver.press('Control+z');
      await waitFor('the undo', async () => (await driver.editorText()) === numbers);
      await driver.press('Control+y');
      await waitFor('the redo', async () => (await driver.editorText()) === whole);
      await driver.runCommand('RunAPI: Undo Last Edit');
      await waitFor('our own undo', async () => (await driver.editorText()) === numbers);
    },

    'Escape stops the stream and gives the lines back': async (editor) => {
      const { driver, host } = editor;
      await ask(editor, { text: answer, chunking: 6, tokensPerSecond: 20 });
      await waitFor('the first line', async () => (await driver.editorText()).includes('LINE FIVE'));
      await driver.press('Escape');
      await waitFor('the text', async () => (await driver.editorText()) === numbers);
      await waitFor('a saved file', () => host.evaluate((vscode) => vscode.window.activeTextEditor?.document.isDirty === false));
      await waitFor('no lens', async () => (await lenses(editor)).length === 0);
    },

    'its places are decided one by one, with keys and with lenses': async (editor) => {
      const { driver, page } = editor;
      await ask(editor, { text: answer });
      await pending(editor);
      await driver.press('Alt+j');
      // VS Code asks the extension host before it runs a command for the first time: the next key would overtake this one.
      await waitFor('the second place', () => editor.host.evaluate((vscode) => vscode.window.activeTextEditor?.selection.active.line === 9));
      await driver.press('Alt+x');
      await waitFor('one place dropped', async () => (await driver.editorText()) === numbers.replace('line 5\nline 6\n', 'LINE FIVE\nLINE SIX\nand one more\n'));
      await page.locator('.codelens-decoration a', { hasText: 'Accept (' }).first().click();
      await waitFor('the end', async () => (await lenses(editor)).length === 0);
      assert.equal(await driver.editorText(), numbers.replace('line 5\nline 6\n', 'LINE FIVE\nLINE SIX\nand one more\n'));
      await revert(editor);
    },

    'is refined on the text as it was': async (editor) => {
      const { driver, gateway } = editor;
      await ask(editor, { text: answer });
      await pending(editor);
      gateway.script({ text: searchReplace('notes.txt', 'line 5', 'line five') });
      await driver.runCommand('RunAPI: Refine Edit…');
      await waitFor('the question', async () => (await driver.quickInput.question()).includes('Edit with RunAPI'));
      await driver.quickInput.submit('in words, in small letters');
      await waitFor('the refined edit', async () => (await driver.editorText()) === numbers.replace('line 5\n', 'line five\n'));
      await pending(editor);
      await driver.press('Escape');
      await waitFor('the text', async () => (await driver.editorText()) === numbers);
    },

    'is shown in the diff editor when asked for': async (editor) => {
      const { driver, host } = editor;
      await ask(editor, { text: answer });
      await pending(editor);
      await driver.runCommand('RunAPI: Show Inline Edit in Diff Editor');
      await waitFor('the diff', () => host.evaluate((vscode) => vscode.window.tabGroups.all.some((group) => group.tabs.some((tab) => tab.input instanceof vscode.TabInputTextDiff && tab.input.modified.scheme === 'runapi-edit'))));
      assert.equal(await onDisk(editor, 'notes.txt'), numbers);
      await driver.runCommand('RunAPI: Accept Changes');
      await waitFor('the file', async () => (await onDisk(editor, 'notes.txt')) === whole);
    },

    'a cut, an overlong, a filtered and a misplaced answer leave the buffer as it was': async (editor) => {
      const { driver, gateway } = editor;
      for (const [told, script] of [
        [/was cut/, { text: answer, finish: 'length', chunking: 8 }],
        [/was cut/, { text: answer, finish: 'content-filter', chunking: 8 }],
        [/not in the file/, { text: searchReplace('notes.txt', 'line 12\nline 99', 'x') }],
        [/not part of the request/, { text: `${answer}\n${searchReplace('more.txt', 'more', 'MORE')}` }],
      ] as const) {
        await putOnDisk(editor, 'more.txt', 'more\n');
        await ask(editor, script);
        await notification(editor, told);
        assert.equal(await driver.editorText(), numbers);
        await clearNotifications(editor);
      }
      gateway.fault({ name: 'cut-rst', afterDeltas: 30 });
      await ask(editor, { text: answer, chunking: 4 });
      await gateway.idle();
      await waitFor('the text', async () => (await driver.editorText()) === numbers);
      await waitFor('no lens', async () => (await lenses(editor)).length === 0);
    },

    'typing in the lines to come stops it, typing elsewhere stays': async (editor) => {
      const { driver } = editor;
      await ask(editor, { text: answer, chunking: 6, tokensPerSecond: 15 });
      await waitFor('the first line', async () => (await driver.editorText()).includes('LINE FIVE'));
      await type(editor, 'line 21', 'typed\n');
      await pending(editor);
      assert.equal(await driver.editorText(), whole.replace('line 21\n', 'typed\nline 21\n'));
      await driver.press('Control+z');
      await waitFor('one press', async () => (await driver.editorText()) === numbers.replace('line 21\n', 'typed\nline 21\n'));
      await revert(editor);
      await ask(editor, { text: answer, chunking: 6, tokensPerSecond: 8 });
      await waitFor('the first line', async () => (await driver.editorText()).includes('LINE FIVE\nline 6'));
      await type(editor, 'line 6', '!');
      await notification(editor, /stopped the inline edit/);
      await waitFor('the text', async () => (await driver.editorText()) === numbers.replace('line 6\n', '!line 6\n'));
      await revert(editor);
    },

    'saving in the middle saves the file without it': async (editor) => {
      const { driver } = editor;
      await ask(editor, { text: answer, chunking: 6, tokensPerSecond: 20 });
      await waitFor('the first line', async () => (await driver.editorText()).includes('LINE FIVE'));
      await driver.press('Control+s');
      await notification(editor, /saved without it/);
      assert.equal(await onDisk(editor, 'notes.txt'), numbers);
      assert.equal(await driver.editorText(), numbers);
    },

    'with auto-save on only a whole answer comes into the buffer': async (editor) => {
      const { driver } = editor;
      await driver.setSetting('files.autoSave', 'afterDelay');
      await driver.setSetting('files.autoSaveDelay', 50);
      const seen = new Set<string>();
      await ask(editor, { text: answer, chunking: 6, tokensPerSecond: 40 });
      await waitFor('the whole', async () => {
        seen.add(await onDisk(editor, 'notes.txt'));
        return (await onDisk(editor, 'notes.txt')) === whole;
      });
      assert.deepEqual([...seen].filter((text) => text !== numbers && text !== whole), []);
      await driver.press('Escape');
      await waitFor('the file', async () => (await onDisk(editor, 'notes.txt')) === numbers);
    },

    'characters that the encoding of the file does not have are refused': async (editor) => {
      await putOnDisk(editor, 'latin.txt', Buffer.from('caf\u00e9\nline\n', 'latin1'));
      await editor.driver.setSetting('files.encoding', 'windows1252');
      editor.gateway.script({ text: searchReplace('latin.txt', 'line', '漢字') });
      await editor.driver.openFile('latin.txt', { line: 2 });
      await waitFor('the text', async () => (await editor.driver.editorText()) === 'caf\u00e9\nline\n');
      await question(editor, 'in Chinese');
      await notification(editor, /encoding of the file/);
      assert.equal(await editor.driver.editorText(), 'caf\u00e9\nline\n');
    },

    'a protected file is decided in the diff editor and asked about': async (editor) => {
      const { driver, host } = editor;
      await mkdir(join(editor.folder, '.github/workflows'), { recursive: true });
      await putOnDisk(editor, '.github/workflows/ci.yml', 'run: npm test\n');
      editor.gateway.script({ text: searchReplace('.github/workflows/ci.yml', 'run: npm test', 'run: npm run check') });
      await driver.openFile('.github/workflows/ci.yml');
      await question(editor, 'Run the checks');
      await waitFor('the diff', () => host.evaluate((vscode) => vscode.window.tabGroups.all.some((group) => group.tabs.some((tab) => tab.input instanceof vscode.TabInputTextDiff))));
      await editor.page.locator('.editor-actions [aria-label*="Accept This Change"]').first().waitFor();
      void driver.runCommand('RunAPI: Accept Changes');
      const dialog = editor.page.locator('.monaco-dialog-box');
      await dialog.waitFor();
      assert.match(await dialog.innerText(), /protected file/);
      await driver.press('Enter');
      await dialog.waitFor({ state: 'hidden' });
      assert.equal(await onDisk(editor, '.github/workflows/ci.yml'), 'run: npm test\n', 'Enter means no');
    },

    'what fits nowhere can be asked for once more, at a price that is said before': (editor) => askedTwice(editor, 'odd.txt'),

    'what fits nowhere in a protected file can be asked for once more too': (editor) => askedTwice(editor, '.github/workflows/ci.yml'),

    'a reload in the middle brings the file back as it was': async (editor) => {
      await ask(editor, { text: answer, chunking: 6, tokensPerSecond: 15 });
      await waitFor('the first line', async () => (await editor.driver.editorText()).includes('LINE FIVE'));
      await editor.reload();
      // The window may have been gone before VS Code had noted which editors are open; the unsaved text comes back with the file.
      await editor.driver.openFile('notes.txt');
      await waitFor('the text', async () => (await editor.driver.editorText()) === numbers, 20_000);
      assert.equal(await onDisk(editor, 'notes.txt'), numbers);
    },
  }),
};

/** Opens the file, asks for an inline edit of lines 5 to 9, and lets the gateway answer. */
async function ask(editor: Editor, script: Answer): Promise<void> {
  const { driver, folder, gateway } = editor;
  await writeFile(join(folder, 'notes.txt'), numbers);
  gateway.script(script);
  await driver.openFile('notes.txt', { line: 5, column: 1 });
  await waitFor('the text', async () => (await driver.editorText()) === numbers);
  await driver.selectLines(5, 9);
  await question(editor, 'Write them large');
}

/** Two answers that fit nowhere: after the first one more is offered, after the second none. */
async function askedTwice(editor: Editor, path: string): Promise<void> {
  const { driver, gateway, host } = editor;
  await mkdir(dirname(join(editor.folder, path)), { recursive: true });
  await putOnDisk(editor, path, 'one\ntwo\n');
  gateway.script({ text: searchReplace(path, 'nowhere', 'x') });
  gateway.script({ text: searchReplace(path, 'not there either', 'x') });
  await driver.openFile(path);
  await waitFor('the text', async () => (await driver.editorText()) === 'one\ntwo\n');
  await question(editor, 'Change it');
  const offer = await waitFor('the offer', async () => (await driver.notifications()).flatMap(({ buttons }) => buttons).find((label) => label.startsWith('Ask again')));
  assert.match(offer, /^Ask again \(about \$0\.\d+\)$/);
  const before = gateway.requests.length;
  await driver.answerNotification('not in the file', offer);
  await waitFor('the second question', () => gateway.requests.length > before);
  assert.match(JSON.stringify(gateway.requests.at(-1)?.body), /The present text of/);
  const said = await waitFor('the second refusal', async () => {
    await host.evaluate((vscode) => vscode.commands.executeCommand('notifications.showList'));
    return (await driver.notifications()).find(({ text }) => text.includes('not in the file'));
  });
  assert.deepEqual(said.buttons, [], 'what fails twice is not cured by asking again');
  assert.equal(await onDisk(editor, path), 'one\ntwo\n');
}

async function question({ driver, page }: Editor, instruction: string): Promise<void> {
  // The focus that was asked for comes a moment later; a key until then goes nowhere.
  await page.locator('.editor-instance .monaco-editor.focused').first().waitFor();
  await driver.press('Alt+i');
  await waitFor('the question', async () => (await driver.quickInput.question()).includes('Edit with RunAPI'));
  await driver.quickInput.submit(instruction);
}

/** Puts a text in before the line that begins so. */
async function type({ host }: Editor, line: string, text: string): Promise<void> {
  await host.evaluate(async (vscode, { before, typed }) => {
    const editor = vscode.window.activeTextEditor;
    const at = editor?.document.getText().split('\n').indexOf(before) ?? -1;
    if (at < 0 || !(await editor?.edit((edit) => edit.insert(new vscode.Position(at, 0), typed)))) throw new Error('not typed');
  }, { before: line, typed: text });
}

async function pending({ page }: Editor): Promise<void> {
  await page.locator('.codelens-decoration a', { hasText: 'Accept (' }).first().waitFor({ timeout: 20_000 });
}

/** What stands above the edit. Lenses of other extensions have none of our words. */
async function lenses({ page }: Editor): Promise<readonly string[]> {
  return (await page.locator('.codelens-decoration').allInnerTexts()).filter((text) => /Accept|Stop|Asking|writes/.test(text));
}

async function revert({ host }: Editor): Promise<void> {
  await host.evaluate((vscode) => vscode.commands.executeCommand('workbench.action.files.revert'));
}

async function clearNotifications({ host }: Editor): Promise<void> {
  await host.evaluate((vscode) => vscode.commands.executeCommand('notifications.clearAll'));
}
