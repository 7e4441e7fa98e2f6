// Answers that are made to take long: a slow gateway or a broken model must not hold up the editor. Each took seconds to minutes once; the
// limit of a test, 5 seconds, is far above what they take.
import { describe, expect, it } from 'vitest';
import { createEditParser, type ParsedAnswer } from '../../../../src/core/edit/editParser.ts';
import { closesFence, fenceStart } from '../../../../src/core/edit/fencedFile.ts';
import { createFileDraft } from '../../../../src/core/edit/fileDraft.ts';
import { placeholderTest } from '../../../../src/core/edit/placeholders.ts';
import { resolveAnswer, type Resolved } from '../../../../src/core/edit/resolveAnswer.ts';

const read = (answer: string, size = answer.length): ParsedAnswer => {
  const parser = createEditParser({ isKnownPath: (path) => path === 'a.ts' });
  for (let at = 0; at < answer.length; at += size) parser.push(answer.slice(at, at + size));
  return parser.finish();
};
const resolve = (answer: string, text: string): Resolved => resolveAnswer(read(answer), { takesLooseCode: false, fileAt: () => ({ ok: true, file: { uri: 'file:///a.ts', path: 'a.ts', text } }) });
const block = (oldText: string, newText: string): string => `a.ts\n<<<<<<< SEARCH\n${oldText}\n=======\n${newText}\n>>>>>>> REPLACE\n`;
const lines = (count: number, text: (index: number) => string): string => Array.from({ length: count }, (_, index) => text(index)).join('\n');

describe('one long line', () => {
  const long = 'abcd'.repeat(150_000);
  it('in small pieces is put together once', () => {
    expect(read(block(long, 'x'), 4).edits).toMatchObject([{ oldLines: [long], newLines: ['x'] }]);
  });
  it('with its end in a piece of its own, or in the middle of one', () => {
    for (const size of [1, 2, 3, 7]) expect(read(block('old', 'new'), size)).toEqual(read(block('old', 'new')));
  });
  it('without an end in sight is refused, and not kept', () => {
    const parser = createEditParser();
    parser.push('a.ts\n<<<<<<< SEARCH\n');
    for (let megabyte = 0; megabyte < 64; megabyte++) parser.push('x'.repeat(1_000_000));
    parser.push('\n=======\nx\n>>>>>>> REPLACE\n');
    const { edits, problems } = parser.finish();
    expect(problems).toMatchObject([{ kind: 'parse', answerLine: 2 }]);
    expect(edits).toHaveLength(1);
    expect(JSON.stringify(edits).length).toBeLessThan(6_000_000);
  });
  it.each<readonly [string, string]>([
    ['a fence and spaces', `\`\`\`${' '.repeat(400_000)}\``],
    ['marks', `${'*'.repeat(400_000)}x`],
    ['backticks behind a marker', `<<<<<<< SEARCH ${'`'.repeat(400_000)}x`],
    ['a header and spaces', `*** Update File: a${' '.repeat(400_000)}b`],
  ])('of %s is read at once', (_name, line) => expect(read(`${line}\n`).edits).toEqual([]));
  it('that begins comments without end is no placeholder', () => {
    const test = placeholderTest('a.ts', []);
    expect(['/*'.repeat(400_000), `//${' '.repeat(400_000)}x`, `// ${'-'.repeat(400_000)}x`, `{${' '.repeat(400_000)}x`].filter(test)).toEqual([]);
  });
  it('is no fence, though it may close one', () => {
    expect(fenceStart('`'.repeat(2000))).toBeUndefined();
    expect(closesFence('`'.repeat(2000), { mark: '```', info: '' })).toBe(true);
  });
});

describe('many edits', () => {
  const file = `${lines(10_000, (index) => `line ${index}`)}\n`;

  it('that fit nowhere: the closest place is named for the first', () => {
    const draft = createFileDraft(file);
    const named = Array.from({ length: 20 }, (_, index) => draft.replace({ oldLines: [`line ${index} no`, `line ${index + 1}`], newLines: [] })).map((result) => !result.ok && result.problem.nearest !== undefined);
    expect(named.filter(Boolean)).toHaveLength(8);
    expect(named.slice(0, 8)).toEqual(Array.from({ length: 8 }, () => true));
  });
  it('that fit nowhere end after the first problems', () => {
    const resolved = resolve(Array.from({ length: 3000 }, (_, index) => block(`missing ${index}`, 'x')).join(''), file);
    expect(resolved.state === 'refused' && resolved.problems.length).toBe(50);
  });
  it('that fit apply, however many', () => {
    const resolved = resolve(Array.from({ length: 300 }, (_, index) => block(`line ${index * 3}`, `LINE ${index * 3}`)).join(''), file);
    expect(resolved.state === 'changes' && resolved.changes[0]?.counts.added).toBe(300);
  });
});

describe('many separators in a block', () => {
  const titles = (count: number): string => lines(count, (index) => `T${index}\n=======`);
  it('are each a reading, up to a bound', () => {
    expect(resolve(block(titles(20), 'x'), `${titles(20)}\n`)).toMatchObject({ state: 'changes', changes: [{ proposed: 'x\n' }] });
    expect(resolve(block(titles(20_000), 'x'), `${titles(20_000)}\n`)).toMatchObject({ state: 'refused', problems: [{ kind: 'unclear-end' }] });
  });
});
