// What an edit would break is known and said before it is accepted.
import assert from 'node:assert/strict';
import { newChat } from '../chatPage.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { checksSay, press, refactor } from '../refactorSteps.ts';
import { accept, answerTask, asked, bodyOf, notification, onDisk, putOnDisk, reviewOpen, searchReplace, start, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

const line = 'export function percent(of: Money, rate: number): Money {';
const breaking = searchReplace('src/money.ts', line, line.replace('percent', 'share'));
const kind = searchReplace('src/money.ts', line, `/** Kept for those who call it. */\nexport const percent = share;\n\n${line.replace('percent', 'share')}`);

export const suite: EditorSuite = {
  name: 'Tasks, refactor: checks',
  timeoutMs: 60_000,
  tests: tidy({
    'errors in files that use it are told before acceptance, are listed and can be opened': async (editor) => {
      const before = await onDisk(editor, 'src/money.ts');
      await refactor(editor, { text: breaking });
      await reviewOpen(editor);
      const said = await notification(editor, /Accepting this change would bring/);
      assert.match(said, /4 new errors\. src\/\w+\.ts:\d+: /);
      assert.equal(await onDisk(editor, 'src/money.ts'), before);
      await checksSay(editor, /4 new errors · checked: 1 changed, \d+ dependent/);
      await press(editor, /Accepting/, /^Show errors$/);
      const labels = await waitFor('the list', async () => {
        const shown = await editor.driver.quickInput.labels();
        return shown.length === 4 ? shown : undefined;
      });
      assert.match(labels.join('\n'), /has no exported member 'percent'/);
      await editor.driver.press('Enter');
      await waitFor('a file that uses it', () => editor.host.evaluate((vscode) => {
        const open = vscode.window.activeTextEditor;
        return open !== undefined && /percent/.test(open.document.lineAt(open.selection.active.line).text) && !open.document.uri.path.endsWith('/src/money.ts');
      }));
    },

    'the user may accept anyway, is told only once, and undo takes it back': async (editor) => {
      // Findings of an earlier review are problems of ours, too.
      await start(editor, 'runapi.clearFindings');
      const before = await onDisk(editor, 'src/money.ts');
      await refactor(editor, { text: breaking });
      await notification(editor, /Accepting this change would bring 4 new errors/);
      await editor.host.evaluate((vscode) => vscode.commands.executeCommand('notifications.clearAll'));
      await accept(editor);
      await waitFor('the file', async () => (await onDisk(editor, 'src/money.ts')).includes('function share'));
      await waitFor('the problems of the language service', () => editor.host.evaluate((vscode) => vscode.languages.getDiagnostics().every(([, all]) => all.every(({ source }) => source !== 'RunAPI'))));
      assert.deepEqual((await editor.driver.notifications()).filter(({ text }) => /new problem/.test(text)), []);
      await start(editor, 'runapi.undoLastEdit');
      await waitFor('the file as it was', async () => (await onDisk(editor, 'src/money.ts')) === before);
    },

    'one repair round is offered with its price; what comes of it is checked again': async (editor) => {
      await refactor(editor, { text: breaking });
      answerTask(editor, 'refactor', { text: kind });
      await press(editor, /Accepting this change/, /^Repair \(about \$[\d.]+\)$/);
      await waitFor('the repair request', () => asked(editor).length === 3);
      assert.match(bodyOf(asked(editor)[2]), /were not accepted yet[\s\S]*src\/tariff\.ts:1 error ts 2305[\s\S]*Write all edits again/);
      await reviewOpen(editor);
      await checksSay(editor, /\(repair\)[\s\S]*No new errors · checked: 1 changed, \d+ dependent/);
      await accept(editor);
      await waitFor('the file', async () => (await onDisk(editor, 'src/money.ts')).includes('Kept for those who call it'));
    },

    'a repair that fails too is not repaired a second time': async (editor) => {
      await refactor(editor, { text: breaking });
      answerTask(editor, 'refactor', { text: breaking });
      await press(editor, /Accepting this change/, /^Repair/);
      await waitFor('the repair request', () => asked(editor).length === 3);
      const again = await waitFor('the second word', async () => (await editor.driver.notifications()).find(({ text, buttons }) => /Accepting this change/.test(text) && !buttons.some((label) => label.startsWith('Repair'))), 30_000);
      assert.deepEqual(again.buttons, ['Show errors']);
    },

    'errors of the changed file itself stand in the diff, and go when the change is discarded': async (editor) => {
      await refactor(editor, { text: searchReplace('src/money.ts', "  return { cents: Math.round((of.cents * rate) / 100), currency: of.currency };", "  return { cents: 'none', currency: of.currency };") });
      await notification(editor, /1 new error\. src\/money\.ts:18/);
      const shown = await editor.host.evaluate((vscode) => vscode.languages.getDiagnostics().filter(([uri, all]) => uri.scheme === 'runapi-edit' && all.length > 0).map(([, all]) => all.map(({ range }) => range.start.line)));
      assert.deepEqual(shown, [[17]]);
      await start(editor, 'runapi.discardAllEdits');
      await waitFor('no error', () => editor.host.evaluate((vscode) => vscode.languages.getDiagnostics().every(([uri, all]) => uri.scheme !== 'runapi-edit' || all.length === 0)));
    },

    'an edit of the chat says in its card what it would break, and its button asks once more': async (editor) => {
      await editor.driver.openFile('src/money.ts');
      const chat = await newChat(editor);
      const frame = await chat.frame();
      await frame.locator('.chip.offered').first().click();
      await waitFor('the chip', async () => (await frame.locator('.composer-chips .chip:not(.offered)').count()) > 0);
      editor.gateway.script({ text: `Renamed.\n\n${breaking}` }, { contains: 'another name' });
      await chat.ask('/refactor give percent another name');
      await waitFor('the errors in the card', async () => /4 new errors · checked: 1 changed/.test((await frame.locator('.edit-card').allInnerTexts()).join()), 40_000);
      assert.deepEqual((await editor.driver.notifications()).filter(({ text }) => /Accepting this change/.test(text)), []);
      editor.gateway.script({ text: `Kept.\n\n${kind}` }, { contains: 'were not accepted yet' });
      await frame.locator('.edit-card').getByRole('button', { name: 'Try to fix' }).click();
      await waitFor('the second card', async () => /No new errors/.test((await frame.locator('.edit-card').allInnerTexts()).at(-1) ?? ''), 40_000);
    },

    'what cannot be checked before acceptance is named': async (editor) => {
      await putOnDisk(editor, 'tool.py', 'def total(lines):\n    return sum(lines)\n');
      answerTask(editor, 'document', { text: searchReplace('tool.py', 'def total(lines):', 'def total(lines):\n    """The sum."""') });
      await editor.driver.openFile('tool.py', { line: 1, column: 5 });
      await start(editor, 'runapi.documentCode');
      await reviewOpen(editor);
      await checksSay(editor, /checked only once accepted: tool\.py/);
    },

    'JSON that would break is an error': async (editor) => {
      await putOnDisk(editor, 'prices.json', '{\n  "city": 390\n}\n');
      await refactor(editor, { text: searchReplace('prices.json', '  "city": 390', '  "city": 390,') }, { path: 'prices.json', line: 2, column: 4 });
      await notification(editor, /1 new error\. prices\.json:3/);
    },
  }),
};
