import assert from 'node:assert/strict';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { waitFor } from '../waitFor.ts';
import { completionOracle } from './completionOracle.ts';
import { typeWithSuggestions } from './completionTypist.ts';

/** Typed key by key; TypeScript as people write it. */
const target = `export interface Parcel {
  readonly weight: number;
  readonly zone: string;
}

export function sumWeights(parcels: readonly Parcel[]): number {
  let total = 0;
  for (const parcel of parcels) {
    if (parcel.weight <= 0) {
      throw new Error('A parcel has no weight');
    }
    total += parcel.weight;
  }
  return total;
}

export function heaviestOf(parcels: readonly Parcel[]): Parcel | undefined {
  const sorted = [...parcels].sort((a, b) => b.weight - a.weight);
  return sorted[0];
}
`;

const quiet = { 'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' }, 'editor.suggestOnTriggerCharacters': false, 'editor.parameterHints.enabled': false, 'editor.formatOnType': false, 'editor.tabSize': 2, 'editor.detectIndentation': false };

/** An untitled document with the cursor at "█". */
async function openText({ host }: Editor, marked: string, language = 'typescript', eol: 'LF' | 'CRLF' = 'LF'): Promise<void> {
  await host.evaluate(async (vscode, { content, at, languageId, crlf }) => {
    const document = await vscode.workspace.openTextDocument({ language: languageId, content });
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    if (crlf) await editor.edit((edit) => edit.setEndOfLine(vscode.EndOfLine.CRLF));
    const position = new vscode.Position(at.line, at.character);
    editor.selection = new vscode.Selection(position, position);
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
  }, { content: marked.replace('█', ''), at: positionOf(marked), languageId: language, crlf: eol === 'CRLF' });
}

function positionOf(marked: string): { readonly line: number; readonly character: number } {
  const lines = marked.slice(0, marked.indexOf('█')).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

function asked({ gateway }: Editor): number {
  return gateway.requests.filter((request) => request.method === 'POST').length;
}

async function ghost({ driver }: Editor, pattern: RegExp): Promise<string> {
  return waitFor(`ghost text like ${pattern}`, async () => {
    const text = await driver.ghostText();
    return pattern.test(text) ? text : undefined;
  });
}

/** The extension host hears of a change a moment after the screen shows it. */
async function becomes({ driver }: Editor, expected: string | RegExp): Promise<void> {
  let text = '';
  await waitFor(`the text ${String(expected)}`, async () => {
    text = await driver.editorText();
    return typeof expected === 'string' ? text === expected : expected.test(text);
  }).catch(() => assert.fail(`the text is ${JSON.stringify(text)}`));
}

async function replayMinute(editor: Editor, firstTokenMs: number): Promise<void> {
  editor.gateway.script(completionOracle(target, { firstTokenMs, tokensPerSecond: 80 }));
  await openText(editor, '█');
  const result = await typeWithSuggestions(editor, target, firstTokenMs);
  const requests = asked(editor);
  const waits = [...result.waitsMs].sort((a, b) => a - b);
  console.log(`  ${firstTokenMs} ms: ${result.keys} keys, ${requests} requests, ${result.accepts} accepts, ${Math.round((100 * result.acceptedCharacters) / target.length)} % of the characters, ghost after ${Math.round(waits[Math.floor(waits.length / 2)] ?? 0)} ms (median)`);
  assert.equal(result.text.trimEnd(), target.trimEnd());
  assert.deepEqual(result.flickers, []);
  assert.deepEqual(result.stale, []);
  assert.ok(requests <= 0.2 * (result.keys + result.accepts) + 3, `${requests} requests for ${result.keys} keys`);
  assert.ok(result.acceptedCharacters >= 0.5 * target.length, `${result.acceptedCharacters} of ${target.length} characters`);
  const bodies = editor.gateway.requests.filter((request) => request.method === 'POST').map((request) => JSON.stringify(request.body));
  assert.equal(new Set(bodies).size, bodies.length, 'no request is sent twice');
}

export const suite: EditorSuite = {
  name: 'Completion',
  options: { settings: quiet },
  timeoutMs: 180_000,
  tests: {
    'ghost text appears while typing and Tab accepts it': async (editor) => {
      const { driver, gateway } = editor;
      gateway.script({ text: '<insert>a + b;</insert>' });
      await openText(editor, 'function add(a: number, b: number) {\n  return█\n}\n');
      await driver.typeText(' ');
      assert.equal(await ghost(editor, /a \+ b/), 'a + b;');
      await driver.press('Tab');
      await becomes(editor, 'function add(a: number, b: number) {\n  return a + b;\n}\n');
    },

    'a minute of typing with 300 ms to the first token': (editor) => replayMinute(editor, 300),
    'a minute of typing with 600 ms to the first token': (editor) => replayMinute(editor, 600),

    'typing into the suggestion sends nothing more, typing away takes it off the screen': async (editor) => {
      const { driver, gateway } = editor;
      gateway.script({ text: '<insert>first.second.third;</insert>' });
      await openText(editor, 'const a =█\n');
      await driver.typeText(' ');
      await ghost(editor, /first/);
      await driver.typeText('first.sec', 60);
      assert.equal(await ghost(editor, /^ond/), 'ond.third;');
      // One that asks for what follows the whole suggestion may have gone out; none for a place within it.
      const prompts = gateway.requests.filter((request) => request.method === 'POST').map((request) => JSON.stringify(request.body));
      assert.deepEqual(prompts.filter((prompt) => /const a = f[a-z.]*(?!;)"/.test(prompt)), []);
      await driver.typeText('X');
      await waitFor('no ghost', async () => (await driver.ghostText()) === '');
    },

    'Ctrl+Right takes a word, and the rest is there at once': async (editor) => {
      const { driver, gateway } = editor;
      gateway.script({ text: '<insert>first + second;</insert>' });
      await openText(editor, 'const a =█\n');
      await driver.typeText(' ');
      await ghost(editor, /first/);
      await driver.press('Control+ArrowRight');
      await ghost(editor, /second/);
      await becomes(editor, /const a = first/);
      // As above: what follows the whole suggestion may be asked for ahead, the rest of it never.
      const prompts = gateway.requests.filter((request) => request.method === 'POST').map((request) => JSON.stringify(request.body));
      assert.deepEqual(prompts.filter((prompt) => /const a = first(?! \+ second;)/.test(prompt)), []);
    },

    'brackets that the editor closed are not doubled': async (editor) => {
      const { driver, gateway } = editor;
      gateway.script(() => ({ text: '<insert>price, rate);</insert>' }));
      await openText(editor, 'const tax = addTax█\n');
      await driver.typeText('(');
      await ghost(editor, /price, rate/);
      await driver.press('Tab');
      await becomes(editor, 'const tax = addTax(price, rate);\n');
    },

    'a document with CRLF keeps its line ends': async (editor) => {
      const { driver, gateway } = editor;
      gateway.script(() => ({ text: '<insert>const b = 1;\n  return b;</insert>' }));
      await openText(editor, 'function f() {█\n}\n', 'typescript', 'CRLF');
      await driver.press('Enter');
      await ghost(editor, /const b/);
      await driver.press('Tab');
      await becomes(editor, /\{\r\n +const b = 1;\r\n/);
      assert.doesNotMatch(await driver.editorText(), /[^\r]\n/);
    },

    'a document with tabs gets tabs': async (editor) => {
      const { driver, gateway } = editor;
      gateway.script(() => ({ text: '<insert>if (a) {\n        b();\n    }</insert>' }));
      await driver.setSetting('editor.insertSpaces', false);
      await driver.setSetting('editor.tabSize', 4);
      await openText(editor, 'function g() {\n\tc();\n}\nfunction f() {█\n}\n');
      await driver.press('Enter');
      await ghost(editor, /if \(a\)/);
      await driver.press('Tab');
      await becomes(editor, /\n\tif \(a\) \{\n\t\tb\(\);\n\t\}/);
    },

    'with the list of IntelliSense open, only what agrees with its selected entry is shown': async (editor) => {
      const { driver, gateway, host } = editor;
      gateway.script(() => ({ text: '<insert>toFixed(2);</insert>' }));
      await openText(editor, 'const price = 1;\nconst text = price█\n');
      await host.evaluate((vscode) => vscode.workspace.getConfiguration().update('editor.suggestOnTriggerCharacters', true, vscode.ConfigurationTarget.Global));
      await driver.typeText('.');
      const seen = await waitFor('ghost or list', async () => (await driver.ghostText()) || (await editor.page.locator('.suggest-widget.visible').count()) > 0);
      assert.ok(seen);
      await driver.press('Escape');
      await driver.typeText('toFi');
      await driver.press('Escape');
      await becomes(editor, /price\.toFi/);
      const shown = await driver.ghostText();
      assert.ok(shown === '' || 'toFixed(2);'.endsWith(shown.trim()), shown);
    },

    'Alt+\\ asks for several and they can be walked through': async (editor) => {
      const { driver, gateway } = editor;
      gateway.script(() => ({ text: '<insert>one();</insert><insert>two();</insert><insert>three();</insert>' }));
      await openText(editor, 'a();\n█\n');
      await driver.press('Alt+\\');
      await ghost(editor, /one/);
      await driver.press('Alt+]');
      await ghost(editor, /two/);
      await driver.press('Tab');
      await becomes(editor, 'a();\ntwo();\n');
    },

    'an undo is not answered with a request': async (editor) => {
      const { driver, gateway } = editor;
      gateway.script(() => ({ text: '<insert></insert>' }));
      await openText(editor, 'const a = 1;█\n');
      await driver.typeText('x');
      await waitFor('a request', () => asked(editor) > 0);
      const sent = asked(editor);
      await driver.press('Control+z');
      await driver.press('Control+y');
      await new Promise((resolve) => setTimeout(resolve, 500));
      assert.equal(asked(editor), sent);
    },
  },
};
