import assert from 'node:assert/strict';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { accept, answerTask, asked, bodyOf, notification, onDisk, start, tidy } from '../taskSteps.ts';
import { waitFor } from '../waitFor.ts';

const finding = (path: string, line: number, quote: string, title = 'Rounds twice'): string => JSON.stringify({ path, line, severity: 'error', title, reason: 'Half cents are lost.', quote });

const rounding = [
  finding('src/money.ts', 3, '  return { cents: Math.round(amount * 100), currency: \'EUR\' };'),
  '<<<<<<< SEARCH',
  "  return { cents: Math.round(amount * 100), currency: 'EUR' };",
  '=======',
  "  return { cents: Math.trunc(amount * 100), currency: 'EUR' };",
  '>>>>>>> REPLACE',
  finding('src/money.ts', 900, 'no such line at all', 'Points nowhere'),
  finding('src/other.ts', 1, 'x', 'Elsewhere'),
].join('\n');

export const suite: EditorSuite = {
  name: 'Tasks, review',
  timeoutMs: 60_000,
  tests: tidy({
    'of a file shows findings at their lines, drops what points nowhere, and applies an edit': async (editor) => {
      answerTask(editor, 'review', { text: rounding });
      await editor.driver.openFile('src/money.ts');
      await editor.driver.runCommand('RunAPI: Review File');
      assert.match(await notification(editor, /1 finding in money\.ts/), /2 pointed at no line and were dropped.*Review → Sonnet 4\.6 .*\$/s);
      // The model said line 3; what it quotes stands in line 8.
      assert.deepEqual(await findings(editor), [{ path: 'src/money.ts', line: 8, message: 'Rounds twice\nHalf cents are lost.' }]);
      await waitFor('the comment', () => editor.page.locator('.review-widget', { hasText: 'Half cents are lost.' }).count());
      await editor.driver.runCommand('RunAPI: Next Finding');
      await waitFor('the caret at the finding', () => editor.host.evaluate((vscode) => vscode.window.activeTextEditor?.selection.active.line === 7));
      await start(editor, 'runapi.applyFinding');
      await accept(editor);
      await waitFor('the edit', async () => (await onDisk(editor, 'src/money.ts')).includes('Math.trunc(amount'));
      await waitFor('the finding to go', async () => (await findings(editor)).length === 0);
    },

    'of the working changes points at what changed, and of nothing else': async (editor) => {
      answerTask(editor, 'review', { text: 'NONE\n' });
      await editor.driver.openFile('src/money.ts');
      await start(editor, 'runapi.reviewChanges');
      await notification(editor, /No findings in working changes/);
      assert.match(bodyOf(asked(editor)[0]), /kind=\\"changes\\"/);
    },

    'of the staged changes sees the staged ones only': async (editor) => {
      await editor.driver.openFile('src/money.ts');
      await start(editor, 'runapi.reviewStaged');
      await notification(editor, /There are no staged changes/);
      assert.equal(asked(editor).length, 0);
    },

    'of a selection drops findings outside of it': async (editor) => {
      answerTask(editor, 'review', { text: `${finding('src/money.ts', 22, '  const sign = money.cents < 0 ? \'-\' : \'\';', 'Outside')}\n${finding('src/money.ts', 12, '  if (a.currency !== b.currency) throw new Error(`Cannot add ${a.currency} and ${b.currency}`);', 'Inside')}\n` });
      await editor.driver.openFile('src/money.ts');
      await editor.driver.selectLines(11, 14);
      await editor.driver.runCommand('RunAPI: Review Selection');
      await notification(editor, /1 finding/);
      assert.deepEqual((await findings(editor)).map(({ message }) => message.split('\n')[0]), ['Inside']);
    },

    'is exported as markdown in which a model cannot hide a link': async (editor) => {
      answerTask(editor, 'review', { text: finding('src/money.ts', 8, '', '![x](https://sink.example/?q=1) <img src=x>') });
      await editor.driver.openFile('src/money.ts');
      await editor.driver.runCommand('RunAPI: Review File');
      await notification(editor, /1 finding/);
      await editor.driver.runCommand('RunAPI: Export Review as Markdown');
      const text = await waitFor('the report', async () => {
        const shown = await editor.driver.editorText();
        return shown.startsWith('# Review of') ? shown : undefined;
      });
      assert.doesNotMatch(text, /[^\\]!\[x|[^\\]<img/);
    },

    'findings that came before the stream was cut stay': async (editor) => {
      answerTask(editor, 'review', { text: `${rounding}\n${'more words that never end '.repeat(50)}`, fault: 'cut-fin', chunking: 400 });
      await editor.driver.openFile('src/money.ts');
      await editor.driver.runCommand('RunAPI: Review File');
      await notification(editor, /cut off|connection/i);
      assert.ok((await findings(editor)).length <= 1);
    },
  }),
};

async function findings({ host }: Editor): Promise<readonly { readonly path: string; readonly line: number; readonly message: string }[]> {
  return host.evaluate((vscode) => vscode.languages.getDiagnostics().flatMap(([uri, diagnostics]) => diagnostics.filter((diagnostic) => diagnostic.source === 'RunAPI').map((diagnostic) => ({ path: vscode.workspace.asRelativePath(uri, false), line: diagnostic.range.start.line + 1, message: diagnostic.message }))));
}
