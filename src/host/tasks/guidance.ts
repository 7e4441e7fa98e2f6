// What the instruction files of the project ask for. Which of them were used is listed with the result; one that changed since it was
// last used, or holds characters that nobody sees, is named before it goes along unnoticed.
import * as vscode from 'vscode';
import type { ContextItem } from '../../core/context/contextItem.ts';
import type { MaterialSource } from './materials.ts';

export interface Guidance {
  /** For the prompt; empty when there are no such files or they are not to be trusted. */
  readonly text: string;
  /** Their paths. */
  readonly files: readonly string[];
}

const budgetTokens = 4000;

export async function collectGuidance(uri: vscode.Uri, source: MaterialSource, signal: AbortSignal): Promise<Guidance> {
  const item = await source.context.collect({ kind: 'instructions', uri: uri.toString() }, budgetTokens, signal);
  if (item.refused !== undefined || item.text === '') return { text: '', files: [] };
  sayNotes(item);
  item.onSent?.();
  const files = item.parts.flatMap(({ path }) => (path === undefined ? [] : [path]));
  return { text: `The people of this project ask for the following; follow it where it fits the task:\n${item.text}`, files: [...new Set(files)] };
}

/** Files whose hidden characters were named in this window. */
const named = new Set<string>();

function sayNotes({ notes, name, parts }: ContextItem): void {
  const changed = notes.flatMap((note) => (note.type === 'changed-instructions' ? [note.path] : []));
  const hidden = notes.some(({ type }) => type === 'hidden-characters') && !named.has(name);
  if (hidden) named.add(name);
  if (changed.length > 0) void say(vscode.l10n.t('{0} changed since it was last used. What it asks for goes along.', changed.join(', ')), openable(parts, changed));
  if (hidden) void say(vscode.l10n.t('{0} holds characters that cannot be seen. What it asks for goes along.', name), openable(parts, parts.flatMap(({ path }) => path ?? [])));
}

function openable(parts: ContextItem['parts'], paths: readonly string[]): string | undefined {
  return parts.find(({ path }) => path !== undefined && paths.includes(path))?.uri;
}

async function say(text: string, uri: string | undefined): Promise<void> {
  const open = vscode.l10n.t('Open');
  const picked = await vscode.window.showInformationMessage(text, ...(uri === undefined ? [] : [open]));
  if (picked === open && uri !== undefined) await vscode.window.showTextDocument(vscode.Uri.parse(uri, true));
}
