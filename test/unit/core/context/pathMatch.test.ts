import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchPaths, scorePath } from '../../../../src/core/context/pathMatch.ts';

const paths = [
  'src/core/context/contextItem.ts', 'src/core/context/contextSource.ts', 'src/core/chat/session.ts', 'src/host/context/contextSource.ts', 'src/core/completion/engine.ts', 'test/unit/core/context/contextItem.test.ts',
  'README.md', 'docs/reading.md', 'package.json', 'src/index.ts', 'src/widgets/index.ts', 'src/한글/파일.ts',
];
const best = (query: string): string | undefined => matchPaths(paths, query, 1)[0]?.path;

describe('what is typed behind @ finds', () => {
  it.each([
    ['a name', 'engine', 'src/core/completion/engine.ts'],
    ['a name before its test', 'contextItem', 'src/core/context/contextItem.ts'],
    ['the initials of a name', 'citem', 'src/core/context/contextItem.ts'],
    ['humps', 'csour', 'src/core/context/contextSource.ts'],
    ['a folder and a name', 'host/cont', 'src/host/context/contextSource.ts'],
    ['backslashes as slashes', 'chat\\session', 'src/core/chat/session.ts'],
    ['words with blanks', 'chat session', 'src/core/chat/session.ts'],
    ['any case', 'readme', 'README.md'],
    ['the name rather than letters anywhere', 'read', 'README.md'],
    ['the shorter path among equals', 'index', 'src/index.ts'],
    ['Korean', '파일', 'src/한글/파일.ts'],
  ])('%s', (_name, query, path) => {
    expect(best(query)).toBe(path);
  });

  it.each(['요약', 'ㅂ', '보고서 요약', '문서/보고', 'résumé'])('names that a disk keeps taken apart: %s', (query) => {
    const disk = ['docs/other.md', 'docs/문서/보고서 요약.md', 'docs/résumé.md'].map((path) => path.normalize('NFD'));
    const found = matchPaths(disk, query, 5).map(({ path }) => path);
    // A consonant alone is no part of a syllable in any form.
    expect(found).toEqual(query === 'ㅂ' ? [] : [query === 'résumé' ? disk[2] : disk[1]]);
    expect(matchPaths(disk, query.normalize('NFD'), 5).map(({ path }) => path)).toEqual(found);
  });

  it('nothing for letters that do not occur in this order', () => {
    expect(matchPaths(paths, 'zzz', 5)).toEqual([]);
  });

  it('everything in its order for nothing typed', () => {
    expect(matchPaths(paths, '', 3).map(({ path }) => path)).toEqual(paths.slice(0, 3));
  });

  it('every path by its own letters in order', () => {
    fc.assert(fc.property(fc.constantFrom(...paths), fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }), (path, picks) => {
      const query = Array.from(path.toLowerCase()).filter((_, index) => picks[index] === true).join('');
      if (query !== '') expect(scorePath(path, query)).toBeDefined();
    }));
  });

  it('in 50,000 paths at the speed of typing', () => {
    const many = Array.from({ length: 50_000 }, (_, index) => `packages/p${index % 100}/src/module${index}/fileName${index}.ts`);
    expect(matchPaths(many, 'fn49999', 5)[0]?.path).toContain('fileName49999');
  });
});
