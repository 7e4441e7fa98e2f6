import { describe, expect, it } from 'vitest';
import { RunApiError } from '../../../../src/core/errors.ts';
import { english } from '../../../../src/core/translate.ts';
import { errorCard, finishCard, waitingText } from '../../../../src/host/chat/chatWords.ts';

describe('the card of an answer', () => {
  it.each([
    ['network', false, 'retry'], ['network', true, 'continue'], ['server', true, 'continue'], ['interrupted', true, 'continue'], ['credits', true, 'add-credits'], ['key-rejected', false, 'set-key'], ['context-too-long', false, 'compact'],
  ] as const)('that failed with %s, kept %s, offers %s', (kind, kept, action) => {
    expect(errorCard(new RunApiError({ kind, retryable: true }), kept, english).action?.id).toBe(action);
  });

  it.each([
    ['length', 'continue'], ['content-filter', 'pick-model'], ['refusal', 'pick-model'], ['tool-calls', 'continue'], ['pause', 'continue'], ['error', 'continue'], ['other', 'continue'],
  ] as const)('that finished with %s offers %s and has words', (reason, action) => {
    const [kept, empty] = [finishCard(reason, true, english), finishCard(reason, false, english)];
    expect([kept.action?.id, empty.action?.id]).toEqual([action, action]);
    expect(kept.title).not.toBe('');
    expect([kept.text, empty.text].map((text) => text.includes('What arrived is kept.'))).toEqual([true, false]);
  });
});

describe('a wait', () => {
  it.each([[7_000, 'rate-limit', 'Waiting 7 s: too many requests'], [250, 'overloaded', 'Waiting 1 s: the model is overloaded'], [500, 'dns', 'Waiting 1 s: the connection failed'], [2_100, 'timeout', 'Waiting 3 s: no answer in time'], [1_000, 'server', 'Waiting 1 s: RunAPI had an error of its own']])(
    'of %s ms for %s reads "%s"', (waitMs, kind, text) => expect(waitingText({ waitMs, kind }, english)).toBe(text),
  );
});
