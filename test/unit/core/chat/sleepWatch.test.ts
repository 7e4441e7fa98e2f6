import { describe, expect, it } from 'vitest';
import { watchSleep } from '../../../../src/core/chat/sleepWatch.ts';
import { createFakeClock, type FakeClock } from '../../../helpers/fakeClock.ts';

function watch(): { readonly clock: FakeClock; readonly gone: () => number; readonly sign: () => void; readonly stop: () => void } {
  const clock = createFakeClock();
  let count = 0;
  let last = clock.date();
  const stop = watchSleep(clock, () => last, () => { count += 1; });
  return { clock, gone: () => count, sign: () => { last = clock.date(); }, stop };
}

describe('the watch for a sleeping computer', () => {
  it('is silent while time goes on as usual, however long nothing comes', async () => {
    const { clock, gone } = watch();
    await clock.advance(600_000);
    expect(gone()).toBe(0);
  });

  it('is not alarmed by a busy machine', async () => {
    const { clock, gone } = watch();
    for (let round = 0; round < 20; round++) {
      clock.sleepMachine(3_000);
      await clock.advance(10_000);
    }
    expect(gone()).toBe(0);
  });

  it('tells once when nothing comes after the computer woke', async () => {
    const { clock, gone } = watch();
    await clock.advance(2_000);
    clock.sleepMachine(600_000);
    await clock.advance(60_000);
    expect(gone()).toBe(1);
    expect(clock.pending).toBe(0);
  });

  it('waits a moment for a connection that outlived the sleep', async () => {
    const { clock, gone, sign } = watch();
    clock.sleepMachine(600_000);
    await clock.advance(6_000);
    sign();
    await clock.advance(60_000);
    expect(gone()).toBe(0);
  });

  it('notices the second sleep as well', async () => {
    const { clock, gone, sign } = watch();
    clock.sleepMachine(600_000);
    await clock.advance(6_000);
    sign();
    await clock.advance(30_000);
    clock.sleepMachine(600_000);
    await clock.advance(30_000);
    expect(gone()).toBe(1);
  });

  it.each([['before anything', 0], ['in the moment of grace', 600_000]])('ends %s without a trace', async (_when, slept) => {
    const { clock, gone, stop } = watch();
    clock.sleepMachine(slept);
    await clock.advance(5_000);
    stop();
    await clock.advance(60_000);
    expect(gone()).toBe(0);
    expect(clock.pending).toBe(0);
  });
});
