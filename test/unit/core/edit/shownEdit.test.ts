import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesToCome } from '../../../../src/core/edit/linesToCome.ts';
import { applied, dropHunk, giveBack, keepHunk, showProposed, startShown, type ShownEdit } from '../../../../src/core/edit/shownEdit.ts';
import { createFilePreview } from '../../../../src/core/edit/streamPreview.ts';
import { followTyping, toLineChange, type TypedChange } from '../../../../src/core/edit/typedChange.ts';
import { cases, lines } from './arbitraries.ts';

const plain = lines.map((each) => each.map((line) => line.replaceAll('\r', '')));

/** Both texts and the hunks between them agree; hunks are in order and do not touch. */
function checkAgrees({ base, shown, hunks }: ShownEdit): void {
  expect(applied(base, hunks)).toEqual(shown);
  for (const [index, hunk] of hunks.entries()) {
    const next = hunks[index + 1];
    if (next !== undefined) expect(hunk.baseEnd).toBeLessThan(next.baseStart);
    expect(shown.slice(hunk.newStart, hunk.newStart + hunk.newLines.length)).toEqual(hunk.newLines);
  }
}

/** As the editor would carry it out. */
function typeInto(text: readonly string[], { startLine, startCharacter, endLine, endCharacter, text: typed }: TypedChange): readonly string[] {
  const before = [...text.slice(0, startLine), (text[startLine] ?? '').slice(0, startCharacter)].join('\n');
  const after = [(text[endLine] ?? '').slice(endCharacter), ...text.slice(endLine + 1)].join('\n');
  return (before + typed + after).split('\n');
}

const wish = fc.record({ at: fc.tuple(fc.nat(), fc.nat()), until: fc.tuple(fc.nat(3), fc.nat()), text: fc.constantFrom('x', '', '\n', 'a\n', '\nb', 'x\ny\n', '}') });

function toTyped(text: readonly string[], { at, until, text: typed }: { readonly at: readonly [number, number]; readonly until: readonly [number, number]; readonly text: string }): TypedChange {
  const startLine = at[0] % text.length;
  const endLine = Math.min(text.length - 1, startLine + until[0]);
  const startCharacter = at[1] % ((text[startLine] ?? '').length + 1);
  const endCharacter = until[1] % ((text[endLine] ?? '').length + 1);
  return { startLine, startCharacter, endLine, endCharacter: endLine === startLine ? Math.max(startCharacter, endCharacter) : endCharacter, text: typed };
}

const shownOf = (base: readonly string[], proposed: readonly string[]): ShownEdit => showProposed(startShown(base), base, proposed)?.state ?? startShown(base);

describe('a text that carries an edit', () => {
  it('is given back as it was, whatever was shown in it', () => {
    fc.assert(fc.property(plain, fc.array(plain, { maxLength: 4 }), (base, answers) => {
      let state = startShown(base);
      for (const proposed of answers) {
        const step = showProposed(state, base, proposed);
        if (step === undefined) throw new Error('nothing was typed');
        expect(applied(state.shown, step.changes)).toEqual(proposed);
        state = step.state;
        checkAgrees(state);
      }
      const back = giveBack(state);
      expect(applied(state.shown, back.changes)).toEqual(base);
      expect(back.state).toEqual({ base, shown: base, hunks: [] });
    }), cases);
  });

  it('agrees with itself whatever is typed in it', () => {
    fc.assert(fc.property(plain, plain, fc.array(wish, { maxLength: 5 }), (base, proposed, typing) => {
      let state = shownOf(base, proposed);
      for (const each of typing) {
        const typed = toTyped(state.shown, each);
        const next = followTyping(state, typed);
        expect(next.state.shown).toEqual(typeInto(state.shown, typed));
        checkAgrees(next.state);
        state = next.state;
      }
    }), cases);
  });

  it('keeps what is typed beside the edit when the edit is taken out, and nothing of the edit', () => {
    // Lines that say where they come from: o for the original, e for the edit, t for what was typed.
    const numbered = fc.integer({ min: 1, max: 20 }).map((count) => Array.from({ length: count }, (_, index) => `o${index}`));
    const edits = fc.array(fc.record({ at: fc.nat(), drop: fc.nat(2), add: fc.nat(3) }), { minLength: 1, maxLength: 3 });
    fc.assert(fc.property(numbered, edits, fc.array(fc.record({ at: fc.nat(), drop: fc.nat(2), add: fc.nat(2) }), { maxLength: 4 }), (base, wishes, typing) => {
      let proposed: readonly string[] = base;
      for (const [round, { at, drop, add }] of wishes.entries()) {
        const start = at % (proposed.length + 1);
        proposed = [...proposed.slice(0, start), ...Array.from({ length: add }, (_, index) => `e${round}.${index}`), ...proposed.slice(start + drop)];
      }
      fc.pre(proposed.length > 0);
      let state = shownOf(base, proposed);
      let without: readonly string[] = base;
      for (const [round, { at, drop, add }] of typing.entries()) {
        const start = at % state.shown.length;
        const end = Math.min(state.shown.length, start + drop);
        const gone = state.shown.slice(start, end);
        const typed = Array.from({ length: add }, (_, index) => `t${round}.${index}`);
        const next = followTyping(state, { startLine: start, startCharacter: 0, endLine: end, endCharacter: 0, text: typed.map((line) => `${line}\n`).join('') });
        if (next.isInside || end === state.shown.length) return;
        state = next.state;
        // Typed lines come in, lines that were deleted go: by their names, without counting positions.
        expect(state.base.filter((line) => !typed.includes(line))).toEqual(without.filter((line) => !gone.includes(line)));
        for (const line of typed) expect(state.base).toContain(line);
        without = state.base;
      }
      expect(giveBack(state).state.shown.some((line) => line.startsWith('e'))).toBe(false);
    }), cases);
  });

  it('is the answer in the end, however its places are decided', () => {
    fc.assert(fc.property(plain, plain, fc.infiniteStream(fc.tuple(fc.nat(), fc.boolean())), (base, proposed, decisions) => {
      let state = shownOf(base, proposed);
      let allKept = true;
      let noneKept = true;
      while (state.hunks.length > 0) {
        const [pick, isKept] = decisions.next().value ?? [0, true];
        const hunk = state.hunks[pick % state.hunks.length];
        if (hunk === undefined) break;
        const before = state;
        const dropped = isKept ? undefined : dropHunk(state, hunk);
        state = dropped?.state ?? keepHunk(state, hunk);
        if (dropped !== undefined) expect(applied(before.shown, dropped.changes)).toEqual(state.shown);
        else expect(state.shown).toEqual(before.shown);
        checkAgrees(state);
        expect(state.hunks).toHaveLength(before.hunks.length - 1);
        allKept &&= isKept;
        noneKept &&= !isKept;
      }
      if (allKept) expect(state.shown).toEqual(proposed);
      if (noneKept) expect(state.shown).toEqual(base);
      expect(state.base).toEqual(state.shown);
    }), cases);
  });

  it('shows after n lines of an answer the first n new lines and what is left of the old', () => {
    fc.assert(fc.property(plain, fc.nat(), fc.integer({ min: 1, max: 5 }), plain, (text, at, length, newLines) => {
      const base = text.map((line, index) => `${index}:${line}`);
      const start = at % base.length;
      const end = Math.min(base.length, start + length);
      const preview = createFilePreview(base.join('\n'));
      let state = startShown(base);
      for (let count = 0; count <= newLines.length; count++) {
        const step = preview.show({ kind: 'replace', path: 'a', answerLine: 0, oldLines: base.slice(start, end), newLines: newLines.slice(0, count) });
        const next = showProposed(state, base, step.text.split('\n'));
        if (next === undefined) throw new Error('nothing was typed');
        state = next.state;
        const left = base.slice(Math.min(end, start + count), end);
        expect(state.shown).toEqual([...base.slice(0, start), ...newLines.slice(0, count), ...left, ...base.slice(end)]);
        expect(linesToCome({ sent: base, proposed: state.shown, step, state })).toEqual({ start: start + count, end: start + count + left.length });
        // Cut here, it is as it was.
        expect(giveBack(state).state.shown).toEqual(base);
      }
    }), { numRuns: 2000 });
  });
});

describe('the next piece of an answer', () => {
  const check = (original: string, typed: string, proposed: string): string | undefined => {
    const words = (text: string): readonly string[] => text.split(' ');
    return showProposed(startShown(words(typed)), words(original), words(proposed))?.state.shown.join(' ');
  };

  it.each([
    ['lands below lines that were typed above', 'a b c', 'x a b c', 'a b C', 'x a b C'],
    ['lands above lines that were typed below', 'a b c d', 'a b c d x', 'A b c d', 'A b c d x'],
    ['has no place where the same line was changed', 'a b c', 'a X c', 'a B c', undefined],
  ])('%s', (...[, original, typed, proposed, expected]) => expect(check(original, typed, proposed)).toBe(expected));

  it('comes where the lines it replaces have gone to', () => {
    const sent = ['a', 'b', 'c', 'd'];
    const base = ['x', 'y', 'a', 'b', 'c', 'd', 'z'];
    const proposed = ['a', 'B', 'c', 'd'];
    const state = showProposed(startShown(base), sent, proposed)?.state ?? startShown(base);
    expect(linesToCome({ sent, proposed, step: { line: 2, comingEnd: 3 }, state })).toEqual({ start: 4, end: 5 });
  });
});

describe('typing', () => {
  const text = ['zero', 'one', 'two', 'three'];

  it.each<readonly [string, TypedChange, readonly [number, number, readonly string[]]]>([
    ['a letter is a change of its line', { startLine: 1, startCharacter: 3, endLine: 1, endCharacter: 3, text: '!' }, [1, 2, ['one!']]],
    ['Enter at the end of a line touches no line', { startLine: 1, startCharacter: 3, endLine: 1, endCharacter: 3, text: '\n' }, [2, 2, ['']]],
    ['Enter at the begin of a line touches no line', { startLine: 1, startCharacter: 0, endLine: 1, endCharacter: 0, text: '\n' }, [1, 1, ['']]],
    ['Enter in a line divides it', { startLine: 1, startCharacter: 1, endLine: 1, endCharacter: 1, text: '\n' }, [1, 2, ['o', 'ne']]],
    ['whole lines are put in between', { startLine: 2, startCharacter: 0, endLine: 2, endCharacter: 0, text: 'x\r\ny\r\n' }, [2, 2, ['x', 'y']]],
    ['whole lines are taken away', { startLine: 1, startCharacter: 0, endLine: 3, endCharacter: 0, text: '' }, [1, 3, []]],
    ['a line end taken away joins two lines', { startLine: 1, startCharacter: 3, endLine: 2, endCharacter: 0, text: '' }, [1, 3, ['onetwo']]],
    ['what is typed over itself is nothing', { startLine: 1, startCharacter: 0, endLine: 1, endCharacter: 3, text: 'one' }, [2, 2, []]],
  ])('%s', (...[, typed, [baseStart, baseEnd, newLines]]) => {
    expect(toLineChange(text, typed)).toEqual({ baseStart, baseEnd, newLines });
    expect(applied(text, [toLineChange(text, typed)])).toEqual(typeInto(text, typed).map((line) => line.replaceAll('\r', '')));
  });

  const state = shownOf(['a', 'b', 'c', 'd', 'e'], ['a', 'B1', 'B2', 'c', 'e']);

  it.each<readonly [string, number, boolean]>([
    ['above the edit', 0, false],
    ['in the edit', 1, true],
    ['in its last line', 2, true],
    ['between two places of it', 3, false],
    ['below the edit', 4, false],
  ])('a letter %s', (...[, line, isInside]) => {
    const followed = followTyping(state, { startLine: line, startCharacter: 0, endLine: line, endCharacter: 0, text: '!' });
    expect(followed.isInside).toBe(isInside);
    expect(followed.state.base.some((each) => each.startsWith('!'))).toBe(!isInside);
  });

  it('in the edit becomes a part of it, and typed back it is none', () => {
    const typed = followTyping(state, { startLine: 1, startCharacter: 2, endLine: 1, endCharacter: 2, text: '!' }).state;
    expect(typed.hunks[0]).toMatchObject({ baseStart: 1, baseEnd: 2, newLines: ['B1!', 'B2'] });
    const undone = followTyping(typed, { startLine: 1, startCharacter: 0, endLine: 3, endCharacter: 0, text: 'b\n' }).state;
    expect(undone.hunks).toMatchObject([{ baseStart: 3, baseEnd: 4, newLines: [] }]);
  });

  it('over the line where lines were taken away takes these into question', () => {
    const followed = followTyping(state, { startLine: 3, startCharacter: 0, endLine: 4, endCharacter: 1, text: 'ce' });
    expect(followed.isInside).toBe(true);
    expect(giveBack(followed.state).state.shown).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('away what stood between two places makes them one', () => {
    const followed = followTyping(state, { startLine: 3, startCharacter: 0, endLine: 4, endCharacter: 0, text: '' });
    expect(followed.isInside).toBe(false);
    expect(followed.state.hunks).toMatchObject([{ baseStart: 1, baseEnd: 3, newLines: ['B1', 'B2'] }]);
    expect(followed.state.base).toEqual(['a', 'b', 'd', 'e']);
  });
});
