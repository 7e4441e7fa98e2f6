import { describe, expect, it } from 'vitest';
import type { RunApiError } from '../../../../src/core/errors.ts';
import { createTimeLimits } from '../../../../src/core/api/timeLimits.ts';
import { defaultSettings } from '../../../../src/core/settings.ts';
import { createFakeClock } from '../../../helpers/fakeClock.ts';

function start(seesConnect = true) {
  const clock = createFakeClock();
  const errors: RunApiError[] = [];
  const limits = createTimeLimits({ clock, network: defaultSettings.network, seesConnect, details: { origin: 'https://runapi.ai' }, onLimit: (error) => {
    errors.push(error);
    limits.stop();
  } });
  return { clock, limits, errors };
}

type Started = ReturnType<typeof start>;

/** Brings the request to the middle of its answer. */
function inBody(): Started {
  const started = start();
  started.limits.connected();
  started.limits.received();
  return started;
}

async function check(started: Started, withinMs: number, kind: string, phase?: string): Promise<void> {
  await started.clock.advance(withinMs - 1);
  expect(started.errors).toEqual([]);
  await started.clock.advance(1);
  expect(started.errors.map((error) => error.kind)).toEqual([kind]);
  if (phase !== undefined) expect(started.errors[0]?.phase).toBe(phase);
  expect(started.errors[0]).toMatchObject({ retryable: true, origin: 'https://runapi.ai' });
}

describe('time limits', () => {
  it('give the connection 10 s', () => check(start(), 10_000, 'timeout', 'connect'));

  it('give the first byte 60 s from then on', async () => {
    const started = start();
    await started.clock.advance(9_000);
    started.limits.connected();
    await check(started, 60_000, 'timeout', 'first-byte');
  });

  it('give 60 s at once where nothing tells of the connection', () => check(start(false), 60_000, 'timeout', 'first-byte'));

  it('give each read 60 s', async () => {
    const started = inBody();
    for (let reads = 0; reads < 4; reads += 1) {
      started.limits.waiting();
      await started.clock.advance(59_000);
      started.limits.received();
      started.limits.content();
    }
    started.limits.waiting();
    await check(started, 60_000, 'stalled', 'body');
  });

  it('do not run while the reader takes its time', async () => {
    const { clock, limits, errors } = inBody();
    await clock.advance(30 * 60_000);
    limits.waiting();
    await clock.advance(59_000);
    expect(errors).toEqual([]);
  });

  it('let pings hold the silence off for five times its limit, and no longer', async () => {
    const { clock, limits, errors } = inBody();
    for (let pings = 0; pings < 29; pings += 1) {
      limits.waiting();
      await clock.advance(10_000);
      limits.received();
    }
    expect(errors).toEqual([]);
    limits.waiting();
    await clock.advance(10_000);
    expect(errors.map((error) => error.kind)).toEqual(['stalled']);
  });

  it('start anew with content', async () => {
    const { clock, limits, errors } = inBody();
    for (let pings = 0; pings < 100; pings += 1) {
      limits.waiting();
      await clock.advance(10_000);
      limits.received();
      if (pings % 20 === 0) limits.content();
    }
    expect(errors).toEqual([]);
  });

  it('end a server that sends a little for ever', async () => {
    const { clock, limits, errors } = inBody();
    for (let minutes = 0; minutes < 60 && errors.length === 0; minutes += 1) {
      limits.waiting();
      await clock.advance(50_000);
      limits.received();
      limits.content();
    }
    expect(errors.map((error) => error.kind)).toEqual(['stalled']);
    expect(clock.now()).toBeLessThan(46 * 60_000);
  });

  it('notice that the machine slept, and give the socket 5 s to show that it lives', async () => {
    const { clock, limits, errors } = inBody();
    limits.waiting();
    await clock.advance(4_000);
    clock.sleepMachine(10 * 60_000);
    await clock.advance(1_000);
    expect(errors).toEqual([]);
    await clock.advance(4_999);
    expect(errors).toEqual([]);
    await clock.advance(1);
    expect(errors.map((error) => error.kind)).toEqual(['interrupted']);
  });

  it('go on after a sleep when bytes come', async () => {
    const { clock, limits, errors } = inBody();
    limits.waiting();
    clock.sleepMachine(10 * 60_000);
    await clock.advance(6_000);
    limits.received();
    limits.content();
    limits.waiting();
    await clock.advance(59_000);
    expect(errors).toEqual([]);
  });

  it('do not mind a clock that was set back', async () => {
    const { clock, limits, errors } = inBody();
    limits.waiting();
    clock.sleepMachine(-365 * 86_400_000);
    await clock.advance(59_999);
    expect(errors).toEqual([]);
  });

  it('leave no timer behind', () => {
    const { clock, limits } = inBody();
    limits.stop();
    expect(clock.pending).toBe(0);
  });
});
