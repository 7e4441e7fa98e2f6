// The ranking against BM25 written down plainly: no packing, no removal in place, no early end.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSearchIndex, type IndexedFile } from '../../../../src/core/context/searchIndex.ts';
import { splitTerms } from '../../../../src/core/context/searchTerms.ts';

interface PlainPiece {
  readonly id: string;
  readonly startLine: number;
  readonly terms: readonly string[];
}

function piecesOf({ id, path, text }: IndexedFile): readonly PlainPiece[] {
  const lines = text.split('\n');
  const starts = Array.from({ length: Math.ceil(lines.length / 40) }, (_, index) => index * 40);
  return starts.map((start) => ({ id, startLine: start + 1, terms: [...splitTerms(lines.slice(start, start + 40).join('\n')), ...splitTerms(path)] })).filter(({ terms }) => terms.length > 0);
}

/** Scores by "id:line", as the formula says. */
function plainScores(files: readonly IndexedFile[], query: string): ReadonlyMap<string, number> {
  const pieces = files.flatMap(piecesOf);
  const average = pieces.reduce((sum, { terms }) => sum + terms.length, 0) / pieces.length;
  const scores = new Map<string, number>();
  for (const term of new Set(splitTerms(query))) {
    const having = pieces.filter(({ terms }) => terms.includes(term));
    const rarity = Math.log(1 + (pieces.length - having.length + 0.5) / (having.length + 0.5));
    for (const { id, startLine, terms } of having) {
      const count = terms.filter((other) => other === term).length;
      const weight = (count * 2.2) / (count + 1.2 * (0.25 + (0.75 * terms.length) / average));
      scores.set(`${id}:${startLine}`, (scores.get(`${id}:${startLine}`) ?? 0) + rarity * weight);
    }
  }
  return scores;
}

const word = fc.constantFrom('apple', 'banana', 'cherry', 'parseHeader', 'retry_count', '가격', 'zone', '404');
const shortText = fc.array(word, { minLength: 1, maxLength: 30 }).map((words) => words.join(' '));
const files = fc.array(shortText, { minLength: 1, maxLength: 12 }).map((texts) => texts.map((text, index): IndexedFile => ({ id: `f${index}`, path: `src/n${index}.ts`, text })));

describe('the ranking', () => {
  it('is that of BM25, for any texts and any question', () => {
    fc.assert(fc.property(files, fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' ')), (given, query) => {
      const index = createSearchIndex();
      for (const file of given) index.add(file);
      const expected = plainScores(given, query);
      const hits = index.search(query, 100);
      expect(hits).toHaveLength(expected.size);
      for (const hit of hits) expect(hit.score).toBeCloseTo(expected.get(`${hit.id}:${hit.startLine}`) ?? Number.NaN, 9);
      expect(hits.map(({ score }) => score)).toEqual(hits.map(({ score }) => score).toSorted((left, right) => right - left));
    }), { numRuns: 300 });
  });

  it('gives the same hits first, however many are asked for', () => {
    fc.assert(fc.property(files, word, fc.integer({ min: 1, max: 5 }), (given, query, limit) => {
      const index = createSearchIndex();
      for (const file of given) index.add(file);
      expect(index.search(query, limit)).toEqual(index.search(query, 100).slice(0, limit));
    }));
  });

  it('does not depend on the case or the spelling of a name', () => {
    const index = createSearchIndex();
    index.add({ id: 'a', path: 'a.ts', text: 'const maxRetryCount = 3;' });
    index.add({ id: 'b', path: 'b.ts', text: 'nothing of the kind' });
    for (const query of ['maxRetryCount', 'max_retry_count', 'MAX_RETRY_COUNT', 'max retry count', 'Max-Retry-Count']) expect(index.search(query, 1)[0]?.id).toBe('a');
  });

  it('counts what a word of the path says, too', () => {
    const index = createSearchIndex();
    for (let number = 0; number < 10; number++) index.add({ id: `x${number}`, path: `src/x${number}.ts`, text: 'export const value = 1;' });
    index.add({ id: 'billing', path: 'src/billing/invoice.ts', text: 'export const value = 1;' });
    expect(index.search('billing', 3).map(({ id }) => id)).toEqual(['billing']);
  });

  it('stays the same when files are taken in another order', () => {
    fc.assert(fc.property(files, word, (given, query) => {
      const [forward, backward] = [createSearchIndex(), createSearchIndex()];
      for (const file of given) forward.add(file);
      for (const file of given.toReversed()) backward.add(file);
      const scores = (index: typeof forward): ReadonlyMap<string, number> => new Map(index.search(query, 100).map((hit) => [hit.id, Math.round(hit.score * 1e9)]));
      expect(scores(backward)).toEqual(scores(forward));
    }));
  });
});

describe('lines of a hit', () => {
  it.each([[1, 1, 40], [40, 1, 40], [41, 41, 80], [80, 41, 80], [81, 81, 95], [95, 81, 95]])('a word in line %d of 95 is shown in lines %d to %d', (line, startLine, endLine) => {
    const index = createSearchIndex();
    index.add({ id: 'a', path: 'p', text: Array.from({ length: 95 }, (_, number) => (number + 1 === line ? 'needle' : 'hay')).join('\n') });
    expect(index.search('needle', 5)).toMatchObject([{ startLine, endLine }]);
  });

  it('a file without words has none', () => {
    const index = createSearchIndex();
    index.add({ id: 'a', path: '', text: '\n\n{}\n;;' });
    expect(index.fileCount).toBe(1);
    expect(index.search('a', 5)).toEqual([]);
  });
});
