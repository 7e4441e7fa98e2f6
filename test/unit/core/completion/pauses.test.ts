import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPauses, type Pause, type Pauses } from '../../../../src/core/completion/pauses.ts';
import { RunApiError, type ErrorKind } from '../../../../src/core/errors.ts';
import { createFakeClock, type FakeClock } from '../../../helpers/fakeClock.ts';

interface Paused {
  readonly clock: FakeClock;
  readonly pauses: Pauses;
  readonly fail: (kind: ErrorKind, retryAfterMs?: number) => void;
}

function start(startDate?: number): Paused {
  const clock = createFakeClock(startDate);
  const pauses = createPauses(clock);
  return {
    clock,
    pauses,
    fail: (kind, retryAfterMs) => pauses.failed(new RunApiError({ kind, retryable: true, ...(retryAfterMs !== undefined && { retryAfterMs }) })),
  };
}

/** The pause after one failure of the kind, the first of all. */
function check(kind: ErrorKind, retryAfterMs?: number): Pause | undefined {
  const { pauses, fail } = start();
  fail(kind, retryAfterMs);
  return pauses.current();
}

describe('one failure', () => {
  it.each([
    ['no-key', { why: 'no-key' }],
    ['untrusted-origin', { why: 'no-key' }],
    ['insecure-url', { why: 'insecure-url' }],
    ['key-rejected', { why: 'key-rejected' }],
    ['forbidden', { why: 'key-rejected' }],
    ['credits', { why: 'credits', untilMs: 300_000 }],
    ['rate-limit', { why: 'rate-limited', untilMs: 5_000 }],
    ['overloaded', { why: 'overloaded', untilMs: 5_000 }],
    ['server', undefined],
    ['network', undefined],
    ['stalled', undefined],
    ['bad-reply', undefined],
    ['internal', undefined],
  ] as const)('of the kind %s leads to %j', (kind, pause) => expect(check(kind)).toEqual(pause));

  it.each([
    ['a longer wait that the gateway asks for is kept', 60_000, 60_000],
    ['a shorter one is not: five seconds are the least', 1_000, 5_000],
    ['one of hours is cut to five minutes', 3 * 3_600_000, 300_000],
  ])('%s', (_, asked, until) => expect(check('rate-limit', asked)?.untilMs).toBe(until));
});

describe('the distance between attempts', () => {
  it('doubles with each refusal and ends at five minutes', async () => {
    const { clock, pauses, fail } = start();
    const lengths: number[] = [];
    for (let time = 0; time < 9; time++) {
      fail('overloaded');
      const length = (pauses.current()?.untilMs ?? 0) - clock.now();
      lengths.push(length / 1000);
      await clock.advance(length);
    }
    expect(lengths).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300]);
  });

  it('is kept through a pause that has ended, until something succeeds', async () => {
    const { clock, pauses, fail } = start();
    fail('rate-limit');
    await clock.advance(5_000);
    expect(pauses.current()).toBeUndefined();
    fail('rate-limit');
    expect(pauses.current()?.untilMs).toBe(15_000);
  });

  it('begins with the third of other failures in a row, not with three spread over successes', () => {
    const { pauses, fail } = start();
    for (let round = 0; round < 5; round++) {
      fail('server');
      fail('timeout');
      pauses.succeeded();
    }
    expect(pauses.current()).toBeUndefined();
  });
});

describe('what ends a pause', () => {
  it('a success that was under way does not end one that waits for the user', () => {
    const { pauses, fail } = start();
    fail('key-rejected');
    pauses.succeeded();
    expect(pauses.current()).toEqual({ why: 'key-rejected' });
  });

  it('time does not either', async () => {
    const { clock, pauses, fail } = start();
    fail('key-rejected');
    await clock.advance(24 * 3_600_000);
    expect(pauses.current()).toEqual({ why: 'key-rejected' });
  });

  it('the user\'s word ends a snooze, and "try again" the count of failures with it', () => {
    const { pauses, fail } = start();
    fail('server');
    fail('server');
    pauses.snooze(60_000);
    pauses.endSnooze();
    expect(pauses.current()).toBeUndefined();
    pauses.resume();
    fail('server');
    expect(pauses.current()).toBeUndefined();
  });

  it('a changed setting or key leaves the snooze alone', () => {
    const { pauses, fail } = start();
    fail('key-rejected');
    pauses.snooze(60_000);
    pauses.resume();
    expect(pauses.current()).toEqual({ why: 'snoozed', untilMs: 60_000 });
    pauses.endSnooze();
    expect(pauses.current()).toBeUndefined();
  });

  it('an empty account is asked again every five minutes, and no sooner', async () => {
    const { clock, pauses, fail } = start();
    for (let time = 0; time < 3; time++) {
      fail('credits');
      await clock.advance(299_999);
      expect(pauses.current()?.why).toBe('credits');
      await clock.advance(1);
      expect(pauses.current()).toBeUndefined();
    }
  });

  describe('the daily limit', () => {
    /** From noon on, by the machine's own calendar. */
    const startAt = (hour: number): Paused => start(new Date(2026, 10, 25, hour).getTime());

    it('lasts to the next midnight', async () => {
      const { clock, pauses, fail } = startAt(22);
      fail('budget');
      expect(pauses.current()).toEqual({ why: 'budget', untilMs: 2 * 3_600_000 });
      await clock.advance(2 * 3_600_000 - 1);
      expect(pauses.current()?.why).toBe('budget');
      await clock.advance(1);
      expect(pauses.current()).toBeUndefined();
    });

    it('is over when the machine slept through midnight', () => {
      const { clock, pauses, fail } = startAt(23);
      fail('budget');
      clock.sleepMachine(2 * 3_600_000);
      expect(pauses.current()).toBeUndefined();
    });

    it('ends with a higher one', () => {
      const { pauses, fail } = startAt(12);
      fail('budget');
      pauses.resume();
      expect(pauses.current()).toBeUndefined();
    });
  });

  it('below a snooze the other pause is still there', async () => {
    const { clock, pauses, fail } = start();
    fail('budget');
    pauses.snooze(1_000);
    expect(pauses.current()?.why).toBe('snoozed');
    await clock.advance(1_000);
    expect(pauses.current()?.why).toBe('budget');
  });
});

it('no row of failures pauses for longer than five minutes, and each such pause ends by itself', async () => {
  const kinds = fc.constantFrom<ErrorKind>('rate-limit', 'overloaded', 'server', 'network', 'stalled');
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(kinds, fc.nat({ max: 1_000_000 })), { maxLength: 15 }), async (failures) => {
    const { clock, pauses, fail } = start();
    for (const [kind, retryAfterMs] of failures) {
      fail(kind, retryAfterMs);
      const untilMs = pauses.current()?.untilMs;
      if (untilMs !== undefined) expect(untilMs - clock.now()).toBeLessThanOrEqual(300_000);
      await clock.advance(1_000);
    }
    await clock.advance(300_000);
    expect(pauses.current()).toBeUndefined();
  }), { numRuns: 50 });
});
