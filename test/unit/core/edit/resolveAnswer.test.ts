import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEditParser } from '../../../../src/core/edit/editParser.ts';
import { resolveAnswer, type Resolved } from '../../../../src/core/edit/resolveAnswer.ts';
import { splitLines } from '../../../../src/core/edit/lineText.ts';
import { cases, file } from './arbitraries.ts';

type Files = Readonly<Record<string, string>>;

const resolve = (files: Files, answer: string, takesLooseCode = false): Resolved => {
  const parser = createEditParser({ isKnownPath: (path) => path in files });
  parser.push(answer);
  const paths = Object.keys(files);
  return resolveAnswer(parser.finish(), {
    takesLooseCode,
    fileAt: (path) => {
      const named = path ?? (paths.length === 1 ? paths[0] : undefined);
      if (named === undefined) return { ok: false, kind: 'no-path' };
      if (named.includes('..')) return { ok: false, kind: 'bad-path' };
      return { ok: true, file: { uri: `file:///${named}`, path: named, text: files[named] } };
    },
  });
};

/** The files that change, or the reasons why none does. */
const check = (files: Files, answer: string, expected: Files | readonly string[] | 'no-edits', takesLooseCode = false): Resolved => {
  const result = resolve(files, answer, takesLooseCode);
  if (result.state === 'changes') expect(Object.fromEntries(result.changes.map((change) => [`${change.path}${change.kind === 'modify' ? '' : ` (${change.kind}${change.newPath === undefined ? '' : ` ${change.newPath}`})`}`, change.proposed]))).toEqual(expected);
  else expect(result.state === 'refused' ? result.problems.map(({ kind }) => kind) : 'no-edits').toEqual(expected);
  return result;
};

const block = (path: string, oldText: string, newText: string): string => `${path}\n<<<<<<< SEARCH\n${oldText === '' ? '' : `${oldText}\n`}=======\n${newText === '' ? '' : `${newText}\n`}>>>>>>> REPLACE\n\n`;

describe('edits of an answer', () => {
  it('change several places and files', () => {
    check({ 'a.ts': 'one\ntwo\n', 'b.ts': 'x\r\ny\r\n' }, block('a.ts', 'one', 'ONE') + block('b.ts', 'y', 'Y\nZ') + block('a.ts', 'two', 'TWO'), { 'a.ts': 'ONE\nTWO\n', 'b.ts': 'x\r\nY\r\nZ\r\n' });
  });

  it('are all or nothing over all files', () => {
    check({ 'a.ts': 'one\n', 'b.ts': 'two\n' }, block('a.ts', 'one', 'ONE') + block('b.ts', 'missing', 'x'), ['no-match']);
    check({ 'a.ts': 'one\n' }, block('a.ts', 'one', 'ONE') + block('../../etc/passwd', 'root', 'x'), ['bad-path']);
  });

  it('with one bad block change no file, whatever stands before and after it', () => {
    fc.assert(fc.property(file, fc.nat(), (base, at) => {
      const lines = splitLines(base.text).lines;
      const good = lines[at % lines.length] ?? '';
      fc.pre(good.trim() !== '' && !/[=<>]/.test(good));
      const answer = block('a.ts', good, 'changed') + block('a.ts', 'this line is in no file', 'x') + block('a.ts', good, 'changed');
      expect(resolve({ 'a.ts': base.text }, answer).state).toBe('refused');
    }), cases);
  });

  it('quote the file as it was given, not as earlier blocks made it', () => {
    check({ 'a.ts': 'a\nb\nc\n' }, block('a.ts', 'a\nb', 'a\nB') + block('a.ts', 'b\nc', 'b\nC'), { 'a.ts': 'a\nB\nC\n' });
  });

  it('may quote what an earlier block wrote', () => {
    check({ 'a.ts': 'a\nb\n' }, block('a.ts', 'a', 'new();') + block('a.ts', 'new();', 'newer();'), { 'a.ts': 'newer();\nb\n' });
  });

  it('that change the same lines are refused', () => {
    check({ 'a.ts': 'a\nb\n' }, block('a.ts', 'a', 'A') + block('a.ts', 'a', 'B'), ['overlap']);
  });

  it('may insert at the same place, in their order', () => {
    check({ 'a.ts': 'a\nb\n' }, block('a.ts', 'a', 'a\n1') + block('a.ts', 'a', 'a\n2'), { 'a.ts': 'a\n1\n2\nb\n' });
  });

  it('that fit two places are refused and name both', () => {
    expect(check({ 'a.ts': 'x\ny\nx\n' }, block('a.ts', 'x', 'z'), ['ambiguous'])).toMatchObject({ problems: [{ path: 'a.ts', answerLine: 1, places: [0, 2] }] });
  });

  it('create, delete and rename', () => {
    check({ 'a.ts': 'a\n' }, block('src/new.ts', '', 'one\ntwo'), { 'src/new.ts (create)': 'one\ntwo\n' });
    check({ 'a.ts': 'a\n' }, 'a.ts\n<<<<<<< DELETE\n>>>>>>> DELETE\n', { 'a.ts (delete)': '' });
    check({ 'a.ts': 'a\n' }, `${block('a.ts', 'a', 'A')}a.ts\n<<<<<<< RENAME\nb.ts\n>>>>>>> RENAME\n`, { 'a.ts (rename b.ts)': 'A\n' });
    check({ 'a.ts': 'a\n' }, `a.ts\n<<<<<<< RENAME\nb.ts\n>>>>>>> RENAME\n${block('b.ts', 'a', 'A')}`, { 'a.ts (rename b.ts)': 'A\n' });
    check({ 'a.ts': 'a\n', 'b.ts': 'b\n' }, 'a.ts\n<<<<<<< RENAME\nb.ts\n>>>>>>> RENAME\n', ['exists']);
  });

  it('of a file that is not there are refused', () => check({ 'a.ts': 'a\n' }, block('other.ts', 'x', 'y'), ['missing-file']));
  it('without lines to find are refused, but fill an empty file', () => {
    check({ 'a.ts': 'a\n' }, block('a.ts', '', 'x'), ['empty-search']);
    check({ 'a.ts': '' }, block('a.ts', '', 'x'), { 'a.ts': 'x\n' });
  });
  it('that are cut apply nothing', () => check({ 'a.ts': 'a\n' }, `${block('a.ts', 'a', 'A')}a.ts\n<<<<<<< SEARCH\nb`, ['cut']));
  it('that change nothing are none', () => check({ 'a.ts': 'a\n' }, block('a.ts', 'a', 'a'), 'no-edits'));
  it('without a path mean the only file', () => {
    check({ 'a.ts': 'a\n' }, '<<<<<<< SEARCH\na\n=======\nA\n>>>>>>> REPLACE\n', { 'a.ts': 'A\n' });
    check({ 'a.ts': 'a\n', 'b.ts': 'a\n' }, '<<<<<<< SEARCH\na\n=======\nA\n>>>>>>> REPLACE\n', ['no-path']);
  });

  it('of conflicts take the reading that stands in the file', () => {
    const conflict = '<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x';
    check({ 'a.ts': `top\n${conflict}\nend\n` }, block('a.ts', conflict, 'a'), { 'a.ts': 'top\na\nend\n' });
  });

  it('keep a file without a final line end without one', () => {
    check({ 'a.ts': 'a\nb' }, block('a.ts', 'b', 'B'), { 'a.ts': 'a\nB' });
    check({ 'a.ts': 'a\nb' }, '```ts a.ts\na\nB\n```\n', { 'a.ts': 'a\nB' });
  });

  it('tell how a place was found when it was not exact', () => {
    expect(check({ 'a.ts': '  a();\n  b();\n' }, block('a.ts', 'a();\nb();', 'a();\nc();'), { 'a.ts': '  a();\n  c();\n' })).toMatchObject({ changes: [{ warnings: [{ kind: 'rung', rung: 'indentation', line: 0 }] }] });
  });
});

describe('whole files', () => {
  const long = `${Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n')}\n`;

  it('are written, line ends kept', () => check({ 'a.ts': 'a\r\nb\r\n' }, '```ts a.ts\na\nc\n```\n', { 'a.ts': 'a\r\nc\r\n' }));
  it('that drop most of a file say so', () => {
    expect(check({ 'a.ts': long }, '```ts a.ts\nline 0\nline 1\n```\n', { 'a.ts': 'line 0\nline 1\n' })).toMatchObject({ changes: [{ warnings: [{ kind: 'drops-most', keptLines: 2, droppedLines: 38 }] }] });
  });
  it('beside blocks for the same file are illustrations', () => check({ 'a.ts': 'a\nb\n' }, `\`\`\`ts a.ts\nsomething\n\`\`\`\n${block('a.ts', 'a', 'A')}`, { 'a.ts': 'A\nb\n' }));
  it('in loose code count only alone, and only where asked', () => {
    const loose = '```ts\na\nc\n```\n';
    check({ 'a.ts': 'a\nb\n' }, loose, 'no-edits');
    check({ 'a.ts': 'a\nb\n' }, loose, { 'a.ts': 'a\nc\n' }, true);
    check({ 'a.ts': 'a\nb\n' }, loose + loose, 'no-edits', true);
  });
  it('in loose code after a sentence about another file change nothing', () => {
    const loose = (path: string): string => `Then call it in \`${path}\`:\n\n\`\`\`ts\na\nc\n\`\`\`\n`;
    check({ 'src/a.ts': 'a\nb\n' }, loose('src/main.ts'), 'no-edits', true);
    check({ 'src/a.ts': 'a\nb\n' }, loose('src/a.ts'), { 'src/a.ts': 'a\nc\n' }, true);
  });
  it('take functions in place of those with the same opening line', () => {
    const text = Array.from({ length: 10 }, (_, index) => `function f${index}() {\n  return ${index};\n}\n`).join('\n');
    const result = resolve({ 'a.ts': text }, '```ts a.ts\nfunction f3() {\n  const x = 3;\n  return x;\n}\n```\n');
    expect(result).toMatchObject({ state: 'changes', changes: [{ proposed: text.replace('  return 3;', '  const x = 3;\n  return x;') }] });
  });
});

describe('placeholders', () => {
  const text = 'import a;\nimport b;\n\nfunction one() {\n  return 1;\n}\n\nfunction two() {\n  return 2;\n}\n\nfunction three() {\n  return 3;\n}\n';

  it('in a whole file are filled in where the lines around them prove what they stand for', () => {
    const answer = '```ts a.ts\nimport a;\n// ... existing imports ...\n\nfunction one() {\n  return 1;\n}\n\nfunction two() {\n  return 22;\n}\n\n// ... rest of the code ...\n```\n';
    expect(check({ 'a.ts': text }, answer, { 'a.ts': text.replace('return 2;', 'return 22;') })).toMatchObject({ changes: [{ warnings: [{ kind: 'placeholder-filled' }] }] });
  });
  it('in a block come from the quoted lines', () => {
    check({ 'a.ts': text }, block('a.ts', 'function one() {\n  return 1;\n}\n\nfunction two() {\n  return 2;\n}', 'function one() {\n  // ... existing code ...\n  return 2;\n  log();\n}'), { 'a.ts': text.replace('  return 2;\n', '  return 2;\n  log();\n') });
    check({ 'a.ts': text }, block('a.ts', 'function one() {\n  return 1;\n}', 'function uno() {\n  // ... existing code ...\n  log();\n}'), ['placeholder']);
    check({ 'a.ts': text }, block('a.ts', 'import a;\nimport b;', '// ...\nimport b;\nimport c;'), { 'a.ts': text.replace('import b;', 'import b;\nimport c;') });
  });
  it('in the quoted lines are gaps that the new lines have to keep', () => {
    check({ 'a.ts': text }, block('a.ts', 'import a;\n// ...\nfunction two() {', 'import A;\n// ...\nfunction TWO() {'), { 'a.ts': text.replace('import a;', 'import A;').replace('function two', 'function TWO') });
    check({ 'a.ts': text }, block('a.ts', 'import a;\n// ...\nfunction two() {', 'import A;'), ['placeholder']);
  });
  it('are never written into a new file', () => check({ 'a.ts': text }, block('new.ts', '', 'a();\n// ... rest of the code'), ['placeholder']));
  it.each(['// ... existing code ...', '# ... rest of the file', '/* ... */', '<!-- ... existing markup ... -->', '{/* ... other props */}', '-- ...', '  // ... keep the existing methods ...', '// rest of the code remains unchanged', '# existing code', '// … unchanged …', '// ...기존 코드...', 'function f() { ... }', '...', '// rest of the function...'])('"%s" is one', (line) => {
    expect(resolve({ 'a.ts': text }, block('a.ts', 'function one() {', `function uno() {\n${line}\nlog();`))).toMatchObject({ state: 'refused', problems: [{ kind: 'placeholder' }] });
  });
  it.each(['// Fetching other items...', 'const x = { ...rest };', '// Other methods', 'call(...args);', '// the same as in b.ts', '# 1. existing', '// TODO: keep', '"..."'])('"%s" is none', (line) => {
    expect(resolve({ 'a.ts': text }, block('a.ts', 'function one() {', `function uno() {\n${line}\nlog();`)).state).toBe('changes');
  });
  it('of one language are code in another', () => {
    expect(resolve({ 'a.py': 'def f():\n    pass\n' }, block('a.py', '    pass', '    ...')).state).toBe('changes');
    expect(resolve({ 'a.md': '# A\n' }, block('a.md', '# A', '# A\n\n## ... and the rest')).state).toBe('changes');
  });
  it('that stand in the file are lines of it', () => {
    check({ 'a.ts': 'a\n// ...\nb\n' }, block('a.ts', 'a\n// ...\nb', 'A\n// ...\nb'), { 'a.ts': 'A\n// ...\nb\n' });
  });
});
