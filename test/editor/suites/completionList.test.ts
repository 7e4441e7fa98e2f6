import assert from 'node:assert/strict';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { waitFor } from '../waitFor.ts';
import { asked, becomes, ghost, openText, quietEditing, statusSays } from './completionSteps.ts';

/** A list that does not depend on a language service: these entries, in this order, after each ".". */
async function offerEntries({ host }: Editor, entries: readonly string[]): Promise<void> {
  await host.evaluate((vscode, labels) => {
    const earlier: unknown = Reflect.get(globalThis, 'offeredEntries');
    if (earlier instanceof vscode.Disposable) earlier.dispose();
    Reflect.set(globalThis, 'offeredEntries', vscode.languages.registerCompletionItemProvider('plaintext', {
      provideCompletionItems: () => labels.map((label, index) => Object.assign(new vscode.CompletionItem(label), { sortText: String(index) })),
    }, '.'));
  }, entries);
}

/** VS Code loads what draws ghost text some moments after its first editor: the keys until then ask nobody. */
async function waitForFirstGhost({ driver, page, gateway }: Editor, text: () => Promise<void>): Promise<void> {
  gateway.script(() => ({ text: '<insert>first();</insert>' }));
  await text();
  await waitFor('ghost text in the first editor', async () => {
    if ((await driver.ghostText()) !== '') return true;
    await driver.typeText('.');
    await page.waitForTimeout(400);
    return false;
  }, 20_000);
}

function list({ page }: Editor, entry?: string) {
  const focused = page.locator('.suggest-widget.visible .monaco-list-row.focused');
  return entry === undefined ? focused : focused.filter({ hasText: entry });
}

export const suite: EditorSuite = {
  name: 'Completion beside the list of IntelliSense',
  options: { settings: { ...quietEditing, 'editor.suggestOnTriggerCharacters': true, 'editor.suggestSelection': 'first', 'editor.hover.enabled': false, 'runapi.completion.languages': { plaintext: true } } },
  timeoutMs: 60_000,
  tests: {
    'what agrees with the selected entry is shown, what disagrees is not, and the entry that is taken keeps its rest': async (editor) => {
      const { driver, gateway } = editor;
      await waitForFirstGhost(editor, () => openText(editor, 'const first = █\n', { language: 'plaintext' }));
      await offerEntries(editor, ['toFixed', 'toString']);
      gateway.reset();
      gateway.script(() => ({ text: '<insert>toFixed(2);</insert>' }));
      await openText(editor, 'const price = 1;\nconst text = price█\n', { language: 'plaintext' });
      await driver.typeText('.');
      await list(editor, 'toFixed').waitFor();
      await ghost(editor, /\(2\);/);
      await driver.press('ArrowDown');
      await list(editor, 'toString').waitFor();
      await statusSays(editor, /The suggestion disagrees with the selected entry of the list\./);
      assert.equal(await driver.ghostText(), '');
      await driver.press('ArrowUp');
      await list(editor, 'toFixed').waitFor();
      await ghost(editor, /\(2\);/);
      const sent = asked(editor).length;
      await driver.press('Enter');
      await becomes(editor, 'const price = 1;\nconst text = price.toFixed\n');
      assert.equal(await ghost(editor, /\(2\);/), '(2);');
      assert.equal(asked(editor).length, sent, 'what the entry and the suggestion share is paid for once');
      await driver.press('Tab');
      await becomes(editor, 'const price = 1;\nconst text = price.toFixed(2);\n');
    },

    'Escape closes the list and leaves the suggestion': async (editor) => {
      const { driver, gateway, page } = editor;
      await offerEntries(editor, ['other']);
      gateway.script(() => ({ text: '<insert>toFixed(2);</insert>' }));
      await openText(editor, 'const text = price█\n', { language: 'plaintext' });
      await driver.typeText('.');
      await list(editor, 'other').waitFor();
      await driver.press('Escape');
      await waitFor('no list', async () => (await page.locator('.suggest-widget.visible').count()) === 0);
      assert.equal(await ghost(editor, /toFixed/), 'toFixed(2);');
    },
  },
};
