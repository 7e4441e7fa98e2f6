import { setTimeout as sleep } from 'node:timers/promises';

/** A look at something that has just gone can wait half a minute for it to come back: the next look does not wait for that one. */
const lookTimeoutMs = 5000;

/** Polls until `check` gives something other than undefined, null, false or ''. The error names what did not come. */
export async function waitFor<Result>(what: string, check: () => Promise<Result> | Result, timeoutMs = 20_000): Promise<NonNullable<Result>> {
  const end = performance.now() + timeoutMs;
  let found: NonNullable<Result> | undefined;
  let lastError = '';
  const look = async (): Promise<void> => {
    try {
      const result = await check();
      if (result !== undefined && result !== null && result !== false && result !== '') found ??= result;
      lastError = '';
    } catch (error) {
      lastError = error instanceof Error ? `: ${error.message}` : `: ${String(error)}`;
    }
  };
  for (;;) {
    await withTimeout(look(), lookTimeoutMs);
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error(`Waited ${timeoutMs} ms for ${what}${lastError}`);
    await sleep(50);
  }
}

async function withTimeout(work: Promise<void>, timeoutMs: number): Promise<void> {
  const timer = new AbortController();
  const timeout = sleep(timeoutMs, undefined, { signal: timer.signal }).catch(() => undefined);
  await Promise.race([work, timeout]).finally(() => timer.abort());
}
