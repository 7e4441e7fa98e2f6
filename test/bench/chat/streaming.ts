// Streams of markdown into the view: cost, growth, flow control, pace.
import { openView, type OpenView } from '../../helpers/viewHarness/openView.ts';
import type { StreamOptions, StreamResult } from '../../helpers/viewHarness/streamer.ts';
import { syntheticText } from '../../helpers/viewHarness/syntheticMessage.ts';
import { viewStates } from '../../helpers/viewHarness/viewStates.ts';
import type { Figure } from './figures.ts';
import type { ChatBench } from './main.ts';
import { measureMainThread, type MainThreadCost } from './mainThread.ts';

/** About 4 characters a token: 200 tokens a second. */
const paceCharactersPerSecond = 780;

export async function measureStreaming(bench: ChatBench): Promise<readonly Figure[]> {
  await stream(bench, 20_000, { ignoreFlow: true });
  const small = await stream(bench, 60_000, { ignoreFlow: true });
  const middle = await stream(bench, 250_000, { ignoreFlow: true });
  const large = await stream(bench, 1_000_000, { ignoreFlow: true });
  const fast = await stream(bench, 200_000, {});
  const idle = await measureIdle(bench, (60_000 / paceCharactersPerSecond) * 1_000);
  const paced = await stream(bench, 60_000, { charactersPerSecond: paceCharactersPerSecond });
  return [
    { name: '60 kB in deltas of 20 characters: main thread in all', value: small.totalMs, unit: 'ms', goal: 600 },
    { name: '60 kB in deltas of 20 characters: longest task', value: small.worstTaskMs, unit: 'ms', goal: 50 },
    { name: '250 kB in deltas of 20 characters: main thread in all', value: middle.totalMs, unit: 'ms' },
    { name: '250 kB in deltas of 20 characters: longest task', value: middle.worstTaskMs, unit: 'ms', goal: 50 },
    { name: '1 MB in deltas of 20 characters: main thread in all', value: large.totalMs, unit: 'ms' },
    { name: '1 MB in deltas of 20 characters: longest task', value: large.worstTaskMs, unit: 'ms', goal: 50 },
    { name: '1 MB against 250 kB: cost per character (linear is 1)', value: large.totalMs / middle.totalMs / 4, unit: 'x', goal: 1.3 },
    { name: '200 kB as fast as the view draws: last delta to last paint', value: fast.result.lateMs, unit: 'ms', goal: 1_000 },
    { name: '200 kB as fast as the view draws: from first to last', value: fast.result.durationMs, unit: 'ms' },
    { name: '200 kB as fast as the view draws: longest task', value: fast.worstTaskMs, unit: 'ms', goal: 50 },
    { name: '60 kB at 200 tokens/s: main thread above the idle page', value: paced.totalMs - idle.totalMs, unit: 'ms', goal: 4_000 },
    { name: '60 kB at 200 tokens/s: end of stream to last paint', value: paced.result.lateMs, unit: 'ms', goal: 100 },
    { name: '60 kB at 200 tokens/s: longest task', value: paced.worstTaskMs, unit: 'ms', goal: 50 },
  ];
}

export async function openForStream(bench: ChatBench): Promise<OpenView> {
  const snapshot = viewStates['study'];
  if (snapshot === undefined) throw new Error('The state to start from is gone');
  return openView(bench.browser, bench.server, { snapshot });
}

async function stream(bench: ChatBench, characters: number, how: Pick<StreamOptions, 'charactersPerSecond' | 'ignoreFlow'>): Promise<MainThreadCost & { readonly result: StreamResult }> {
  const view = await openForStream(bench);
  const options: StreamOptions = { messageId: 'streamed', index: 4, text: syntheticText(characters), deltaCharacters: 20, firstSequence: 2, ...how };
  try {
    return await measureMainThread(bench.browser, view.page, () => view.page.evaluate((given) => window.host.stream(given), options));
  } finally {
    await view.close();
  }
}

async function measureIdle(bench: ChatBench, durationMs: number): Promise<MainThreadCost> {
  const view = await openForStream(bench);
  try {
    return await measureMainThread(bench.browser, view.page, () => view.page.waitForTimeout(durationMs));
  } finally {
    await view.close();
  }
}
