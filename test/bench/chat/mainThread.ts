// What a piece of work costs the main thread of a page: all tasks together and the longest one, from Chromium's own trace.
import type { Browser, Page } from 'playwright-core';

export interface MainThreadCost {
  readonly totalMs: number;
  readonly worstTaskMs: number;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  readonly args?: { readonly name?: string; readonly data?: { readonly message?: string } };
}

export async function measureMainThread<Result>(browser: Browser, page: Page, work: () => Promise<Result>): Promise<MainThreadCost & { readonly result: Result }> {
  const mark = `bench-${Math.random()}`;
  await browser.startTracing(page, { categories: ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'toplevel', '__metadata', 'blink.user_timing'] });
  await page.evaluate((name) => performance.mark(name), mark);
  const result = await work();
  const buffer = await browser.stopTracing();
  // Chromium's trace format: one object with the list of events.
  const { traceEvents } = JSON.parse(buffer.toString('utf8')) as { readonly traceEvents: readonly TraceEvent[] };
  const thread = traceEvents.find((event) => event.name === mark);
  const tasks = traceEvents.filter((event) => event.dur !== undefined && event.name.endsWith('RunTask') && event.pid === thread?.pid && event.tid === thread.tid);
  const named = tasks.filter((event) => event.name === 'RunTask');
  const durations = (named.length > 0 ? named : tasks).map((event) => (event.dur ?? 0) / 1_000);
  return { totalMs: durations.reduce((sum, value) => sum + value, 0), worstTaskMs: durations.reduce((worst, value) => Math.max(worst, value), 0), result };
}
