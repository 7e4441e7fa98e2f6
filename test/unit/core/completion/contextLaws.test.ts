// Reading other files for context: what the languages' import lines look like, which paths they may mean, and what is alike.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathsOf, readImportedNames } from '../../../../src/core/completion/importedNames.ts';
import { readSignatures } from '../../../../src/core/completion/signatures.ts';
import { mostSimilar, readWindows } from '../../../../src/core/completion/similarCode.ts';

const identifier = fc.stringMatching(/^[a-z$_][A-Za-z0-9$_]{0,8}$/).filter((name) => name !== 'type' && name !== 'as' && name !== 'import' && name !== 'from');

/** The names that the other file knows, with what stands around them in a list. */
const listed = fc.uniqueArray(identifier, { minLength: 1, maxLength: 5 })
  .chain((names) => fc.tuple(fc.constant(names), fc.array(fc.constantFrom('', 'type ', ' as other', ' '), { minLength: names.length, maxLength: names.length })));

function written([names, around]: readonly [readonly string[], readonly string[]], comma = ', '): string {
  return names.map((name, index) => (around[index] === 'type ' ? `type ${name}` : name + (around[index] ?? ''))).join(comma);
}

describe('imported names, for any list', () => {
  const scripts = fc.constantFrom('typescript', 'javascript', 'typescriptreact', 'vue', 'svelte');

  it('are those that the other file knows, on one line or on several', () => {
    fc.assert(fc.property(listed, scripts, fc.constantFrom(', ', ',\n  '), (list, languageId, comma) => {
      const lines = `import { ${written(list, comma)} } from '../lib/money.js';`.split('\n');
      expect(readImportedNames(lines, languageId)).toEqual([{ from: '../lib/money.js', names: list[0] }]);
    }));
  });

  it('in Python with brackets and without', () => {
    fc.assert(fc.property(listed.map(([names]) => names.map((name) => name.replaceAll('$', '_'))), fc.boolean(), (names, inBrackets) => {
      const list = inBrackets ? `(\n    ${names.join(',\n    ')},\n)` : `${names.join(', ')}  # why`;
      expect(readImportedNames(`import os\nfrom .models import ${list}\n`.split('\n'), 'python')).toEqual([{ from: '.models', names }]);
    }));
  });

  it.each([
    ['of types only', "import type { Job } from './job';", [{ from: './job', names: ['Job'] }]],
    ['in double quotes', 'import { run } from "./job";', [{ from: './job', names: ['run'] }]],
    ['of the whole file under one name', "import * as job from './job';", []],
    ['beyond the first eighty lines', `${'\n'.repeat(80)}import { run } from './job';`, []],
    ['of two files', "import { a } from './a';\nimport b from './b';", [{ from: './a', names: ['a'] }, { from: './b', names: ['b'] }]],
    ['called at run time', "const job = await import('./job');", []],
  ])('%s', (_, text, expected) => expect(readImportedNames(text.split('\n'), 'typescript')).toEqual(expected));
});

describe('the paths of an import', () => {
  it.each([
    ['./money', 'typescript', './money/index.ts'],
    ['./money.mjs', 'typescript', './money.ts'],
    ['./view.jsx', 'typescriptreact', './view.ts'],
    ['./style.css', 'typescript', './style.css'],
    ['.models', 'python', './models/__init__.py'],
    ['...core.db', 'python', '../../core/db.py'],
  ])('%s in %s may be %s', (from, languageId, path) => expect(pathsOf(from, languageId)).toContain(path));

  it('never leave the place they start from but by dots that were written', () => {
    fc.assert(fc.property(fc.nat({ max: 4 }), identifier, (dots, name) => {
      const [path = ''] = pathsOf('.'.repeat(dots + 1) + name.replaceAll('$', ''), 'python');
      expect(path.split('../')).toHaveLength(dots + 1);
    }));
  });
});

describe('signatures', () => {
  const check = (text: string, name: string, languageId = 'typescript'): string | undefined => readSignatures(text.split('\n'), [name], languageId, (from, to) => text.split('\n').slice(from, to))[0];

  it.each([
    ['an arrow function without its body', 'export const add = (a: number) => {\n  return a;\n};', 'add', 'typescript', 'export const add = (a: number) =>'],
    ['a constant', "export const limit = 10;\nexport const other = 1;", 'limit', 'typescript', 'export const limit = 10;'],
    ['a default function', 'export default function main() {\n}', 'main', 'typescript', 'export default function main()'],
    ['an enum', 'export enum Kind {\n  A,\n  B,\n}', 'Kind', 'typescript', 'export enum Kind {\n  A,\n  B,\n}'],
    ['a type in one line', 'export interface Empty {}\nexport const a = 1;', 'Empty', 'typescript', 'export interface Empty {}'],
    ['a name with a dollar', 'export const $state = 1;', '$state', 'typescript', 'export const $state = 1;'],
    ['the one of two that has just this name', 'export const total = 1;\nexport const totals = 2;', 'totals', 'typescript', 'export const totals = 2;'],
    ['a Python class', 'class Order(Base):\n    pass', 'Order', 'python', 'class Order(Base):'],
    ['an async function in Python', 'async def load(id):  # slow\n    pass', 'load', 'python', 'async def load(id):  # slow'],
    ['a Python constant', 'LIMIT: int = 3', 'LIMIT', 'python', 'LIMIT: int = 3'],
    ['nothing of a method with that name', 'class A:\n    def load(self):\n        pass', 'load', 'python', undefined],
  ])('of %s', (...[, text, name, languageId, expected]) => expect(check(text, name, languageId)).toBe(expected));

  it('of a type of a hundred lines has fourteen', () => {
    const text = `export interface Row {\n${'  a: 1;\n'.repeat(100)}}`;
    expect(check(text, 'Row')?.split('\n')).toHaveLength(14);
  });

  it('of a class has neither bodies nor what is private', () => {
    const members = check('export class Cart {\n  readonly id = 1;\n  private secret = 2;\n  static of(): Cart {\n    let inner = 1;\n  }\n}', 'Cart');
    expect(members?.split('\n')).toEqual(['export class Cart {', '  readonly id = 1;', '  static of(): Cart;', '}']);
  });

  it('come in the order of the names that were asked for', () => {
    fc.assert(fc.property(fc.shuffledSubarray(['alpha', 'beta', 'gamma']), (names) => {
      const lines = ['alpha', 'beta', 'gamma'].map((name) => `export const ${name} = 1;`);
      expect(readSignatures(lines, names, 'typescript', (from, to) => lines.slice(from, to))).toEqual(names.map((name) => `export const ${name} = 1;`));
    }));
  });
});

describe('windows of code', () => {
  const lines = fc.array(fc.constantFrom('const alpha = beta;', 'gamma(delta);', '', 'return epsilon;', '// zeta eta theta'), { maxLength: 60 });

  it('hold every line of the file, each in the place it says', () => {
    fc.assert(fc.property(lines, (file) => {
      const windows = readWindows(file);
      for (const window of windows) expect(window.text).toBe(file.slice(window.startLine, window.startLine + 20).join('\n'));
      expect(windows.length).toBe(Math.ceil(file.length / 10));
    }));
  });

  it('are most like themselves: the score is one, and no other is higher', () => {
    fc.assert(fc.property(lines, (file) => {
      for (const window of readWindows(file)) {
        const best = mostSimilar(window.text, readWindows(file));
        if (window.words.size === 0) expect(best).toBeUndefined();
        else expect(best?.score).toBe(1);
      }
    }));
  });

  it('are as alike whichever of the two is asked about', () => {
    fc.assert(fc.property(lines, lines, (a, b) => {
      const [one, other] = [a, b].map((file) => file.slice(0, 10).join('\n'));
      const scoreOf = (text: string, file: string): number | undefined => mostSimilar(text, readWindows(file.split('\n')))?.score;
      expect(scoreOf(one ?? '', other ?? '')).toBe(scoreOf(other ?? '', one ?? ''));
    }));
  });

  it('of two that are as alike, the first is taken', () => {
    const file = [...Array.from({ length: 20 }, () => 'alpha(beta);'), ...Array.from({ length: 20 }, () => 'alpha(beta);')];
    expect(mostSimilar('alpha(beta);', readWindows(file))?.window.startLine).toBe(0);
  });

  it('that share one word in ten are not alike', () => {
    const words = Array.from({ length: 9 }, (_, index) => `word${index}`).join(' ');
    expect(mostSimilar(`shared ${words}`, readWindows(['shared']))).toBeUndefined();
    expect(mostSimilar('shared one two three', readWindows(['shared']))?.score).toBe(0.25);
  });
});
