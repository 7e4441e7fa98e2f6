import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEditReader, diffEdit, mayStartEdit, readEditStart, type EditLine } from '../../../../src/webview/markdown/editLines.ts';

const signs = { same: ' ', old: '-', new: '+' } as const;

function draw(lines: readonly EditLine[]): string {
  return lines.map(({ kind, text }) => signs[kind] + text).join('\n');
}

/** What stands in the card at the end: blocks take the place of the lines that streamed. */
function read(text: string): string {
  const reader = createEditReader();
  const shown: string[] = [];
  let open: string[] = [];
  for (const line of text.split('\n')) {
    const step = reader.take(line);
    if (step.type === 'line') open.push(draw([step.line]));
    if (step.type !== 'block') continue;
    open = [];
    shown.push(draw(step.lines));
  }
  const rest = reader.finish();
  return [...shown, ...(rest.length > 0 ? [draw(rest)] : open)].join('\n~\n');
}

describe('an edit is read as a diff', () => {
  const check = (name: string, text: readonly string[], expected: readonly string[]): void => it(name, () => expect(read(text.join('\n'))).toBe(expected.join('\n')));

  check('one line for another', ['<<<<<<< SEARCH', 'a', '=======', 'b', '>>>>>>> REPLACE'], ['-a', '+b']);
  check('what both parts have is not marked', ['<<<<<<< SEARCH', 'f(', '  a,', ')', '=======', 'f(', '  a,', '  b,', ')', '>>>>>>> REPLACE'], [' f(', '   a,', '+  b,', ' )']);
  check('a new file has new lines only', ['<<<<<<< SEARCH', '=======', 'a', '', 'b', '>>>>>>> REPLACE'], ['+a', '+', '+b']);
  check('lines that go', ['<<<<<<< SEARCH', 'a', 'b', '=======', 'a', '>>>>>>> REPLACE'], [' a', '-b']);
  check('several blocks, the empty lines between them left out', ['<<<<<<< SEARCH', 'a', '=======', 'b', '>>>>>>> REPLACE', '', '<<<<<<< SEARCH', 'c', '=======', 'd', '>>>>>>> REPLACE'], ['-a', '+b', '~', '-c', '+d']);
  check('a line between two blocks stays in sight', ['<<<<<<< SEARCH', 'a', '=======', 'b', '>>>>>>> REPLACE', 'src/b.ts'], ['-a', '+b', '~', ' src/b.ts']);
  check('longer marks quote shorter ones', ['<<<<<<<<< SEARCH', '=======', '=========', '>>>>>>>', '>>>>>>>>> REPLACE'], ['-=======', '+>>>>>>>']);
  check('marks of another family', ['------- SEARCH', 'a', '=======', 'b', '+++++++ REPLACE'], ['-a', '+b']);
  check('an answer that was cut in the old part shows it as it is', ['<<<<<<< SEARCH', 'a', 'b'], [' a', ' b']);
  check('an answer that was cut in the new part shows what came', ['<<<<<<< SEARCH', 'a', '=======', 'b'], ['-a', '+b']);
});

describe('the first line of an edit', () => {
  it.each(['<<<<<<< SEARCH', '<<<<< SEARCH', '<<<<<<<SEARCH', '------- SEARCH', '<<<<<<< ORIGINAL', '  <<<<<<< SEARCH src/a.ts'])('is %s', (line) => expect(readEditStart(line)).toBeDefined());
  it.each(['<<<<<<< HEAD', '<<<< SEARCH', '---', 'a <<<<<<< SEARCH', '<<<<--- SEARCH', ''])('is not %s', (line) => expect(readEditStart(line)).toBeUndefined());

  it('is awaited while it can still become one', () => {
    const line = '<<<<<<< SEARCH';
    for (let length = 0; length <= line.length; length += 1) expect(mayStartEdit(line.slice(0, length)), line.slice(0, length)).toBe(true);
    for (const other of ['const a', '< a', '<div>', '- item', '#']) expect(mayStartEdit(other), other).toBe(false);
  });
});

describe('a diff', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', '', '}'), { maxLength: 30 });
  const part = (diff: readonly EditLine[], without: EditLine['kind']): readonly string[] => diff.filter(({ kind }) => kind !== without).map(({ text }) => text);

  it('holds all old lines and all new lines in their order', () => {
    fc.assert(fc.property(lines, lines, (before, after) => {
      const diff = diffEdit(before, after);
      expect(part(diff, 'new')).toEqual(before);
      expect(part(diff, 'old')).toEqual(after);
    }));
  });

  it('marks nothing where nothing changed, and a single change alone', () => {
    fc.assert(fc.property(lines, lines, (head, tail) => {
      expect(diffEdit([...head, ...tail], [...head, ...tail]).every(({ kind }) => kind === 'same')).toBe(true);
      const changed = diffEdit([...head, 'before', ...tail], [...head, 'after', ...tail]);
      expect(changed.filter(({ kind }) => kind !== 'same').map(({ kind, text }) => `${kind} ${text}`)).toEqual(['old before', 'new after']);
    }));
  });

  it('of very many lines is still complete', () => {
    const before = Array.from({ length: 900 }, (_, index) => `old ${index}`);
    const after = Array.from({ length: 900 }, (_, index) => `new ${index}`);
    const diff = diffEdit(before, after);
    expect(part(diff, 'new')).toEqual(before);
    expect(part(diff, 'old')).toEqual(after);
  });
});
