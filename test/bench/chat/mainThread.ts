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
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

export async function measureMainThread<Result>(browser: Browser, page: Page, work: () => Promise<Result>): Promise<MainThreadCost & { readonly result: Result }> {
  const mark = `bench-${Math.random()}`;
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
  await page.evaluate((name) => performance.mark(name), mark);
  const result = await work();
  const buffer = await browser.stopTracing();
  // Chromium's trace format: one object with the list of events.
  const { traceEvents } = JSON.parse(buffer.toString('utf8')) as { readonly traceEvents: readonly TraceEvent[] };
  const thread = traceEvents.find((event) => event.name === mark);
  const tasks = traceEvents.filter((event) => event.dur !== undefined && event.name === 'ThreadControllerImpl::RunTask' && event.pid === thread?.pid && event.tid === thread.tid);
  // Time on the processor: other programs of the machine do not count.
  const durations = tasks.map((event) => (event.tdur ?? event.dur ?? 0) / 1_000);
  return { totalMs: durations.reduce((sum, value) => sum + value, 0), worstTaskMs: durations.reduce((worst, value) => Math.max(worst, value), 0), result };
}
