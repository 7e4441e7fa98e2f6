// What was sent for an answer, for "Show what was sent": exact even when settings change later, and said where it may not be.
import type { TaskRequest } from '../models/taskRunner.ts';
import { buildRequest, type RequestDependencies } from './answerRequest.ts';
import type { Session } from './session.ts';

export interface ShownRequest {
  readonly request: TaskRequest;
  /** Made from the conversation and the settings as they are now: what was sent may have been another. */
  readonly isRebuilt: boolean;
}

export interface SentRequests {
  remember(answerId: string, request: TaskRequest): void;
  /** Of an answer, or of the answer behind a question; built again where it is not remembered. */
  find(messageId: string): Promise<ShownRequest | undefined>;
}

/** More than that many turns back, a request is built again when it is asked for. */
const keptRequests = 10;

export function createSentRequests(dependencies: RequestDependencies): SentRequests {
  const { session } = dependencies.log;
  const sent = new Map<string, TaskRequest>();
  return {
    remember: (answerId, request) => {
      sent.set(answerId, request);
      const [oldest] = sent.keys();
      if (sent.size > keptRequests && oldest !== undefined) sent.delete(oldest);
    },
    find: async (messageId) => {
      const role = session.head(messageId)?.role;
      if (role === undefined) return undefined;
      const isAnswer = role === 'assistant';
      const answerId = isAnswer ? messageId : session.path[session.path.indexOf(messageId) + 1];
      const remembered = answerId === undefined ? undefined : sent.get(answerId);
      if (remembered !== undefined) return { request: remembered, isRebuilt: false };
      const questionId = isAnswer ? questionOf(session, messageId) : messageId;
      if (questionId === undefined) return undefined;
      return { request: (await buildRequest({ answerId: answerId ?? '', questionId }, dependencies)).request, isRebuilt: true };
    },
  };
}

export function questionOf(session: Session, answerId: string): string | undefined {
  const head = session.head(answerId);
  return head?.role === 'assistant' ? (head.parent ?? undefined) : undefined;
}
