// One answer: the parts of a task's stream become events of the session. Ends in exactly one `end` event, whatever happens.
import { RunApiError } from '../errors.ts';
import type { Clock } from '../clock.ts';
import type { TaskPart, TaskRequest, TaskRunner } from '../models/taskRunner.ts';
import type { ErrorCard, FinishReason } from '../../shared/chatTypes.ts';
import { abortable, unlessAborted } from './abortable.ts';
import type { AnswerEdits, AnswerEditStream } from './answerEdits.ts';
import type { ContinuationJoint } from './continuation.ts';
import { sentFiles } from './sentFiles.ts';
import type { SessionLog } from './sessionLog.ts';
import { watchSleep } from './sleepWatch.ts';
import { editingTasks } from './taskInstructions.ts';

export interface TurnDependencies {
  readonly log: SessionLog;
  readonly runner: TaskRunner;
  readonly clock: Clock;
  readonly describeError: (error: unknown, kept: boolean) => ErrorCard;
  /** The card for an answer that ended without an error but not complete. */
  readonly describeFinish: (reason: FinishReason, kept: boolean) => ErrorCard;
  /** Waits while the views have more to draw than they can: the stream is not read meanwhile, so the socket slows down too. */
  readonly room: (signal: AbortSignal) => Promise<void>;
  readonly onWaiting: (answerId: string, wait: { readonly waitMs: number; readonly kind: string }) => void;
  /** Takes the edits out of answers that may hold some. */
  readonly edits?: AnswerEdits;
}

export interface Turn {
  readonly answerId: string;
  readonly questionId: string;
  readonly request: TaskRequest;
  readonly controller: AbortController;
  /** Set when an answer goes on: takes out what the model says twice. */
  readonly joint?: ContinuationJoint;
}

export type TurnOutcome = 'done' | 'stopped' | 'cut' | 'failed';

/** What a controller is aborted with when the user says stop. */
export const stopReason = 'stopped by the user';

interface Progress {
  finish: FinishReason | undefined;
  thinkingSince: number | undefined;
  thinkingMs: number | undefined;
  lastSign: number;
  readonly edits: AnswerEditStream | undefined;
}

export async function runTurn(turn: Turn, dependencies: TurnDependencies): Promise<TurnOutcome> {
  const { clock } = dependencies;
  const { controller } = turn;
  const progress: Progress = { finish: undefined, thinkingSince: undefined, thinkingMs: undefined, lastSign: clock.date(), edits: beginEdits(turn, dependencies) };
  const stopWatching = watchSleep(clock, () => progress.lastSign, () => controller.abort(new RunApiError({ kind: 'interrupted', retryable: true })));
  try {
    await readParts(turn, progress, dependencies);
    return end(turn, progress, dependencies);
  } catch (error) {
    return endWithError(turn, progress, error, dependencies);
  } finally {
    stopWatching();
  }
}

async function readParts(turn: Turn, progress: Progress, dependencies: TurnDependencies): Promise<void> {
  const { signal } = turn.controller;
  const parts = tapReceipt(dependencies.runner.run(turn.request, signal), turn, dependencies);
  for await (const part of abortable(parts, signal)) {
    progress.lastSign = dependencies.clock.date();
    takePart(part, turn, progress, dependencies);
    if (part.type === 'text-delta' || part.type === 'thinking-delta') {
      await unlessAborted(dependencies.room(signal), signal);
      progress.lastSign = dependencies.clock.date();
    }
  }
}

/** Receipts are taken where the source yields them: that of a stopped answer comes after its reader has left. */
async function* tapReceipt(source: AsyncIterable<TaskPart>, turn: Turn, { log }: TurnDependencies): AsyncGenerator<TaskPart, void, void> {
  for await (const part of source) {
    if (part.type === 'receipt') log.append({ type: 'receipt', id: turn.answerId, receipt: part.receipt });
    yield part;
  }
}

function takePart(part: TaskPart, turn: Turn, progress: Progress, dependencies: TurnDependencies): void {
  const { log } = dependencies;
  const id = turn.answerId;
  switch (part.type) {
    case 'route':
      log.append({ type: 'route', id, route: part.route });
      return;
    case 'retry-wait':
      dependencies.onWaiting(id, part);
      return;
    case 'thinking-delta':
      progress.thinkingSince ??= dependencies.clock.now();
      log.append({ type: 'delta', id, part: 'thinking', body: part.text });
      return;
    case 'text-delta': {
      if (endThinking(progress, dependencies.clock)) log.append({ type: 'thought', id, thinkingMs: progress.thinkingMs ?? 0 });
      const text = turn.joint === undefined ? part.text : turn.joint.push(part.text);
      if (text !== '') appendText(text, turn, progress, dependencies);
      return;
    }
    case 'finish':
      progress.finish = part.reason;
      return;
    case 'receipt':
    case 'response-start':
    case 'thinking-signature':
    case 'tool-call-start':
    case 'tool-call-delta':
    case 'usage':
      return;
  }
}

function appendText(text: string, turn: Turn, progress: Progress, { log }: TurnDependencies): void {
  log.append({ type: 'delta', id: turn.answerId, part: 'text', body: text });
  progress.edits?.push({ type: 'text-delta', text });
}

/** A continued answer is seen from its beginning, as if it had come in one piece. */
function beginEdits({ answerId, questionId, request }: Turn, { edits, log }: TurnDependencies): AnswerEditStream | undefined {
  if (!editingTasks.has(request.task)) return undefined;
  const body = log.session.body(questionId);
  const stream = edits?.begin({ log, answerId, task: request.task, question: body?.text ?? '', files: sentFiles(body?.context ?? []) });
  const before = log.session.body(answerId)?.text ?? '';
  if (before !== '') stream?.push({ type: 'text-delta', text: before });
  return stream;
}

/** True when there was thinking that is over now. */
function endThinking(progress: Progress, clock: Clock): boolean {
  if (progress.thinkingSince === undefined) return false;
  progress.thinkingMs = (progress.thinkingMs ?? 0) + clock.now() - progress.thinkingSince;
  progress.thinkingSince = undefined;
  return true;
}

function end(turn: Turn, progress: Progress, dependencies: TurnDependencies): TurnOutcome {
  flushJoint(turn, progress, dependencies);
  endThinking(progress, dependencies.clock);
  const finish = progress.finish;
  if (finish === undefined) throw new RunApiError({ kind: 'interrupted', retryable: true });
  if (finish === 'stop') {
    if (!hasText(turn, dependencies)) throw new RunApiError({ kind: 'empty-reply', retryable: true });
    return appendEnd(turn, progress, dependencies, { status: 'done' });
  }
  const kept = hasText(turn, dependencies);
  return appendEnd(turn, progress, dependencies, { status: finish === 'refusal' && !kept ? 'failed' : 'cut', error: dependencies.describeFinish(finish, kept) });
}

function endWithError(turn: Turn, progress: Progress, error: unknown, dependencies: TurnDependencies): TurnOutcome {
  flushJoint(turn, progress, dependencies);
  endThinking(progress, dependencies.clock);
  const kept = hasText(turn, dependencies);
  // Aborted by anything that is no failure: the user, a closing window.
  if (turn.controller.signal.aborted && !(error instanceof RunApiError)) return appendEnd(turn, progress, dependencies, { status: 'stopped' });
  return appendEnd(turn, progress, dependencies, { status: kept ? 'cut' : 'failed', error: dependencies.describeError(error, kept) });
}

function flushJoint(turn: Turn, progress: Progress, dependencies: TurnDependencies): void {
  const rest = turn.joint?.flush() ?? '';
  if (rest !== '') appendText(rest, turn, progress, dependencies);
}

function hasText(turn: Turn, { log }: TurnDependencies): boolean {
  return (log.session.body(turn.answerId)?.text ?? '') !== '';
}

function appendEnd(turn: Turn, progress: Progress, { log, clock }: TurnDependencies, result: { readonly status: TurnOutcome; readonly error?: ErrorCard }): TurnOutcome {
  if (progress.finish === undefined) progress.edits?.cancel();
  else progress.edits?.finish(result.status === 'done' ? 'stop' : progress.finish);
  log.append({ type: 'end', id: turn.answerId, at: clock.date(), status: result.status, error: result.error, thinkingMs: progress.thinkingMs });
  return result.status;
}
