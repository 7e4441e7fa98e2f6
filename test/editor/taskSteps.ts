// What the suites of the tasks do again and again: script an answer by task, read a file on the disk, wait for a review.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Answer } from '../gateway/answer.ts';
import type { Editor } from './editor.ts';
import { waitFor } from './waitFor.ts';

/** The next request of this task gets the answer. */
export function answerTask(editor: Editor, task: string, answer: Answer): void {
  editor.gateway.script(answer, { contains: `Task: ${task}.` });
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

/** The diff of a proposal is the active tab. */
export async function reviewOpen(editor: Editor): Promise<void> {
  await waitFor('the review', () => editor.page.locator('.monaco-diff-editor').count(), 20_000);
  await waitFor('the end of the stream', async () => (await editor.gateway.idle(), true));
}

export async function accept(editor: Editor): Promise<void> {
  await reviewOpen(editor);
  await waitFor('the proposal to be complete', () => editor.host.evaluate((vscode) => vscode.commands.executeCommand('runapi.acceptEdit').then(() => !vscode.window.tabGroups.all.some((group) => group.tabs.some((tab) => tab.input instanceof vscode.TabInputTextDiff)))), 20_000);
}

export async function notification(editor: Editor, text: RegExp): Promise<string> {
  return waitFor(`a notification with ${String(text)}`, async () => (await editor.driver.notifications()).map((shown) => shown.text).find((shown) => text.test(shown)), 25_000);
}

/** Starts a command without waiting for its end: most wait for the user. */
export async function start(editor: Editor, command: string, ...args: readonly unknown[]): Promise<void> {
  await editor.host.evaluate((vscode, wish) => void vscode.commands.executeCommand(wish.command, ...wish.args), { command, args });
}
