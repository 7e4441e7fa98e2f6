// The engine's model, made of the product's task runner: both protocols, routing, prices and the ledger lie behind it.
import type { ModelMessage } from '../api/modelClient.ts';
import { RunApiError } from '../errors.ts';
import type { TaskPart, TaskRunner } from '../models/taskRunner.ts';
import type { CompletionModel, ModelAnswerPart, ModelQuestion } from './completionTypes.ts';

export function createRunnerModel(runner: TaskRunner): CompletionModel {
  return {
    async *ask(question, signal) {
      const parts = runner.run({ task: 'complete', system: question.system, messages: toMessages(question), maxTokens: question.maxTokens }, signal);
      for await (const part of parts) {
        // A suggestion that had to wait for a retry comes too late: the engine's own back-off takes over.
        if (part.type === 'retry-wait') throw toError(part.kind, part.waitMs);
        const answer = toAnswerPart(part);
        if (answer !== undefined) yield answer;
      }
    },
  };
}

function toMessages({ turns }: ModelQuestion): ModelMessage[] {
  return turns.map(({ role, text }) => ({ role, content: text }));
}

function toAnswerPart(part: TaskPart): ModelAnswerPart | undefined {
  switch (part.type) {
    case 'text-delta':
      return { type: 'text', text: part.text };
    case 'finish':
      return { type: 'finish', reason: part.reason === 'stop' || part.reason === 'length' ? part.reason : 'other' };
    case 'receipt':
      return { type: 'receipt', receipt: part.receipt };
    default:
      return undefined;
  }
}

function toError(kind: string, waitMs: number): RunApiError {
  const known = kind === 'rate-limit' || kind === 'overloaded' ? kind : 'server';
  return new RunApiError({ kind: known, retryable: true, retryAfterMs: waitMs });
}
