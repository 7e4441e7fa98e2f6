/** Time as an argument, so that core can be replayed. All values are in milliseconds. */
export interface Clock {
  /** Monotonic, for measuring. */
  now(): number;
  /** Wall clock since the epoch, for what is stored and shown. */
  date(): number;
  /** Rejects with the signal's reason when it aborts first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** Runs `callback` once after `ms`; the result cancels it. */
  after(ms: number, callback: () => void): () => void;
}
