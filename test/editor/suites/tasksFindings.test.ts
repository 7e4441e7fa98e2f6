// The findings of a review after they came: walked through, dismissed for good, shown again, applied, exported.
import assert from 'node:assert/strict';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { caretLine, finding, findings } from '../reviewSteps.ts';
import { accept, answerTask, asked, bodyOf, notification, onDisk, putOnDisk, reviewOpen, start, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

const half = finding({ path: 'src/money.ts', line: 18, title: 'Half a cent is rounded up, always', reason: 'Negative amounts are rounded towards zero.', quote: '  return { cents: Math.round((of.cents * rate) / 100), currency: of.currency };' });
const halfAgain = finding({ path: 'src/money.ts', line: 17, title: 'Rounding half cents up is wrong for negative amounts', reason: 'They are rounded towards zero.', quote: '  return { cents: Math.round((of.cents * rate) / 100), currency: of.currency };' });
const sign = finding({ path: 'src/money.ts', line: 22, title: 'The sign of zero is lost', quote: "  const sign = money.cents < 0 ? '-' : '';", severity: 'info' });
const padding = finding({ path: 'src/money.ts', line: 24, title: 'Fractions of a cent break the padding', severity: 'warning' });
const mixed = finding({ path: 'src/money.ts', line: 24, title: 'The currency is never localised', severity: 'info' });

export const suite: EditorSuite = {
  name: 'Tasks, findings',
  timeoutMs: 60_000,
  tests: tidy({
    'one that was dismissed stays away in the next review, is counted, and can be shown and restored': async (editor) => {
      await review(editor, half + sign, /2 findings in money\.ts/);
      await start(editor, 'runapi.dismissFinding', await idOf(editor, 18));
      await waitFor('it to go', async () => (await titles(editor)).length === 1);
      // Worded anew and counted one line off, as models do.
      const text = await review(editor, halfAgain + sign, /1 finding in money\.ts/);
      assert.match(text, /1 dismissed before is hidden/);
      assert.deepEqual(await titles(editor), ['The sign of zero is lost']);
      await editor.driver.answerNotification('1 finding in money.ts', 'Show hidden');
      await waitFor('the hidden one', async () => (await titles(editor)).length === 2);
      await waitFor('its comment', () => editor.page.locator('.review-widget', { hasText: 'dismissed before' }).count());
      await start(editor, 'runapi.restoreFinding', await idOf(editor, 18));
      await waitFor('the mark to go', async () => (await editor.page.locator('.review-widget', { hasText: 'dismissed before' }).count()) === 0);
      await review(editor, half + sign, /2 findings in money\.ts/);
    },

    'one that was dismissed is still hidden after a reload of the window, and comes back when its line changes': async (editor) => {
      await review(editor, padding, /1 finding in money\.ts/);
      await start(editor, 'runapi.dismissFinding', await idOf(editor, 24));
      await waitFor('it to go', async () => (await titles(editor)).length === 0);
      await reloadAsAPerson(editor);
      assert.match(await review(editor, padding, /No new findings in money\.ts/), /1 dismissed before is hidden/);
      await putOnDisk(editor, 'src/money.ts', (await onDisk(editor, 'src/money.ts')).replace("padStart(2, '0')", "padStart(2, ' ')"));
      await waitFor('the new text', async () => (await editor.driver.editorText()).includes("padStart(2, ' ')"));
      await review(editor, padding, /1 finding in money\.ts/);
    },

    'next and previous go through all of them, also two at one line, and around the end': async (editor) => {
      await review(editor, sign + mixed + finding({ path: 'src/money.ts', line: 24, title: 'Cents of NaN are printed', reason: 'Nothing looks whether the number is one.', severity: 'warning' }), /3 findings/);
      await editor.driver.openFile('src/money.ts');
      const seen: string[] = [];
      for (const command of ['Next', 'Next', 'Next', 'Next', 'Previous']) {
        await editor.driver.runCommand(`RunAPI: ${command} Finding`);
        const item = await waitFor('the place in the list', async () => (await editor.driver.statusItems()).map((text) => /Finding (\d of 3)/.exec(text)?.[1]).find((text) => text !== undefined && text !== seen.at(-1)));
        seen.push(item);
      }
      assert.deepEqual(seen, ['1 of 3', '2 of 3', '3 of 3', '1 of 3', '3 of 3']);
      assert.equal(await caretLine(editor), 24);
    },

    'a suggested edit goes through the review: discarded it changes nothing, accepted it takes the finding along': async (editor) => {
      const before = await onDisk(editor, 'src/money.ts');
      await review(editor, `${sign}<<<<<<< SEARCH\n  const sign = money.cents < 0 ? '-' : '';\n=======\n  const sign = Object.is(money.cents, -0) || money.cents < 0 ? '-' : '';\n>>>>>>> REPLACE\n`, /1 finding/);
      await editor.driver.runCommand('RunAPI: Next Finding');
      await editor.driver.runCommand('RunAPI: Apply Suggestion');
      await reviewOpen(editor);
      assert.equal(await onDisk(editor, 'src/money.ts'), before);
      await start(editor, 'runapi.discardEdit');
      await waitFor('the diff to close', async () => (await diffs(editor)) === 0);
      assert.equal(await onDisk(editor, 'src/money.ts'), before);
      assert.deepEqual(await titles(editor), ['The sign of zero is lost']);
      await editor.driver.runCommand('RunAPI: Apply Suggestion');
      await accept(editor);
      await waitFor('the edit', async () => (await onDisk(editor, 'src/money.ts')).includes('Object.is'));
      await waitFor('the finding to go', async () => (await titles(editor)).length === 0);
    },

    'a suggestion whose text is not in the file any more is refused and changes nothing': async (editor) => {
      await review(editor, `${sign}<<<<<<< SEARCH\n  const sign = money.cents < 0 ? '-' : '';\n=======\n  const sign = '';\n>>>>>>> REPLACE\n`, /1 finding/);
      const id = await idOf(editor, 22);
      await putOnDisk(editor, 'src/money.ts', 'export const all = "new";\n');
      await waitFor('the new text', async () => (await editor.driver.editorText()).startsWith('export const all'));
      await start(editor, 'runapi.applyFinding', id);
      await notification(editor, /not in the file|could not be applied|refused/i);
      assert.equal(await onDisk(editor, 'src/money.ts'), 'export const all = "new";\n');
    },

    'the instruction files that it follows go along and are named, in the report too': async (editor) => {
      await putOnDisk(editor, 'AGENTS.md', 'Prices are in cents. Say so in each finding.\n');
      assert.match(await review(editor, sign, /1 finding/), /It follows AGENTS\.md\./);
      assert.match(bodyOf(asked(editor)[0]), /Say so in each finding/);
      await editor.driver.runCommand('RunAPI: Export Review as Markdown');
      await waitFor('the report', async () => /It follows AGENTS/.test(await editor.driver.editorText()));
    },

    'an instruction file that changed since it was last used is named': async (editor) => {
      // One that no other test dismisses: what was dismissed stays so for the workspace.
      const own = finding({ path: 'src/money.ts', line: 8, title: 'Large amounts lose cents', reason: 'A number is exact up to 2 to the 53rd only.', severity: 'info' });
      await putOnDisk(editor, 'AGENTS.md', 'Prices are in cents.\n');
      await review(editor, own, /1 finding/);
      // VS Code shows three messages in 800 ms: the fourth would be in its bell only.
      await new Promise((resolve) => setTimeout(resolve, 900));
      await putOnDisk(editor, 'AGENTS.md', 'Prices are in euros.\n');
      await review(editor, own, /1 finding/);
      await notification(editor, /AGENTS\.md changed since it was last used/);
    },

    'the lightbulb offers to apply and to dismiss': async (editor) => {
      await review(editor, `${sign}<<<<<<< SEARCH\n  const sign = money.cents < 0 ? '-' : '';\n=======\n  const sign = '';\n>>>>>>> REPLACE\n`, /1 finding/);
      const offered = await editor.host.evaluate(async (vscode) => {
        const uri = vscode.window.activeTextEditor?.document.uri;
        const actions = await vscode.commands.executeCommand<readonly { readonly title: string }[]>('vscode.executeCodeActionProvider', uri, new vscode.Range(21, 0, 21, 10), vscode.CodeActionKind.QuickFix.value);
        return actions.map(({ title }) => title);
      });
      assert.deepEqual(offered.filter((title) => /suggestion|finding/.test(title)), ['Apply the suggestion', 'Dismiss the finding']);
      assert.equal(offered.some((title) => /Fix with RunAPI/.test(title)), false, 'a finding is no problem to fix');
    },
  }),
};

async function review(editor: Editor, text: string, said: RegExp): Promise<string> {
  await editor.host.evaluate((vscode) => vscode.commands.executeCommand('notifications.clearAll'));
  await waitFor('no old message', async () => (await editor.driver.notifications()).length === 0);
  answerTask(editor, 'review', { text });
  await editor.driver.openFile('src/money.ts');
  await start(editor, 'runapi.reviewFile');
  return notification(editor, said);
}

/** VS Code writes what extensions store when a window goes down in order. */
async function reloadAsAPerson(editor: Editor): Promise<void> {
  const loaded = editor.page.waitForEvent('load');
  await start(editor, 'workbench.action.reloadWindow');
  await loaded;
  await editor.reload();
}

async function titles(editor: Editor): Promise<readonly string[]> {
  return (await findings(editor)).map(({ title }) => title);
}

async function idOf({ host }: Editor, line: number): Promise<string> {
  return host.evaluate((vscode, wanted) => {
    const all = vscode.languages.getDiagnostics().flatMap(([, diagnostics]) => diagnostics);
    const code = all.find(({ source, range }) => source === 'RunAPI' && range.start.line === wanted - 1)?.code;
    return typeof code === 'string' ? code : '';
  }, line);
}

async function diffs({ host }: Editor): Promise<number> {
  return host.evaluate((vscode) => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof vscode.TabInputTextDiff).length);
}
