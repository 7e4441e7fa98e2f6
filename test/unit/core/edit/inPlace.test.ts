// An inline edit from its first line to its end, with somebody typing in between: a buffer is played here the way the editor holds one.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marksOf } from '../../../../src/core/edit/editMarks.ts';
import { linesToCome } from '../../../../src/core/edit/linesToCome.ts';
import { applied, giveBack, showProposed, startShown, type ShownEdit, type ShownStep } from '../../../../src/core/edit/shownEdit.ts';
import { createFilePreview } from '../../../../src/core/edit/streamPreview.ts';
import { followTyping } from '../../../../src/core/edit/typedChange.ts';

/** Each case plays a whole stream: fewer of them show the same. */
const cases = { numRuns: 2000 } as const;

/** Changed only by replacing lines, as the editor would be. */
interface Buffer {
  text: readonly string[];
  state: ShownEdit;
}

const carryOut = (buffer: Buffer, step: ShownStep): void => {
  buffer.text = applied(buffer.text, step.changes);
  buffer.state = step.state;
  expect(buffer.text).toEqual(buffer.state.shown);
};

/** Puts a line in before the line `at`; false when that is in the edit. */
const typeLine = (buffer: Buffer, at: number, line: string): boolean => {
  const next = followTyping(buffer.state, { startLine: at, startCharacter: 0, endLine: at, endCharacter: 0, text: `${line}\n` });
  buffer.text = [...buffer.text.slice(0, at), line, ...buffer.text.slice(at)];
  buffer.state = next.state;
  expect(buffer.text).toEqual(buffer.state.shown);
  return !next.isInside;
};

interface Scene {
  readonly base: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly newLines: readonly string[];
}

const scene: fc.Arbitrary<Scene> = fc.record({ count: fc.integer({ min: 4, max: 20 }), at: fc.nat(), length: fc.integer({ min: 1, max: 5 }), add: fc.integer({ min: 0, max: 6 }) }).map(({ count, at, length, add }) => {
  const start = at % count;
  return { base: [...Array.from({ length: count }, (_, index) => `old ${index}`), ''], start, end: Math.min(count, start + length), newLines: Array.from({ length: add }, (_, index) => `new ${index}`) };
});

/** At which line of the answer somebody types, and where: at the top or at the end of the text, far from the edit. */
const typing = fc.array(fc.record({ after: fc.nat(7), atTop: fc.boolean() }), { maxLength: 4 });

/** The answer comes in; what is typed on the way is told by the lines "typed n". */
const stream = ({ base, start, end, newLines }: Scene, typed: readonly { readonly after: number; readonly atTop: boolean }[]): { readonly buffer: Buffer; readonly top: readonly string[]; readonly bottom: readonly string[]; readonly isDisturbed: boolean } => {
  const preview = createFilePreview(base.join('\n'));
  const buffer: Buffer = { text: base, state: startShown(base) };
  const top: string[] = [];
  const bottom: string[] = [];
  let isDisturbed = false;
  for (let count = 0; count <= newLines.length; count++) {
    const step = preview.show({ kind: 'replace', path: 'a', answerLine: 0, oldLines: base.slice(start, end), newLines: newLines.slice(0, count) });
    const next = showProposed(buffer.state, base, step.text.split('\n'));
    if (next === undefined) isDisturbed = true;
    else carryOut(buffer, next);
    if (next !== undefined) {
      const coming = linesToCome({ sent: base, proposed: step.text.split('\n'), step, state: buffer.state });
      const left = buffer.text.slice(coming.start, coming.end);
      if (!isDisturbed) expect(left).toEqual(base.slice(Math.min(end, start + count), end));
    }
    for (const [index, { atTop }] of typed.filter(({ after }) => after === count).entries()) {
      const line = `typed ${count}.${index}`;
      if (!typeLine(buffer, atTop ? 0 : buffer.text.length - 1, line)) isDisturbed = true;
      else if (atTop) top.unshift(line);
      else bottom.push(line);
    }
  }
  return { buffer, top, bottom, isDisturbed };
};

describe('an inline edit', () => {
  it('that is cut at any line leaves what was there and what was typed, and nothing else', () => {
    fc.assert(fc.property(scene, typing, fc.nat(6), (each, typed, cut) => {
      const { buffer, top, bottom, isDisturbed } = stream({ ...each, newLines: each.newLines.slice(0, cut) }, typed);
      fc.pre(!isDisturbed);
      carryOut(buffer, giveBack(buffer.state));
      expect(buffer.text).toEqual([...top, ...each.base.slice(0, -1), ...bottom, '']);
    }), cases);
  });

  it('that comes to its end is the answer, with what was typed beside it', () => {
    fc.assert(fc.property(scene, typing, (each, typed) => {
      const { buffer, top, bottom, isDisturbed } = stream(each, typed);
      fc.pre(!isDisturbed);
      const { base, start, end, newLines } = each;
      const answer = [...base.slice(0, start), ...newLines, ...base.slice(end)];
      const final = showProposed(buffer.state, base, answer);
      // Refused only where the typed lines touch the place of the edit: then it is given back.
      if (final === undefined) {
        expect((top.length > 0 && start === 0) || (bottom.length > 0 && end >= base.length - 1)).toBe(true);
        return;
      }
      carryOut(buffer, final);
      expect(buffer.text).toEqual([...top, ...answer.slice(0, -1), ...bottom, '']);
    }), cases);
  });

  it('put in once more as one step is the same text', () => {
    fc.assert(fc.property(scene, typing, (each, typed) => {
      const { buffer, isDisturbed } = stream(each, typed);
      const { base, start, end, newLines } = each;
      const answer = [...base.slice(0, start), ...newLines, ...base.slice(end)];
      const before = buffer.text;
      const direct = showProposed(buffer.state, base, answer);
      fc.pre(!isDisturbed && direct !== undefined);
      const withoutIt: Buffer = { text: before, state: buffer.state };
      carryOut(withoutIt, giveBack(withoutIt.state));
      const again = showProposed(withoutIt.state, base, answer);
      if (again === undefined) throw new Error('it fitted before');
      carryOut(withoutIt, again);
      expect(withoutIt.text).toEqual(direct?.state.shown);
      // Undone as one step it is what it was without the edit.
      expect(applied(withoutIt.text, giveBack(withoutIt.state).changes)).toEqual(withoutIt.state.base);
    }), cases);
  });

  it('marks every new line, and tells every old one', () => {
    fc.assert(fc.property(scene, typing, (each, typed) => {
      const { buffer, isDisturbed } = stream(each, typed);
      fc.pre(!isDisturbed);
      const { added, removed } = marksOf(buffer.state);
      const marked = added.flatMap(({ start, end }) => buffer.text.slice(start, end));
      for (const line of buffer.text) if (line.startsWith('new ')) expect(marked).toContain(line);
      expect(marked.some((line) => line.startsWith('typed'))).toBe(false);
      const told = removed.flatMap(({ oldLines }) => oldLines);
      for (const line of each.base) expect(told.includes(line)).toBe(!buffer.text.includes(line));
    }), cases);
  });
});

describe('two inline edits of one text', () => {
  it('far from each other are taken out in any order', () => {
    const base = Array.from({ length: 12 }, (_, index) => `line ${index}`);
    for (const order of [[0, 1], [1, 0]] as const) {
      const first = showProposed(startShown(base), base, base.with(1, 'FIRST'))?.state ?? startShown(base);
      const second = showProposed(startShown(first.shown), first.shown, first.shown.with(9, 'SECOND'))?.state ?? startShown(base);
      // Each sees the other as somebody who types.
      const states: [ShownEdit, ShownEdit] = [followTyping(first, { startLine: 9, startCharacter: 0, endLine: 9, endCharacter: 6, text: 'SECOND' }).state, second];
      expect(states[0].shown).toEqual(states[1].shown);
      let text: readonly string[] = states[1].shown;
      for (const which of order) {
        const step = giveBack(states[which]);
        text = applied(text, step.changes);
        states[which] = step.state;
        const [change] = step.changes;
        if (change === undefined) throw new Error('a change');
        const other = which === 0 ? 1 : 0;
        states[other] = followTyping(states[other], { startLine: change.baseStart, startCharacter: 0, endLine: change.baseEnd, endCharacter: 0, text: change.newLines.map((line) => `${line}\n`).join('') }).state;
        expect(states[other].shown).toEqual(text);
      }
      expect(text).toEqual(base);
    }
  });
});
