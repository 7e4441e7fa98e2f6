import { describe, expect, it } from 'vitest';
import { checkChange, short, strictConfig, type Files } from './checkProject.ts';

const project: Files = {
  'tsconfig.json': strictConfig,
  'src/money.ts': 'export function percent(of: number, rate: number): number {\n  return (of * rate) / 100;\n}\n',
  'src/index.ts': "export * from './money.ts';\n",
  'src/tariff.ts': "import { percent } from './money.ts';\nexport const fee = percent(200, 5);\n",
  'src/far.ts': "import { percent } from './index.ts';\nexport const far = percent(1, 2);\n",
  'src/alone.ts': 'export const alone = 1;\n',
};

describe('a check in memory', () => {
  it('finds what a change breaks in files that import it, near and far, and leaves the others alone', () => {
    const { before, after, checked, dependents } = checkChange(project, { changes: { 'src/money.ts': 'export function share(of: number): number {\n  return of;\n}\n' } });
    expect(short(before)).toEqual([]);
    expect(short(after)).toEqual(['src/tariff.ts:1 2305', 'src/far.ts:1 2305']);
    expect(checked).toEqual([{ path: 'src/money.ts', depth: 'types' }]);
    expect(dependents).toEqual(['src/index.ts', 'src/tariff.ts', 'src/far.ts']);
  });

  it('says nothing of a change that breaks nothing', () => {
    const { before, after, checked } = checkChange(project, { changes: { 'src/money.ts': `${project['src/money.ts'] ?? ''}export const more = 1;\n` } });
    expect([before, after, checked.length]).toEqual([[], [], 1]);
  });

  it('finds errors of types and of syntax in the changed file itself, with their places', () => {
    const typed = checkChange(project, { changes: { 'src/alone.ts': 'export const alone: number = "one";\n' } }).after;
    expect(typed).toEqual([{ path: 'src/alone.ts', line: 0, character: 13, endLine: 0, endCharacter: 18, code: '2322', message: "Type 'string' is not assignable to type 'number'." }]);
    expect(short(checkChange(project, { changes: { 'src/alone.ts': 'export const = 1;\n' } }).after)).toContain('src/alone.ts:1 1134');
  });

  it('takes all changes together: a rename with its callers is clean', () => {
    const { after, dependents } = checkChange(project, {
      changes: {
        'src/money.ts': (project['src/money.ts'] ?? '').replace('percent', 'share'),
        'src/tariff.ts': (project['src/tariff.ts'] ?? '').replaceAll('percent', 'share'),
        'src/far.ts': (project['src/far.ts'] ?? '').replaceAll('percent', 'share'),
      },
    });
    expect([short(after), dependents]).toEqual([[], ['src/index.ts']]);
  });

  it('knows files that are made, deleted and moved', () => {
    const moved = { 'src/money.ts': undefined, 'src/cash.ts': project['src/money.ts'] };
    expect(short(checkChange(project, { changes: moved }).after)).toEqual(['src/index.ts:1 2307', 'src/tariff.ts:1 2307', 'src/far.ts:1 2305']);
    const followed = checkChange(project, { changes: { ...moved, 'src/index.ts': "export * from './cash.ts';\n", 'src/tariff.ts': "import { percent } from './cash.ts';\nexport const fee = percent(200, 5);\n" } });
    expect(short(followed.after)).toEqual([]);
    expect(short(checkChange(project, { changes: { 'src/deep/er/new.ts': "import { nothing } from '../../money.ts';\nexport const x = nothing;\n" } }).after)).toEqual(['src/deep/er/new.ts:1 2305']);
  });

  it('tells what was there before, in texts that are not saved too', () => {
    const { before, after } = checkChange(project, { unsaved: { 'src/tariff.ts': 'export const fee: number = "x";\n' }, changes: { 'src/tariff.ts': 'export const fee: number = "y";\n' } });
    expect([short(before), short(after)]).toEqual([['src/tariff.ts:1 2322'], ['src/tariff.ts:1 2322']]);
  });

  it('looks at dependents as they are typed, not as they are saved', () => {
    const { after } = checkChange(project, { unsaved: { 'src/tariff.ts': 'export const fee = 1;\n' }, changes: { 'src/money.ts': 'export {};\n' } });
    expect(short(after)).toEqual(['src/far.ts:1 2305']);
  });

  it('checks no more dependents than it may, the nearest first, and counts the rest', () => {
    const one = checkChange(project, { changes: { 'src/money.ts': 'export {};\n' }, limits: { maxDependents: 1 } });
    expect([one.dependents, one.leftOut]).toEqual([['src/index.ts'], 2]);
    let now = 0;
    const late = checkChange(project, { changes: { 'src/money.ts': 'export {};\n' }, limits: { budgetMs: 2 }, now: () => now++ });
    expect([late.dependents.length, late.leftOut]).toEqual([2, 1]);
  });

  it('reads a very large project only as far as the change reaches', () => {
    const { after, dependents } = checkChange(project, { changes: { 'src/money.ts': 'export {};\n' }, dependents: ['src/tariff.ts'], limits: { maxProjectFiles: 3 } });
    expect([short(after), dependents]).toEqual([['src/tariff.ts:1 2305'], ['src/tariff.ts']]);
  });
});

describe('projects', () => {
  it('are found through references, and a test that is in another one is checked where it is named', () => {
    const files: Files = {
      ...project,
      'tsconfig.json': '{ "files": [], "references": [{ "path": "./tsconfig.src.json" }, { "path": "./test" }] }',
      'tsconfig.src.json': strictConfig,
      'test/tsconfig.json': strictConfig.replace('"src"', '"."'),
      'test/money.test.ts': "import { percent } from '../src/money.ts';\nexport const result = percent(1, 2);\n",
    };
    const { after } = checkChange(files, { changes: { 'src/money.ts': 'export {};\n' }, dependents: ['test/money.test.ts'] });
    expect(short(after)).toContain('test/money.test.ts:1 2305');
    expect(short(after)).toContain('src/tariff.ts:1 2305');
  });

  it('may share a file: its users in the outer one are checked too', () => {
    const files: Files = {
      'tsconfig.json': strictConfig,
      'src/core/tsconfig.json': strictConfig.replace('"src"', '"."'),
      'src/core/money.ts': project['src/money.ts'] ?? '',
      'src/core/inner.ts': "import { percent } from './money.ts';\nexport const inner = percent(1, 2);\n",
      'src/host.ts': "import { percent } from './core/money.ts';\nexport const outer = percent(1, 2);\n",
    };
    const { after, checked, dependents } = checkChange(files, { changes: { 'src/core/money.ts': 'export {};\n' } });
    expect([short(after), checked.length, dependents]).toEqual([['src/core/inner.ts:1 2305', 'src/host.ts:1 2305'], 1, ['src/core/inner.ts', 'src/host.ts']]);
  });

  it('need no configuration', () => {
    const files: Files = { 'src/a.ts': 'export const a = 1;\n' };
    expect(short(checkChange(files, { changes: { 'src/a.ts': "import { b } from './b.ts';\nexport const a: string = b;\n" } }).after)).toEqual(['src/a.ts:1 2307']);
    expect(short(checkChange(files, { changes: { 'src/a.ts': 'export const a: string = 1;\n' } }).after)).toEqual(['src/a.ts:1 2322']);
  });

  it('are not looked for above the workspace', () => {
    const { after } = checkChange({ 'tsconfig.json': '{ "compilerOptions": { "strict": false } }', 'inner/a.ts': '' }, { changes: { 'inner/a.ts': 'export const f = (x) => x;\n' } });
    expect(short(after)).toEqual([]);
  });
});

describe('JavaScript', () => {
  const script: Files = {
    'jsconfig.json': '{ "include": ["src"] }',
    'src/money.js': 'export function percent(of, rate) {\n  return of.cents * rate;\n}\n',
    'src/use.js': "import { percent } from './money.js';\nexport const fee = percent({}, 5).whatever;\n",
  };
  it('that nobody checks counts by names that are not there', () => {
    const { after, checked } = checkChange(script, { changes: { 'src/money.js': 'export function share(of) {\n  return missing(of) + "a" * 2;\n}\n' } });
    expect(short(after)).toEqual(['src/money.js:2 2304', 'src/use.js:1 2305']);
    expect(checked).toEqual([{ path: 'src/money.js', depth: 'names' }]);
  });
  it('that asks for it is checked as a whole', () => {
    const { after, checked } = checkChange(script, { changes: { 'src/money.js': '// @ts-check\nexport const percent = /** @type {number} */ ("a") * "b";\n' } });
    expect(checked[0]?.depth).toBe('types');
    expect(short(after).length).toBeGreaterThan(0);
  });
});

describe('other files', () => {
  it('are no work', () => {
    const { checked, after } = checkChange(project, { changes: { 'README.md': '# no' } });
    expect([checked, after]).toEqual([[], []]);
  });
});
