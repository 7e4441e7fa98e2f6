// The editor's own surfaces: ghost text, the diff of a refactoring, findings of a review.
import type { Editor } from './editor.ts';
import { basePriceLookup, basePriceTable, compareCompletion, refactorPlan, reviewFindings } from './screenshotAnswers.ts';
import type { Scene } from './screenshotScenes.ts';
import { agreeToPlan, answerTask, onDisk, reviewOpen, searchReplace, start } from './taskSteps.ts';
import { waitFor } from './waitFor.ts';

export const editorScenes: Readonly<Record<string, Scene>> = {
  'completion': {
    show: async (editor) => {
      editor.gateway.script({ text: `<insert>${compareCompletion}</insert>` }, { model: 'haiku', times: 20 });
      await showExplorer(editor);
      await editor.driver.openFile('src/money.ts', { line: 26, column: 1 });
      await editor.driver.typeText('\nexport function compare(a: Money, b: Money): number {', 40);
      await editor.driver.press('Enter');
      await waitFor('ghost text', () => editor.driver.ghostText());
    },
  },

  'refactor': {
    show: async (editor) => {
      answerTask(editor, 'refactor', { text: refactorPlan });
      answerTask(editor, 'refactor', { text: await refactorAnswer(editor) });
      await showExplorer(editor);
      await editor.driver.openFile('src/tariff.ts', { line: 18, column: 20 });
      await start(editor, 'runapi.refactorCode');
      await waitFor('the question', async () => (await editor.driver.quickInput.question()) !== '');
      await editor.driver.quickInput.submit('Keep the base prices in a table');
      await agreeToPlan(editor);
      await reviewOpen(editor);
    },
  },

  'review': {
    show: async (editor) => {
      answerTask(editor, 'review', { text: reviewFindings });
      await editor.driver.openFile('src/booking.ts', { line: 44 });
      await start(editor, 'runapi.reviewChanges');
      await editor.page.locator('.review-widget').first().waitFor();
      await editor.host.evaluate((vscode) => vscode.commands.executeCommand('workbench.actions.view.problems'));
    },
  },
};

async function showExplorer({ host }: Editor): Promise<void> {
  await host.evaluate((vscode) => vscode.commands.executeCommand('workbench.view.explorer'));
}

async function refactorAnswer(editor: Editor): Promise<string> {
  const text = await onDisk(editor, 'src/tariff.ts');
  const signature = /^export function quote\(.*$/m.exec(text)?.[0] ?? '';
  const nested = text.slice(text.indexOf('  let base = euro(0);'), text.indexOf("  lines.push({ label: 'Base price'"));
  return [
    searchReplace('src/tariff.ts', "import { isIsland, zoneOf, type Address } from './zones.ts';", "import { isIsland, zoneOf, type Address, type Zone } from './zones.ts';"),
    searchReplace('src/tariff.ts', signature, `${basePriceTable}${signature}`),
    searchReplace('src/tariff.ts', nested.trimEnd(), basePriceLookup.trimEnd()),
  ].join('\n');
}
