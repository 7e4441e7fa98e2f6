// Small requests that no answer shows: titles and summaries. Collects the text and tells what it cost.
import { RunApiError } from '../errors.ts';
import type { TaskRequest, TaskRunner } from '../models/taskRunner.ts';
import type { FinishReason } from '../../shared/chatTypes.ts';
import type { SessionLog } from './sessionLog.ts';

export interface SideTaskOptions {
  readonly runner: TaskRunner;
  readonly log: SessionLog;
  readonly signal: AbortSignal;
}

/** The whole text; a cut answer is an error unless `allowsCut`. */
export async function runSideTask(request: TaskRequest & { readonly allowsCut?: boolean }, { runner, log, signal }: SideTaskOptions): Promise<string> {
  const { allowsCut, ...taskRequest } = request;
  let text = '';
  let finish: FinishReason | undefined;
  for await (const part of runner.run(taskRequest, signal)) {
    if (part.type === 'text-delta') text += part.text;
    if (part.type === 'finish') finish = part.reason;
    if (part.type === 'receipt') log.append({ type: 'spent', task: request.task, receipt: part.receipt });
  }
  if (finish !== 'stop' && allowsCut !== true) throw new RunApiError({ kind: finish === 'refusal' ? 'refusal' : 'interrupted', retryable: true });
  return text;
}
