// What the engine knows of languages and files, seen where it matters: comments, strings, blocks and steps.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanBrackets } from '../../../../src/core/completion/bracketScan.ts';
import { countSteps, detectIndentUnit } from '../../../../src/core/completion/indentUnit.ts';
import { indentColumns, isCommentLine, opensBlock, stripLineComment } from '../../../../src/core/completion/lineShape.ts';
import { syntaxOf } from '../../../../src/core/completion/syntax.ts';

interface Language {
  readonly id: string;
  readonly comment: string;
  /** Something with a bracket that does not count. */
  readonly string: string;
  readonly opener: string;
  readonly statement: string;
}

const languages: readonly Language[] = [
  { id: 'typescript', comment: '// a', string: '`(\n`', opener: 'while (a) {', statement: 'a();' },
  { id: 'javascriptreact', comment: '/* a */', string: '"("', opener: 'return (', statement: 'return a;' },
  { id: 'go', comment: '// a', string: '`[`', opener: 'func f() {', statement: 'a := b' },
  { id: 'rust', comment: '// a', string: '"(\n"', opener: 'match a {', statement: 'let a = b;' },
  { id: 'java', comment: '/** a', string: '"""\n(\n"""', opener: 'class A {', statement: 'a.b();' },
  { id: 'csharp', comment: '// a', string: '"{"', opener: 'foreach (var a in b) {', statement: 'a();' },
  { id: 'php', comment: '# a', string: "'('", opener: 'if ($a) {', statement: '$a = 1;' },
  { id: 'css', comment: '/* a */', string: '"{"', opener: '.a {', statement: 'color: red;' },
  { id: 'python', comment: '# a', string: "'''\n(\n'''", opener: 'with a as b:', statement: 'a()' },
  { id: 'yaml', comment: '# a', string: '"["', opener: 'steps:', statement: 'name: a' },
  { id: 'ruby', comment: '# a', string: '"("', opener: 'def call(a)', statement: 'a.call' },
  { id: 'elixir', comment: '# a', string: '"("', opener: 'defmodule A do', statement: 'a()' },
  { id: 'lua', comment: '-- a', string: "'('", opener: 'local function f(a)', statement: 'local a = 1' },
  { id: 'haskell', comment: '-- a', string: '"("', opener: 'module A where', statement: 'a = b' },
  { id: 'sql', comment: '-- a', string: "'('", opener: 'VALUES (', statement: 'SELECT a' },
  { id: 'shellscript', comment: '# a', string: "'('", opener: 'f() {', statement: 'a b' },
  { id: 'powershell', comment: '# a', string: '"{"', opener: 'if ($a) {', statement: 'Get-A' },
  { id: 'clojure', comment: '; a', string: '"(\n"', opener: '(defn f [', statement: 'a' },
  { id: 'html', comment: '<!-- a -->', string: '<!-- ( -->', opener: '<div class="a">', statement: '<br/>' },
  { id: 'latex', comment: '% a', string: '<!-- ( -->', opener: 'a:', statement: 'a' },
];

describe('a language', () => {
  it.each(languages)('$id: its comment is one, and its code is none', ({ id, comment, statement }) => {
    expect([isCommentLine(`  ${comment}`, syntaxOf(id)), isCommentLine(statement, syntaxOf(id))]).toEqual([true, false]);
  });

  it.each(languages)('$id: brackets in its texts do not count', ({ id, string }) => {
    const scan = scanBrackets(`${string} ()`, syntaxOf(id));
    expect([scan.brackets.map((bracket) => bracket.character).join(''), scan.endsInside]).toEqual(['()', undefined]);
  });

  it.each(languages)('$id: a block is opened where it is, also before a comment', ({ id, opener, statement }) => {
    const syntax = syntaxOf(id);
    const [mark] = syntax.lineComments;
    expect([opensBlock(opener, syntax), opensBlock(statement, syntax)]).toEqual([true, false]);
    if (mark !== undefined) expect([opensBlock(`${opener} ${mark} why`, syntax), opensBlock(`${statement} ${mark} {`, syntax)]).toEqual([true, false]);
  });

  it('that nobody knows is read as one with braces', () => expect(syntaxOf('brainhurt')).toEqual(syntaxOf('c')));
  it.each(['markdown', 'plaintext', 'restructuredtext', 'latex'])('%s is prose', (id) => expect(syntaxOf(id).prose).toBe(true));
});

describe('a comment at the end of a line', () => {
  const code = fc.constantFrom('a();', 'const a = "b // c";', "f('x');", 'return a / b;', 'url("http://a.b");', '');
  const comment = fc.constantFrom('// why', '// "quoted"', '//', '// a // b');

  it('is taken off, and the code before it is left as it is', () => {
    fc.assert(fc.property(code, comment, (line, end) => {
      const syntax = syntaxOf('typescript');
      expect(stripLineComment(`${line} ${end}`, syntax)).toBe(`${line} `);
      expect(stripLineComment(line, syntax)).toBe(line);
    }));
  });
});

/** A tree of blocks, written with one step. */
function written(step: string, depths: readonly number[]): string[] {
  return depths.map((depth, index) => step.repeat(Math.min(depth, index)) + `line${index};`);
}

describe('the step of a file', () => {
  const steps = fc.constantFrom('  ', '    ', '   ', '\t');
  const depths = fc.array(fc.nat({ max: 3 }), { minLength: 4, maxLength: 20 }).map((list) => [0, 1, 0, 1, ...list.map((depth, index) => Math.min(depth, (list[index - 1] ?? 1) + 1))]);

  it('is read from any file that goes in by one step at a time', () => {
    fc.assert(fc.property(steps, depths, fc.constantFrom(2, 4, 8), (step, list, tabSize) => {
      const single = list.reduce<number[]>((done, depth) => [...done, Math.min(depth, (done.at(-1) ?? 0) + 1)], []);
      const unit = detectIndentUnit(written(step, single), { tabSize, insertSpaces: step !== '\t' });
      expect(unit).toMatchObject({ text: step, columns: step === '\t' ? tabSize : step.length, isMixed: false });
    }));
  });

  it('does not depend on blank lines between', () => {
    fc.assert(fc.property(steps, depths, (step, list) => {
      const lines = written(step, list);
      const spread = lines.flatMap((line) => [line, '', '   ']);
      expect([...countSteps(spread)]).toEqual([...countSteps(lines)]);
    }));
  });

  it('is the editor\'s where no line stands deeper than another', () => {
    fc.assert(fc.property(fc.constantFrom(2, 3, 8), fc.boolean(), (tabSize, insertSpaces) => {
      expect(detectIndentUnit(['a;', 'b;', '', 'c;'], { tabSize, insertSpaces })).toMatchObject({ text: insertSpaces ? ' '.repeat(tabSize) : '\t', columns: tabSize, evidence: 0 });
    }));
  });

  it('counts a tab as eight where the steps are spaces', () => {
    const lines = ['a', '    b', '\tc', 'd', '    e', '\tf', 'g', '    h'];
    expect(detectIndentUnit(lines, { tabSize: 4, insertSpaces: true })).toMatchObject({ text: '    ', tabColumns: 8, isMixed: true });
  });

  it('is counted in columns: tabs fill up to the next stop', () => {
    fc.assert(fc.property(fc.nat({ max: 7 }), fc.constantFrom(2, 4, 8), (spaces, tabSize) => {
      expect(indentColumns(`${' '.repeat(spaces)}\ta`, tabSize)).toBe((Math.floor(spaces / tabSize) + 1) * tabSize);
      expect(indentColumns(`${' '.repeat(spaces)}a\t`, tabSize)).toBe(spaces);
    }));
  });
});
