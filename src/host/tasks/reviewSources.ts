// What each review command looks at, brought into one form: a file, a selection, or changes from git.
import * as vscode from 'vscode';
import type { Changes, ChangesRefusal, ChangesScope } from '../../core/context/changesSource.ts';
import type { DiffFile } from '../../core/context/gitDiff.ts';
import type { ReviewedFile } from '../../core/tasks/findingCheck.ts';
import { reviewedChange, unitsOfChange, unitsOfCode } from '../../core/tasks/reviewInput.ts';
import { packUnits, type ReviewUnit } from '../../core/tasks/reviewUnits.ts';
import type { Translate } from '../../core/translate.ts';
import type { TaskDependencies } from './dependencies.ts';
import { describeTarget, shortName, type EditorTarget } from './editorTarget.ts';
import { toLineRange } from './lineRanges.ts';
import { collectGuidance } from './guidance.ts';
import { collectFile, sayRefusal } from './materials.ts';
import type { ReviewInput } from './reviewSession.ts';

/** Of one request: longer ones are read less closely, and a part that fails is lost alone. */
const batchTokens = 16_000;
const selectionContextTokens = 8000;
/** A whole small file beside its changes; larger ones are read as hunks. */
const wholeFileCharacters = 20_000;

export async function codeInput(target: EditorTarget, dependencies: TaskDependencies): Promise<ReviewInput | undefined> {
  const { document, kind, range } = target;
  const { signal } = new AbortController();
  const path = dependencies.reviewer.pathOf(document.uri.toString());
  const lines = toLineRange(range);
  const collected = await collectFile({ document, focus: lines, budgetTokens: kind === 'file' ? fileReviewTokens : selectionContextTokens }, dependencies, signal);
  if (!collected.ok) {
    sayRefusal(collected.reason, document.uri, dependencies.translate);
    return undefined;
  }
  const parts = collected.items.flatMap((item) => item.parts).map((part) => ({ startLine: part.startLine ?? 1, text: part.text }));
  const units = unitsOfCode(path, parts, { budgetTokens: batchTokens, estimate: dependencies.estimateTokens });
  return {
    subject: describeTarget(target, path),
    label: shortName(target),
    kind: 'code',
    batches: packUnits(units, batchTokens),
    files: [{ path, text: document.getText(), ...(kind === 'file' ? {} : { ranges: [{ start: lines.startLine, end: lines.endLine }] }) }],
    uris: new Map([[path, document.uri]]),
    guidance: await collectGuidance(document.uri, dependencies, signal),
    leftOut: 0,
  };
}

/** 200,000 tokens are about 20,000 lines: a file above is reviewed around its beginning. */
const fileReviewTokens = 200_000;

export interface ChangesWish {
  readonly scope: ChangesScope;
  readonly near: vscode.Uri | undefined;
}

export async function changesInput({ scope, near }: ChangesWish, dependencies: TaskDependencies, signal: AbortSignal): Promise<ReviewInput | undefined> {
  const { changes: source, translate, estimateTokens } = dependencies;
  const read = await source.read(scope, { signal, ...(near === undefined ? {} : { nearUri: near.toString() }) });
  if (!read.ok) {
    void vscode.window.showInformationMessage(changesRefusalWords(read.reason, scope, translate));
    return undefined;
  }
  const { changes } = read;
  const root = vscode.Uri.parse(changes.repository.rootUri, true);
  const units: ReviewUnit[] = [];
  const files: ReviewedFile[] = [];
  const uris = new Map<string, vscode.Uri>();
  for (const file of changes.files) {
    if (file.newPath === undefined) continue;
    const uri = vscode.Uri.joinPath(root, file.newPath);
    const document = await openQuietly(uri);
    const text = document === undefined || scope.type === 'staged' ? undefined : await maskedText(document, dependencies, signal);
    units.push(...unitsOfChange(file, text, { budgetTokens: batchTokens, estimate: estimateTokens }));
    files.push({ ...reviewedChange(file), ...(document === undefined ? {} : { currentText: document.getText() }) });
    uris.set(file.newPath, uri);
  }
  if (units.length === 0) {
    void vscode.window.showInformationMessage(changesRefusalWords('no-changes', scope, translate));
    return undefined;
  }
  return {
    subject: subjectOf(scope, changes),
    label: labelOf(scope, changes, translate),
    kind: 'changes',
    batches: packUnits(units, batchTokens),
    files,
    uris,
    guidance: await collectGuidance(firstUri(changes.files, root), dependencies, signal),
    leftOut: changes.notes.reduce((sum, note) => (note.type === 'left-out' ? sum + note.count : sum), 0),
  };
}

async function maskedText(document: vscode.TextDocument, { context }: TaskDependencies, signal: AbortSignal): Promise<string | undefined> {
  if (document.isDirty || document.getText().length > wholeFileCharacters) return undefined;
  const item = await context.collect({ kind: 'file', uri: document.uri.toString() }, wholeFileCharacters, signal);
  return item.refused === undefined && item.parts.length === 1 ? item.parts[0]?.text : undefined;
}

async function openQuietly(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    // Staged and then deleted, or binary: its findings have no editor to stand in.
    return undefined;
  }
}

function firstUri(files: readonly DiffFile[], root: vscode.Uri): vscode.Uri {
  const path = files.find((file) => file.newPath !== undefined)?.newPath;
  return path === undefined ? root : vscode.Uri.joinPath(root, path);
}

function subjectOf(scope: ChangesScope, { base, repository }: Changes): string {
  switch (scope.type) {
    case 'working': return 'the uncommitted changes';
    case 'staged': return 'the staged changes';
    case 'branch': return `the changes of branch ${JSON.stringify(repository.branch ?? 'HEAD')} since it left ${JSON.stringify(base)}`;
  }
}

function labelOf(scope: ChangesScope, { base }: Changes, translate: Translate): string {
  switch (scope.type) {
    case 'working': return translate('working changes');
    case 'staged': return translate('staged changes');
    case 'branch': return translate('branch against {base}', { base });
  }
}

export function changesRefusalWords(reason: ChangesRefusal, scope: ChangesScope, translate: Translate): string {
  switch (reason) {
    case 'no-repository': return translate('There is no git repository here.');
    case 'untrusted-workspace': return translate('The workspace is in Restricted Mode, so git is not run. Trust it first.');
    case 'no-git': return translate('Git was not found.');
    case 'failed': return translate('Git could not read the changes. The log has the details.');
    case 'no-changes':
      switch (scope.type) {
        case 'working': return translate('There are no changes to review.');
        case 'staged': return translate('There are no staged changes.');
        case 'branch': return translate('The branch has no changes against its base.');
      }
  }
}
