// What the user decides about an inline edit in the buffer: all of it or one of its places; taken, dropped, moved to, shown elsewhere.
import * as vscode from 'vscode';
import type { Hunk } from '../../../core/edit/proposal.ts';
import type { ReadyChange } from '../editReviewer.ts';
import type { ReviewTarget } from '../reviewTarget.ts';
import { shortTitle } from './inlineAsk.ts';
import { hunkAtLine, type InlineEntry } from './inlineBoard.ts';
import type { InlineDependencies } from './inlineRequest.ts';
import type { InlineRuns } from './inlineRun.ts';

export interface InlineActions {
  /** The inline edit that a command means: the one it names, else the one in the active editor. */
  find(target: ReviewTarget | undefined): InlineEntry | undefined;
  /** Those that wait to be decided, in all files. */
  pending(): readonly InlineEntry[];
  accept(entry: InlineEntry): Promise<void>;
  discard(entry: InlineEntry): Promise<void>;
  acceptHunk(entry: InlineEntry, line: number | undefined): Promise<void>;
  discardHunk(entry: InlineEntry, line: number | undefined): Promise<void>;
  move(entry: InlineEntry, step: 1 | -1): void;
  showDiff(entry: InlineEntry): Promise<void>;
}

export function createInlineActions(dependencies: Pick<InlineDependencies, 'inline' | 'journal' | 'actions' | 'log'>, runs: InlineRuns): InlineActions {
  const { inline, journal, actions, log } = dependencies;
  const keep = async (entry: InlineEntry, kept: () => void): Promise<void> => {
    const { document } = entry.session.view();
    const before = entry.session.baseText();
    const wholeAfter = document.getText();
    kept();
    const after = entry.session.view().state === 'closed' ? wholeAfter : entry.session.baseText();
    try {
      await journal.accepted({ uri: document.uri.toString(), title: shortTitle(entry.asked.instruction), before, after });
    } catch (error) {
      log.error('An inline edit could not be noted: only the editor can undo it.', error);
    }
  };
  const hunkOf = (entry: InlineEntry, line: number | undefined): Hunk | undefined => {
    const view = entry.session.view();
    return line === undefined ? hunkAtLine(view, currentLine()) : view.shown.hunks.find((hunk) => hunk.newStart === line);
  };
  const isDecidable = ({ session }: InlineEntry): boolean => {
    if (session.view().state === 'pending') return true;
    void vscode.window.showInformationMessage(vscode.l10n.t('The edit is still coming in. It can be accepted or discarded when it is complete.'));
    return false;
  };
  return {
    find: (target) => (target === undefined ? inline.here() : inline.get(target.editId)),
    pending: () => inline.open().filter(({ session }) => session.view().state === 'pending'),
    async accept(entry) {
      if (isDecidable(entry)) await keep(entry, () => entry.session.keep());
    },
    discard: (entry) => (entry.session.view().state === 'streaming' ? runs.stop(entry) : entry.session.discard()),
    async acceptHunk(entry, line) {
      const hunk = hunkOf(entry, line);
      if (hunk === undefined || !isDecidable(entry)) return;
      await keep(entry, () => entry.session.keepHunk(hunk));
      showNext(entry, hunk);
    },
    async discardHunk(entry, line) {
      const hunk = hunkOf(entry, line);
      if (hunk === undefined || !isDecidable(entry)) return;
      await entry.session.dropHunk(hunk);
      showNext(entry, hunk);
    },
    move: moveTo,
    async showDiff(entry) {
      if (!isDecidable(entry)) return;
      const changes = readyChanges(entry);
      await entry.session.discard();
      await actions.propose({ task: 'edit', title: shortTitle(entry.asked.instruction), changes });
    },
  };
}

function readyChanges({ session }: InlineEntry): readonly ReadyChange[] {
  const { document, shown } = session.view();
  const uri = document.uri.toString();
  return shown.hunks.map((hunk) => ({
    kind: 'replace-lines', uri, startLine: hunk.baseStart, endLine: hunk.baseEnd,
    expected: closed(shown.base.slice(hunk.baseStart, hunk.baseEnd)), text: closed(hunk.newLines),
  }));
}

function closed(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

function showNext({ session }: InlineEntry, decided: Hunk): void {
  const { state, shown } = session.view();
  if (state === 'pending') reveal(shown.hunks.find((hunk) => hunk.newStart >= decided.newStart) ?? shown.hunks[0]);
}

function moveTo({ session }: InlineEntry, step: 1 | -1): void {
  const { hunks } = session.view().shown;
  const line = currentLine();
  const next = step === 1 ? hunks.find((hunk) => hunk.newStart > line) : hunks.findLast((hunk) => hunk.newStart < line);
  reveal(next ?? (step === 1 ? hunks[0] : hunks.at(-1)));
}

function currentLine(): number {
  return vscode.window.activeTextEditor?.selection.active.line ?? 0;
}

function reveal(hunk: Hunk | undefined): void {
  const editor = vscode.window.activeTextEditor;
  if (hunk === undefined || editor === undefined) return;
  const line = Math.min(hunk.newStart, editor.document.lineCount - 1);
  editor.selection = new vscode.Selection(line, 0, line, 0);
  editor.revealRange(new vscode.Range(line, 0, line + Math.max(1, hunk.newLines.length), 0), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
