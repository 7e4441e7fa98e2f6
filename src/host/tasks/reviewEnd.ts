// What is said of a review when it ends, whole or not, and what is written of it into a report.
import * as vscode from 'vscode';
import { formatCost } from '../../core/tasks/costLine.ts';
import { formatReviewReport } from '../../core/tasks/reviewReport.ts';
import type { Translate } from '../../core/translate.ts';
import { stepFinding } from './findingSteps.ts';
import type { FindingsView } from './findingsView.ts';
import type { ReviewSession } from './reviewSession.ts';

export interface EndedReview {
  readonly session: ReviewSession;
  readonly view: FindingsView;
  readonly translate: Translate;
  /** Tells the menus whether there are hidden findings. */
  readonly onHiddenChange: () => void;
}

export async function concludeReview(review: EndedReview): Promise<void> {
  const { session, view, translate } = review;
  const { findings, hidden } = session.result();
  const first = translate('Show first');
  const save = translate('Export');
  const reveal = translate('Show hidden');
  const buttons = [...(findings.length === 0 ? [] : [first, save]), ...(hidden.length === 0 ? [] : [reveal])];
  const picked = await vscode.window.showInformationMessage([countWords(session, translate), ...noteWords(session, translate), costWords(session, translate)].filter((part) => part !== '').join(' '), ...buttons);
  if (picked === first) await stepFinding(view, 1);
  else if (picked === save) await exportReview(review);
  else if (picked === reveal) await showHidden(review);
}

export async function showHidden({ session, view, onHiddenChange }: EndedReview): Promise<void> {
  const [first] = session.result().hidden;
  await session.showHidden();
  onHiddenChange();
  const shown = first === undefined ? undefined : view.find(first.id);
  if (shown !== undefined) await view.reveal(shown);
}

export async function exportReview({ session, view, translate }: EndedReview): Promise<void> {
  const { input } = session;
  const { dropped } = session.result();
  const findings = view.all().filter((shown) => !shown.dismissed).map(({ finding, range }) => ({ ...finding, startLine: range.startLine, endLine: range.endLine }));
  const content = formatReviewReport({ subject: input.label, findings, dropped, notes: noteWords(session, translate).slice(dropped === 0 ? 0 : 1), cost: costWords(session, translate) }, translate);
  const document = await vscode.workspace.openTextDocument({ language: 'markdown', content });
  await vscode.window.showTextDocument(document);
}

function countWords(session: ReviewSession, translate: Translate): string {
  const { label } = session.input;
  const { findings, hidden } = session.result();
  if (findings.length === 0) return hidden.length === 0 ? translate('No findings in {label}.', { label }) : translate('No new findings in {label}.', { label });
  return findings.length === 1 ? translate('1 finding in {label}.', { label }) : translate('{count} findings in {label}.', { count: findings.length, label });
}

/** What was dropped stands first. */
function noteWords(session: ReviewSession, translate: Translate): readonly string[] {
  const { input } = session;
  const { hidden, dropped, cut, done } = session.result();
  const count = input.batches.length;
  return [
    dropped === 0 ? '' : dropped === 1 ? translate('1 pointed at no line and was dropped.') : translate('{count} pointed at no line and were dropped.', { count: dropped }),
    hidden.length === 0 ? '' : hidden.length === 1 ? translate('1 dismissed before is hidden.') : translate('{count} dismissed before are hidden.', { count: hidden.length }),
    done === count ? '' : translate('Only {done} of {count} parts were reviewed.', { done, count }),
    cut ? translate('The answer was cut at its limit: there may be more.') : '',
    input.leftOut === 0 ? '' : input.leftOut === 1 ? translate('1 file may not be sent and was left out.') : translate('{count} files may not be sent and were left out.', { count: input.leftOut }),
    input.guidance.files.length === 0 ? '' : translate('It follows {files}.', { files: input.guidance.files.join(', ') }),
  ].filter((part) => part !== '');
}

function costWords(session: ReviewSession, translate: Translate): string {
  const { cost } = session.result();
  return cost === undefined ? '' : formatCost(cost, translate);
}
