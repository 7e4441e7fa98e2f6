// What was sent for an answer, for "Show what was sent": exact even when settings change later.
import type { TaskRequest } from '../models/taskRunner.ts';
import { buildRequest, type RequestDependencies } from './answerRequest.ts';
import type { Session } from './session.ts';

export interface SentRequests {
  remember(answerId: string, request: TaskRequest): void;
  /** Of an answer, or of the answer behind a question; built again where it is not remembered. */
  find(messageId: string): Promise<TaskRequest | undefined>;
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
      const isAnswer = session.head(messageId)?.role === 'assistant';
      const answerId = isAnswer ? messageId : session.path[session.path.indexOf(messageId) + 1];
      const remembered = answerId === undefined ? undefined : sent.get(answerId);
      if (remembered !== undefined) return remembered;
      const questionId = isAnswer ? questionOf(session, messageId) : messageId;
      return questionId === undefined ? undefined : (await buildRequest({ answerId: answerId ?? '', questionId }, dependencies)).request;
    },
  };
}

export function questionOf(session: Session, answerId: string): string | undefined {
  const head = session.head(answerId);
  return head?.role === 'assistant' ? (head.parent ?? undefined) : undefined;
}
