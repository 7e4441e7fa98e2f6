import { describe, expect, it } from 'vitest';
import type { DiffFile, DiffLine } from '../../../../src/core/context/gitDiff.ts';
import { fitChanges } from '../../../../src/core/tasks/commitChanges.ts';

const estimate = (text: string): number => Math.ceil(text.length / 4);

function file(newPath: string, lineCount: number, parts: Partial<DiffFile> = {}): DiffFile {
  const lines = Array.from({ length: lineCount }, (_, index): DiffLine => ({ type: index % 3 === 0 ? 'removed' : 'added', text: `${newPath} line ${index}` }));
  return { status: 'modified', oldPath: newPath, newPath, isBinary: false, hunks: [{ oldStart: 1, oldLines: 1, newStart: 1, newLines: 1, section: 'f()', lines }], ...parts };
}

function fit(files: readonly DiffFile[], budget: number, text = 'x'.repeat(1_000_000)): string {
  return fitChanges({ files, text }, budget, estimate);
}

describe('changes for a commit message', () => {
  it('are whole while they fit', () => {
    expect(fit([file('a.ts', 3)], 100, 'diff --git a/a.ts')).toBe('modified a.ts +2 −1\n\ndiff --git a/a.ts');
  });
  it('name every file even when nothing else fits', () => {
    const text = fit([file('a.ts', 300), file('b.ts', 300)], 20);
    expect(text).toContain('modified a.ts +200 −100');
    expect(text).toContain('modified b.ts +200 −100');
  });
  it('share the room out, so that a small file stays whole beside a large one', () => {
    const text = fit([file('large.ts', 5000), file('small.ts', 5)], 1000);
    expect(text).toContain('small.ts line 4');
    expect(text).toContain('large.ts line 10');
    expect(text).toMatch(/\[\d+ lines left out\]/);
    expect(estimate(text)).toBeLessThan(1100);
  });
  it('keep the order of the files', () => {
    const text = fit([file('large.ts', 900), file('small.ts', 5)], 1000);
    expect(text.indexOf('--- large.ts')).toBeLessThan(text.indexOf('--- small.ts'));
  });
  it('do not show lock files', () => {
    const text = fit([file('package-lock.json', 50), file('a.ts', 2)], 10_000, 'short');
    expect(text).toContain('modified package-lock.json +33 −17');
    expect(text).not.toContain('package-lock.json line');
    expect(text).toContain('a.ts line 1');
  });
  it('name renamed, deleted and binary files', () => {
    const text = fit([file('new.ts', 0, { status: 'renamed', oldPath: 'old.ts' }), { status: 'deleted', oldPath: 'gone.ts', isBinary: false, hunks: [] }, file('a.png', 0, { isBinary: true })], 100);
    expect(text.split('\n').slice(0, 3)).toEqual(['renamed old.ts → new.ts +0 −0', 'deleted gone.ts +0 −0', 'modified a.png (binary)']);
  });
});
