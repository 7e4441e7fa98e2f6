// Git itself is the judge: random ignore files over random paths give the verdicts of `git check-ignore`.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIgnoreRules } from '../../../../src/core/context/ignoreRules.ts';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'ignore-'));
  execFileSync('git', ['init', '-q'], { cwd: root });
});
afterAll(() => { rmSync(root, { recursive: true, force: true }); });

const names = ['a', 'b', 'ab', 'x.log', 'y.log', 'build', '.hidden'] as const;
const name = fc.constantFrom(...names);
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
const pattern = fc.tuple(
  fc.constantFrom('', '!', ''),
  fc.constantFrom('', '/', '', '**/'),
  fc.array(fc.constantFrom(...names, '*', '*.log', 'a*', '?', '[ab]', '**', '.*'), { minLength: 1, maxLength: 3 }).map((segments) => segments.join('/')),
  fc.constantFrom('', '/', ''),
).map((parts) => parts.join(''));
const text = fc.array(fc.oneof(pattern, fc.constantFrom('# comment', '', '  ', 'a ', '\\!a', '\\#b')), { minLength: 2, maxLength: 8 }).map((lines) => lines.join('\n'));
const files = fc.uniqueArray(fc.record({ folder: fc.constantFrom('', 'a', 'a/b', 'build', 'ab'), text }), { selector: (file) => file.folder, minLength: 1, maxLength: 4 });

/** The paths that git ignores. They need not exist; what ends in a slash would be a folder. */
function askGit(ignoreFiles: readonly { readonly folder: string; readonly text: string }[], paths: readonly string[]): ReadonlySet<string> {
  rmSync(join(root, 'a'), { recursive: true, force: true });
  for (const folder of ['build', 'ab']) rmSync(join(root, folder), { recursive: true, force: true });
  rmSync(join(root, '.gitignore'), { force: true });
  for (const file of ignoreFiles) {
    const place = join(root, file.folder, '.gitignore');
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, file.text);
  }
  const { stdout } = spawnSync('git', ['-c', 'core.excludesFile=/dev/null', '-c', 'core.quotePath=false', 'check-ignore', '--no-index', '--stdin', '-z'], { cwd: root, input: paths.join('\0'), encoding: 'utf8' });
  return new Set(stdout.split('\0').filter((line) => line !== ''));
}

type Files = Parameters<typeof askGit>[0];

interface Verdicts {
  readonly paths: readonly string[];
  readonly ours: readonly string[];
  readonly gits: readonly string[];
}

function compare(ignoreFiles: Files, paths: readonly string[]): Verdicts {
  // A path below a path of the list cannot be told apart from a file there: only what the folders of the test are, may be folders.
  const candidates = paths.filter((each) => !['a', 'a/b', 'build', 'ab'].includes(each));
  const ignored = askGit(ignoreFiles, candidates);
  const rules = createIgnoreRules(ignoreFiles.map((file) => ({ ...file, name: '.gitignore' as const })), []);
  return { paths: candidates, ours: candidates.filter((each) => rules.ignores(each) !== undefined), gits: candidates.filter((each) => ignored.has(each)) };
}

const paths = fc.uniqueArray(path, { minLength: 5, maxLength: 30 });

describe('beside git', () => {
  it('one ignore file ignores the same', () => {
    let ignoredCount = 0;
    let openCount = 0;
    fc.assert(fc.property(text, paths, (only, some) => {
      const { ours, gits, paths: all } = compare([{ folder: '', text: only }], some);
      ignoredCount += gits.length;
      openCount += all.length - gits.length;
      expect(ours).toEqual(gits);
    }), { numRuns: 150 });
    // Both verdicts have to be common, or the comparison would mean little.
    expect(Math.min(ignoredCount, openCount)).toBeGreaterThan(100);
  }, 60_000);

  it('ignore files at several levels ignore the same, or more where a nested one opens what an outer one shut', () => {
    fc.assert(fc.property(files, paths, (ignoreFiles, some) => {
      const { ours, gits } = compare(ignoreFiles, some);
      expect(ours).toEqual(expect.arrayContaining([...gits]));
      const opensAgain = ignoreFiles.some((file) => file.folder !== '' && /^!/m.test(file.text));
      if (!opensAgain) expect(ours).toEqual(gits);
    }), { numRuns: 150 });
  }, 60_000);
});
