import { describe, expect, it } from 'vitest';
import { findConflicts, hasConflict } from '../../../../src/core/tasks/conflictMarkers.ts';
import { parseConflictAnswer } from '../../../../src/core/tasks/mergeConflict.ts';

const two = ['a', '<<<<<<< HEAD', 'ours', '=======', 'theirs', '>>>>>>> topic', 'b'];
const three = ['<<<<<<< ours', 'x', '||||||| base', 'y', '=======', 'z', '>>>>>>> theirs'];

function check(lines: readonly string[], expected: readonly string[]): void {
  expect(findConflicts(lines).map(({ startLine, endLine, ours, base, theirs }) => `${startLine}-${endLine} ${ours.join(',')}|${base?.join(',') ?? '-'}|${theirs.join(',')}`)).toEqual(expected);
}

describe('conflicts in a file', () => {
  it('are seen at a glance, in any line ends, and not where there are only marks', () => {
    for (const end of ['\n', '\r\n', '\r']) expect(hasConflict(two.join(end))).toBe(true);
    expect(hasConflict(three.join('\n'))).toBe(true);
    expect(hasConflict('<<<<<<<\r\nx\r\n=======\r\ny\r\n>>>>>>>\r\n')).toBe(true);
    for (const text of ['', 'a <<<<<<< b', '<<<<<<< HEAD\nours\n', '<<<<<<<< eight\n=======\n>>>>>>> x']) expect(hasConflict(text)).toBe(false);
  });
  it('have two sides', () => check(two, ['1-6 ours|-|theirs']));
  it('may show what both began from', () => check(three, ['0-7 x|y|z']));
  it('name their sides', () => {
    expect(findConflicts(two).map(({ ourName, theirName }) => [ourName, theirName])).toEqual([['HEAD', 'topic']]);
  });
  it('may be several', () => check([...two, ...two], ['1-6 ours|-|theirs', '8-13 ours|-|theirs']));
  it('may have empty sides', () => check(['<<<<<<< a', '=======', '>>>>>>> b'], ['0-3 |-|']));
  it('may have marks without names', () => check(['<<<<<<<', 'x', '=======', 'y', '>>>>>>>'], ['0-5 x|-|y']));
  it('are read through CRLF', () => check(two.map((line) => `${line}\r`), ['1-6 ours|-|theirs']));
  it('are not an underlined heading', () => check(['Title', '=======', 'text'], []));
  it('are not a line that begins alike', () => check(['<<<<<<<< a', 'x', '=======', 'y', '>>>>>>>> b'], []));
  it('are not unfinished', () => check(['<<<<<<< a', 'x', '=======', 'y'], []));
  it('begin anew at a mark inside of one', () => {
    check(['<<<<<<< a', '<<<<<<< b', 'x', '=======', 'y', '>>>>>>> c'], ['1-6 x|-|y']);
  });
  it('keep a line of equal signs in their side', () => {
    check(['<<<<<<< a', 'x', '=======', 'y', '=======', 'z', '>>>>>>> c'], ['0-7 x|-|y,=======,z']);
  });
});

describe('the answer to a conflict', () => {
  it('is the block, with the sentence before it', () => {
    expect(parseConflictAnswer('Both are kept.\n```ts\na\nb\n```\n')).toEqual({ text: 'a\nb\n', explanation: 'Both are kept.' });
  });
  it('may be empty', () => expect(parseConflictAnswer('Nothing stays.\n```\n```')?.text).toBe(''));
  it('keeps shorter fences within', () => {
    expect(parseConflictAnswer('````md\n```\nx\n```\n````')?.text).toBe('```\nx\n```\n');
  });
  it('keeps blocks with a language within', () => {
    const body = '# Install\n```bash\nnpm i\n```\nThen run it.\n';
    expect(parseConflictAnswer(`Both.\n\`\`\`md\n${body}\`\`\`\n`)?.text).toBe(body);
    expect(parseConflictAnswer('```md\na\n````sh\n```\nb\n````\nc\n```')?.text).toBe('a\n````sh\n```\nb\n````\nc\n');
    expect(parseConflictAnswer('~~~md\n```sh\nx\n```\n~~~')?.text).toBe('```sh\nx\n```\n');
  });
  it('is none where a fence of its own may have ended it', () => {
    for (const lines of [['# A', '```', 'npm i', '```', 'End'], ['a', '```', 'b'], ['# Install', '```bash', 'npm i', '```', 'Then:', '```', 'npm start', '```', 'End line'], ['const end = `', '```bash', '`;']]) {
      expect(parseConflictAnswer(['Both.', '```md', ...lines, '```'].join('\n'))).toBeUndefined();
    }
  });
  it('is the block where only prose or another kind of fence follows', () => {
    expect(parseConflictAnswer('Both.\n```ts\na\n```\nThis keeps both sides.\n')?.text).toBe('a\n');
    expect(parseConflictAnswer('Both.\n````md\na\n````\nSee:\n```\nx\n```\n')?.text).toBe('a\n');
  });
  it('is none where a second block follows', () => expect(parseConflictAnswer('```ts\na\n```\nOr:\n```ts\nb\n```')).toBeUndefined());
  it('is none where it is cut behind the end of a block within', () => {
    const nested = 'Both.\n```md\na\n```sh\nb\n```\nc\n```';
    const inner = nested.indexOf('```sh') + 4;
    for (let at = inner; at < nested.length; at += 1) expect(parseConflictAnswer(nested.slice(0, at))).toBeUndefined();
  });
  it('knows tildes', () => expect(parseConflictAnswer('~~~\na\n~~~')?.text).toBe('a\n'));
  it('is read through CRLF', () => expect(parseConflictAnswer('```\r\na\r\n```\r\n')?.text).toBe('a\n'));
  it('is none without a block', () => expect(parseConflictAnswer('I would keep both.')).toBeUndefined());
  it('is none when the block never closed', () => expect(parseConflictAnswer('```\na\n')).toBeUndefined());
  it('is none at every place where it can be cut before its end', () => {
    const answer = 'Both.\n```\na\nb\n```';
    for (let at = 0; at < answer.length; at += 1) expect(parseConflictAnswer(answer.slice(0, at))).toBeUndefined();
  });
  it('is none with marks in it', () => {
    for (const mark of ['<<<<<<< HEAD', '=======', '>>>>>>> topic', '||||||| base']) expect(parseConflictAnswer(`\`\`\`\na\n${mark}\nb\n\`\`\``)).toBeUndefined();
  });
});
