import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBlockDriver } from '../../../../src/webview/markdown/blockDriver.ts';
import { createMarkdownParser, type ReferenceStore } from '../../../../src/webview/markdown/parser.ts';
import { syntheticText } from '../../../helpers/viewHarness/syntheticMessage.ts';
import { createTreeSink, toTree, type TreeNode } from './treeSink.ts';

const parser = createMarkdownParser();

function drive(pieces: readonly string[]): { readonly blocks: readonly TreeNode[]; readonly secondPass: boolean } {
  const sink = createTreeSink();
  const driver = createBlockDriver(parser, sink, {});
  for (const piece of pieces) {
    driver.push(piece);
    while (driver.step());
    driver.show();
  }
  driver.finish();
  while (driver.step());
  return { blocks: sink.blocks, secondPass: driver.needsSecondPass() };
}

/** Streamed at every cut of the text, and in single characters, the result is the render in one go. */
function check(markdown: string): void {
  const expected = toTree(parser.parse(markdown, {}));
  for (let cut = 0; cut <= markdown.length; cut += 1) expect(drive([markdown.slice(0, cut), markdown.slice(cut)]).blocks, `cut at ${cut}`).toEqual(expected);
  expect(drive(markdown.match(/[\s\S]/g) ?? []).blocks, 'single characters').toEqual(expected);
}

describe('the block driver gives what one render gives', () => {
  it.each([
    ['a paragraph', 'One line\nand another.\n'],
    ['paragraphs without an end', 'One\n\nTwo'],
    ['headings of both kinds', '# One\n\nTitle\n===\n\nTwo\n---\ntext\n'],
    ['a tight list', '- a\n- b\n- c\n'],
    ['a loose list', '- a\n\n- b\n\n  more of b\n\n- c\n\nafter\n'],
    ['nested lists', '- a\n  - a1\n    - a11\n  - a2\n- b\n  1. b1\n  2. b2\n\nafter'],
    ['an ordered list that starts at 3', '3. three\n4. four\n10. ten\n'],
    ['a list after another kind', '- a\n- b\n1. one\n2. two\n* x\n* y\n'],
    ['an empty item', '-\n- b\n-\n\nafter\n'],
    ['a task list', '- [ ] open\n- [x] done\n'],
    ['a fence', '```ts\nconst a = 1;\n\nconst b = 2;\n```\nafter\n'],
    ['a fence with tildes and backticks inside', '~~~ md\n```js\nx\n```\n~~~\n'],
    ['a longer fence around a shorter one', '````\n```\ninside\n```\n````\n'],
    ['an indented fence', '  ```\n  a\n    b\n c\n  ```\n'],
    ['a fence that never closes', 'text\n```js\nconst a'],
    ['an empty fence', '```\n```\n\n```js\n```'],
    ['a fence in a list', '1. Do:\n   ```sh\n   npm test\n\n   npm start\n   ```\n2. Then\n'],
    ['a fence that ends a paragraph', 'text\n```\ncode\n```\n'],
    ['an edit without a fence', 'src/a.ts\n<<<<<<< SEARCH\nold = 1\n\n=======\nnew = 1\n>>>>>>> REPLACE\nafter\n'],
    ['an edit that never ends', 'a\n\n<<<<<<< SEARCH\nold\n====='],
    ['two edits, and a conflict that is none', '<<<<<<< SEARCH\na\n=======\nb\n>>>>>>> REPLACE\n<<<<<<< SEARCH\nc\n=======\nd\n>>>>>>> REPLACE\n\n<<<<<<< HEAD\nx\n'],
    ['a table', '| a | b |\n|---|:-:|\n| 1 | 2 |\n| 3 | 4 |\n\nafter\n'],
    ['a table of many rows', `| a | b |\n|---|---|\n${Array.from({ length: 70 }, (_, row) => `| ${row} | x |`).join('\n')}\n\nafter\n`.slice(0, 900)],
    ['a table without outer bars', 'a | b\n--|--\n1 | 2\n\n'],
    ['quotes', '> one\n> two\n\n> three\nlazy\n\nafter\n'],
    ['a quote with a list and a fence', '> - a\n> - b\n>\n> ```\n> x\n> ```\n'],
    ['indented code', 'text\n\n    code\n\n    more\n\nafter\n'],
    ['rules', 'a\n\n---\n\n***\nb\n'],
    ['HTML, which is text', '<div>\n<b>x</b>\n</div>\n\n<script>alert(1)</script>\n'],
    ['CRLF', 'a\r\nb\r\n\r\n- x\r\n- y\r\n'],
    ['a lone CR and NUL', 'a\rb\0c\n'],
    ['emphasis over two lines', 'this is **bold\nover lines** and `code\nover lines`\n'],
    ['references before their use', '[a]: https://a.example\n\nSee [a].\n'],
    ['nothing', ''],
    ['blank lines', '\n\n\n'],
  ])('%s', (_, markdown) => check(markdown));
});

describe('long texts', () => {
  it('equals one render for answers as models write them, in deltas of 20 characters', () => {
    const text = syntheticText(40_000);
    expect(drive(text.match(/[\s\S]{1,20}/g) ?? []).blocks).toEqual(toTree(parser.parse(text, {})));
  });

  it('equals one render for a list of 3,000 items and a table of 1,000 rows', () => {
    const list = Array.from({ length: 3_000 }, (_, item) => `- item ${item} with *some* text`).join('\n');
    const table = `| a | b |\n|---|---|\n${Array.from({ length: 1_000 }, (_, row) => `| ${row} | \`x\` |`).join('\n')}`;
    const text = `${list}\n\n${table}\n\nend\n`;
    expect(drive(text.match(/[\s\S]{1,700}/g) ?? []).blocks).toEqual(toTree(parser.parse(text, {})));
  });

  it('never parses a line of a megabyte and keeps every character of it', () => {
    const line = 'x'.repeat(1_000_000);
    const { blocks } = drive([`before\n\n${line}\nafter\n`]);
    expect(blocks.map((block) => block.tag)).toEqual(['p', 'plain', 'p']);
    expect(blocks[1]?.text).toBe(line);
  });

  it('keeps every character of a paragraph that is too long to stay open', () => {
    const text = Array.from({ length: 2_000 }, (_, index) => `line ${index} of one paragraph`).join('\n');
    const { blocks } = drive([text]);
    const shown = blocks.flatMap((block) => block.children.map((child) => child.text)).join('').match(/line \d+ of/g);
    expect(shown).toHaveLength(2_000);
  });
});

describe('references', () => {
  it('asks for a second pass when one is defined after it may have been used', () => {
    expect(drive(['See [a].\n\nThen text.\n', '\n[a]: https://a.example\n']).secondPass).toBe(true);
  });
  it('does not when none is defined, or all were known', () => {
    expect(drive(['See [a].\n\nThen text.\n']).secondPass).toBe(false);
    expect(drive(['[a]: https://a.example\n\nSee [a].\n\nend\n']).secondPass).toBe(false);
  });
  it('forgets what an unfinished line seemed to define', () => {
    const references: ReferenceStore = {};
    const driver = createBlockDriver(parser, createTreeSink(), references);
    driver.push('text\n\n[a]: https://exa');
    while (driver.step());
    driver.show();
    expect(Object.keys(references.references ?? {})).toEqual([]);
  });
});

describe('what is shown before it is final', () => {
  const shownFor = (text: string): string => {
    const sink = createTreeSink();
    const driver = createBlockDriver(parser, sink, {});
    driver.push(text);
    while (driver.step());
    driver.show();
    return sink.shown().map((node) => `${node.tag}:${JSON.stringify(node.children.map((child) => child.text))}`).join(' ');
  };
  it('shows an unfinished line as it grows', () => {
    expect(shownFor('The last err')).toBe('p:["text(The last err)"]');
  });
  it('shows bold text as bold before it is closed', () => {
    expect(shownFor('a **bo')).toContain('strong_open');
  });
  it.each(['```t', '- ', '#', '> ', '1.', '| a', '---', '***', '[a]: htt', '=='])('holds back %j', (line) => {
    expect(shownFor(`before\n\n${line}`)).toBe('p:["text(before)"]');
  });
  it('does not make a heading of a paragraph because a dash follows', () => {
    expect(shownFor('Title\n-')).toBe('p:["text(Title)"]');
  });
  it('hides the first row of a table until the second is there', () => {
    expect(shownFor('before\n\n| a | b |\n|--')).toBe('p:["text(before)"]');
    expect(shownFor('| a | b |\n|---|---|\n')).toContain('table:');
  });
});

describe('any text', () => {
  const markdownish = fc.array(fc.constantFrom('- a\n', '  - b\n', '1. c\n', '\n', '\n\n', 'text ', '**bold**', '**', '`', '```\n', '```js\n', '~~~\n', '> q\n', '# h\n', '| a | b |\n', '|---|---|\n', '    code\n', '***\n', '<b>', '\r\n', 'word\n', '한국어', '=\n', '---\n', '\\', '&amp;', '![x](y)', '[x](y)', '\t'), { maxLength: 60 });
  const seed = 4_242;

  it('gives the same in any cut', () => {
    fc.assert(fc.property(markdownish, fc.array(fc.nat(300), { maxLength: 8 }), (parts, cuts) => {
      const text = parts.join('');
      const places = [...new Set([0, ...cuts.filter((cut) => cut < text.length), text.length])].sort((a, b) => a - b);
      const pieces = places.slice(1).map((end, index) => text.slice(places[index], end));
      expect(drive(pieces).blocks).toEqual(toTree(parser.parse(text, {})));
    }), { seed, numRuns: 1_500 });
  });
});
