import { describe, expect, it } from 'vitest';
import type { DiffFile, DiffHunk, DiffLine } from '../../../../src/core/context/gitDiff.ts';
import { reviewedChange, unitsOfChange, unitsOfCode } from '../../../../src/core/tasks/reviewInput.ts';

const estimate = (text: string): number => Math.ceil(text.length / 4);
const options = { budgetTokens: 1000, estimate };

/** Lines as git writes them: "+new", "-old", " same". */
function hunk(newStart: number, lines: readonly string[], section = ''): DiffHunk {
  let newLine = newStart;
  let oldLine = newStart;
  const parsed = lines.map((line): DiffLine => {
    const text = line.slice(1);
    if (line.startsWith('+')) return { type: 'added', text, newLine: newLine++ };
    if (line.startsWith('-')) return { type: 'removed', text, oldLine: oldLine++ };
    return { type: 'context', text, newLine: newLine++, oldLine: oldLine++ };
  });
  return { oldStart: newStart, oldLines: oldLine - newStart, newStart, newLines: newLine - newStart, section, lines: parsed };
}

function file(hunks: readonly DiffHunk[], parts: Partial<DiffFile> = {}): DiffFile {
  return { status: 'modified', oldPath: 'a.ts', newPath: 'a.ts', isBinary: false, hunks, ...parts };
}

describe('code under review', () => {
  it('has numbered lines', () => {
    expect(unitsOfCode('a.ts', [{ startLine: 9, text: 'x\ny\n' }], options)).toEqual([{ path: 'a.ts', text: ' 9 | x\n10 | y', tokens: 4 }]);
  });
  it('keeps the line numbers of its parts', () => {
    expect(unitsOfCode('a.ts', [{ startLine: 1, text: 'x' }, { startLine: 70, text: 'y' }], options).map((unit) => unit.text)).toEqual(['1 | x', '70 | y']);
  });
  it('is split to the budget and loses no line', () => {
    const text = Array.from({ length: 400 }, (_, index) => `line${index}`).join('\n');
    const units = unitsOfCode('a.ts', [{ startLine: 1, text }], { budgetTokens: 300, estimate });
    expect(units.length).toBeGreaterThan(3);
    expect(units.flatMap((unit) => unit.text.split('\n').map((line) => line.replace(/^\s*\d+ \| /, ''))).join('\n')).toBe(text);
  });
});

describe('changes under review', () => {
  const change = file([hunk(2, [' same', '-old', '+new', '+more', ' end'], 'function f()')]);

  it('are hunks with the numbers of the new file', () => {
    expect(unitsOfChange(change, undefined, options).map((unit) => unit.text)).toEqual(['@@ function f()\n2   same\n  - old\n3 + new\n4 + more\n5   end']);
  });
  it('are the whole file where it is small', () => {
    expect(unitsOfChange(change, 'first\nsame\nnew\nmore\nend\n', options).map((unit) => unit.text)).toEqual(['1   first\n2   same\n  - old\n3 + new\n4 + more\n5   end']);
  });
  it('are hunks where the file is not what they lead to', () => {
    expect(unitsOfChange(change, 'first\nsame\nother\nmore\nend\n', options)[0]?.text).toMatch(/^@@/);
  });
  it('are hunks where the file is large', () => {
    const text = `first\nsame\nnew\nmore\nend\n${'line of a large file\n'.repeat(900)}`;
    expect(unitsOfChange(change, text, { budgetTokens: 9000, estimate })[0]?.text).toMatch(/^@@/);
  });
  it('show what was removed at the end of a file', () => {
    expect(unitsOfChange(file([hunk(1, [' a', '-b'])]), 'a\n', options)[0]?.text).toBe('1   a\n  - b');
  });
  it('are nothing for binary, deleted and merely renamed files', () => {
    expect(unitsOfChange(file([], { isBinary: true }), undefined, options)).toEqual([]);
    expect(unitsOfChange({ status: 'deleted', oldPath: 'a.ts', isBinary: false, hunks: change.hunks }, undefined, options)).toEqual([]);
    expect(unitsOfChange(file([], { status: 'renamed' }), 'a\n', options)).toEqual([]);
  });
  it('are split between hunks before hunks are split', () => {
    const lines = Array.from({ length: 40 }, (_, index) => `+line ${index}`);
    const units = unitsOfChange(file([hunk(1, lines), hunk(100, lines), hunk(200, lines)]), undefined, { budgetTokens: 260, estimate });
    expect(units.map((unit) => unit.text.match(/^@@/gm)?.length)).toEqual([1, 1, 1]);
  });
  it('split one hunk that is too large', () => {
    const units = unitsOfChange(file([hunk(1, Array.from({ length: 300 }, (_, index) => `+line ${index}`))]), undefined, { budgetTokens: 400, estimate });
    expect(units.length).toBeGreaterThan(2);
    for (const unit of units) expect(unit.tokens).toBeLessThanOrEqual(900);
  });
});

describe('what findings about a change are held against', () => {
  it('has the new lines at their numbers', () => {
    expect(reviewedChange(file([hunk(3, [' c', '+d'])])).text).toBe('\n\nc\nd');
  });
  it('has the ranges that changed', () => {
    expect(reviewedChange(file([hunk(2, [' a', '+b', '+c', ' d', '+e', ' f'])])).ranges).toEqual([{ start: 3, end: 4 }, { start: 6, end: 6 }]);
  });
  it('counts a removal at the line that follows it', () => {
    expect(reviewedChange(file([hunk(2, [' a', '-b', ' c'])])).ranges).toEqual([{ start: 3, end: 3 }]);
  });
  it('joins a removal and what takes its place', () => {
    expect(reviewedChange(file([hunk(2, ['-b', '+c', ' d'])])).ranges).toEqual([{ start: 2, end: 2 }]);
  });
});
