// Changes that a feature hands over ready made, as changes of files: held against the present text by the same rules as an answer's edits.
import * as vscode from 'vscode';
import { createFileChange } from '../../core/edit/fileChange.ts';
import { createFileDraft } from '../../core/edit/fileDraft.ts';
import { toLines } from '../../core/edit/lineText.ts';
import type { ParsedEdit } from '../../core/edit/parsedEdit.ts';
import type { EditProblem, FileChange } from '../../core/edit/proposal.ts';
import { resolveAnswer, type AnswerFile } from '../../core/edit/resolveAnswer.ts';
import { loadPresent } from './answerFiles.ts';
import type { ReadyChange } from './editReviewer.ts';
import { pathOfUri } from './workspacePaths.ts';

export type ReadyResult = { readonly ok: true; readonly changes: readonly FileChange[] } | { readonly ok: false; readonly problems: readonly EditProblem[] };

export async function resolveReady(ready: readonly ReadyChange[]): Promise<ReadyResult> {
  const changes: FileChange[] = [];
  const problems: EditProblem[] = [];
  for (const [uri, group] of groupByFile(ready)) {
    const path = pathOfUri(vscode.Uri.parse(uri, true));
    const found = await loadPresent(vscode.Uri.parse(uri, true), path);
    if (!found.ok) {
      problems.push({ kind: found.kind, path, ...(found.detail === undefined ? {} : { detail: found.detail }) });
      continue;
    }
    const result = await resolveFile(found.file, group);
    changes.push(...result.changes);
    problems.push(...result.problems.map((problem) => ({ path, ...problem })));
  }
  return problems.length > 0 ? { ok: false, problems } : { ok: true, changes };
}

function groupByFile(ready: readonly ReadyChange[]): ReadonlyMap<string, readonly ReadyChange[]> {
  const groups = new Map<string, ReadyChange[]>();
  for (const change of ready) groups.set(change.uri, [...(groups.get(change.uri) ?? []), change]);
  return groups;
}

async function resolveFile(file: AnswerFile, ready: readonly ReadyChange[]): Promise<{ readonly changes: readonly FileChange[]; readonly problems: readonly EditProblem[] }> {
  const renamed = ready.find((change) => change.kind === 'rename');
  const target = renamed === undefined ? undefined : await loadPresent(vscode.Uri.parse(renamed.newUri, true), pathOfUri(vscode.Uri.parse(renamed.newUri, true)));
  const stale = ready.flatMap((change) => (change.kind === 'replace-lines' ? staleLines(file, change) : []));
  if (stale.length > 0) return { changes: [], problems: stale };
  const lineChanges = ready.filter((change) => change.kind === 'replace-lines');
  if (lineChanges.length > 0 && lineChanges.length === ready.length) return { changes: [replaceLines(file, lineChanges)], problems: [] };
  const edits = ready.map((change) => toEdit(change, file));
  const resolved = resolveAnswer({ edits, problems: [] }, { fileAt: (path) => (path === renamed?.newUri && target !== undefined ? target : { ok: true, file }), takesLooseCode: true });
  if (resolved.state === 'refused') return { changes: [], problems: resolved.problems };
  if (resolved.state === 'no-edits') return { changes: [], problems: [] };
  // Part of a file would drop the rest of it: that is not what "apply" means.
  const lost = ready.some((change) => change.kind === 'apply-code') && resolved.changes.some((change) => change.warnings.some(({ kind }) => kind === 'drops-most'));
  return lost ? { changes: [], problems: [{ kind: 'placeholder' }] } : { changes: resolved.changes, problems: [] };
}

type LineChange = Extract<ReadyChange, { kind: 'replace-lines' }>;

/** Lines are numbers, and numbers lie once the file has changed: what stands there has to be what is expected. */
function staleLines(file: AnswerFile, { startLine, endLine, expected }: LineChange): readonly EditProblem[] {
  const lines = toLines(file.text ?? '').slice(startLine, endLine);
  const wanted = expectedLines(expected, endLine - startLine);
  return lines.length === wanted.length && lines.every((line, index) => line === wanted[index]) ? [] : [{ kind: 'changed' }];
}

/** `expected` may or may not be closed by a line end. */
function expectedLines(expected: string, count: number): readonly string[] {
  const lines = count === 0 && expected === '' ? [] : toLines(expected);
  return lines.length === count + 1 && lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function replaceLines(file: AnswerFile, changes: readonly LineChange[]): FileChange {
  const original = file.text ?? '';
  // From the end, so that the numbers of the others hold.
  const draft = changes.toSorted((one, other) => other.startLine - one.startLine).reduce((text, change) => replaceOnce(text, change), original);
  return createFileChange({ kind: file.text === undefined ? 'create' : 'modify', uri: file.uri, path: file.path, realPaths: file.realPath === undefined ? [] : [file.realPath], original, proposed: draft });
}

function replaceOnce(text: string, { startLine, endLine, text: newText }: LineChange): string {
  const draft = createFileDraft(text);
  return draft.replaceRange(startLine, endLine, newText === '' ? [] : expectedLines(newText, toLines(newText).length - 1));
}

function toEdit(change: ReadyChange, file: AnswerFile): ParsedEdit {
  const where = { path: file.path, answerLine: 0 };
  switch (change.kind) {
    case 'write':
    case 'apply-code':
      return { kind: 'write', ...where, lines: closed(toLines(change.text)) };
    case 'replace-lines':
      return { kind: 'replace', ...where, oldLines: expectedLines(change.expected, change.endLine - change.startLine), newLines: toLines(change.text), line: change.startLine };
    case 'replace-text':
      return { kind: 'replace-text', ...where, oldText: change.oldText, newText: change.newText };
    case 'delete':
      return { kind: 'delete', ...where };
    case 'rename':
      return { kind: 'rename', ...where, newPath: change.newUri };
  }
}

function closed(lines: readonly string[]): readonly string[] {
  return lines.at(-1) === '' ? lines : [...lines, ''];
}
