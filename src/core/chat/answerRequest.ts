// What is sent for an answer: the path to its question, as messages, under the system prompt.
import type { TaskRequest } from '../models/taskRunner.ts';
import type { ContextChip, TaskId } from '../../shared/chatTypes.ts';
import { endsInFence } from './continuation.ts';
import type { SentContext } from './messageBody.ts';
import { assemblePrompt, idsForPrompt, type Assembly } from './promptAssembly.ts';
import type { SessionLog } from './sessionLog.ts';

export interface OutgoingMessage {
  readonly text: string;
  readonly chips: readonly ContextChip[];
  readonly context: readonly SentContext[];
  readonly task: TaskId;
  /** Why this task and model: shown in the answer's first line. */
  readonly reason?: string;
  readonly model?: string;
  /** Called when it is said, not when it is only looked at. */
  readonly onSent?: () => void;
}

export interface RequestDependencies {
  readonly log: SessionLog;
  readonly systemPrompt: () => string;
  readonly editFormat: () => string | undefined;
  readonly estimateTokens: (text: string) => number;
  /** Tokens that system prompt and messages may take for this task. */
  readonly inputBudget: (task: TaskId, model: string | undefined) => number;
}

export interface AnswerJob {
  readonly answerId: string;
  readonly questionId: string;
  /** For this answer alone. */
  readonly model?: string;
  /** Goes on behind the text that the answer has. */
  readonly isContinuation?: boolean;
}

export interface AnswerRequest extends Pick<Assembly, 'omitted'> {
  readonly request: TaskRequest;
}

export async function buildRequest(job: AnswerJob, dependencies: RequestDependencies): Promise<AnswerRequest> {
  const { session } = dependencies.log;
  const head = session.head(job.questionId);
  const task = head?.task ?? 'chat';
  const model = job.model ?? head?.model;
  const path = session.wayTo(job.isContinuation === true ? job.answerId : job.questionId);
  const closing = job.isContinuation === true ? closingOf(session.body(job.answerId)?.text ?? '') : undefined;
  const reason = job.model === undefined ? head?.reason : undefined;
  return await build({ task, model, reason }, { path, closing }, dependencies);
}

/** What would be sent for a message that is not sent yet. */
export async function previewRequest(message: OutgoingMessage, dependencies: RequestDependencies): Promise<AnswerRequest> {
  return await build(message, { path: dependencies.log.session.path, unsent: message }, dependencies);
}

type Question = Pick<TaskRequest, 'task' | 'model' | 'reason'>;
type Place = { readonly path: readonly string[]; readonly closing?: string; readonly unsent?: OutgoingMessage };

async function build({ task, model, reason }: Question, place: Place, dependencies: RequestDependencies): Promise<AnswerRequest> {
  const { log, estimateTokens } = dependencies;
  const system = dependencies.systemPrompt();
  const budgetTokens = dependencies.inputBudget(task, model) - estimateTokens(system);
  await log.load(idsForPrompt(log.session, place.path, budgetTokens));
  const { messages, omitted } = assemblePrompt({ session: log.session, ...place, budgetTokens, estimateTokens, editFormat: dependencies.editFormat() });
  return { request: { task, system, messages, model, reason }, omitted };
}

/** Asked in a message of its own: newer models refuse a request that ends with the beginning of their answer. */
function closingOf(before: string): string {
  const words = before.trimEnd().slice(-60);
  const place = endsInFence(before) ? ' You are inside a code block: go on with the code, do not open the block again.' : '';
  return `Your answer was cut off after ${JSON.stringify(words)}. Go on from exactly there, without repeating anything and without a word about the interruption.${place}`;
}
