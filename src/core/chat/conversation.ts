// What can be done with one conversation: send, stop, queue, edit, regenerate, continue. One answer streams at a time; everything else
// waits in the queue. It lives on when its view is gone.
import { RunApiError } from '../errors.ts';
import type { TaskRequest } from '../models/taskRunner.ts';
import { buildRequest, previewRequest, type AnswerJob, type OutgoingMessage, type RequestDependencies } from './answerRequest.ts';
import { createContinuationJoint } from './continuation.ts';
import { toContextEvent } from './messageBody.ts';
import { createSentRequests, questionOf, type SentRequests, type ShownRequest } from './sentRequests.ts';
import type { Session } from './session.ts';
import type { SessionLog } from './sessionLog.ts';
import type { SessionChange } from './sessionState.ts';
import { runTurn, stopReason, type TurnDependencies, type TurnOutcome } from './turn.ts';

export interface ConversationDependencies extends TurnDependencies, RequestDependencies {
  readonly createId: () => string;
  readonly onStart?: (answerId: string) => void;
  readonly onEnd?: (answerId: string, outcome: TurnOutcome) => void;
  /** So many messages did not fit into a request; 0 when all did. */
  readonly onOmitted?: (count: number) => void;
  /** Something was asked for that cannot be done while another window writes an answer here. */
  readonly onBusyElsewhere?: () => void;
}

export interface Conversation {
  readonly log: SessionLog;
  readonly isStreaming: boolean;
  /** Queues while an answer streams, here or in another window. The result is the id of the message. */
  send(message: OutgoingMessage): string;
  /** The old message stays as a branch. Undefined when it cannot be edited now. */
  edit(messageId: string, message: OutgoingMessage): string | undefined;
  /** Another answer to the same question, `model` for this one only. */
  regenerate(answerId: string, model?: string): void;
  /** Starts a failed answer without text again, else asks for another. */
  retry(answerId: string): void;
  continueAnswer(answerId: string): void;
  unqueue(messageId: string): void;
  /** Sends what waits in the queue after a stop or a failure. */
  resume(): void;
  select(messageId: string, index: number): Promise<void>;
  /** Also asks another window that writes here to stop. */
  stop(): void;
  /** Sends what waited for the answer of another window, when that has ended. Called when it was found dead; its end is seen without. */
  lookElsewhere(): void;
  /** Ends a stream because the window goes: the answer is cut, and can be continued later. */
  interrupt(): void;
  /** What was sent for an answer, or would be sent for a question. */
  requestFor(messageId: string): Promise<ShownRequest | undefined>;
  previewOf(message: OutgoingMessage): Promise<TaskRequest>;
  /** Resolves when nothing streams. */
  idle(): Promise<void>;
}

interface Work {
  readonly dependencies: ConversationDependencies;
  readonly session: Session;
  running: { readonly answerId: string; readonly controller: AbortController; readonly done: Promise<void> } | undefined;
  /** Answers that this window writes; another that streams is of another window. */
  readonly ownAnswers: Set<string>;
  /** Queued here, or taken over: each window sends its own, so that no message is answered twice. */
  readonly ownQueue: Set<string>;
  isAnsweredElsewhere: boolean;
  readonly sent: SentRequests;
}

/** Texts that are loaded before another branch is shown. */
const loadedTail = 40;

export function createConversation(dependencies: ConversationDependencies): Conversation {
  const { log } = dependencies;
  const work: Work = { dependencies, session: log.session, running: undefined, ownAnswers: new Set(), ownQueue: new Set(), isAnsweredElsewhere: false, sent: createSentRequests(dependencies) };
  log.onChange((changes) => takeChanges(work, changes));
  return {
    log,
    get isStreaming() { return work.running !== undefined; },
    send: (message) => send(work, message),
    edit: (messageId, message) => edit(work, messageId, message),
    regenerate: (answerId, model) => regenerate(work, answerId, model),
    retry: (answerId) => retry(work, answerId),
    continueAnswer: (answerId) => continueAnswer(work, answerId),
    unqueue: (messageId) => log.append({ type: 'unqueued', id: messageId }),
    resume: () => resume(work),
    select: (messageId, index) => select(work, messageId, index),
    stop: () => stop(work),
    lookElsewhere: () => lookElsewhere(work),
    interrupt: () => work.running?.controller.abort(new RunApiError({ kind: 'interrupted', retryable: true })),
    requestFor: (messageId) => work.sent.find(messageId),
    previewOf: async (message) => (await previewRequest(message, dependencies)).request,
    idle: () => idle(work),
  };
}

function send(work: Work, message: OutgoingMessage): string {
  const waits = isBusy(work) || work.session.queued.length > 0;
  const id = addMessage(work, message, waits ? 'queue' : (work.session.path.at(-1) ?? null));
  if (!waits) ask(work, id);
  else if (isBusy(work)) work.ownQueue.add(id);
  else resume(work);
  return id;
}

/** What a window that is gone left in the queue is sent as well. */
function resume(work: Work): void {
  if (isBusy(work)) return;
  for (const id of work.session.queued) work.ownQueue.add(id);
  sendQueued(work);
}

function isBusy(work: Work): boolean {
  return work.running !== undefined || answeredElsewhere(work) !== undefined;
}

/** The answer that another window writes. It is at the end of the path, or was a moment ago. */
function answeredElsewhere({ session, ownAnswers }: Work): string | undefined {
  return session.path.slice(-3).find((id) => session.head(id)?.status === 'streaming' && !ownAnswers.has(id));
}

/** False, and said, when it cannot be done now. While this window writes, the view does not offer it. */
function isFree(work: Work): boolean {
  if (work.running !== undefined) return false;
  if (answeredElsewhere(work) === undefined) return true;
  work.dependencies.onBusyElsewhere?.();
  return false;
}

function stop(work: Work): void {
  const elsewhere = answeredElsewhere(work);
  if (work.running !== undefined) work.running.controller.abort(stopReason);
  else if (elsewhere !== undefined) work.dependencies.log.append({ type: 'stop-asked', id: elsewhere });
}

function takeChanges(work: Work, changes: readonly SessionChange[]): void {
  const { running } = work;
  if (running !== undefined && changes.some((change) => change.type === 'stop-asked' && change.id === running.answerId)) running.controller.abort(stopReason);
  if (changes.some((change) => change.type !== 'delta')) lookElsewhere(work);
}

/** Any end will do: the one who stopped that answer may not know what waits here. */
function lookElsewhere(work: Work): void {
  const wasAnswered = work.isAnsweredElsewhere;
  work.isAnsweredElsewhere = answeredElsewhere(work) !== undefined;
  if (wasAnswered && !work.isAnsweredElsewhere) sendQueued(work);
}

function edit(work: Work, messageId: string, message: OutgoingMessage): string | undefined {
  const head = work.session.head(messageId);
  if (head === undefined || head.role !== 'user' || head.status === 'queued' || !isFree(work)) return undefined;
  const id = addMessage(work, message, head.parent);
  ask(work, id);
  return id;
}

function regenerate(work: Work, answerId: string, model?: string): void {
  const question = questionOf(work.session, answerId);
  if (question !== undefined && isFree(work)) ask(work, question, model);
}

function retry(work: Work, answerId: string): void {
  const question = questionOf(work.session, answerId);
  if (question === undefined || !isFree(work)) return;
  if ((work.session.body(answerId)?.text ?? '') !== '') return regenerate(work, answerId);
  reopen(work, answerId, true);
  start(work, { answerId, questionId: question });
}

function continueAnswer(work: Work, answerId: string): void {
  const question = questionOf(work.session, answerId);
  if (question === undefined || !isFree(work)) return;
  const isEmpty = (work.session.body(answerId)?.text ?? '') === '';
  reopen(work, answerId, isEmpty);
  start(work, { answerId, questionId: question, model: work.session.head(answerId)?.route?.model, isContinuation: !isEmpty });
}

function reopen({ dependencies: { log, clock }, ownAnswers }: Work, id: string, clear: boolean): void {
  ownAnswers.add(id);
  log.append({ type: 'reopened', id, at: clock.date(), clear });
}

function addMessage({ dependencies }: Work, message: OutgoingMessage, place: string | null): string {
  const { log, clock } = dependencies;
  const id = dependencies.createId();
  const { task, model, reason, chips, text } = message;
  const isQueued = place === 'queue';
  log.append({ type: 'message', id, parent: isQueued ? null : place, at: clock.date(), role: 'user', task, model, reason, chips: [...chips], queued: isQueued || undefined, body: text });
  for (const item of message.context) log.append(toContextEvent(id, item));
  message.onSent?.();
  return id;
}

function sendQueued(work: Work): void {
  const next = work.session.queued[0];
  if (next === undefined || !work.ownQueue.has(next) || isBusy(work)) return;
  const { log, clock } = work.dependencies;
  work.ownQueue.delete(next);
  log.append({ type: 'sent', id: next, parent: work.session.path.at(-1) ?? null, at: clock.date() });
  ask(work, next);
}

function ask(work: Work, questionId: string, model?: string): void {
  const { log, clock, createId } = work.dependencies;
  const answerId = createId();
  work.ownAnswers.add(answerId);
  log.append({ type: 'answer', id: answerId, parent: questionId, at: clock.date() });
  start(work, { answerId, questionId, model });
}

function start(work: Work, job: AnswerJob): void {
  const controller = new AbortController();
  const { answerId } = job;
  const done = answer(work, job, controller).then((outcome) => {
    work.running = undefined;
    work.ownAnswers.delete(answerId);
    work.dependencies.onEnd?.(answerId, outcome);
    // A stop or a failure holds the queue: what waits may no longer be wanted.
    if (outcome === 'done') sendQueued(work);
  });
  work.running = { answerId, controller, done };
  work.dependencies.onStart?.(answerId);
}

async function answer(work: Work, job: AnswerJob, controller: AbortController): Promise<TurnOutcome> {
  const { dependencies, session } = work;
  const { answerId } = job;
  try {
    if (job.isContinuation === true) await dependencies.log.load([answerId]);
    const { request, omitted } = await buildRequest(job, dependencies);
    dependencies.onOmitted?.(omitted);
    work.sent.remember(answerId, request);
    const before = job.isContinuation === true ? (session.body(answerId)?.text ?? '') : '';
    return await runTurn({ answerId, questionId: job.questionId, request, controller, joint: before === '' ? undefined : createContinuationJoint(before) }, dependencies);
  } catch (error) {
    const failure = error instanceof RunApiError ? error : new RunApiError({ kind: 'internal', retryable: false, cause: error });
    dependencies.log.append({ type: 'end', id: answerId, at: dependencies.clock.date(), status: 'failed', error: dependencies.describeError(failure, false) });
    return 'failed';
  }
}

/** Another branch cannot be shown while an answer is written into this one. */
async function select(work: Work, messageId: string, index: number): Promise<void> {
  const { session, dependencies: { log } } = work;
  const head = session.head(messageId);
  const child = session.alternatives(messageId)[index];
  if (head === undefined || child === undefined || !isFree(work)) return;
  await log.load(session.wayFrom(child).slice(-loadedTail));
  log.append({ type: 'selected', parent: head.parent, child });
}

async function idle(work: Work): Promise<void> {
  const { running } = work;
  if (running === undefined) return;
  await running.done;
  await idle(work);
}
