// One and the same change, written in each format that models drift between, comes to the same text: read behind a stream in any pieces.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEditParser, type ParsedAnswer } from '../../../../src/core/edit/editParser.ts';
import { diffLines } from '../../../../src/core/edit/lineDiff.ts';
import type { Hunk } from '../../../../src/core/edit/proposal.ts';
import { resolveAnswer, type Resolved } from '../../../../src/core/edit/resolveAnswer.ts';
import { createToolCallEdits } from '../../../../src/core/edit/toolCallEdit.ts';

const path = 'src/a.ts';

const read = (answer: string): ParsedAnswer => {
  const parser = createEditParser({ isKnownPath: (each) => each === path });
  for (const piece of answer.match(/[^]{1,7}/g) ?? []) parser.push(piece);
  return parser.finish();
};

const resolve = (text: string, answer: ParsedAnswer): Resolved => resolveAnswer(answer, {
  takesLooseCode: true,
  fileAt: (named) => (named === undefined || named === path ? { ok: true, file: { uri: `file:///${path}`, path, text } } : { ok: false, kind: 'outside-scope' }),
});

const result = (text: string, answer: ParsedAnswer): string => {
  const resolved = resolve(text, answer);
  if (resolved.state === 'changes') return resolved.changes[0]?.proposed ?? '';
  return resolved.state === 'no-edits' ? text : resolved.problems.map(({ kind, detail }) => `! ${kind} ${detail ?? ''}`).join('\n');
};

type Format = (base: readonly string[], hunks: readonly Hunk[]) => ParsedAnswer;

/** Two lines around each hunk, which make it unique: every line of the files below is. */
const around = (base: readonly string[], hunk: Hunk, lines = 2): { readonly above: readonly string[]; readonly old: readonly string[]; readonly below: readonly string[] } => ({
  above: base.slice(Math.max(0, hunk.baseStart - lines), hunk.baseStart),
  old: base.slice(hunk.baseStart, hunk.baseEnd),
  below: base.slice(hunk.baseEnd, hunk.baseEnd + lines),
});

const marked = (mark: string, lines: readonly string[]): readonly string[] => lines.map((line) => mark + line);

const diffBody = (base: readonly string[], hunk: Hunk): readonly string[] => {
  const { above, old, below } = around(base, hunk);
  return [...marked(' ', above), ...marked('-', old), ...marked('+', hunk.newLines), ...marked(' ', below)];
};

const blocks = (base: readonly string[], hunks: readonly Hunk[], wrap: (text: string) => string = (text) => text): string => hunks.map((hunk) => {
  const { above, old, below } = around(base, hunk, 1);
  return wrap([path, '<<<<<<< SEARCH', ...above, ...old, ...below, '=======', ...above, ...hunk.newLines, ...below, '>>>>>>> REPLACE'].join('\n'));
}).join('\n\n');

const formats: Readonly<Record<string, Format>> = {
  'search and replace blocks': (base, hunks) => read(`I change it.\n\n${blocks(base, hunks)}\n`),
  'blocks in fences': (base, hunks) => read(`${blocks(base, hunks, (text) => `\`\`\`ts\n${text}\n\`\`\``)}\n`),
  'blocks with the line ends of Windows': (base, hunks) => read(blocks(base, hunks).replaceAll('\n', '\r\n')),
  'blocks with dashes and pluses': (base, hunks) => read(blocks(base, hunks).replaceAll('<<<<<<< SEARCH', '------- SEARCH').replaceAll('>>>>>>> REPLACE', '+++++++ REPLACE')),
  'a unified diff': (base, hunks) => read([`--- a/${path}`, `+++ b/${path}`, ...hunks.flatMap((hunk) => [`@@ -${Math.max(1, hunk.baseStart - 1)},9 +${hunk.newStart},9 @@`, ...diffBody(base, hunk)]), ''].join('\n')),
  'a diff of git in a fence': (base, hunks) => read(['```diff', `diff --git a/${path} b/${path}`, 'index 1234567..89abcde 100644', `--- a/${path}`, `+++ b/${path}`, ...hunks.flatMap((hunk) => ['@@ -1,1 +1,1 @@ function f() {', ...diffBody(base, hunk)]), '```', ''].join('\n')),
  'a diff without numbers': (base, hunks) => read([`--- ${path}`, `+++ ${path}`, ...hunks.flatMap((hunk) => ['@@ ... @@', ...diffBody(base, hunk)]), ''].join('\n')),
  'a patch': (base, hunks) => read(['*** Begin Patch', `*** Update File: ${path}`, ...hunks.flatMap((hunk) => ['@@', ...diffBody(base, hunk)]), '*** End Patch', ''].join('\n')),
  'a patch without its frame': (base, hunks) => read([`*** Update File: ${path}`, ...hunks.flatMap((hunk) => ['@@', ...diffBody(base, hunk)]), ''].join('\n')),
  'the whole file in a fence with its path': (base, hunks) => read(`\`\`\`ts ${path}\n${withHunks(base, hunks).slice(0, -1).join('\n')}\n\`\`\`\n`),
  'the whole file below its path': (base, hunks) => read(`**${path}**\n\n\`\`\`ts\n${withHunks(base, hunks).slice(0, -1).join('\n')}\n\`\`\`\n`),
  'calls of the tool': (base, hunks) => {
    const tools = createToolCallEdits();
    for (const [index, hunk] of hunks.entries()) {
      const { above, old, below } = around(base, hunk, 1);
      tools.start(index, 'str_replace_based_edit_tool');
      const json = JSON.stringify({ command: 'str_replace', path, old_str: [...above, ...old, ...below].join('\n'), new_str: [...above, ...hunk.newLines, ...below].join('\n') });
      for (const piece of json.match(/[^]{1,9}/g) ?? []) tools.delta(index, piece);
    }
    return tools.finish();
  },
};

function withHunks(base: readonly string[], hunks: readonly Hunk[]): readonly string[] {
  return hunks.toReversed().reduce<readonly string[]>((lines, hunk) => [...lines.slice(0, hunk.baseStart), ...hunk.newLines, ...lines.slice(hunk.baseEnd)], base);
}

/** A file whose lines are all different, closed by a line end, and a change of some of them that leaves most. */
const change = fc.record({
  count: fc.integer({ min: 12, max: 24 }),
  places: fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 3 }),
  drop: fc.integer({ min: 0, max: 2 }),
  add: fc.array(fc.constantFrom('  added();', 'added {', '}', '\tindented', '// comment', 'a = b ? c : "d";', '한글 = "é"'), { minLength: 1, maxLength: 3 }),
}).map(({ count, places, drop, add }) => {
  const base = [...Array.from({ length: count }, (_, index) => `${'  '.repeat(index % 3)}line${index}(${index});`), ''];
  let next: readonly string[] = base;
  for (const place of places.toSorted((one, other) => other - one)) {
    const at = Math.min(place * 6 + 1, count - 3);
    next = [...next.slice(0, at), ...add.map((line) => `${line} // ${place}`), ...next.slice(at + drop)];
  }
  return { base, next };
});

describe('a change in every format', () => {
  it.each(Object.keys(formats))('%s', (name) => {
    fc.assert(fc.property(change, fc.constantFrom('\n', '\r\n'), ({ base, next }, lineEnd) => {
      const answer = formats[name]?.(base, diffLines(base, next));
      if (answer === undefined) throw new Error('no such format');
      expect(answer.problems).toEqual([]);
      expect(result(base.join(lineEnd), answer)).toBe(next.join(lineEnd));
    }), { numRuns: 1500 });
  });

  it('that is cut at any byte is the change, a part of it between two edits, or refused: never a part of an edit', () => {
    const base = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', ''];
    const next = ['one', 'TWO', 'three', 'four', 'five', 'SIX', 'six and a half', 'seven', ''];
    const hunks = diffLines(base, next);
    const between = hunks.map((_, index) => withHunks(base, hunks.slice(0, index + 1)).join('\n'));
    const allowed = new Set([base.join('\n'), ...between]);
    for (const answer of [
      blocks(base, hunks),
      blocks(base, hunks, (text) => `\`\`\`\n${text}\n\`\`\``),
      ['*** Begin Patch', `*** Update File: ${path}`, ...hunks.flatMap((hunk) => ['@@', ...diffBody(base, hunk)]), '*** End Patch', ''].join('\n'),
      `\`\`\`ts ${path}\n${next.slice(0, -1).join('\n')}\n\`\`\`\n`,
    ]) {
      for (let cut = 0; cut <= answer.length; cut++) {
        const text = result(base.join('\n'), read(answer.slice(0, cut)));
        if (!text.startsWith('!')) expect(allowed, `cut at ${cut} of ${answer}`).toContain(text);
      }
    }
  });
});

describe('what models write around edits', () => {
  const text = 'one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\nnine\n';
  const plain = `${path}\n<<<<<<< SEARCH\ntwo\n=======\nTWO\n>>>>>>> REPLACE\n`;

  it.each<readonly [string, string]>([
    ['prose before and after', `Sure, this renames it:\n\n${plain}\nThat is all.\n`],
    ['a heading with the path', `## \`${path}\`\n\n${plain.replace(`${path}\n`, '')}`],
    ['a list of changes', `1. **${path}**:\n${plain.replace(`${path}\n`, '')}`],
    ['the path on the marker', plain.replace(`${path}\n`, '').replace('SEARCH', `SEARCH ${path}`)],
    ['more signs than asked for', plain.replace('<<<<<<<', '<<<<<<<<<').replace('=======', '=========').replace('>>>>>>>', '>>>>>>>>>')],
    ['no space in the markers', plain.replace('<<<<<<< SEARCH', '<<<<<<<SEARCH').replace('>>>>>>> REPLACE', '>>>>>>>REPLACE')],
    ['indented markers', plain.split('\n').map((line) => (/^[<=>]/.test(line) ? `  ${line}` : line)).join('\n')],
    ['an end marker without its word', plain.replace('>>>>>>> REPLACE', '>>>>>>>')],
    ['a stated first line', plain.replace('SEARCH\n', 'SEARCH\n:start_line:2\n-------\n')],
    ['a fence of the language', `\`\`\`ts\n${plain}\`\`\`\n`],
    ['a fence of another language', `\`\`\`diff\n${plain}\`\`\`\n`],
    ['a fence with tildes', `~~~\n${plain}~~~\n`],
    ['a thought in between', `${plain}\nNow nothing else:\n\n${plain.replace('two', 'five').replace('TWO', 'five')}`],
    ['a diff with tabs and times in its headers', `--- a/${path}\t2024-01-01\n+++ b/${path}\t2024-01-02\n@@ -2 +2 @@\n-two\n+TWO\n`],
    ['a diff whose hunk is at the wrong line', `--- a/${path}\n+++ b/${path}\n@@ -70,3 +70,3 @@\n one\n-two\n+TWO\n three\n`],
    ['a diff whose context lost its space on a blank line', `--- a/${path}\n+++ b/${path}\n@@ -1,3 +1,3 @@\n one\n-two\n+TWO\n three\n`],
    ['bare lines in a fence of a diff', `${path}\n\`\`\`diff\n-two\n+TWO\n\`\`\`\n`],
    ['a patch with a heading of the place', `*** Begin Patch\n*** Update File: ${path}\n@@ one\n-two\n+TWO\n*** End Patch\n`],
  ])('%s', (...[, answer]) => expect(result(text, read(answer))).toBe(text.replace('two', 'TWO')));

  it.each<readonly [string, string, string]>([
    ['a block without its separator', `${path}\n<<<<<<< SEARCH\ntwo\nTWO\n>>>>>>> REPLACE\n`, 'parse'],
    ['a block in a block', `${path}\n<<<<<<< SEARCH\ntwo\n<<<<<<< SEARCH\nthree\n=======\nTHREE\n>>>>>>> REPLACE\n`, 'parse'],
    ['a rename to nowhere', `${path}\n<<<<<<< RENAME\n>>>>>>> RENAME\n`, 'parse'],
    ['a patch with a line of prose', `*** Begin Patch\n*** Update File: ${path}\n@@\n-two\nprose\n*** End Patch\n`, 'parse'],
    ['a quotation of lines that stand nowhere', `${path}\n<<<<<<< SEARCH\ntwo\nfour\n=======\nx\n>>>>>>> REPLACE\n`, 'no-match'],
    ['an empty quotation for a file that has text', `${path}\n<<<<<<< SEARCH\n=======\nx\n>>>>>>> REPLACE\n`, 'empty-search'],
    ['a placeholder that nothing proves', `${path}\n<<<<<<< SEARCH\nfour\n=======\nFOUR\n// ... existing code ...\nlast\n>>>>>>> REPLACE\n`, 'placeholder'],
    ['a new file where there is one', `--- /dev/null\n+++ b/${path}\n@@ -0,0 +1 @@\n+new\n`, 'exists'],
    ['another file', 'src/b.ts\n<<<<<<< SEARCH\ntwo\n=======\nTWO\n>>>>>>> REPLACE\n', 'outside-scope'],
  ])('%s is refused', (...[, answer, kind]) => {
    const resolved = resolve(text, read(answer));
    expect(resolved.state === 'refused' ? resolved.problems.map((problem) => problem.kind) : resolved.state).toContain(kind);
  });

  it('a problem of the form names the line of the answer', () => {
    expect(read(`Prose.\n\n${path}\n<<<<<<< SEARCH\ntwo\n>>>>>>> REPLACE\n`).problems).toMatchObject([{ kind: 'parse', answerLine: 3, path }]);
    expect(read(`*** Begin Patch\n*** Update File: ${path}\n@@\n-two\noops\n`).problems).toMatchObject([{ kind: 'parse', answerLine: 4, path }]);
  });
});
