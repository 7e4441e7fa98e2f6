// What is counted as accepted, and what the day adds up to, for any suggestion and any way of taking it.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterAccepting } from '../../../../src/core/completion/afterAccepting.ts';
import { createAnswer } from '../../../../src/core/completion/answer.ts';
import type { CompletionItem, CursorPosition, DocumentChange } from '../../../../src/core/completion/completionTypes.ts';
import { createTally, type CompletionTally } from '../../../../src/core/completion/tally.ts';
import { createTypingTracker, type TypingTracker } from '../../../../src/core/completion/typing.ts';
import { createFakeClock } from '../../../helpers/fakeClock.ts';
import { callAt, cursorMark, placeAt } from './harness.ts';

const uri = 'file:///a.ts';
const answer = createAnswer({ id: 1, place: placeAt(cursorMark), mode: 'line' });
/** Not all white space: that is the editor's to set as well. */
const text = fc.array(fc.constantFrom('a', 'total', ' ', '(b)', ';', '\n  ', '"x"', 'é'), { minLength: 1, maxLength: 8 }).map((parts) => parts.join('')).filter((parts) => parts.trim() !== '');

interface Tracked {
  readonly typing: TypingTracker;
  readonly accepted: number[];
  readonly change: (insertedText: string, more?: Partial<DocumentChange>) => void;
}

function show(item: Partial<CompletionItem> & { readonly text: string }): Tracked {
  const accepted: number[] = [];
  const typing = createTypingTracker({ clock: createFakeClock(), onAccepted: (_, characters) => accepted.push(characters) });
  typing.show({ uri, answer, since: '', at: { line: 0, character: item.replaceBefore ?? 0 }, item: { id: 7, replaceBefore: 0, replaceAfter: 0, ...item } });
  return {
    typing,
    accepted,
    change: (insertedText, more = {}) => typing.changed({ uri, version: 1, from: { line: 0, character: 0 }, removedLength: 0, insertedText, ...more }),
  };
}

/** Where the cursor is behind a text at the document's start. */
function endOf(before: string): CursorPosition {
  const lines = before.split('\n');
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

describe('of any suggestion', () => {
  it('what was accepted as a whole is counted once, in whichever order the editor tells', () => {
    fc.assert(fc.property(text, fc.boolean(), (shown, commandFirst) => {
      const { typing, accepted, change } = show({ text: shown });
      if (commandFirst) typing.acceptedByCommand(7);
      else change(shown);
      expect(sum(accepted)).toBe(commandFirst || shown.length > 1 ? shown.length : 0);
      expect(typing.lastChange(uri)).toBe(commandFirst || shown.length > 1 ? 'accepted' : 'typed');
    }));
  });

  it('a word first and the whole afterwards are together the whole', () => {
    fc.assert(fc.property(text, fc.nat(), (shown, cut) => {
      fc.pre(shown.length > 3);
      const word = shown.slice(0, 2 + (cut % (shown.length - 2)));
      fc.pre(word.trim() !== '');
      const { typing, accepted, change } = show({ text: shown });
      change(word);
      typing.acceptedByCommand(7);
      expect(sum(accepted)).toBe(shown.length);
    }));
  });

  it('the same text with the document\'s own line ends counts the same', () => {
    fc.assert(fc.property(text, (shown) => {
      const [unix, windows] = [show({ text: shown }), show({ text: shown })];
      unix.change(shown);
      windows.change(shown.replaceAll('\n', '\r\n'));
      expect(windows.accepted).toEqual(unix.accepted);
    }));
  });

  it('typed key by key nothing is counted', () => {
    fc.assert(fc.property(text, (shown) => {
      const { accepted, change } = show({ text: shown });
      for (const [index, key] of Array.from(shown).entries()) change(key, { from: endOf(Array.from(shown).slice(0, index).join('')) });
      expect(accepted).toEqual([]);
    }));
  });

  it('other text, another document, an undo and a redo are not', () => {
    fc.assert(fc.property(text, (shown) => {
      const { accepted, change } = show({ text: shown });
      change(`#${shown}`);
      change(shown, { uri: 'file:///b.ts' });
      change(shown, { reason: 'undo' });
      change(shown, { reason: 'redo' });
      expect(accepted).toEqual([]);
    }));
  });
});

describe('an accepted item', () => {
  it.each([
    ['counts without what it replaced before the cursor', { text: 'toString()', replaceBefore: 2 }, 8],
    ['counts without the closers it retyped', { text: 'a);', replaceAfter: 1 }, 2],
    ['that only replaced counts as nothing', { text: 'ab', replaceBefore: 2 }, 0],
  ])('%s', (_, item, characters) => {
    const { typing, accepted } = show(item);
    typing.acceptedByCommand(7);
    expect(sum(accepted)).toBe(characters);
  });

  it('of another number is not the one that was shown', () => {
    const { typing, accepted } = show({ text: 'total;' });
    typing.acceptedByCommand(8);
    expect([accepted, typing.lastChange(uri)]).toEqual([[], undefined]);
  });

  it('is forgotten with its document', () => {
    const { typing, accepted, change } = show({ text: 'total;' });
    typing.forget(uri);
    change('total;');
    expect([accepted, typing.shown()]).toEqual([[], undefined]);
  });

  it('leaves the document as the editor will have it', () => {
    fc.assert(fc.property(text, text, text, fc.nat({ max: 3 }), (before, after, shown, cut) => {
      const call = callAt(before + cursorMark + after);
      const replaceBefore = Math.min(cut, call.cursor.character);
      const replaceAfter = Math.min(cut, after.split('\n')[0]?.length ?? 0);
      const next = afterAccepting(call, { id: 1, text: shown, replaceBefore, replaceAfter });
      const whole = before.slice(0, before.length - replaceBefore) + shown;
      expect(Array.from({ length: next.lines.lineCount }, (_, line) => next.lines.lineAt(line)).join('\n')).toBe(whole + after.slice(replaceAfter));
      expect(next.cursor).toEqual(callAt(whole + cursorMark).cursor);
    }));
  });
});

describe('the day', () => {
  const receipt = fc.record({ input: fc.nat({ max: 5000 }), output: fc.nat({ max: 200 }), cached: fc.nat({ max: 5000 }), price: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }) });

  it('adds up to the same in any order, and has no price while none is known', () => {
    fc.assert(fc.property(fc.array(receipt, { maxLength: 8 }), (receipts) => {
      const totalOf = (list: typeof receipts): CompletionTally => {
        const tally = createTally(createFakeClock());
        for (const { input, output, cached, price } of list) {
          tally.received({ usage: { inputTokens: input, outputTokens: output, cacheReadTokens: cached, cacheWriteTokens: 0 }, ...(price !== undefined && { priceUsd: price }), priceIsEstimate: false, durationMs: 1 });
        }
        return tally.today();
      };
      const known = receipts.flatMap(({ price }) => price ?? []);
      expect(totalOf(receipts)).toEqual(totalOf([...receipts].reverse()));
      expect(totalOf(receipts)).toMatchObject({ inputTokens: sum(receipts.map((one) => one.input + one.cached)), outputTokens: sum(receipts.map((one) => one.output)) });
      expect(totalOf(receipts).priceUsd).toBe(known.length === 0 ? undefined : sum(known));
    }));
  });

  it('counts a request as used once, whatever is taken of it', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.nat({ max: 4 }), fc.integer({ min: 1, max: 30 })), { maxLength: 12 }), (taken) => {
      const tally = createTally(createFakeClock());
      for (const [id, characters] of taken) tally.accepted(id, characters);
      expect(tally.today()).toMatchObject({ used: new Set(taken.map(([id]) => id)).size, acceptedCharacters: sum(taken.map(([, characters]) => characters)) });
    }));
  });

  it('that ended while the machine slept is over', () => {
    const clock = createFakeClock();
    const tally = createTally(clock);
    tally.shown();
    tally.accepted(1, 4);
    clock.sleepMachine(36 * 3_600_000);
    tally.accepted(1, 3);
    expect(tally.today()).toMatchObject({ shown: 0, used: 1, acceptedCharacters: 3 });
  });
});
