import { setTimeout as sleep } from 'node:timers/promises';

/** Polls until `check` gives something other than undefined, null, false or ''. The error names what did not come. */
export async function waitFor<Result>(what: string, check: () => Promise<Result> | Result, timeoutMs = 10_000): Promise<NonNullable<Result>> {
  const end = performance.now() + timeoutMs;
  let lastError = '';
  for (;;) {
    try {
      const result = await check();
      if (result !== undefined && result !== null && result !== false && result !== '') return result;
      lastError = '';
    } catch (error) {
      lastError = error instanceof Error ? `: ${error.message}` : `: ${String(error)}`;
    }
    if (performance.now() > end) throw new Error(`Waited ${timeoutMs} ms for ${what}${lastError}`);
    await sleep(50);
  }
}
