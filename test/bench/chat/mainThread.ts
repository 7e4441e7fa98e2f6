// What a piece of work costs the main thread of a page: all tasks together and the longest one, from Chromium's own trace.
import type { Browser, Frame, Page } from 'playwright-core';

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

/** `frame`: whose main thread counts, in a page whose frames may have one of their own. */
export async function measureMainThread<Result>(browser: Browser, page: Page, work: () => Promise<Result>, frame: Page | Frame = page): Promise<MainThreadCost & { readonly result: Result }> {
  const mark = `bench-${Math.random()}`;
  await browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] });
  await frame.evaluate((name) => performance.mark(name), mark);
  const result = await work();
  await frame.evaluate((name) => performance.mark(`${name}-end`), mark);
  const buffer = await browser.stopTracing();
  // Chromium's trace format: one object with the list of events.
  const { traceEvents } = JSON.parse(buffer.toString('utf8')) as { readonly traceEvents: readonly TraceEvent[] };
  const thread = traceEvents.find((event) => event.name === mark);
  // A trace that is full keeps its beginning.
  if (thread === undefined || !traceEvents.some((event) => event.name === `${mark}-end`)) throw new Error('The trace does not hold the whole of the work');
  const tasks = traceEvents.filter((event) => event.dur !== undefined && event.name === 'ThreadControllerImpl::RunTask' && event.pid === thread.pid && event.tid === thread.tid);
  // Time on the processor: other programs of the machine do not count.
  const durations = tasks.map((event) => (event.tdur ?? event.dur ?? 0) / 1_000);
  return { totalMs: durations.reduce((sum, value) => sum + value, 0), worstTaskMs: durations.reduce((worst, value) => Math.max(worst, value), 0), result };
}
