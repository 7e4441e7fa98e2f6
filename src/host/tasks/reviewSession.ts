// A review from its first request to its end: its parts are asked for, a few at a time, and each finding is shown as soon as its lines
// are there and hold. A part that failed can be asked for again without the others.
import * as vscode from 'vscode';
import { createFindingCheck, type Finding, type FindingCheck, type ReviewedFile } from '../../core/tasks/findingCheck.ts';
import { createFindingsParser, type RawFinding, type SuggestedEdit } from '../../core/tasks/findings.ts';
import { addCosts, type TaskCost } from '../../core/tasks/costLine.ts';
import { anchorLine } from '../../core/tasks/lineAnchor.ts';
import { formatMaterials } from '../../core/tasks/material.ts';
import { reviewPrompt } from '../../core/tasks/review.ts';
import { displayName } from '../../core/models/catalog.ts';
import type { ReviewUnit } from '../../core/tasks/reviewUnits.ts';
import type { TaskDependencies } from './dependencies.ts';
import type { Dismissals, FindingPlace } from './dismissals.ts';
import type { FindingsView } from './findingsView.ts';
import type { Guidance } from './guidance.ts';
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
  readonly guidance: Guidance;
  /** Files that changed and may not be sent. */
  readonly leftOut: number;
}

export interface ReviewResult {
  readonly findings: readonly Finding[];
  /** The user dismissed them before. */
  readonly hidden: readonly Finding[];
  readonly dropped: number;
  readonly cost: TaskCost | undefined;
  /** An answer ended at its limit: there may be more to find. */
  readonly cut: boolean;
  /** Parts that have been answered. */
  readonly done: number;
}

export interface ReviewSession {
  readonly input: ReviewInput;
  /** Asks for the parts that have no answer yet. Rejects as the first that failed, when the others have ended. */
  run(running: RunningTask): Promise<void>;
  result(): ReviewResult;
  showHidden(): Promise<void>;
}

export interface SessionParts {
  readonly view: FindingsView;
  readonly dismissals: Dismissals;
  readonly dependencies: Pick<TaskDependencies, 'runner' | 'redactor' | 'translate'>;
}

interface State extends SessionParts {
  readonly input: ReviewInput;
  readonly check: FindingCheck;
  readonly findings: Finding[];
  readonly hidden: Finding[];
  readonly waiting: Set<number>;
  /** Documents that findings point into, opened once. */
  readonly documents: Map<string, Promise<vscode.TextDocument | undefined>>;
  malformed: number;
  cut: boolean;
  cost: TaskCost | undefined;
}

/** More at once meets the rate limit sooner than the end. */
const atOnce = 3;

export function createReviewSession(input: ReviewInput, parts: SessionParts): ReviewSession {
  const state: State = {
    ...parts, input, check: createFindingCheck(input.files, newFindingId),
    findings: [], hidden: [], waiting: new Set(input.batches.keys()), documents: new Map(), malformed: 0, cut: false, cost: undefined,
  };
  return {
    input,
    run: (running) => runWaiting(state, running),
    result: () => ({ findings: state.findings, hidden: state.hidden, dropped: droppedCount(state), cost: state.cost, cut: state.cut, done: input.batches.length - state.waiting.size }),
    async showHidden() {
      for (const finding of state.hidden.splice(0)) {
        const place = await placeOf(finding, state);
        if (place !== undefined) state.view.add(finding, place.document, place.range, true);
      }
    },
  };
}

async function runWaiting(state: State, running: RunningTask): Promise<void> {
  const queue = [...state.waiting];
  const failures: unknown[] = [];
  const work = async (): Promise<void> => {
    for (let index = queue.shift(); index !== undefined && failures.length === 0; index = queue.shift()) {
      try {
        await reviewBatch(index, state, withPart(running, state));
        state.waiting.delete(index);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, queue.length) }, work));
  if (failures.length > 0) throw failures[0];
}

/** "part 2 of 7 · Sonnet 4.6 · 310 characters" */
function withPart(running: RunningTask, { input, waiting, dependencies: { translate } }: State): RunningTask {
  const count = input.batches.length;
  if (count === 1) return running;
  return { ...running, report: (text) => running.report(`${translate('part {done} of {count}', { done: Math.min(count, count - waiting.size + 1), count })} · ${text}`) };
}

/** Said twice is no finding that points nowhere. */
function droppedCount({ check, malformed }: State): number {
  return [...check.dropped].reduce((sum, [reason, count]) => (reason === 'duplicate' ? sum : sum + count), malformed);
}

let lastFindingNumber = 0;

/** Unique in this window: reviews follow each other. */
function newFindingId(): string {
  lastFindingNumber += 1;
  return `finding-${String(lastFindingNumber)}`;
}

async function reviewBatch(index: number, state: State, running: RunningTask): Promise<void> {
  const { input, view, dependencies: { runner, translate } } = state;
  const units = input.batches[index] ?? [];
  const prompt = reviewPrompt({
    subject: input.subject,
    kind: input.kind,
    part: { index, count: input.batches.length },
    context: formatMaterials(units.map(({ path, text }) => ({ kind: input.kind, name: path, text }))),
    guidance: input.guidance.text,
    replyLanguage: replyLanguage(),
  });
  const parser = createFindingsParser();
  const shown: Promise<void>[] = [];
  const take = (raw: readonly RawFinding[]): void => {
    for (const finding of raw) {
      const verdict = state.check.check(unmasked(finding, state));
      if (verdict.kept) shown.push(show(verdict.finding, state));
    }
  };
  try {
    const answer = await streamAnswer(
      { task: 'review', prompt, onPart: (part) => void (part.type === 'route' && view.setAuthor(displayName(part.route.model))), onText: (delta) => take(parser.push(delta)) },
      { runner, running, translate },
    );
    take(parser.end());
    state.cut ||= answer.finish === 'length';
    state.cost = addCosts(state.cost, answer.cost);
  } finally {
    state.malformed += parser.malformed;
    await Promise.all(shown);
  }
}

/** A suggested edit is held against the file as it is, so its masks are put back first: those of changes by path, those of files by URI. */
function unmasked(raw: RawFinding, { input, dependencies: { redactor } }: State): RawFinding {
  const uri = input.uris.get(raw.path);
  if (raw.suggestion === undefined || uri === undefined) return raw;
  const restore = (text: string): string => redactor.restore(redactor.restore(text, uri.toString()), raw.path);
  const restored = ({ oldText, newText }: SuggestedEdit): SuggestedEdit => ({ oldText: restore(oldText), newText: restore(newText) });
  const otherReadings = raw.suggestion.otherReadings?.map(restored);
  return { ...raw, suggestion: { ...restored(raw.suggestion), ...(otherReadings === undefined ? {} : { otherReadings }) } };
}

async function show(finding: Finding, state: State): Promise<void> {
  const place = await placeOf(finding, state);
  if (place !== undefined && state.dismissals.has(finding, place)) state.hidden.push(finding);
  else {
    state.findings.push(finding);
    if (place !== undefined) state.view.add(finding, place.document, place.range);
  }
}

/** The file in the editor may be a newer version than the one under review: the line is looked for by its text. */
async function placeOf(finding: Finding, { input, documents }: State): Promise<FindingPlace | undefined> {
  const uri = input.uris.get(finding.path);
  if (uri === undefined) return undefined;
  const opening = documents.get(finding.path) ?? Promise.resolve(vscode.workspace.openTextDocument(uri)).catch(() => undefined);
  documents.set(finding.path, opening);
  const document = await opening;
  if (document === undefined) return undefined;
  const reviewed = input.files.find((file) => file.path === finding.path)?.text.split(/\r\n|\r|\n/)[finding.startLine - 1] ?? '';
  const startLine = anchorLine(document.getText().split(/\r\n|\r|\n/), reviewed, finding.startLine);
  return { document, range: { startLine, endLine: startLine + finding.endLine - finding.startLine } };
}
