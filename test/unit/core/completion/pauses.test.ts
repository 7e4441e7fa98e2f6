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

function start(): Paused {
  const clock = createFakeClock();
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
    ['insecure-url', { why: 'no-key' }],
    ['key-rejected', { why: 'key-rejected' }],
    ['forbidden', { why: 'key-rejected' }],
    ['credits', { why: 'credits' }],
    ['budget', { why: 'budget' }],
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
    fail('credits');
    pauses.succeeded();
    expect(pauses.current()).toEqual({ why: 'credits' });
  });

  it('time does not either', async () => {
    const { clock, pauses, fail } = start();
    fail('key-rejected');
    await clock.advance(24 * 3_600_000);
    expect(pauses.current()).toEqual({ why: 'key-rejected' });
  });

  it('the user\'s word ends a snooze, and the count of failures with it', () => {
    const { pauses, fail } = start();
    fail('server');
    fail('server');
    pauses.snooze(60_000);
    pauses.resume();
    fail('server');
    expect(pauses.current()).toBeUndefined();
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
