import { describe, expect, it } from 'vitest';
import { createEditParser } from '../../../../src/core/edit/editParser.ts';
import { createFilePreview } from '../../../../src/core/edit/streamPreview.ts';
import { restoreSecrets } from '../../../../src/core/edit/parsedEdit.ts';

const file = 'one\ntwo\nthree\nfour\n';
const answer = 'a.ts\n<<<<<<< SEARCH\ntwo\nthree\n=======\nTWO\nTWO AND A HALF\nTHREE\n>>>>>>> REPLACE\n\na.ts\n<<<<<<< SEARCH\nfour\n=======\nFOUR\n>>>>>>> REPLACE\n';

/** What a diff shows after each piece of an answer, without repeats. */
const check = (text: string, pieces: readonly string[], expected: readonly string[]): void => {
  const parser = createEditParser({ isKnownPath: (path) => path === 'a.ts' });
  const preview = createFilePreview(text);
  const shown: string[] = [];
  let taken = 0;
  for (const piece of pieces) {
    parser.push(piece);
    for (; taken < parser.edits.length; taken++) {
      const edit = parser.edits[taken];
      if (edit !== undefined) preview.add(edit);
    }
    const now = preview.show(parser.open()).text.replaceAll('\n', '|');
    if (shown.at(-1) !== now) shown.push(now);
  }
  expect(shown).toEqual(expected);
};

describe('the growing diff', () => {
  it('sweeps over the old lines while the new ones come', () => {
    check(file, answer.split(/(?<=\n)/), [
      'one|two|three|four|',
      'one|TWO|three|four|',
      'one|TWO|TWO AND A HALF|four|',
      'one|TWO|TWO AND A HALF|THREE|four|',
      'one|TWO|TWO AND A HALF|THREE|FOUR|',
    ]);
  });

  it('ends with the text that the edits come to, however the stream is cut', () => {
    for (const size of [1, 2, 3, 7, 1000]) {
      const pieces = answer.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) ?? [];
      const parser = createEditParser({ isKnownPath: () => true });
      for (const piece of pieces) parser.push(piece);
      const preview = createFilePreview(file);
      for (const edit of parser.finish().edits) preview.add(edit);
      expect(preview.show(undefined).text).toBe('one\nTWO\nTWO AND A HALF\nTHREE\nFOUR\n');
      expect(preview.counts()).toEqual({ added: 4, removed: 3, whiteSpaceOnly: 0, invisible: 0, longestLine: 14 });
    }
  });

  it('writes a new file line by line', () => {
    check('', ['```ts a.ts\n', 'a\n', 'b\n', '```\n'], ['', 'a', 'a|b', 'a|b|']);
  });

  it('shows the file as it is while the place is not found', () => {
    check(file, ['a.ts\n<<<<<<< SEARCH\nnowhere\n=======\nx\n'], ['one|two|three|four|']);
  });

  it('follows what other formats do', () => {
    const preview = createFilePreview(file);
    preview.add({ kind: 'replace-text', path: 'a', answerLine: 0, oldText: 'two', newText: '2' });
    preview.add({ kind: 'insert', path: 'a', answerLine: 0, afterLines: 1, newLines: ['in'] });
    preview.add({ kind: 'rename', path: 'a', answerLine: 0, newPath: 'b' });
    expect(preview.show(undefined).text).toBe('one\nin\n2\nthree\nfour\n');
    preview.add({ kind: 'write', path: 'a', answerLine: 0, lines: ['all', ''] });
    expect(preview.show(undefined).text).toBe('all\n');
    preview.add({ kind: 'delete', path: 'a', answerLine: 0 });
    expect(preview.show(undefined).text).toBe('');
  });
});

describe('secrets that were masked for the request', () => {
  it('are put back in every part of an edit', () => {
    const restore = (text: string): string => text.replace('<masked>', 'secret');
    const where = { path: 'a', answerLine: 0 };
    expect(restoreSecrets({ kind: 'replace', ...where, oldLines: ['<masked>'], newLines: ['x <masked>'], otherReadings: [{ oldLines: ['<masked>'], newLines: [] }] }, restore))
      .toEqual({ kind: 'replace', ...where, oldLines: ['secret'], newLines: ['x secret'], otherReadings: [{ oldLines: ['secret'], newLines: [] }] });
    expect(restoreSecrets({ kind: 'replace-text', ...where, oldText: '<masked>', newText: '<masked>' }, restore)).toMatchObject({ oldText: 'secret', newText: 'secret' });
    expect(restoreSecrets({ kind: 'write', ...where, lines: ['<masked>'] }, restore)).toMatchObject({ lines: ['secret'] });
    expect(restoreSecrets({ kind: 'insert', ...where, afterLines: 0, newLines: ['<masked>'] }, restore)).toMatchObject({ newLines: ['secret'] });
    expect(restoreSecrets({ kind: 'delete', ...where }, restore)).toEqual({ kind: 'delete', ...where });
  });
});
