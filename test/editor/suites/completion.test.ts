import assert from 'node:assert/strict';
import type { Editor } from '../editor.ts';
import type { EditorSuite } from '../editorSuite.ts';
import { waitFor } from '../waitFor.ts';
import { completionOracle } from './completionOracle.ts';
import { asked, becomes, focused, ghost, noGhost, openText, quietEditing, sentTwice } from './completionSteps.ts';
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

async function replayMinute(editor: Editor, firstTokenMs: number): Promise<void> {
  editor.gateway.script(completionOracle(target, { firstTokenMs, tokensPerSecond: 80 }));
  await openText(editor, '█');
  const result = await typeWithSuggestions(editor, { target, seed: firstTokenMs });
  const bodies = asked(editor);
  const waits = [...result.waitsMs].sort((a, b) => a - b);
  console.log(`  ${firstTokenMs} ms: ${result.keys} keys, ${bodies.length} requests, ${result.accepts} accepts, ${Math.round((100 * result.acceptedCharacters) / target.length)} % of the characters, ghost after ${Math.round(waits[Math.floor(waits.length / 2)] ?? 0)} ms (median)`);
  assert.equal(result.text.trimEnd(), target.trimEnd());
  assert.deepEqual(result.flickers, []);
  assert.deepEqual(result.stale, []);
  assert.deepEqual(result.wrong, []);
  assert.ok(bodies.length <= 0.2 * result.keys + 3, `${bodies.length} requests for ${result.keys} keys`);
  assert.ok(result.acceptedCharacters >= 0.5 * target.length, `${result.acceptedCharacters} of ${target.length} characters`);
  assert.deepEqual(sentTwice(editor), []);
}

export const suite: EditorSuite = {
  name: 'Completion',
  options: { settings: quietEditing },
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
      assert.deepEqual(asked(editor).filter((prompt) => /const a = f[a-z.]*(?!;)"/.test(prompt)), []);
      await driver.typeText('X');
      await noGhost(editor);
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
      assert.deepEqual(asked(editor).filter((prompt) => /const a = first(?! \+ second;)/.test(prompt)), []);
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
      await openText(editor, 'function f() {█\n}\n', { eol: 'CRLF' });
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

    'of two editors of a document, the cursors of the one that is typed in count': async (editor) => {
      const { driver, gateway, host, page } = editor;
      gateway.script(() => ({ text: '<insert>c();</insert>' }));
      await openText(editor, 'a();\nb();█\n');
      await host.evaluate(async (vscode) => {
        const first = vscode.window.activeTextEditor;
        if (first === undefined) throw new Error('No editor');
        first.selections = [new vscode.Selection(0, 0, 0, 0), new vscode.Selection(1, 0, 1, 0)];
        const second = await vscode.window.showTextDocument(first.document, { viewColumn: vscode.ViewColumn.Two });
        second.selection = new vscode.Selection(1, 4, 1, 4);
        await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
      });
      await focused(page, '.editor-instance');
      // VS Code makes the part of an editor that suggests a moment after the editor.
      await waitFor('a request', async () => {
        if (asked(editor).length === 0) await driver.press('Enter');
        return asked(editor).length > 0;
      });
      await driver.runCommand('View: Close Editor');
    },

    'an undo is not answered with a request': async (editor) => {
      const { driver, gateway } = editor;
      gateway.script(() => ({ text: '<insert></insert>' }));
      await openText(editor, 'const a = 1;█\n');
      await driver.typeText('x');
      await waitFor('a request', () => asked(editor).length > 0);
      const sent = asked(editor).length;
      await driver.press('Control+z');
      await driver.press('Control+y');
      await new Promise((resolve) => setTimeout(resolve, 500));
      assert.equal(asked(editor).length, sent);
    },
  },
};
