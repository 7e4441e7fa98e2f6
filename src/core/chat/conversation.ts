// What can be done with one conversation: send, stop, queue, edit, regenerate, continue. One answer streams at a time; everything else
// waits in the queue. It lives on when its view is gone.
import { RunApiError } from '../errors.ts';
import type { TaskRequest } from '../models/taskRunner.ts';
import type { ContextChip, TaskId } from '../../shared/chatTypes.ts';
import { assemblePrompt, idsForPrompt, type Assembly } from './promptAssembly.ts';
import { createContinuationJoint, endsInFence } from './continuation.ts';
import type { SentContext } from './messageBody.ts';
import type { SessionLog } from './sessionLog.ts';
import { runTurn, stopReason, type TurnDependencies, type TurnOutcome } from './turn.ts';

export interface OutgoingMessage {
  readonly text: string;
  readonly chips: readonly ContextChip[];
  readonly context: readonly SentContext[];
  readonly task: TaskId;
  /** Why this task and model: shown in the answer's first line. */
  readonly reason?: string;
  readonly model?: string;
}

export interface ConversationDependencies extends TurnDependencies {
  readonly createId: () => string;
  readonly systemPrompt: () => string;
  readonly editFormat: () => string | undefined;
  readonly estimateTokens: (text: string) => number;
  /** Tokens that system prompt and messages may take for this task. */
  readonly inputBudget: (task: TaskId, model: string | undefined) => number;
  /** After an answer ended; `messageId` is the answer's. */
  readonly onEnd?: (answerId: string, outcome: TurnOutcome) => void;
  readonly onOmitted?: (count: number) => void;
}

export interface Conversation {
  readonly log: SessionLog;
  readonly isStreaming: boolean;
  /** Queues while an answer streams. The result is the id of the message. */
  send(message: OutgoingMessage): string;
  /** The old message stays as a branch. */
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
  stop(): void;
  /** What would be sent, or was sent, for this message. */
  requestFor(messageId: string): Promise<TaskRequest | undefined>;
  /** What would be sent for a message that is not sent yet. */
  previewOf(message: OutgoingMessage): Promise<TaskRequest>;
  /** Resolves when nothing streams. */
  idle(): Promise<void>;
}

interface Running {
  readonly answerId: string;
  readonly controller: AbortController;
  readonly done: Promise<void>;
}

const windowLength = 40;

export function createConversation(dependencies: ConversationDependencies): Conversation {
  const { log, createId, clock } = dependencies;
  const { session } = log;
  let running: Running | undefined;

  const start = (answerId: string, questionId: string, options: { readonly model?: string; readonly isContinuation?: boolean } = {}): void => {
    const controller = new AbortController();
    const done = answer({ answerId, questionId, controller, ...options }, dependencies).then((outcome) => {
      running = undefined;
      dependencies.onEnd?.(answerId, outcome);
      if (outcome === 'done') sendQueued();
    });
    running = { answerId, controller, done };
  };

  const ask = (questionId: string, options: { readonly model?: string } = {}): void => {
    const answerId = createId();
    log.append({ type: 'answer', id: answerId, parent: questionId, at: clock.date() });
    start(answerId, questionId, options);
  };

  const add = (message: OutgoingMessage, parent: string | null, queued: boolean): string => {
    const id = createId();
    const { task, model, reason, chips, text } = message;
    log.append({ type: 'message', id, parent, at: clock.date(), role: 'user', task, model, reason, chips: [...chips], queued: queued || undefined, body: text });
    for (const item of message.context) log.append({ type: 'context', id, chip: item.chipId, name: item.name, mediaType: item.mediaType, body: item.text });
    return id;
  };

  const sendQueued = (): void => {
    const next = session.queued[0];
    if (next === undefined || running !== undefined) return;
    log.append({ type: 'sent', id: next, parent: session.path.at(-1) ?? null, at: clock.date() });
    ask(next);
  };

  const again = (answerId: string, model?: string): void => {
    const question = questionOf(session, answerId);
    if (question === undefined || running !== undefined) return;
    ask(question, { model });
  };

  return {
    log,
    get isStreaming() { return running !== undefined; },
    send: (message) => {
      const waits = running !== undefined || session.queued.length > 0;
      const id = add(message, waits ? null : (session.path.at(-1) ?? null), waits);
      if (!waits) ask(id);
      else sendQueued();
      return id;
    },
    edit: (messageId, message) => {
      const head = session.head(messageId);
      if (head === undefined || head.role !== 'user' || head.status === 'queued' || running !== undefined) return undefined;
      const id = add(message, head.parent, false);
      ask(id);
      return id;
    },
    regenerate: again,
    retry: (answerId) => {
      const question = questionOf(session, answerId);
      if (question === undefined || running !== undefined) return;
      if ((session.body(answerId)?.text ?? '') !== '') return again(answerId);
      log.append({ type: 'reopened', id: answerId, at: clock.date(), clear: true });
      start(answerId, question);
    },
    continueAnswer: (answerId) => {
      const question = questionOf(session, answerId);
      if (question === undefined || running !== undefined) return;
      log.append({ type: 'reopened', id: answerId, at: clock.date(), clear: false });
      start(answerId, question, { isContinuation: true });
    },
    unqueue: (messageId) => log.append({ type: 'unqueued', id: messageId }),
    resume: sendQueued,
    select: async (messageId, index) => {
      const head = session.head(messageId);
      const child = session.alternatives(messageId)[index];
      if (head === undefined || child === undefined || running !== undefined) return;
      await log.load(session.pathThrough(child).slice(-windowLength));
      log.append({ type: 'selected', parent: head.parent, child });
    },
    stop: () => running?.controller.abort(stopReason),
    requestFor: async (messageId) => {
      const head = session.head(messageId);
      const question = head?.role === 'assistant' ? questionOf(session, messageId) : messageId;
      return question === undefined ? undefined : (await buildRequest({ answerId: '', questionId: question }, dependencies)).request;
    },
    previewOf: async (message) => {
      const path = session.path;
      const budgetTokens = dependencies.inputBudget(message.task, message.model);
      await log.load(idsForPrompt(session, path, budgetTokens));
      const assembly = assemblePrompt({ session, path, unsent: message, budgetTokens, editFormat: dependencies.editFormat(), estimateTokens: dependencies.estimateTokens });
      return { task: message.task, system: dependencies.systemPrompt(), messages: assembly.messages, model: message.model, reason: message.reason };
    },
    idle: async () => { while (running !== undefined) await running.done; },
  };
}

interface AnswerJob {
  readonly answerId: string;
  readonly questionId: string;
  readonly model?: string;
  readonly isContinuation?: boolean;
}

async function answer(job: AnswerJob & { readonly controller: AbortController }, dependencies: ConversationDependencies): Promise<TurnOutcome> {
  const { log, clock } = dependencies;
  const { answerId, controller } = job;
  try {
    const { request, omitted } = await buildRequest(job, dependencies);
    if (omitted > 0) dependencies.onOmitted?.(omitted);
    const before = job.isContinuation === true ? (log.session.body(answerId)?.text ?? '') : '';
    return await runTurn({ answerId, request, controller, joint: before === '' ? undefined : createContinuationJoint(before) }, dependencies);
  } catch (error) {
    const failure = error instanceof RunApiError ? error : new RunApiError({ kind: 'internal', retryable: false, cause: error });
    log.append({ type: 'end', id: answerId, at: clock.date(), status: 'failed', error: dependencies.describeError(failure, false) });
    return 'failed';
  }
}

async function buildRequest(job: AnswerJob, dependencies: ConversationDependencies): Promise<{ readonly request: TaskRequest } & Pick<Assembly, 'omitted'>> {
  const { log } = dependencies;
  const { session } = log;
  const head = session.head(job.questionId);
  const task = head?.task ?? 'chat';
  const model = job.model ?? head?.model ?? session.override.model;
  const path = pathTo(session, job.isContinuation === true ? job.answerId : job.questionId);
  const budgetTokens = dependencies.inputBudget(task, model);
  await log.load(idsForPrompt(session, path, budgetTokens));
  const system = dependencies.systemPrompt();
  const assembly = assemblePrompt({
    session, path, editFormat: dependencies.editFormat(), estimateTokens: dependencies.estimateTokens,
    budgetTokens: budgetTokens - dependencies.estimateTokens(system),
    closing: job.isContinuation === true ? closingOf(session.body(job.answerId)?.text ?? '') : undefined,
  });
  return { request: { task, system, messages: assembly.messages, model, reason: head?.reason }, omitted: assembly.omitted };
}

/** Asked in a message of its own: newer models refuse a request that ends with the beginning of their answer. */
function closingOf(before: string): string {
  const words = before.trimEnd().slice(-60);
  const place = endsInFence(before) ? ' You are inside a code block: go on with the code, do not open the block again.' : '';
  return `Your answer was cut off after ${JSON.stringify(words)}. Go on from exactly there, without repeating anything and without a word about the interruption.${place}`;
}

function questionOf(session: SessionLog['session'], answerId: string): string | undefined {
  const head = session.head(answerId);
  return head?.role === 'assistant' ? (head.parent ?? undefined) : undefined;
}

/** From the first message to this one, whatever branch it is on. */
function pathTo(session: SessionLog['session'], id: string): readonly string[] {
  const path: string[] = [];
  for (let next: string | null | undefined = id; next !== null && next !== undefined; next = session.head(next)?.parent) path.push(next);
  return path.reverse();
}
