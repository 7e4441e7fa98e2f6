/** What the engine wins by, each to be switched off to measure what it is worth. All are on in the product. */
export interface Mechanisms {
  /** A request that still covers the cursor serves later calls. Off: it ends with the call it was sent for. */
  readonly handOver: boolean;
  /** Answers are kept after they were shown. */
  readonly store: boolean;
  /** An answer's later lines are kept for the next Enters. */
  readonly readAhead: boolean;
  /** Asks at once at the start of a line and after an accept. Off: always the delay. */
  readonly earlyStart: boolean;
  /** Blocks where blocks are expected. Off: one line only. */
  readonly blocks: boolean;
  /** Waits a moment longer after the first key that leaves an answer: it may be a slip. */
  readonly patience: boolean;
  /** While suggestions are being taken, asks for the next one before the last known one is accepted. */
  readonly askAhead: boolean;
}

export const allMechanisms: Mechanisms = { handOver: true, store: true, readAhead: true, earlyStart: true, blocks: true, patience: true, askAhead: true };
