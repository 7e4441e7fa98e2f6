// The findings of a review at their lines: a comment thread and a diagnostic each, kept in place while the file is typed in.
import * as vscode from 'vscode';
import type { LineRange } from '../../core/context/lineRange.ts';
import type { Finding } from '../../core/tasks/findingCheck.ts';
import type { Severity } from '../../core/tasks/findings.ts';
import { shiftRange } from '../../core/tasks/lineAnchor.ts';
import { escapeMarkdown } from '../../core/tasks/reviewReport.ts';
import { toEditorRange } from './lineRanges.ts';
import { ownSource } from './verifyEdits.ts';

export interface ShownFinding {
  readonly finding: Finding;
  readonly uri: vscode.Uri;
  /** The user dismissed it before and asked to see it again. */
  readonly dismissed: boolean;
  /** Where it stands now; lines from 1. */
  range: LineRange;
}

export interface FindingsView extends vscode.Disposable {
  add(finding: Finding, document: vscode.TextDocument, range: LineRange, dismissed?: boolean): void;
  remove(id: string): void;
  clear(): void;
  /** By file, then by line. */
  all(): readonly ShownFinding[];
  /** By id or thread; without either the one at the caret, else the one that was revealed last: its comment has the focus. */
  find(argument: unknown): ShownFinding | undefined;
  reveal(shown: ShownFinding): Promise<void>;
  /** The one that was revealed last, while the caret stands in it. */
  current(): ShownFinding | undefined;
  /** Who speaks: the model's name. */
  setAuthor(name: string): void;
}

interface Entry extends ShownFinding {
  readonly thread: vscode.CommentThread;
}

const contextKey = 'runapi.hasFindings';

export function createFindingsView(): FindingsView {
  const controller = vscode.comments.createCommentController('runapi.review', vscode.l10n.t('RunAPI review'));
  const diagnostics = vscode.languages.createDiagnosticCollection('runapi.review');
  const entries = new Map<string, Entry>();
  let author = 'RunAPI';
  let revealed: string | undefined;

  const drawDiagnostics = (uri: vscode.Uri): void => {
    const document = vscode.workspace.textDocuments.find((candidate) => candidate.uri.toString() === uri.toString());
    const own = [...entries.values()].filter((entry) => entry.uri.toString() === uri.toString());
    diagnostics.set(uri, own.map((entry) => toDiagnostic(entry, document)));
  };
  const changed = (uri: vscode.Uri): void => {
    drawDiagnostics(uri);
    void vscode.commands.executeCommand('setContext', contextKey, entries.size > 0);
  };
  const remove = (id: string): void => {
    const entry = entries.get(id);
    if (entry === undefined) return;
    entry.thread.dispose();
    entries.delete(id);
    changed(entry.uri);
  };
  const follow = vscode.workspace.onDidChangeTextDocument((change) => {
    if (moveEntries(entries, change)) drawDiagnostics(change.document.uri);
  });

  return {
    add(finding, document, range, dismissed = false) {
      const thread = controller.createCommentThread(document.uri, toEditorRange(range, document), [toComment(finding, author)]);
      dressThread(thread, finding, dismissed);
      entries.set(finding.id, { finding, uri: document.uri, range, dismissed, thread });
      changed(document.uri);
    },
    remove,
    clear() {
      for (const id of entries.keys()) remove(id);
    },
    all: () => [...entries.values()].sort((left, right) => compare(left.uri.toString(), right.uri.toString()) || left.range.startLine - right.range.startLine),
    find: (argument) => (typeof argument === 'string' ? entries.get(argument) : [...entries.values()].find((entry) => entry.thread === argument) ?? atCaret(entries) ?? entries.get(revealed ?? '')),
    current: () => (revealed !== undefined && atCaret(entries, revealed) !== undefined ? entries.get(revealed) : undefined),
    async reveal({ finding, uri, range }) {
      revealed = finding.id;
      const editor = await vscode.window.showTextDocument(uri, { preview: true });
      const place = toEditorRange(range, editor.document);
      editor.selection = new vscode.Selection(place.start, place.start);
      editor.revealRange(place, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
      const entry = entries.get(finding.id);
      if (entry !== undefined) entry.thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    },
    setAuthor(name) {
      author = name;
    },
    dispose() {
      vscode.Disposable.from(follow, controller, diagnostics).dispose();
    },
  };
}

/** True when findings of that document moved with its text. */
function moveEntries(entries: ReadonlyMap<string, Entry>, { document, contentChanges }: vscode.TextDocumentChangeEvent): boolean {
  const own = [...entries.values()].filter((entry) => entry.uri.toString() === document.uri.toString());
  if (own.length === 0) return false;
  // Changes of one event are given from the end of the document to its start: each leaves the positions of the next alone.
  for (const change of contentChanges) {
    const moved = { startLine: change.range.start.line, endLine: change.range.end.line, lineBreaks: change.text.split(/\r\n|\r|\n/).length - 1 };
    for (const entry of own) entry.range = shiftRange(entry.range, moved).range;
  }
  for (const entry of own) entry.thread.range = toEditorRange(entry.range, document);
  return true;
}

function dressThread(thread: vscode.CommentThread, { severity, suggestion }: Finding, dismissed: boolean): void {
  thread.canReply = false;
  thread.label = dismissed ? vscode.l10n.t('{0}, dismissed before', severityLabel(severity)) : severityLabel(severity);
  thread.contextValue = [suggestion === undefined ? 'plain' : 'edit', dismissed ? 'dismissed' : 'open'].join(' ');
  thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function atCaret(entries: ReadonlyMap<string, Entry>, id?: string): Entry | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const line = editor.selection.active.line + 1;
  return [...entries.values()].find((entry) => (id === undefined || entry.finding.id === id) && entry.uri.toString() === editor.document.uri.toString() && line >= entry.range.startLine && line <= entry.range.endLine);
}

function toComment({ title, reason, suggestion }: Finding, author: string): vscode.Comment {
  const body = new vscode.MarkdownString(`**${escapeMarkdown(title)}**`);
  if (reason !== '') body.appendMarkdown(`\n\n${escapeMarkdown(reason)}`);
  if (suggestion !== undefined) body.appendCodeblock(diffText(suggestion.oldText, suggestion.newText), 'diff');
  body.isTrusted = false;
  body.supportHtml = false;
  return { body, mode: vscode.CommentMode.Preview, author: { name: author } };
}

function diffText(oldText: string, newText: string): string {
  const mark = (text: string, sign: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n').map((line) => `${sign} ${line}`));
  return [...mark(oldText, '-'), ...mark(newText, '+')].join('\n');
}

function toDiagnostic({ finding, range }: Entry, document: vscode.TextDocument | undefined): vscode.Diagnostic {
  const place = document === undefined ? new vscode.Range(range.startLine - 1, 0, range.endLine - 1, 0) : toEditorRange(range, document);
  // A model's opinion is no compile error: the most severe finding is a warning.
  const diagnostic = new vscode.Diagnostic(place, [finding.title, finding.reason].filter((part) => part !== '').join('\n'), finding.severity === 'error' ? vscode.DiagnosticSeverity.Warning : vscode.DiagnosticSeverity.Information);
  diagnostic.source = ownSource;
  diagnostic.code = finding.id;
  return diagnostic;
}

function severityLabel(severity: Severity): string {
  switch (severity) {
    case 'error': return vscode.l10n.t('Error');
    case 'warning': return vscode.l10n.t('Warning');
    case 'info': return vscode.l10n.t('Note');
  }
}
