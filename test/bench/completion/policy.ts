// What the emulated editor talks to: our engine, or another way of deciding when to ask.
import type { CompletionCall, CompletionItem, CompletionModel, DocumentChange } from '../../../src/core/completion/completionTypes.ts';
import type { Clock } from '../../../src/core/clock.ts';

export interface Policy {
  provide(call: CompletionCall, signal: AbortSignal): Promise<CompletionItem | undefined>;
  documentChanged(change: DocumentChange): void;
  accepted(itemId: number): void;
  /** The cursor went elsewhere without a change of text. */
  cursorMoved(call: CompletionCall): void;
  /** Requests of whose text something was accepted. */
  used(): number;
}

export interface PolicyEnvironment {
  readonly clock: Clock;
  readonly model: CompletionModel;
}

export type PolicyFactory = (environment: PolicyEnvironment) => Policy;
