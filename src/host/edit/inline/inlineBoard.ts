// The inline edits that are open in this window, and which of them a command means.
import * as vscode from 'vscode';
import type { Hunk } from '../../../core/edit/proposal.ts';
import type { InlinePrompt } from '../../../core/edit/inlinePrompt.ts';
import { regionOf, type InlineSession, type InlineView } from './inlineSession.ts';

/** What an inline edit was asked with, for a refinement and for the diff editor. */
export interface AskedInline {
  readonly prompt: InlinePrompt;
  /** The text that the prompt shows, secrets in it. */
  readonly sentText: string;
  readonly instruction: string;
}

export interface InlineEntry {
  readonly session: InlineSession;
  readonly asked: AskedInline;
  /** The model that answers, once it is known. */
  model: string;
  answer: string;
  /** What the user has to know of how the answer was placed. */
  note: string;
}

export interface InlineBoard extends vscode.Disposable {
  add(entry: InlineEntry): void;
  get(id: string): InlineEntry | undefined;
  open(): readonly InlineEntry[];
  in(document: vscode.TextDocument): readonly InlineEntry[];
  /** The inline edit in the active editor: the one at the cursor, else the next below, else the last. */
  here(): InlineEntry | undefined;
  /** A session changed: its text, its state. */
  tell(): void;
  readonly onDidChange: vscode.Event<void>;
}

export function createInlineBoard(): InlineBoard {
  const entries = new Map<string, InlineEntry>();
  const changed = new vscode.EventEmitter<void>();
  const open = (): readonly InlineEntry[] => [...entries.values()].filter(({ session }) => session.view().state !== 'closed');
  const within = (document: vscode.TextDocument): readonly InlineEntry[] =>
    open().filter(({ session }) => session.view().document === document).toSorted((one, other) => rangeOf(one.session.view()).start - rangeOf(other.session.view()).start);
  const board: InlineBoard = {
    add(entry) {
      for (const [id, { session }] of entries) if (session.view().state === 'closed') entries.delete(id);
      entries.set(entry.session.view().id, entry);
      changed.fire();
    },
    get: (id) => open().find(({ session }) => session.view().id === id),
    open,
    in: within,
    here() {
      const editor = vscode.window.activeTextEditor;
      if (editor === undefined) return undefined;
      const inside = within(editor.document);
      return inside.find(({ session }) => editor.selection.active.line < Math.max(1, rangeOf(session.view()).end)) ?? inside.at(-1);
    },
    tell: () => changed.fire(),
    onDidChange: changed.event,
    dispose: () => changed.dispose(),
  };
  // Closed sessions too: what they still write has to be made for the text as it is.
  const follow = vscode.workspace.onDidChangeTextDocument((event) => {
    for (const { session } of entries.values()) if (session.view().document === event.document) session.follow(event);
  });
  return { ...board, dispose: () => vscode.Disposable.from(changed, follow).dispose() };
}

export function rangeOf({ shown, coming, state }: InlineView): { readonly start: number; readonly end: number } {
  return regionOf(shown, state === 'streaming' ? coming : undefined);
}

/** Whether a line is in the lines of an edit, or beside them. */
export function isAt(view: InlineView, line: number): boolean {
  const { start, end } = rangeOf(view);
  return line >= start - 1 && line <= end;
}

export function hunkAtLine({ shown }: InlineView, line: number): Hunk | undefined {
  return shown.hunks.find((hunk) => line < hunk.newStart + Math.max(1, hunk.newLines.length)) ?? shown.hunks.at(-1);
}
