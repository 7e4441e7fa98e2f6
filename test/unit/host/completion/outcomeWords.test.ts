import { describe, expect, it } from 'vitest';
import type { CompletionEngineState } from '../../../../src/core/completion/engine.ts';
import type { DisabledReason, FilterReason, Outcome, PauseReason } from '../../../../src/core/completion/outcome.ts';
import { emptySum, type LedgerSum } from '../../../../src/core/models/ledgerSum.ts';
import { english } from '../../../../src/core/translate.ts';
import { createOutcomeWords } from '../../../../src/host/completion/outcomeWords.ts';
import { createFakeClock } from '../../../helpers/fakeClock.ts';

const clock = createFakeClock();
const words = createOutcomeWords(english, clock, (atMs) => `<${Math.round(atMs - clock.date())}>`);
const tally = { requests: 0, used: 0, shown: 0, acceptedCharacters: 0, inputTokens: 0, outputTokens: 0 };

function stateWith(more: Partial<CompletionEngineState>): CompletionEngineState {
  return { busy: false, outcome: undefined, pause: undefined, tally, ...more };
}

function check(outcome: Outcome, expected: string | undefined): void {
  expect(words.reason(stateWith({ outcome }))).toBe(expected);
}

function today(sum: Partial<LedgerSum>): string {
  return words.today({ ...emptySum, ...sum });
}

describe('why there is nothing', () => {
  it('is not said where something is shown or on its way', () => {
    check({ kind: 'shown', source: 'store' }, undefined);
    for (const kind of ['debounced', 'covered', 'superseded'] as const) check({ kind }, undefined);
  });

  it('is said of an empty answer, now or kept', () => {
    check({ kind: 'empty' }, 'The model had nothing to add here.');
    check({ kind: 'cached-empty' }, 'The model had nothing to add here.');
  });

  it('names the kind of a failure, and where to read more', () => check({ kind: 'failed', error: 'timeout' }, 'The last request failed (timeout). Details are in the log.'));

  it('has a sentence of its own for each reason', () => {
    const disabled: readonly DisabledReason[] = [
      'off', 'language', 'scheme', 'read-only', 'several-cursors', 'inside-word', 'undo', 'secret-file', 'ignored', 'excluded', 'outside-workspace', 'untrusted-workspace', 'too-large', 'binary', 'unchecked',
    ];
    const filtered: readonly FilterReason[] = ['blank', 'repeats-text-before', 'repeats-text-after', 'hidden-characters', 'indentation', 'refused', 'not-in-suggest-widget', 'line-end'];
    const paused: readonly PauseReason[] = ['snoozed', 'no-key', 'insecure-url', 'key-rejected', 'credits', 'budget', 'rate-limited', 'overloaded', 'failing'];
    const sentences = [
      ...disabled.map((why) => words.reason(stateWith({ outcome: { kind: 'disabled', why } }))),
      ...filtered.map((why) => words.reason(stateWith({ outcome: { kind: 'filtered', why } }))),
      ...paused.map((why) => words.reason(stateWith({ pause: { why } }))),
    ];
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(new Set(sentences).size).toBe(sentences.length);
  });

  it('of a pause says until when, by the clock on the wall', () => {
    const pause = { why: 'rate-limited', untilMs: clock.now() + 7000 } as const;
    expect(words.reason(stateWith({ pause, outcome: { kind: 'paused', ...pause } }))).toBe('RunAPI limits the rate of requests. Suggestions are paused until <7000>.');
    expect(words.reason(stateWith({ pause: { why: 'snoozed', untilMs: clock.now() + 300_000 } }))).toBe('Snoozed until <300000>.');
  });

  it('of an empty account says when it is tried again', () => {
    expect(words.reason(stateWith({ pause: { why: 'credits', untilMs: clock.now() + 300_000 } }))).toBe('The RunAPI account is out of credits. Suggestions are tried again at <300000>.');
  });

  it('is no pause that is over', () => check({ kind: 'paused', why: 'rate-limited', untilMs: clock.now() - 1 }, undefined));

  it('is the pause while there is one, whatever the last call came to', () => {
    expect(words.reason(stateWith({ pause: { why: 'credits' }, outcome: { kind: 'shown', source: 'store' } }))).toMatch(/out of credits/);
  });
});

describe('today', () => {
  it('counts requests and accepted characters', () => expect(today({})).toBe('Today: 0 requests, 0 characters accepted'));
  it('has the price and what a thousand characters cost', () => {
    expect(today({ requests: 1200, acceptedCharacters: 5000, priceUsd: 0.42 })).toBe('Today: 1,200 requests, 5,000 characters accepted, $0.42 ($0.084 per 1,000 characters)');
  });
  it('marks an estimate', () => expect(today({ requests: 2, priceUsd: 0.01, estimates: 1 })).toBe('Today: 2 requests, 0 characters accepted, ≈ $0.010'));
  it('takes an unknown price for unknown, not for nothing', () => expect(today({ requests: 2, unknownPrices: 2, acceptedCharacters: 9 })).toBe('Today: 2 requests, 9 characters accepted'));
});

describe('the hover', () => {
  it('says whether it is on, why there is nothing, and what today cost', () => {
    expect(words.hover(stateWith({ outcome: { kind: 'empty' } }), { isOn: true, today: emptySum }).split('\n')).toEqual([
      'RunAPI completion is on.', 'The model had nothing to add here.', 'Today: 0 requests, 0 characters accepted',
    ]);
  });

  it('gives no second reason when it is off', () => {
    expect(words.hover(stateWith({ outcome: { kind: 'empty' } }), { isOn: false, today: emptySum }).split('\n')).toEqual(['RunAPI completion is off.', 'Today: 0 requests, 0 characters accepted']);
  });
});
