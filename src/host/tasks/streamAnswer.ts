// One request of a task: streams it, tells the running line how far it is, and gives back the text with its route and receipt.
import { displayName } from '../../core/models/catalog.ts';
import type { TaskPart, TaskRunner } from '../../core/models/taskRunner.ts';
import { addCost, type TaskCost } from '../../core/tasks/costLine.ts';
import type { TaskPrompt } from '../../core/tasks/taskPrompt.ts';
import type { Translate } from '../../core/translate.ts';
import type { FinishReason, RouteDecision, TaskId } from '../../shared/chatTypes.ts';
import type { RunningTask } from './runningTasks.ts';

export interface AnswerRequest {
  readonly task: TaskId;
  readonly prompt: TaskPrompt;
  readonly maxTokens?: number;
  /** What earlier requests of the same task cost. */
  readonly cost?: TaskCost | undefined;
  readonly onPart?: (part: TaskPart) => void;
  readonly onText?: (delta: string, all: string) => void;
}

export interface Answer {
  readonly text: string;
  /** Absent when the stream failed before it. */
  readonly finish: FinishReason;
  readonly cost: TaskCost | undefined;
}

export interface AnswerDependencies {
  readonly runner: TaskRunner;
  readonly running: RunningTask;
  readonly translate: Translate;
}

export async function streamAnswer(request: AnswerRequest, { runner, running, translate }: AnswerDependencies): Promise<Answer> {
  const { task, prompt, maxTokens } = request;
  let route: RouteDecision | undefined;
  let finish: FinishReason = 'other';
  let { cost } = request;
  let text = '';
  for await (const part of runner.run({ task, ...prompt, ...(maxTokens === undefined ? {} : { maxTokens }) }, running.signal)) {
    request.onPart?.(part);
    switch (part.type) {
      case 'route':
        route = part.route;
        running.report(displayName(route.model));
        break;
      case 'retry-wait':
        running.report(translate('waiting {seconds} s', { seconds: Math.ceil(part.waitMs / 1000) }));
        break;
      case 'thinking-delta':
        running.report(translate('{model} thinks', { model: displayName(route?.model ?? '') }));
        break;
      case 'text-delta':
        text += part.text;
        running.report(translate('{model} · {count} characters', { model: displayName(route?.model ?? ''), count: text.length }));
        request.onText?.(part.text, text);
        break;
      case 'finish':
        finish = part.reason;
        break;
      case 'receipt':
        if (route !== undefined) cost = addCost(cost, route, part.receipt);
        break;
      case 'response-start': case 'thinking-signature': case 'tool-call-start': case 'tool-call-delta': case 'usage':
        break;
    }
  }
  return { text, finish, cost };
}
