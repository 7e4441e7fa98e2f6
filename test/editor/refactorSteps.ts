// What the suites of the refactoring share: a wish in words, its plan, what the checks say in the tree.
import type { Editor } from './editor.ts';
import { agreeToPlan, answerTask, start } from './taskSteps.ts';
import { waitFor } from './waitFor.ts';

const shortPlan = '- src/money.ts: change it as asked\n';

/** The question of the refactoring at a place, answered in words. */
export async function askToRefactor({ driver, host }: Editor, instruction: string, at: { readonly path?: string; readonly line?: number; readonly column?: number } = {}): Promise<void> {
  await driver.openFile(at.path ?? 'src/money.ts', { line: at.line ?? 17, column: at.column ?? 20 });
  await host.evaluate((vscode) => void vscode.commands.executeCommand('runapi.refactorCode'));
  await questionIs({ driver }, /What should change/);
  await driver.quickInput.submit(instruction);
}

export async function questionIs({ driver }: Pick<Editor, 'driver'>, text: RegExp): Promise<void> {
  await waitFor(`the question ${String(text)}`, async () => text.test(await driver.quickInput.question()), 20_000);
}

/** From words to the request for the edits, which `edits` answers. */
export async function refactor(editor: Editor, edits: Parameters<typeof answerTask>[2], at: Parameters<typeof askToRefactor>[2] = {}): Promise<void> {
  answerTask(editor, 'refactor', { text: shortPlan });
  answerTask(editor, 'refactor', edits);
  await askToRefactor(editor, 'Change it in the way that I have in mind', at);
  await agreeToPlan(editor);
}

/** What stands in the view of changes to review: titles, files, and what the checks found. */
async function shownChanges(editor: Editor): Promise<string> {
  await start(editor, 'runapi.changes.focus');
  return (await editor.page.locator('.pane', { hasText: 'Changes to Review' }).locator('.monaco-list-row').allInnerTexts().catch(() => [])).join('\n').replaceAll('\u00a0', ' ');
}

export async function checksSay(editor: Editor, text: RegExp): Promise<string> {
  let shown = '';
  return waitFor(`checks with ${String(text)}`, async () => {
    shown = await shownChanges(editor);
    return text.test(shown) ? shown : undefined;
  }, 30_000).catch((error: unknown) => {
    throw new Error(`The view says: ${shown}`, { cause: error });
  });
}

/** A notification's button that begins so: prices are part of the words. */
export async function press(editor: Editor, text: RegExp, button: RegExp): Promise<void> {
  const found = await waitFor(`${String(text)} with a button ${String(button)}`, async () => (await editor.driver.notifications()).find((shown) => text.test(shown.text) && shown.buttons.some((label) => button.test(label))), 30_000);
  await editor.driver.answerNotification(found.text.slice(0, 20), found.buttons.find((label) => button.test(label)) ?? '');
}

/** The language service has read the project as it is now, not as a test before left it: `percent` of the active file has its users. */
export async function usersAreKnown(editor: Editor): Promise<void> {
  await waitFor('the users of percent', () => editor.host.evaluate(async (vscode) => {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const found = uri === undefined ? [] : await vscode.commands.executeCommand<readonly { readonly uri: { readonly path: string } }[] | undefined>('vscode.executeReferenceProvider', uri, new vscode.Position(16, 20));
    return new Set((found ?? []).map((place) => place.uri.path)).size >= 5;
  }), 30_000);
}
