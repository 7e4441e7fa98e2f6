// Looks at every edit while it waits for the user, again whenever it changes: says beside it what it would bring, and where that is
// errors, tells so and offers one more round before anything is accepted.
import * as vscode from 'vscode';
import type { FileChange } from '../../core/edit/proposal.ts';
import type { Logger } from '../../core/logger.ts';
import { formatUsd } from '../../core/models/formatCost.ts';
import { countErrors, describeFailure, describeFindings, type CheckFailure } from '../../core/tasks/refactorChecks.ts';
import type { Translate } from '../../core/translate.ts';
import type { EditSummary } from '../../shared/chatTypes.ts';
import type { EditReviewer } from '../edit/editReviewer.ts';
import { checkProposal, type ProposedProblem } from './checkProposal.ts';
import type { ProposedProblems } from './proposedProblems.ts';
import type { TypeChecker } from './typeChecker.ts';

export interface EditVerifier extends vscode.Disposable {
  /** Files that use what an edit changes, where a feature knows more than the imports tell. */
  expectDependents(editId: string, uris: readonly vscode.Uri[]): void;
  /** What was known of an edit before it was accepted: the user has been told. */
  known(editId: string): readonly ProposedProblem[];
}

export interface VerifierDependencies {
  readonly reviewer: EditReviewer;
  readonly checker: TypeChecker;
  readonly marks: ProposedProblems;
  /** What a model is to be asked once more, with every secret masked. */
  readonly repairPrompt: (problems: readonly ProposedProblem[], title: string) => Promise<string>;
  /** A line in the status bar while it checks; the result ends it. The signal is the user's. */
  readonly begin: (title: string) => { readonly signal: AbortSignal; end(): void };
  readonly log: Logger;
  readonly translate: Translate;
}

interface Watched {
  changes: readonly FileChange[];
  controller: AbortController;
  dependents: readonly vscode.Uri[];
  problems: readonly ProposedProblem[];
  isTold: boolean;
}

/** Discarding hunk by hunk is quick: the check waits for the last. */
const settleMs = 250;
/** What was known of older edits is asked for no more. */
const rememberedEdits = 50;

export function createEditVerifier(dependencies: VerifierDependencies): EditVerifier {
  const { reviewer, marks } = dependencies;
  const watched = new Map<string, Watched>();
  const watch = (editId: string): Watched => {
    const known = watched.get(editId) ?? { changes: [], controller: new AbortController(), dependents: [], problems: [], isTold: false };
    watched.set(editId, known);
    for (const old of [...watched.keys()].slice(0, Math.max(0, watched.size - rememberedEdits))) watched.delete(old);
    return known;
  };
  const follow = (editId: string): void => {
    const edit = watch(editId);
    const changes = reviewer.changes(editId);
    // Also told of our own words: only other changes are worth another look.
    if (changes.length === edit.changes.length && changes.every((change, index) => change === edit.changes[index])) return;
    edit.controller.abort(new Error('superseded'));
    edit.controller = new AbortController();
    edit.changes = changes;
    const { signal } = edit.controller;
    setTimeout(() => {
      if (!signal.aborted) void verify(editId, edit, dependencies);
    }, settleMs);
  };
  const settle = (editId: string): void => {
    watched.get(editId)?.controller.abort(new Error('settled'));
    marks.drop(editId);
  };
  const stop = reviewer.onDidChange(({ id, state }: EditSummary) => {
    if (state === 'pending') follow(id);
    else if (state !== 'streaming') settle(id);
  });
  return {
    expectDependents(editId, uris) {
      watch(editId).dependents = uris;
    },
    known: (editId) => watched.get(editId)?.problems ?? [],
    dispose() {
      stop();
      for (const { controller } of watched.values()) controller.abort(new Error('disposed'));
    },
  };
}

async function verify(editId: string, edit: Watched, dependencies: VerifierDependencies): Promise<void> {
  const { reviewer, checker, marks, begin, log, translate } = dependencies;
  const title = reviewer.pending(editId)?.title;
  if (title === undefined || edit.changes.length === 0) return;
  const running = begin(title);
  // The next check of the same edit has a signal of its own.
  const current = edit.controller.signal;
  const signal = AbortSignal.any([current, running.signal]);
  try {
    const { problems, findings } = await checkProposal(edit.changes, edit.dependents, checker, signal);
    if (current.aborted) return;
    edit.problems = problems;
    marks.set(editId, problems);
    reviewer.setChecks(editId, describeFindings(findings, translate), 'verification');
    // Not awaited: a notification stays for as long as the user likes.
    tell(editId, edit, dependencies).catch((error: unknown) => log.error(`edit ${editId}: what the check found could not be told`, error));
  } catch (error) {
    if (current.aborted) return;
    edit.problems = [];
    marks.drop(editId);
    log.warn(`edit ${editId}: not checked before acceptance (${error instanceof Error ? error.message : 'unknown'})`);
    reviewer.setChecks(editId, [describeFailure(running.signal.aborted ? 'cancelled' : failureOf(error), translate)], 'verification');
  } finally {
    running.end();
  }
}

function failureOf(error: unknown): CheckFailure {
  const message = error instanceof Error ? error.message : '';
  return message === 'no-typescript' || message === 'timeout' || message === 'out-of-memory' ? message : 'other';
}

/** Once for an edit: later findings stand beside it. An edit of the chat has its own card, with the same button. */
async function tell(editId: string, edit: Watched, { reviewer, marks, repairPrompt, translate }: VerifierDependencies): Promise<void> {
  const { problems } = edit;
  const { signal } = edit.controller;
  const pending = reviewer.pending(editId);
  const prompt = problems.length === 0 || pending?.canRepair !== true ? undefined : await repairPrompt(problems, pending.title);
  if (signal.aborted || pending === undefined) return;
  const usd = reviewer.offerRepair(editId, prompt);
  if (problems.length === 0 || edit.isTold || pending.isQuiet) return;
  edit.isTold = true;
  const repair = prompt === undefined ? undefined : usd === undefined ? translate('Repair') : translate('Repair (about {price})', { price: formatUsd(usd) });
  const show = translate('Show errors');
  const text = translate('Accepting this change would bring {errors}. {place}', { errors: countErrors(problems.length, translate), place: firstPlace(problems) });
  const picked = await vscode.window.showWarningMessage(text, ...(repair === undefined ? [show] : [repair, show]));
  if (picked === show) await marks.list(editId);
  else if (picked !== undefined && picked === repair) await reviewer.repair(editId);
}

function firstPlace([first]: readonly ProposedProblem[]): string {
  if (first === undefined) return '';
  const place = `${vscode.workspace.asRelativePath(vscode.Uri.parse(first.uri, true))}:${String(first.line + 1)}`;
  // Notifications make links of [text](target).
  return `${place}: ${(first.message.split('\n')[0] ?? '').replace(/\]\s*\(/g, '] (')}`;
}
