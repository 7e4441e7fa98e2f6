import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { waitFor } from '../waitFor.ts';
import { asked, becomes, ghost, noGhost, openText, quietEditing, statusSays, typeLines, wake } from './completionSteps.ts';

const several = '<insert>one();</insert><insert>two();</insert><insert>three();</insert>';

/** Milliseconds from the last key to the request. */
async function waitedFor(editor: Editor, delayMs: number): Promise<number> {
  await editor.driver.setSetting('runapi.completion.delayMs', delayMs);
  editor.gateway.script(() => ({ text: '<insert>value;</insert>' }));
  await openText(editor, `// ${delayMs}\nconst a =█\n`);
  const next = editor.gateway.nextRequest(({ method }) => method === 'POST');
  await editor.driver.typeText(' ');
  const typedAt = performance.now();
  await next;
  return performance.now() - typedAt;
}

async function pickFromMenu({ driver, page }: Editor, entry: string): Promise<void> {
  await driver.runCommand('RunAPI: Inline Completion Menu');
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: entry }).click();
}

export const suite: EditorSuite = {
  name: 'Completion as the user wishes',
  options: { settings: quietEditing },
  timeoutMs: 60_000,
  tests: {
    'a line of a block is taken, and the rest is there at once': async (editor) => {
      const { driver, gateway, host } = editor;
      gateway.script({ text: '<insert>const sum = a + b;\n  return sum;</insert>' });
      gateway.script(() => ({ text: '<insert></insert>' }));
      await openText(editor, 'function add(a: number, b: number) {█\n}\n');
      await driver.press('Enter');
      await ghost(editor, /const sum[^]*return sum;/);
      await host.evaluate((vscode) => vscode.commands.executeCommand('editor.action.inlineSuggest.acceptNextLine'));
      await becomes(editor, /\{\n {2}const sum = a \+ b;\n/);
      await ghost(editor, /^\s*return sum;$/);
      // VS Code leaves the cursor at the margin, where Tab indents first and accepts then.
      await driver.press('Tab');
      await ghost(editor, /^return sum;$/);
      assert.deepEqual(asked(editor).filter((prompt) => /const sum = a \+ b;(\\n *)?"/.test(prompt)), [], 'the rest is not asked for');
      await driver.press('Tab');
      await becomes(editor, 'function add(a: number, b: number) {\n  const sum = a + b;\n  return sum;\n}\n');
    },

    'Alt+\\ asks for several at once, and they are walked through in both directions': async (editor) => {
      const { driver, gateway } = editor;
      gateway.script(() => ({ text: several }));
      await openText(editor, 'a();\n█\n');
      await driver.press('Alt+\\');
      await ghost(editor, /one/);
      assert.match(asked(editor).at(-1) ?? '', /3 different answers/);
      const sent = asked(editor).length;
      await driver.press('Alt+]');
      await ghost(editor, /two/);
      await driver.press('Alt+]');
      await ghost(editor, /three/);
      await driver.press('Alt+[');
      await ghost(editor, /two/);
      assert.equal(asked(editor).length, sent);
      await driver.press('Tab');
      await becomes(editor, 'a();\ntwo();\n');
    },

    'the command asks inside a word, where typing does not': async (editor) => {
      const { driver, gateway } = editor;
      gateway.script(() => ({ text: several }));
      await openText(editor, 'const total = su█btotal;\n');
      await driver.typeText('m');
      await statusSays(editor, /Not offered inside a word/);
      assert.deepEqual(asked(editor), []);
      await driver.runCommand('RunAPI: Suggest Completion Now');
      await waitFor('a request', () => asked(editor).length > 0);
    },

    'the delay is the one that is set': async (editor) => {
      const slow = await waitedFor(editor, 1500);
      const fast = await waitedFor(editor, 0);
      assert.ok(slow >= 1400, `asked after ${slow} ms`);
      assert.ok(fast < 1400, `asked after ${fast} ms`);
    },

    'snoozed means asleep until it is ended from the menu': async (editor) => {
      const { driver, gateway, page } = editor;
      await wake(editor);
      gateway.script(() => ({ text: '<insert>one();</insert>' }));
      await driver.runCommand('RunAPI: Snooze Inline Completion');
      await page.locator('.quick-input-widget .monaco-list-row', { hasText: '5 minutes' }).first().click();
      await statusSays(editor, /Snoozed until \d/);
      // A setting that changes ends other pauses.
      await wake(editor);
      await openText(editor, 'a();█\n');
      await typeLines(editor, 2);
      assert.deepEqual(asked(editor), []);
      await pickFromMenu(editor, 'End the snooze');
      await statusSays(editor, /completion is on\.(?!.*Snoozed)/s);
      await driver.press('Enter');
      await ghost(editor, /one/);
    },

    'a language is turned off from the menu, and only that language': async (editor) => {
      const { driver, gateway } = editor;
      await wake(editor);
      gateway.script(() => ({ text: '<insert>one();</insert>' }));
      await openText(editor, 'a();█\n');
      await pickFromMenu(editor, 'Turn off for typescript');
      await waitFor('the setting', () => editor.host.evaluate((vscode) => vscode.workspace.getConfiguration('runapi.completion').get<Readonly<Record<string, boolean>>>('languages')?.['typescript'] === false));
      await driver.press('Escape');
      await typeLines(editor, 2);
      await statusSays(editor, /Turned off for this language/);
      assert.deepEqual(asked(editor), []);
      await openText(editor, 'a();█\n', { language: 'javascript' });
      await driver.press('Enter');
      await ghost(editor, /one/);
    },

    'turned off means off, and says so': async (editor) => {
      const { driver, gateway } = editor;
      gateway.script(() => ({ text: '<insert>one();</insert>' }));
      await openText(editor, 'a();█\n');
      await driver.runCommand('RunAPI: Turn Inline Completion On or Off');
      await statusSays(editor, /completion is off/);
      await typeLines(editor, 2);
      assert.deepEqual(asked(editor), []);
      await noGhost(editor);
      await driver.runCommand('RunAPI: Turn Inline Completion On or Off');
      await statusSays(editor, /completion is on/);
      await driver.press('Enter');
      await ghost(editor, /one/);
    },

    'what is accepted is counted in the hover, in the cost view and on disk': async (editor) => {
      const { driver, gateway } = editor;
      await wake(editor);
      gateway.script(() => ({ text: '<insert>const answer = 42;</insert>' }));
      await openText(editor, 'a();█\n');
      await driver.press('Enter');
      await ghost(editor, /answer/);
      await driver.press('Tab');
      await becomes(editor, /const answer = 42;/);
      await statusSays(editor, /Today: [\d,]+ requests, [\d,]*\d\d characters accepted, .*\$\d[^]*per 1,000 characters/);
      await driver.runCommand('RunAPI: Show Costs');
      const view = await driver.webviewFrame('table');
      const row = view.locator('h2:has-text("Inline completion") + table tbody tr').first().locator('td');
      await row.first().waitFor();
      const [, requests = '', accepted = '', price = '', perThousand = ''] = await row.allInnerTexts();
      assert.ok(Number(requests) >= 1);
      assert.ok(Number(accepted.replace(',', '')) >= 18);
      assert.match(price, /\$0\.0+[1-9]/);
      assert.match(perThousand, /\$0\.\d*[1-9]/);
      await waitFor('the line on disk', async () => /"task":"complete","accepted":\d+/.test(await readLedger(editor)));
    },
  },
};

async function readLedger({ folder }: Editor): Promise<string> {
  const storage = `${folder}/../../data/User/globalStorage/runapi.runapi-assistant/costs`;
  const files = await readdir(storage);
  return (await Promise.all(files.map((file) => readFile(`${storage}/${file}`, 'utf8')))).join('');
}
