// What a fault is. The table of all of them is faultTable.ts; the row numbers are those of the project's list of faults.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from '../answer.ts';
import type { ErrorShape } from '../refusal.ts';
import type { Reply } from '../reply.ts';

/** Changes a fault; each has defaults of its own. */
export interface FaultOptions {
  /** Content deltas that still go out before the fault strikes. Default 3. */
  readonly afterDeltas?: number;
  readonly milliseconds?: number;
  readonly seconds?: number;
  /** Target of a redirect. */
  readonly location?: string;
  readonly bytes?: number;
  readonly message?: string;
}

export interface FaultContext {
  readonly options: FaultOptions;
  /** The form in which the endpoint writes errors. */
  readonly shape: ErrorShape;
  readonly requestId: string;
  /** What the client sent as its key. */
  readonly presentedKey: string;
  readonly origin: string;
}

interface FaultHead {
  readonly name: string;
  readonly rows: readonly number[];
  readonly about: string;
}

export type Fault =
  /** Answers before anything of the request is looked at. */
  | (FaultHead & { readonly stage: 'instead'; readonly reply: (context: FaultContext) => Reply })
  /** Changes what the model says. */
  | (FaultHead & { readonly stage: 'answer'; readonly alter: (answer: Answer, context: FaultContext) => Answer })
  /** Spoils the answer on its way. */
  | (FaultHead & { readonly stage: 'reply'; readonly alter: (reply: Reply, context: FaultContext) => Reply })
  /** Works on the bare connection; answers nothing itself. False: go on as if there were no fault. */
  | (FaultHead & { readonly stage: 'socket'; readonly act: (request: IncomingMessage, response: ServerResponse, context: FaultContext) => boolean });
