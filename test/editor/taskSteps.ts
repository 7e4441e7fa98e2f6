// What the suites of the tasks do again and again: script an answer by task, read a file on the disk, wait for a review.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer } from '../gateway/answer.ts';
import type { Editor } from './editor.ts';
import { waitFor } from './waitFor.ts';

/** The next request of this task gets the answer; with `after` not before that is fulfilled. */
export function answerTask(editor: Editor, task: string, answer: Answer, after?: Promise<unknown>): void {
  const held = async (): Promise<Answer> => after === undefined ? answer : after.then(() => answer);
  editor.gateway.script(held, { contains: `Task: ${task}.`, times: 1 });
}

export function searchReplace(path: string, oldText: string, newText: string): string {
  return `${path}\n<<<<<<< SEARCH\n${oldText}\n=======\n${newText}\n>>>>>>> REPLACE\n`;
}

export function newFile(path: string, text: string): string {
  return `${path}\n<<<<<<< SEARCH\n=======\n${text}\n>>>>>>> REPLACE\n`;
}

export async function onDisk(editor: Editor, path: string): Promise<string> {
  return readFile(join(editor.folder, path), 'utf8');
}

export async function putOnDisk(editor: Editor, path: string, text: string | Buffer): Promise<void> {
  await writeFile(join(editor.folder, path), text);
}

/** Requests that asked a model. */
export function asked(editor: Editor): Editor['gateway']['requests'] {
  return editor.gateway.requests.filter(({ path }) => /^\/v1\/(?:chat\/completions|messages)$/.test(path));
}

export function bodyOf(request: { readonly body: unknown } | undefined): string {
  return JSON.stringify(request?.body ?? '');
}

/** Agrees to the plan of a refactoring once it is whole: the title says then what it cost, in every language. */
export async function agreeToPlan(editor: Editor): Promise<void> {
  await waitFor('the whole plan', async () => /·.*\$/.test(await editor.driver.quickInput.question()), 20_000);
  const before = asked(editor).length;
  // Once: a second Enter would go to the file behind, and the edits would not fit it any more.
  await editor.driver.press('Enter');
  await waitFor('the request for the edits', () => asked(editor).length === before + 1, 20_000);
}

/** The stream is over and the diff of its proposal is a tab. */
export async function reviewOpen(editor: Editor): Promise<void> {
  await waitFor('the review', () => hasDiff(editor), 20_000);
  await editor.gateway.idle();
}

/** Asked again until the diff goes: while the proposal is put together there is nothing to accept yet. */
export async function accept(editor: Editor): Promise<void> {
  await reviewOpen(editor);
  await waitFor('the acceptance', async () => {
    await editor.host.evaluate((vscode) => vscode.commands.executeCommand('runapi.acceptEdit'));
    return !(await hasDiff(editor));
  }, 30_000);
}

function hasDiff({ host }: Editor): Promise<boolean> {
  return host.evaluate((vscode) => vscode.window.tabGroups.all.some((group) => group.tabs.some((tab) => tab.input instanceof vscode.TabInputTextDiff)));
}

/** Drops what waits for review and documents that are not saved: the next test must not meet them. */
async function leaveNothing(editor: Editor): Promise<void> {
  await editor.gateway.idle();
  // A proposal that is still put together can be discarded only after it waits for review.
  await waitFor('nothing to review', async () => {
    await editor.host.evaluate((vscode) => vscode.commands.executeCommand('runapi.discardAllEdits'));
    return !(await hasDiff(editor));
  });
  await editor.host.evaluate(async (vscode) => {
    for (const document of vscode.workspace.textDocuments.filter(({ isUntitled }) => isUntitled)) {
      await vscode.window.showTextDocument(document);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  });
}

/** The tests of a suite, each followed by `leaveNothing`, whatever its end. */
export function tidy(tests: Readonly<Record<string, (editor: Editor) => Promise<void>>>): Readonly<Record<string, (editor: Editor) => Promise<void>>> {
  return Object.fromEntries(Object.entries(tests).map(([name, run]) => [name, (editor: Editor) => run(editor).finally(() => leaveNothing(editor))]));
}

/** VS Code shows three toasts in 800 ms and each for a while: what was missed is behind its bell. */
export async function notification(editor: Editor, text: RegExp): Promise<string> {
  const find = async (): Promise<string | undefined> => (await editor.driver.notifications()).map((shown) => shown.text).find((shown) => text.test(shown));
  const what = `a notification with ${String(text)}`;
  return waitFor(what, find, toastTimeoutMs).catch(async () => {
    await editor.host.evaluate((vscode) => vscode.commands.executeCommand('notifications.showList'));
    return waitFor(what, find, 15_000);
  });
}

const toastTimeoutMs = 10_000;

/** Starts a command without waiting for its end: most wait for the user. */
export async function start(editor: Editor, command: string, ...args: readonly unknown[]): Promise<void> {
  await editor.host.evaluate((vscode, wish) => void vscode.commands.executeCommand(wish.command, ...wish.args), { command, args });
}
