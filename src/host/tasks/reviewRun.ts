// Runs the requests of a review, a few at a time, and shows each finding as soon as its lines are there and hold.
import * as vscode from 'vscode';
import { createFindingCheck, type Finding, type FindingCheck, type ReviewedFile } from '../../core/tasks/findingCheck.ts';
import { createFindingsParser } from '../../core/tasks/findings.ts';
import { addCosts, type TaskCost } from '../../core/tasks/costLine.ts';
import { anchorLine } from '../../core/tasks/lineAnchor.ts';
import { formatMaterials } from '../../core/tasks/material.ts';
import { reviewPrompt } from '../../core/tasks/review.ts';
import { displayName } from '../../core/models/catalog.ts';
import type { ReviewUnit } from '../../core/tasks/reviewUnits.ts';
import type { TaskDependencies } from './dependencies.ts';
import type { FindingsView } from './findingsView.ts';
import { replyLanguage } from './materials.ts';
import type { RunningTask } from './runningTasks.ts';
import { streamAnswer } from './streamAnswer.ts';

export interface ReviewInput {
  /** For the prompt, in English. */
  readonly subject: string;
  /** For people. */
  readonly label: string;
  readonly kind: 'changes' | 'code';
  readonly batches: readonly (readonly ReviewUnit[])[];
  readonly files: readonly ReviewedFile[];
  readonly uris: ReadonlyMap<string, vscode.Uri>;
  readonly guidance: string;
}

export interface ReviewResult {
  readonly findings: readonly Finding[];
  readonly dropped: number;
  readonly cost: TaskCost | undefined;
  /** An answer ended at its limit: there may be more to find. */
  readonly cut: boolean;
}

/** More at once meets the rate limit sooner than the end. */
const atOnce = 3;

export async function runReview(input: ReviewInput, view: FindingsView, { runner, translate }: TaskDependencies, running: RunningTask): Promise<ReviewResult> {
  const state: ReviewState = { input, view, check: createFindingCheck(input.files, newFindingId), findings: [], places: new Map(), malformed: 0, cut: false, cost: undefined };
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    while (next < input.batches.length) {
      const index = next++;
      await reviewBatch(index, state, { runner, translate, running });
      done += 1;
      if (input.batches.length > 1) running.report(translate('part {done} of {count}', { done, count: input.batches.length }));
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, input.batches.length) }, work));
  const dropped = [...state.check.dropped.values()].reduce((sum, count) => sum + count, 0) + state.malformed;
  return { findings: state.findings, dropped, cost: state.cost, cut: state.cut };
}

interface ReviewState {
  readonly input: ReviewInput;
  readonly view: FindingsView;
  readonly check: FindingCheck;
  readonly findings: Finding[];
  /** Documents that findings point into, opened once. */
  readonly places: Map<string, Promise<vscode.TextDocument>>;
  malformed: number;
  cut: boolean;
  cost: TaskCost | undefined;
}

let lastFindingNumber = 0;

/** Unique in this window: reviews follow each other. */
function newFindingId(): string {
  lastFindingNumber += 1;
  return `finding-${String(lastFindingNumber)}`;
}

async function reviewBatch(index: number, state: ReviewState, { runner, translate, running }: Pick<TaskDependencies, 'runner' | 'translate'> & { readonly running: RunningTask }): Promise<void> {
  const { input, view } = state;
  const units = input.batches[index] ?? [];
  const prompt = reviewPrompt({
    subject: input.subject,
    kind: input.kind,
    part: { index, count: input.batches.length },
    context: formatMaterials(units.map(({ path, text }) => ({ kind: input.kind, name: path, text }))),
    guidance: input.guidance,
    replyLanguage: replyLanguage(),
  });
  const parser = createFindingsParser();
  const shown: Promise<void>[] = [];
  const take = (raw: ReturnType<typeof parser.push>): void => {
    for (const finding of raw) {
      const verdict = state.check.check(finding);
      if (!verdict.kept) continue;
      state.findings.push(verdict.finding);
      shown.push(show(verdict.finding, state));
    }
  };
  const answer = await streamAnswer(
    { task: 'review', prompt, onPart: (part) => void (part.type === 'route' && view.setAuthor(displayName(part.route.model))), onText: (delta) => take(parser.push(delta)) },
    { runner, running, translate },
  );
  take(parser.end());
  state.malformed += parser.malformed;
  state.cut ||= answer.finish === 'length';
  state.cost = addCosts(state.cost, answer.cost);
  await Promise.all(shown);
}

/** The file in the editor may be a newer version than the one under review: the line is looked for by its text. */
async function show(finding: Finding, { input, view, places }: ReviewState): Promise<void> {
  const uri = input.uris.get(finding.path);
  if (uri === undefined) return;
  const opening = places.get(finding.path) ?? Promise.resolve(vscode.workspace.openTextDocument(uri));
  places.set(finding.path, opening);
  const document = await opening.catch(() => undefined);
  if (document === undefined) return;
  const reviewed = input.files.find((file) => file.path === finding.path)?.text.split(/\r\n|\r|\n/)[finding.startLine - 1] ?? '';
  const startLine = anchorLine(document.getText().split(/\r\n|\r|\n/), reviewed, finding.startLine);
  view.add(finding, document, { startLine, endLine: startLine + finding.endLine - finding.startLine });
}
