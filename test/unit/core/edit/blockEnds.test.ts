// Where a block ends: texts hold marker lines of their own, and models leave some out. What is not certain is refused, never written.
import { describe, expect, it } from 'vitest';
import { createEditParser, type ParsedAnswer } from '../../../../src/core/edit/editParser.ts';
import { resolveAnswer } from '../../../../src/core/edit/resolveAnswer.ts';

const path = 'a.md';
const read = (pieces: readonly string[]): ParsedAnswer => {
  const parser = createEditParser({ isKnownPath: (each) => each === path });
  for (const piece of pieces) parser.push(piece);
  return parser.finish();
};

/** The new text, or the kinds of the problems; the same however the stream is cut. */
const check = (text: string, answerLines: readonly string[], expected: string | readonly string[]): void => {
  const answer = answerLines.join('\n');
  const parsed = read([answer]);
  expect(read(answer.split(''))).toEqual(parsed);
  for (let cut = 1; cut < answer.length; cut++) expect(read([answer.slice(0, cut), answer.slice(cut)])).toEqual(parsed);
  const resolved = resolveAnswer(parsed, { takesLooseCode: false, fileAt: (named) => ({ ok: true, file: { uri: `file:///${named ?? path}`, path: named ?? path, text: named === undefined || named === path ? text : undefined } }) });
  expect(resolved.state === 'changes' ? resolved.changes.map(({ proposed }) => proposed).join('|') : resolved.state === 'refused' ? resolved.problems.map(({ kind }) => kind) : []).toEqual(expected);
};

const [search, middle, replace] = ['<<<<<<< SEARCH', '=======', '>>>>>>> REPLACE'];
const text = 'one\ntwo\nthree\nfour\n';

describe('a block without its end', () => {
  it.each<readonly [string, readonly string[], readonly string[]]>([
    ['before the next block of the file', [path, search, 'one', middle, 'ONE', '', path, search, 'three', middle, 'THREE', replace], ['unclear-end']],
    ['before a block in the other fence', ['```', path, search, 'one', middle, 'ONE', '```', '', '```', path, search, 'three', middle, 'THREE', replace, '```'], ['unclear-end']],
    ['before the block that deletes a file', [path, search, 'one', middle, 'ONE', 'b.ts', '<<<<<<< DELETE', '>>>>>>> DELETE'], ['unclear-end']],
    ['that deletes, before a block that changes', [path, '<<<<<<< DELETE', 'b.ts', search, 'one', middle, 'ONE', replace], ['parse']],
    ['that deletes, right before the next', [path, '<<<<<<< DELETE', search, 'one', middle, 'ONE', replace], ['parse']],
    ['at the end of the answer', [path, search, 'one', middle, 'ONE', 'That is all.'], ['cut']],
    ['before one with longer marks', [path, search, 'one', middle, 'ONE', path, `<${search}`, 'three', `=${middle}`, 'THREE', `>${replace}`], ['cut']],
  ])('%s writes no marker', (_name, answer, kinds) => check(text, answer, kinds));
});

describe('a text with markers of its own', () => {
  const example = [search, 'old', middle, 'new', replace];
  const longer = [`<${search}`, `=${middle}`, `>${replace}`] as const;

  it('is refused in markers of the same length', () => {
    check('intro\nend\n', [path, search, 'intro', middle, 'intro', ...example, 'after the example', replace], ['unclear-end', 'no-match']);
    check('intro\nend\n', [path, search, 'intro', middle, 'intro', replace, 'after the example', replace], ['unclear-end']);
    check('intro\nend\n', [path, search, 'intro', middle, 'intro', replace, replace], ['unclear-end']);
  });
  it('is written in longer ones, on either side', () => {
    check('intro\nend\n', [path, longer[0], 'intro', longer[1], 'intro', ...example, longer[2]], `intro\n${example.join('\n')}\nend\n`);
    check(`intro\n${example.join('\n')}\nend\n`, [path, longer[0], 'intro', ...example, longer[1], 'intro', longer[2]], 'intro\nend\n');
    check(`${example.join('\n')}\nend\n`, [path, longer[0], ...example.slice(0, 2), longer[1], search, 'older', longer[2]], `${[search, 'older', ...example.slice(2)].join('\n')}\nend\n`);
  });
  it('of the other dialect is text', () => {
    const other = ['------- SEARCH', 'old', middle, 'new', '+++++++ REPLACE'];
    check('intro\n', [path, longer[0], 'intro', longer[1], ...other, longer[2]], `${other.join('\n')}\n`);
  });
  it('may quote the end of a conflict', () => {
    const conflict = ['<<<<<<< HEAD', 'b', middle, 'c', '>>>>>>>'];
    check(['a', ...conflict, 'z', ''].join('\n'), [path, search, ...conflict, middle, 'b', replace], 'a\nb\nz\n');
    check(['a', ...conflict, 'z', ''].join('\n'), [path, search, 'c', '>>>>>>>', middle, 'd', '>>>>>>>', replace], ['unclear-end']);
    check(['a', 'c', '>>>>>>>', ''].join('\n'), [path, search, 'c', '>>>>>>>', middle, 'c', replace], 'a\nc\n');
    check(['a', ...conflict, 'z', ''].join('\n'), [path, search, 'b', middle, 'c', '>>>>>>>', middle, 'b', replace], ['unclear-end']);
  });
});

describe('an end without its word', () => {
  it('ends the block', () => {
    check(text, [path, search, 'one', middle, 'ONE', '>>>>>>>', '', path, search, 'two', middle, 'TWO', '>>>>>>>'], 'ONE\nTWO\nthree\nfour\n');
    check(text, [path, search, 'one', middle, 'ONE', '>>>>>>>', '', 'Title', '-------', 'Done.'], 'ONE\ntwo\nthree\nfour\n');
  });
  it('is not believed when markers follow', () => {
    check(text, [path, search, 'one', middle, 'ONE', '>>>>>>>', middle, 'x'], ['unclear-end']);
    check(text, [path, search, 'one', middle, 'ONE', '>>>>>>>', 'x', '>>>>>>>'], ['unclear-end']);
  });
});

describe('outside of blocks', () => {
  it('an underlined heading is prose', () => check(text, ['Changes', '=======', '', path, search, 'one', middle, 'ONE', replace, '', 'Notes', '======='], 'ONE\ntwo\nthree\nfour\n'));
  it('equal signs in the fence of a block are not', () => check(text, ['```', path, search, 'one', middle, 'ONE', replace, 'x', middle, '```'], ['unclear-end']));
  it('an end without a begin is told', () => check(text, [path, '<<<<<<<  FIND', 'one', middle, 'ONE', replace], ['unclear-end']));
});
