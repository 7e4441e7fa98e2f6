// Where code begins and ends by its indentation, and snippets that take the place of the block that opens alike.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockEnd } from '../../../../src/core/edit/blockRange.ts';
import { resolveSnippet } from '../../../../src/core/edit/snippet.ts';
import { cases } from './arbitraries.ts';

/** A body of statements and blocks, as code is: each block is its opening line, deeper lines, its closing line. */
const bodyOf = (depth: number): fc.Arbitrary<readonly string[]> => {
  const indent = '  '.repeat(depth);
  const statement = fc.constantFrom('call();', 'x = 1;', '', '// comment').map((text) => [text === '' ? '' : indent + text]);
  const nested = depth >= 3 ? statement : bodyOf(depth + 1).map((inner) => [`${indent}if (x) {`, ...inner, `${indent}}`]);
  return fc.array(fc.oneof({ weight: 3, arbitrary: statement }, { weight: 1, arbitrary: nested }), { minLength: 1, maxLength: 4 }).map((parts) => parts.flat());
};

const functions = fc.array(bodyOf(1), { minLength: 4, maxLength: 7 }).map((bodies) => bodies.map((body, index) => [`function f${index}() {`, ...body, '}']));

describe('a block of code', () => {
  it('ends with its own closing line, whatever stands in it', () => {
    fc.assert(fc.property(functions, (blocks) => {
      const text = blocks.flatMap((block) => [...block, '']);
      let at = 0;
      for (const block of blocks) {
        expect(blockEnd(text, at)).toBe(at + block.length);
        at += block.length + 1;
      }
    }), cases);
  });

  it('of a language without brackets ends before the next line that is not deeper', () => {
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 }), (lengths) => {
      const blocks = lengths.map((length, index) => [`def f${index}():`, ...Array.from({ length }, (_, line) => `    line${line}`)]);
      const text = blocks.flatMap((block) => [...block, '', '']);
      let at = 0;
      for (const block of blocks) {
        expect(blockEnd(text, at)).toBe(at + block.length);
        at += block.length + 2;
      }
    }), { numRuns: 1000 });
  });

  it('never ends before it begins or beyond the text', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('a', '  b', '}', '  }', '', 'if {', '\tc', 'end', '] else ['), { minLength: 1, maxLength: 12 }), fc.nat(), (text, pick) => {
      const start = pick % text.length;
      const end = blockEnd(text, start);
      expect(end).toBeGreaterThan(start);
      expect(end).toBeLessThanOrEqual(text.length);
    }), cases);
  });
});

describe('a snippet', () => {
  it('takes the place of its own function and leaves all others', () => {
    fc.assert(fc.property(functions, fc.nat(), (blocks, pick) => {
      const which = pick % blocks.length;
      const text = blocks.flatMap((block) => [...block, '']);
      const snippet = [`function f${which}() {`, '  return changed;', '}'];
      const result = resolveSnippet(text, snippet);
      // Half of the file or more reads as a whole file.
      const filled = text.filter((line) => line.trim() !== '').length;
      if (snippet.length * 2 >= filled) expect(result).toBeUndefined();
      else expect(result).toEqual(blocks.map((block, index) => (index === which ? snippet : block)).flatMap((block) => [...block, '']));
    }), cases);
  });

  it('of an unknown function has no place', () => {
    fc.assert(fc.property(functions, (blocks) => {
      expect(resolveSnippet(blocks.flat(), ['function unknown() {', '  return;', '}'])).toBeUndefined();
    }), { numRuns: 1000 });
  });

  it('of a method is found at its indentation', () => {
    const text = ['class A {', '  one() {', '    return 1;', '  }', '', '  two() {', '    return 2;', '  }', '', '  three() {', '    return 3;', '  }', '}'];
    expect(resolveSnippet(text, ['  two() {', '    return 22;', '  }'])).toEqual(text.with(6, '    return 22;'));
    expect(resolveSnippet(text, ['two() {', '  return 22;', '}'])).toBeUndefined();
  });

  it('of two functions takes both places or none', () => {
    const text = Array.from({ length: 6 }, (_, index) => [`function f${index}() {`, `  return ${index};`, '}', '']).flat();
    const two = ['function f4() {', '  return 44;', '}', '', 'function f1() {', '  return 11;', '}'];
    expect(resolveSnippet(text, two)).toEqual(text.with(5, '  return 11;').with(17, '  return 44;'));
    expect(resolveSnippet(text, [...two.slice(0, 4), 'function f9() {', '  return 9;', '}'])).toBeUndefined();
  });
});
