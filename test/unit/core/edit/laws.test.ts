// The laws of edits, each over random files and random edits: what no table of examples could show. Law 7, the time, is measured by the bench.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readByteText } from '../../../../src/core/edit/byteText.ts';
import { createEditParser, type ParsedAnswer } from '../../../../src/core/edit/editParser.ts';
import { createFileDraft } from '../../../../src/core/edit/fileDraft.ts';
import { createFileChange } from '../../../../src/core/edit/fileChange.ts';
import { applyHunksToText, renumber } from '../../../../src/core/edit/hunks.ts';
import { diffLines } from '../../../../src/core/edit/lineDiff.ts';
import { splitLines, toLines } from '../../../../src/core/edit/lineText.ts';
import { placeholderTest } from '../../../../src/core/edit/placeholders.ts';
import { rebase } from '../../../../src/core/edit/rebase.ts';
import { resolveAnswer, type Resolved } from '../../../../src/core/edit/resolveAnswer.ts';
import { toTextEdits } from '../../../../src/core/edit/textEdits.ts';
import { cases, file, line, lines, wildFile } from './arbitraries.ts';

type Files = Readonly<Record<string, string>>;

const read = (answer: string): ParsedAnswer => {
  const parser = createEditParser({ isKnownPath: (path) => /^[ab]\.ts$/.test(path) });
  parser.push(answer);
  return parser.finish();
};

const resolve = (files: Files, answer: ParsedAnswer): Resolved => resolveAnswer(answer, {
  takesLooseCode: false,
  fileAt: (path) => (path === undefined ? { ok: false, kind: 'no-path' } : { ok: true, file: { uri: `file:///${path}`, path, text: files[path] } }),
});

const block = (path: string, oldLines: readonly string[], newLines: readonly string[]): string => [path, '<<<<<<<<< SEARCH', ...oldLines, '=========', ...newLines, '>>>>>>>>> REPLACE', ''].join('\n');

/** A run of lines of a file. */
const picked = fc.record({ start: fc.nat(), length: fc.nat(4), newLines: lines });
const runOf = (all: readonly string[], { start, length }: { readonly start: number; readonly length: number }): readonly [number, number] => {
  const from = start % all.length;
  return [from, Math.min(all.length, from + 1 + length)];
};

/** Every line once, so that each run has one place. */
const numbered = fc.integer({ min: 1, max: 25 }).map((count) => Array.from({ length: count }, (_, index) => `${' '.repeat((index % 3) * 2)}line ${index};`));

describe('law 2: a rung counts only with one place', () => {
  const spoil: Readonly<Record<string, (line: string) => string>> = {
    'trailing-space': (each) => `${each}  `,
    indentation: (each) => `    ${each}`,
  };

  it.each(Object.keys(spoil))('%s: found and shifted where it has one place, refused where it has two', (rung) => {
    fc.assert(fc.property(numbered, picked, fc.boolean(), (base, pick, isTwice) => {
      const [from, to] = runOf(base, pick);
      const oldLines = base.slice(from, to).map((each) => spoil[rung]?.(each) ?? each);
      const text = (isTwice ? [...base, ...base] : base).join('\n');
      const draft = createFileDraft(text);
      const result = draft.replace({ oldLines, newLines: ['    new'] });
      if (isTwice) {
        expect(result).toMatchObject({ ok: false, problem: { kind: 'ambiguous', places: [from, base.length + from] } });
        expect(draft.text()).toBe(text);
        return;
      }
      expect(result).toMatchObject({ ok: true, rung, line: from });
      expect(toLines(draft.text())).toEqual([...base.slice(0, from), rung === 'indentation' ? 'new' : '    new', ...base.slice(to)]);
    }), cases);
  });

  it('the exact place wins whatever looser places there are', () => {
    fc.assert(fc.property(numbered, picked, (base, pick) => {
      const [from, to] = runOf(base, pick);
      const oldLines = base.slice(from, to);
      const looser = oldLines.map((each) => `\t${each} `);
      const draft = createFileDraft([...looser, '', ...base].join('\n'));
      expect(draft.replace({ oldLines, newLines: ['x'] })).toMatchObject({ ok: true, rung: 'exact', line: looser.length + 1 + from });
    }), cases);
  });
});

describe('law 3: refused edits touch nothing and say where', () => {
  it('a text that stands nowhere names lines of the file', () => {
    fc.assert(fc.property(file, lines, (base, sought) => {
      const draft = createFileDraft(base.text);
      const result = draft.replace({ oldLines: [...sought, 'stands nowhere'], newLines: ['x'] });
      if (result.ok) throw new Error('it stands nowhere');
      expect(draft.text()).toBe(base.text);
      const { nearest } = result.problem;
      if (nearest === undefined) return;
      expect(nearest.startLine).toBeGreaterThanOrEqual(0);
      expect(nearest.endLine).toBeLessThanOrEqual(base.lines.length);
      for (const { line: at, found } of nearest.differences) if (found !== undefined) expect(base.lines[at]).toBe(found);
    }), cases);
  });
});

describe('law 4: all of an answer or nothing', () => {
  it('over two files: with one edit that fits nowhere neither changes, without it both do', () => {
    fc.assert(fc.property(fc.tuple(numbered, picked), fc.tuple(numbered, picked), fc.boolean(), fc.boolean(), ([a, inA], [b, inB], hasBad, isFirst) => {
      const [fromA, toA] = runOf(a, inA);
      const [fromB, toB] = runOf(b, inB);
      const bad = hasBad ? block('a.ts', ['stands nowhere'], ['x']) : '';
      const good = `${block('a.ts', a.slice(fromA, toA), ['A'])}${block('b.ts', b.slice(fromB, toB), ['B', 'B'])}`;
      const result = resolve({ 'a.ts': a.join('\n'), 'b.ts': b.join('\r\n') }, read(isFirst ? bad + good : good + bad));
      if (hasBad) {
        expect(result.state).toBe('refused');
        return;
      }
      if (result.state !== 'changes') throw new Error(JSON.stringify(result));
      expect(result.changes.map(({ proposed }) => proposed)).toEqual([
        [...a.slice(0, fromA), 'A', ...a.slice(toA)].join('\n'),
        // A file of one line has no line end of its own yet.
        [...b.slice(0, fromB), 'B', 'B', ...b.slice(toB)].join(b.length > 1 ? '\r\n' : '\n'),
      ]);
    }), cases);
  });
});

describe('law 5: hunks', () => {
  it('carried out as ranges of an editor give the same text as carried out on lines', () => {
    fc.assert(fc.property(lines, lines, (base, next) => {
      const from = base.map((each) => each.replaceAll('\r', ''));
      const to = next.map((each) => each.replaceAll('\r', ''));
      let text = from.join('\n');
      const starts = from.map((_, index) => from.slice(0, index).reduce((sum, each) => sum + each.length + 1, 0));
      const offset = ({ line: at, character }: { readonly line: number; readonly character: number }): number => (starts[at] ?? text.length) + character;
      for (const edit of toTextEdits(from, diffLines(from, to), '\n').toReversed()) text = text.slice(0, offset(edit.start)) + edit.text + text.slice(offset(edit.end));
      expect(text).toBe(to.join('\n'));
    }), cases);
  });

  it('any selection of them changes the selected lines and no other', () => {
    fc.assert(fc.property(wildFile, lines, fc.infiniteStream(fc.boolean()), (base, next, choose) => {
      const hunks = diffLines(base.lines, next);
      const taken = hunks.filter(() => choose.next().value === true);
      const result = splitLines(applyHunksToText(base.text, renumber(taken))).lines;
      let at = 0;
      const expected: string[] = [];
      for (const hunk of taken) {
        expected.push(...base.lines.slice(at, hunk.baseStart), ...hunk.newLines);
        at = hunk.baseEnd;
      }
      expected.push(...base.lines.slice(at));
      expect(result).toEqual(expected.length === 0 ? [''] : expected);
    }), cases);
  });
});

describe('law 6: cut streams and placeholders', () => {
  it('an answer cut inside a block is refused, cut between blocks it is the blocks before', () => {
    fc.assert(fc.property(numbered, fc.array(picked, { minLength: 1, maxLength: 3 }), fc.nat(), (base, picks, cutAt) => {
      const blocks = picks.map((pick) => block('a.ts', base.slice(...runOf(base, pick)), ['x']));
      const answer = blocks.join('\n');
      const cut = cutAt % answer.length;
      const parsed = read(answer.slice(0, cut));
      const complete = blocks.filter((_, index) => blocks.slice(0, index + 1).join('\n').length - 1 <= cut).length;
      // The last line may have come whole but for its line end, and a bare end marker closes a block too.
      expect(parsed.edits.length - complete === 0 || (parsed.edits.length - complete === 1 && />{9}[ A-Z]*$/.test(answer.slice(0, cut)))).toBe(true);
      const begun = answer.slice(0, cut).split('<<<<<<<<< SEARCH').length - 1;
      if (begun > parsed.edits.length) {
        expect(parsed.problems.some(({ kind }) => kind === 'cut')).toBe(true);
        expect(resolve({ 'a.ts': base.join('\n') }, parsed).state).toBe('refused');
      }
    }), cases);
  });

  it('what is read does not depend on the pieces in which it comes', () => {
    const part = fc.oneof(
      fc.tuple(lines, lines).map(([oldLines, newLines]) => block('a.ts', oldLines, newLines)),
      fc.constantFrom('Some prose.\n', '```ts b.ts\ncode\n```\n', '--- a/b.ts\n+++ b/b.ts\n@@ -1 +1 @@\n-a\n+b\n', '*** Begin Patch\n*** Update File: b.ts\n@@\n-a\n+b\n*** End Patch\n', 'b.ts\n', '```\n', '=========\n', '@@ @@\n'),
    );
    fc.assert(fc.property(fc.array(part, { maxLength: 5 }), fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (parts, sizes) => {
      const answer = parts.join('');
      const parser = createEditParser({ isKnownPath: (path) => /^[ab]\.ts$/.test(path) });
      for (let at = 0, index = 0; at < answer.length; index++) {
        const size = sizes[index % sizes.length] ?? 1;
        const before = parser.edits.length;
        parser.push(answer.slice(at, at + size));
        expect(parser.edits.length).toBeGreaterThanOrEqual(before);
        at += size;
      }
      expect(parser.finish()).toEqual(read(answer));
    }), cases);
  });

  it('no placeholder is ever in a result that was not in the file', () => {
    const placeholder = fc.constantFrom('// ... existing code ...', '    // ...', '/* rest of the file */', '// 나머지 코드 ...', '...');
    const withGaps = fc.array(fc.oneof({ weight: 4, arbitrary: line }, { weight: 1, arbitrary: placeholder }), { minLength: 1, maxLength: 8 });
    fc.assert(fc.property(file, withGaps, fc.boolean(), (base, newLines, isWhole) => {
      const answer: ParsedAnswer = {
        problems: [],
        edits: [isWhole ? { kind: 'write', path: 'a.ts', answerLine: 0, lines: newLines } : { kind: 'replace', path: 'a.ts', answerLine: 0, oldLines: base.lines.slice(0, 3), newLines }],
      };
      const result = resolve({ 'a.ts': base.text }, answer);
      if (result.state !== 'changes') return;
      const isPlaceholder = placeholderTest('a.ts', base.lines);
      for (const { proposed } of result.changes) expect(toLines(proposed).filter(isPlaceholder)).toEqual([]);
    }), cases);
  });

  it('a whole file that drops more than half of its lines says so', () => {
    fc.assert(fc.property(fc.integer({ min: 8, max: 30 }), fc.integer({ min: 0, max: 30 }), (count, kept) => {
      const base = Array.from({ length: count }, (_, index) => `line ${index}`);
      const next = base.slice(0, Math.min(kept, count - 1));
      const { warnings } = createFileChange({ kind: 'modify', uri: 'file:///a', path: 'a', original: base.join('\n'), proposed: next.join('\n'), isWhole: true });
      expect(warnings.some(({ kind }) => kind === 'drops-most')).toBe(next.length * 2 < count);
    }), cases);
  });
});

describe('law 8: the way back', () => {
  it('gives back the same bytes in every encoding, whatever the change was', () => {
    const encodings = ['utf8', 'utf8bom', 'utf16le', 'utf16be', 'windows1252', 'gbk', 'shiftjis', 'euckr'] as const;
    const ascii = fc.array(fc.constantFrom('a', 'b {', '  c', '\td', '', '}'), { minLength: 1, maxLength: 8 });
    fc.assert(fc.property(fc.constantFrom(...encodings), ascii, ascii, fc.constantFrom('\n', '\r\n'), (encoding, base, next, lineEnd) => {
      const text = base.join(lineEnd);
      const bytes = encoding.startsWith('utf16') ? utf16(text, encoding === 'utf16be') : Buffer.from(encoding === 'utf8bom' ? `\uFEFF${text}` : text);
      const before = readByteText(bytes, encoding);
      const after = before?.change(diffLines(before.text.lines, next));
      const changed = after === undefined ? undefined : readByteText(after, encoding);
      expect(changed?.text.lines).toEqual(next);
      // A text that loses its last line end takes the file's when it gets one again, which a text of one line cannot show.
      fc.pre(next.length > 1 || base.length === 1);
      expect(changed?.change(diffLines(next, base))).toEqual(new Uint8Array(bytes));
    }), cases);
  });

  it('takes out what was put in and leaves what others wrote', () => {
    fc.assert(fc.property(numbered, picked, fc.array(fc.nat(), { maxLength: 3 }), (base, pick, elsewhere) => {
      const [from, to] = runOf(base, pick);
      const applied = [...base.slice(0, from), 'ours', 'ours too', ...base.slice(to)];
      const typed = (all: readonly string[]): readonly string[] => all.map((each) => (elsewhere.some((index) => each === base[index % base.length]) ? `${each} typed` : each));
      const current = typed(applied);
      const result = rebase({ base: applied.join('\n'), current: current.join('\n'), proposed: base.join('\n') });
      const beside = [base[from - 1], base[to]].some((each) => each !== undefined && current.includes(`${each} typed`));
      if (beside) expect(result.ok).toBe(false);
      else expect(result.ok && result.proposed).toBe([...typed(base.slice(0, from)), ...base.slice(from, to), ...typed(base.slice(to))].join('\n'));
    }), cases);
  });
});

function utf16(text: string, isBigEndian: boolean): Buffer {
  const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  return isBigEndian ? bytes.swap16() : bytes;
}
