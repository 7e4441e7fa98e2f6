import { describe, expect, it } from 'vitest';
import { pathsOf, readImportedNames } from '../../../../src/core/completion/importedNames.ts';
import { readSignatures } from '../../../../src/core/completion/signatures.ts';
import { mostSimilar, readWindows } from '../../../../src/core/completion/similarCode.ts';

describe('imported names', () => {
  const read = (text: string, languageId = 'typescript') => readImportedNames(text.split('\n'), languageId);
  it.each([
    ['a list', "import { a, type B, c as d } from './money.ts';", [{ from: './money.ts', names: ['a', 'B', 'c'] }]],
    ['a default', "import total from '../total'", [{ from: '../total', names: ['total'] }]],
    ['both', "import total, { a } from './x'", [{ from: './x', names: ['a', 'total'] }]],
    ['over several lines', "import {\n  a,\n  b,\n} from './x';", [{ from: './x', names: ['a', 'b'] }]],
    ['a package', "import { a } from 'zod';", []],
    ['for its effects', "import './style.css';", []],
  ])('of %s', (_, text, names) => expect(read(text)).toEqual(names));
  it('of Python', () => expect(read('from .models import User, Order as O\nfrom os import path\nfrom ..db import (\n  connect,\n)', 'python')).toEqual([{ from: '.models', names: ['User', 'Order'] }, { from: '..db', names: ['connect'] }]));
  it('of other languages are not read', () => expect(read("import { a } from './x';", 'go')).toEqual([]));
});

describe('paths of an import', () => {
  it('without an ending are tried with each', () => expect(pathsOf('./x', 'typescript').slice(0, 2)).toEqual(['./x.ts', './x.tsx']));
  it('with ".js" may mean ".ts"', () => expect(pathsOf('./x.js', 'typescript')).toEqual(['./x.js', './x.ts']));
  it.each([['.models', './models.py'], ['..db.pool', '../db/pool.py'], ['.', './.py']])('of Python %s', (from, path) => expect(pathsOf(from, 'python')[0]).toBe(path));
});

describe('signatures', () => {
  const read = (text: string, names: readonly string[], languageId = 'typescript') => readSignatures(text.split('\n'), names, languageId, (from, to) => text.split('\n').slice(from, to));
  it.each([
    ['a function', 'export function add(a: number, b: number): number {\n  return a + b;\n}', ['add'], ['export function add(a: number, b: number): number']],
    ['a function over lines', 'export async function add(\n  a: number,\n): Promise<void> {\n}', ['add'], ['export async function add(\n  a: number,\n): Promise<void>']],
    ['a type', 'export interface Job {\n  id: number;\n  run(): void;\n}\nother', ['Job'], ['export interface Job {\n  id: number;\n  run(): void;\n}']],
    ['a short type', "export type Id = string | number;\nexport const a = 1;", ['Id'], ['export type Id = string | number;']],
    ['a class', 'export class Cart {\n  private items = [];\n  total(): number {\n    return 0;\n  }\n}', ['Cart'], ['export class Cart {\n  total(): number;\n}']],
    ['what is not there', 'export const a = 1;', ['b'], []],
    ['what is not exported', 'function add() {}', ['add'], []],
  ])('of %s', (_, text, names, signatures) => expect(read(text, names)).toEqual(signatures));
  it('of Python', () => expect(read('def add(a: int,\n        b: int) -> int:\n    return a', ['add'], 'python')).toEqual(['def add(a: int,\n        b: int) -> int:']));
});

describe('similar code', () => {
  const money = 'export function addTax(price: number, rate: number) {\n  return price * (1 + rate);\n}\n'.repeat(3).split('\n');
  const other = 'class Socket {\n  connect(host: string) {\n    this.host = host;\n  }\n}\n'.repeat(3).split('\n');
  it('is found by shared words', () => expect(mostSimilar('const price = addTax(rate);', readWindows([...other, ...money]))?.window.text).toContain('addTax'));
  it('is nothing where little is shared', () => expect(mostSimilar('entirely different words here', readWindows(money))).toBeUndefined());
  it('is nothing for an empty place', () => expect(mostSimilar('', readWindows(money))).toBeUndefined());
  it('windows overlap', () => expect(readWindows(Array.from({ length: 35 }, () => 'x')).map((window) => window.startLine)).toEqual([0, 10, 20, 30]));
});
