import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { folderLabels } from '../../../../src/core/edit/folderLabels.ts';

const check = (paths: readonly string[], expected: readonly string[]): void => {
  expect(folderLabels(paths.map((path) => ({ path, name: path.split('/').findLast((segment) => segment !== '') ?? '' })))).toEqual(expected);
};

describe('the folders of a workspace are called', () => {
  it('by their names', () => check(['/p/client', '/p/server'], ['client', 'server']));
  it('by more of their places where two have one name', () => check(['/p/client/app', '/p/server/app', '/p/docs'], ['client/app', 'server/app', 'docs']));
  it('by as much as it takes', () => check(['/p/a/x/app', '/p/b/x/app', '/q/y/app'], ['a/x/app', 'b/x/app', 'y/app']));
  it('by the whole place where one ends like the other', () => check(['/app', '/p/app'], ['app', 'p/app']));
  it('with or without a slash at the end', () => check(['/p/client/app/', '/p/server/app/'], ['client/app', 'server/app']));
  it('by nothing when there is none', () => check([], []));
  it('by a name that was given, as long as it is the only one', () => {
    expect(folderLabels([{ name: 'Web', path: '/p/app' }, { name: 'app', path: '/q/app' }])).toEqual(['Web', 'app']);
    expect(folderLabels([{ name: 'Web', path: '/p/one' }, { name: 'Web', path: '/p/two' }])).toEqual(['p/one', 'p/two']);
  });

  it('so that no two folders share a label', () => {
    const segment = fc.constantFrom('a', 'b', 'app');
    const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => `/${segments.join('/')}`);
    fc.assert(fc.property(fc.uniqueArray(path, { maxLength: 6 }), (paths) => {
      const labels = folderLabels(paths.map((each) => ({ path: each, name: each.split('/').at(-1) ?? '' })));
      expect(new Set(labels).size).toBe(paths.length);
    }), { numRuns: 2000 });
  });
});
