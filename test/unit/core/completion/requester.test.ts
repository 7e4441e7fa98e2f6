// The requester on its own: one question at a time, answers that come in whether or not someone waits, and the count of those given up.
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../../src/core/completion/answer.ts';
import type { ContextSnippet } from '../../../../src/core/completion/completionTypes.ts';
import { createPauses, type Pauses } from '../../../../src/core/completion/pauses.ts';
import { createRequester, type AskInput, type Requester } from '../../../../src/core/completion/requester.ts';
import { createTally, type TallyKeeper } from '../../../../src/core/completion/tally.ts';
import { RunApiError } from '../../../../src/core/errors.ts';
import { createFakeClock, settle, type FakeClock } from '../../../helpers/fakeClock.ts';
import { callAt, createScriptedModel, findWord, placeAt, type ScriptedModel } from './harness.ts';

interface Bench {
  readonly clock: FakeClock;
  readonly model: ScriptedModel;
  readonly requester: Requester;
  readonly pauses: Pauses;
  readonly tally: TallyKeeper;
  readonly log: readonly string[];
  readonly changes: () => number;
  readonly ask: (marked: string, more?: Partial<AskInput>) => Answer;
}

function start(snippets: readonly ContextSnippet[] = []): Bench {
  const clock = createFakeClock();
  const model = createScriptedModel();
  const pauses = createPauses(clock);
  const tally = createTally(clock);
  const log: string[] = [];
  let changes = 0;
  const keep = (line: string): number => log.push(line);
  const requester = createRequester({
    clock, model, pauses, tally, context: { snippets: () => snippets }, logger: { debug: keep, info: keep, warn: keep, error: keep },
    findSecrets: findWord('SECRET'), displayPath: () => 'src/a.ts', onChange: () => changes++,
  });
  const ask: Bench['ask'] = (marked, more) => requester.ask({ call: callAt(marked), place: placeAt(marked), mode: 'line', alternatives: 1, isAhead: false, ...more });
  return { clock, model, requester, pauses, tally, log, changes: () => changes, ask };
}

describe('a question', () => {
  it.each([
    ['for a line', {}, 64],
    ['for a block', { mode: 'block' }, 160],
    ['for three lines', { alternatives: 3 }, 192],
    ['ahead of the user, though a line is wanted', { isAhead: true }, 160],
  ] as const)('%s has room for so many tokens', (_, more, maxTokens) => {
    const { ask, model } = start();
    ask('a = █', more);
    expect(model.last().question.maxTokens).toBe(maxTokens);
  });

  it('has the masked text of the file and of its context, and says where it comes from', () => {
    const { ask, model } = start([{ kind: 'recent-edit', path: 'b.ts', text: 'b = SECRET' }]);
    ask('a = SECRET + █');
    const { turns, origin } = model.last().question;
    expect(turns.at(-1)?.text.split('***')).toHaveLength(3);
    expect(origin).toEqual({ uri: 'file:///a.ts', version: 1, languageId: 'typescript', cursor: { line: 0, character: 13 } });
  });

  it('is counted when it is sent, its cost when the receipt comes', async () => {
    const { ask, model, tally } = start();
    ask('a = █');
    expect(tally.today()).toMatchObject({ requests: 1, inputTokens: 0 });
    model.last().send({ type: 'receipt', receipt: { usage: { inputTokens: 9, outputTokens: 2, cacheReadTokens: 0, cacheWriteTokens: 0 }, priceIsEstimate: true, durationMs: 1 } });
    await settle();
    expect(tally.today()).toMatchObject({ requests: 1, inputTokens: 9, outputTokens: 2 });
  });
});

describe('an answer', () => {
  it('comes in without anyone waiting', async () => {
    const { ask, model, requester } = start();
    const answer = ask('a = █');
    model.last().write('<insert>b;');
    model.last().finish();
    await settle();
    expect([answer.text, answer.open, requester.running()]).toEqual(['b;', false, undefined]);
  });

  it('is given up on at the end of its scope, and the rest is not read', async () => {
    const { ask, model, requester } = start();
    const answer = ask('f();\n█');
    model.last().write(`<insert>${Array.from({ length: 12 }, (_, index) => `call${index}();\n`).join('')}`);
    await settle();
    expect([answer.satisfied, answer.open, model.last().isRunning(), requester.running()]).toEqual(['by-scope', false, false, undefined]);
  });

  it('keeps the whole lines of a request that was replaced, and does not claim to be empty', async () => {
    const { ask, model } = start();
    const answer = ask('f();\n█');
    model.last().write('<insert>one();\ntw');
    await settle();
    ask('g();\n█');
    await settle();
    expect([answer.text, answer.error?.kind]).toEqual(['one();', 'interrupted']);
  });

  it('tells of each start and end', async () => {
    const { ask, model, changes } = start();
    ask('a = █');
    expect(changes()).toBe(1);
    model.last().finish();
    await settle();
    expect(changes()).toBe(2);
  });
});

describe('a failure', () => {
  it('of the gateway is the answer\'s and leads to a pause', async () => {
    const { ask, model, pauses, log } = start();
    const answer = ask('a = █');
    model.last().fail(new RunApiError({ kind: 'credits', retryable: false }));
    await settle();
    expect([answer.error?.kind, pauses.current()?.why, log]).toEqual(['credits', 'credits', ['completion request 1 failed: credits']]);
  });

  it('of our own code is called internal, and its words are not logged', async () => {
    const { ask, model, log } = start();
    const answer = ask('a = █');
    model.last().fail(new Error('text of the file'));
    await settle();
    expect(answer.error?.kind).toBe('internal');
    expect(log.join()).not.toContain('text of the file');
  });

  it('because we gave up is nobody\'s: neither a pause nor a line in the log', async () => {
    const { ask, pauses, log } = start();
    for (let time = 0; time < 5; time++) ask(`a${time} = █`);
    await settle();
    expect([pauses.current(), log]).toEqual([undefined, []]);
  });
});

describe('requests given up before anything came', () => {
  it('are counted in a row', () => {
    const { ask, requester } = start();
    for (let time = 0; time < 4; time++) ask(`a${time} = █`);
    expect(requester.endedEarly()).toBe(3);
  });

  it('are forgotten once something comes', async () => {
    const { ask, requester, model } = start();
    ask('a = █');
    ask('b = █');
    model.last().write('<insert>c');
    await settle();
    expect(requester.endedEarly()).toBe(0);
  });
});

describe('a cursor that goes elsewhere', () => {
  it.each([
    ['into the answer', 'a = b█', {}, true],
    ['away from it', 'a = x█', {}, false],
    ['to another line', 'a = \nc█', {}, false],
    ['anywhere in the document, where it was asked ahead', 'z█', { isAhead: true }, true],
  ] as const)('%s: the request goes on, true or false', async (_, now, more, goesOn) => {
    const { ask, requester, model } = start();
    ask('a = █', more);
    model.last().write('<insert>b');
    await settle();
    requester.cancelUnlessCovering(placeAt(now));
    expect(model.last().isRunning()).toBe(goesOn);
  });

  it('ends what was asked ahead for another document', () => {
    const { ask, requester, model } = start();
    ask('a = █', { isAhead: true });
    requester.cancelUnlessCovering(placeAt('a = █', { uri: 'file:///b.ts' }));
    expect(model.last().signal.aborted).toBe(true);
  });

  it.each([['file:///a.ts', true], ['file:///b.ts', false]])('closing %s ends it: %s', (uri, ends) => {
    const { ask, requester, model } = start();
    ask('a = █');
    requester.cancelFor(uri);
    expect(model.last().signal.aborted).toBe(ends);
  });
});
