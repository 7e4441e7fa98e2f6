// What the suites of completion do again and again.
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Editor } from '../editor.ts';
import { waitFor } from '../waitFor.ts';

/** Nothing but ghost text: lists and hints of VS Code would take keys. */
export const quietEditing: Readonly<Record<string, unknown>> = {
  'editor.quickSuggestions': { other: 'off', comments: 'off', strings: 'off' }, 'editor.suggestOnTriggerCharacters': false, 'editor.wordBasedSuggestions': 'off',
  'editor.parameterHints.enabled': false, 'editor.formatOnType': false, 'editor.tabSize': 2, 'editor.detectIndentation': false,
};

export interface TextOptions {
  readonly language?: string;
  readonly eol?: 'LF' | 'CRLF';
}

/** An untitled document with the cursor at "█". In an editor that has just started, completion is loaded a moment later: a key until then asks nobody. */
export async function openText({ host, page }: Editor, marked: string, { language = 'typescript', eol = 'LF' }: TextOptions = {}): Promise<void> {
  await host.evaluate(async (vscode, { content, at, languageId, crlf }) => {
    const document = await vscode.workspace.openTextDocument({ language: languageId, content });
    const editor = await vscode.window.showTextDocument(document, { preview: false });
    if (crlf) await editor.edit((edit) => edit.setEndOfLine(vscode.EndOfLine.CRLF));
    const position = new vscode.Position(at.line, at.character);
    editor.selection = new vscode.Selection(position, position);
    await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
  }, { content: marked.replace('█', ''), at: positionOf(marked), languageId: language, crlf: eol === 'CRLF' });
  await focused(page, '.editor-instance');
  await page.locator(statusItem).waitFor();
}

const statusItem = '[id="runapi.runapi-assistant.runapi.completion"]';

/** VS Code stops suggesting when the focus leaves an editor, also while it is still on its way into it. */
export async function focused(page: Page, within: string): Promise<void> {
  await page.locator(`${within} .monaco-editor.focused`).waitFor();
}

function positionOf(marked: string): { readonly line: number; readonly character: number } {
  const lines = marked.slice(0, marked.indexOf('█')).split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

/** Bodies of the requests to a model. */
export function asked({ gateway }: Editor): readonly string[] {
  return gateway.requests.filter((request) => request.method === 'POST').map((request) => JSON.stringify(request.body));
}

/** Requests with the body of an earlier one, and how that one ended. */
export function sentTwice({ gateway }: Editor): readonly string[] {
  const requests = gateway.requests.filter((request) => request.method === 'POST');
  const bodies = requests.map(({ body }) => JSON.stringify(body));
  return requests.flatMap((request, index) => {
    const first = requests[bodies.indexOf(bodies[index] ?? '')];
    if (first === undefined || first === request) return [];
    const ended = `${first.aborted ? 'aborted' : 'answered'} after ${Math.round((first.endMs ?? 0) - first.atMs)} ms`;
    return [`again after ${Math.round(request.atMs - first.atMs)} ms, the first was ${ended}: ${JSON.stringify(bodies[index]?.slice(-200))}`];
  });
}

export async function ghost({ driver }: Editor, pattern: RegExp): Promise<string> {
  return waitFor(`ghost text like ${pattern}`, async () => {
    const text = await driver.ghostText();
    return pattern.test(text) ? text : undefined;
  });
}

export async function noGhost({ driver }: Editor): Promise<void> {
  await waitFor('no ghost', async () => (await driver.ghostText()) === '');
}

/** The extension host hears of a change a moment after the screen shows it. */
export async function becomes({ driver }: Editor, expected: string | RegExp): Promise<void> {
  let text = '';
  await waitFor(`the text ${String(expected)}`, async () => {
    text = await driver.editorText();
    return typeof expected === 'string' ? text === expected : expected.test(text);
  }).catch(() => assert.fail(`the text is ${JSON.stringify(text)}`));
}

/** What the status item says on hover. */
export async function statusText({ page }: Editor): Promise<string> {
  return page.locator(statusItem).getAttribute('aria-label').then((label) => label ?? '');
}

export async function statusSays(editor: Editor, pattern: RegExp): Promise<void> {
  let text = '';
  await waitFor(`the status item to say ${pattern}`, async () => {
    text = await statusText(editor);
    return pattern.test(text);
  }).catch(() => assert.fail(`the status item says ${JSON.stringify(text)}`));
}

let wakings = 0;

/** A setting that changes ends what an earlier test has paused. */
export async function wake({ driver }: Editor): Promise<void> {
  await driver.setSetting('runapi.completion.delayMs', 75 + (++wakings % 20));
}

/** Types some lines as fast as a person and lets everything that follows happen. */
export async function typeLines({ driver }: Editor, count = 3): Promise<void> {
  await driver.press('End');
  for (let line = 0; line < count; line++) {
    await driver.press('Enter');
    await driver.typeText(`const value${line} = `, 40);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
