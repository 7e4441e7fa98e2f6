// The way every feature asks a model: a task goes in, the router picks the model, parts stream out, the ledger is written.
import type { Receipt, RouteDecision, TaskId } from '../../shared/chatTypes.ts';
import type { ModelMessage, StreamPart, ToolDefinition } from '../api/modelClient.ts';

export interface TaskRequest {
  readonly task: TaskId;
  readonly system: string;
  readonly messages: readonly ModelMessage[];
  /** Overrides the route's model, for example from /model. `reason` then says so. */
  readonly model?: string;
  readonly reason?: string;
  /** Lowers (never raises) the route's maximum. */
  readonly maxTokens?: number;
  readonly stopSequences?: readonly string[];
  readonly tools?: readonly ToolDefinition[];
}

/** `route` comes first; `receipt` comes once: after finish, or before the error is thrown, with what is known by then. */
export type TaskPart =
  | StreamPart
  | { readonly type: 'route'; readonly route: RouteDecision }
  | { readonly type: 'receipt'; readonly receipt: Receipt };

export interface TaskRunner {
  /** Which model would answer, without asking it: for prices shown before sending. */
  route(request: Pick<TaskRequest, 'task' | 'model' | 'reason' | 'maxTokens'>): RouteDecision;
  /** Same errors and cancellation as ModelClient.stream. */
  run(request: TaskRequest, signal: AbortSignal): AsyncIterable<TaskPart>;
}
