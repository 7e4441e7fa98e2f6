import type { Engine } from './main.ts';

export interface EditCase {
  readonly name: string;
  readonly limitMs?: number;
  readonly run: (engine: Engine) => void;
}

const exactMs = 5;
const ladderMs = 50;

const code = Array.from({ length: 10_000 }, (_, index) => {
  const step = index % 8;
  if (step === 0) return `export function handle${index / 8}(request: Request): Response {`;
  if (step === 7) return index % 16 === 7 ? '' : '}';
  return `${'  '.repeat(1 + (step % 3))}const value${step} = compute(request, ${step * (index % 97)});`;
});
const text = code.join('\n');
const tabbed = code.map((line) => line.replaceAll('  ', '\t')).join('\n');
const crlf = code.join('\r\n');
const place = code.slice(6000, 6012);
const equal = Array.from({ length: 10_000 }, () => '  same();');
const alternating = Array.from({ length: 10_000 }, (_, index) => (index % 2 === 0 ? '  if (x) {' : '  }'));

const expectState = (ok: boolean, wanted: boolean, name: string): void => {
  if (ok !== wanted) throw new Error(`${name}: the engine answered otherwise than expected`);
};

/** One edit on a fresh draft, the splitting of the file included. */
const edit = (...[name, limitMs, file, sought, applies]: readonly [name: string, limitMs: number, file: string, sought: readonly string[], applies: boolean]): EditCase => ({
  name, limitMs,
  run: ({ createFileDraft }) => expectState(createFileDraft(file).replace({ oldLines: sought, newLines: ['        changed();'] }).ok, applies, name),
});

const answer = Array.from({ length: 200 }, (_, index) => {
  const lines = code.slice(index * 40, index * 40 + 6);
  return `src/a.ts\n<<<<<<< SEARCH\n${lines.join('\n')}\n=======\n${lines.join('\n')}\n// ${index}\n>>>>>>> REPLACE\n`;
}).join('\n');

const wide = `${'x'.repeat(1_000_000)}\n`;
const bytes = new TextEncoder().encode(crlf);

/** An inline edit that has come as far as its first line, and a text in which somebody typed. */
const inBuffer = { base: code, shown: code.with(6000, 'one'), hunks: [{ baseStart: 6000, baseEnd: 6001, newStart: 6000, newLines: ['one'] }] };
const typed = [...code.slice(0, 200), '// typed', ...code.slice(200, 9000), '// typed too', ...code.slice(9000)];

export const cases: readonly EditCase[] = [
  edit('exact, one place', exactMs, text, place, true),
  edit('exact, CRLF', exactMs, crlf, place, true),
  edit('exact, last lines', exactMs, text, code.slice(-12), true),
  edit('exact, 3,000 lines quoted', exactMs, text, code.slice(3000, 6000), true),
  edit('spaces at line ends', ladderMs, text, place.map((line) => `${line}  `), true),
  edit('indentation shifted', ladderMs, text, place.map((line) => (line === '' ? line : `    ${line}`)), true),
  edit('spaces for tabs', ladderMs, tabbed, place, true),
  edit('blank lines and quotes', ladderMs, text, place.flatMap((line) => ['', line]), true),
  edit('refused, with the nearest place', ladderMs, text, place.map((line, index) => (index === 5 ? `${line} // no` : line)), false),
  edit('refused, 2,000 lines that are nowhere', ladderMs, text, Array.from({ length: 2000 }, (_, index) => `no such line ${index}`), false),
  edit('refused, near by likeness only', ladderMs, text, ['export function handel777(requests: Request): Respons {'], false),
  edit('hostile: 10,000 equal lines, 5,000 quoted', ladderMs, equal.join('\n'), [...equal.slice(0, 4999), '  other();'], false),
  edit('hostile: equal lines, all shifted', ladderMs, equal.join('\n'), equal.slice(0, 4000).map((line) => `  ${line}`), false),
  edit('hostile: two lines in turn', ladderMs, alternating.join('\n'), [...alternating.slice(0, 3000).map((line) => line.trim()), 'x'], false),
  edit('hostile: a line of 1 MB', ladderMs, wide + text, [wide.slice(0, 500_000)], false),
  {
    name: 'text, exact (the tool), 10,000 lines', limitMs: exactMs,
    run: ({ createFileDraft }) => expectState(createFileDraft(text).replaceText(place.join('\n').slice(3), 'x').ok, true, 'text'),
  },
  {
    name: 'an answer of 200 blocks, parsed and resolved', limitMs: 300,
    run: ({ createEditParser, resolveAnswer }) => {
      const parser = createEditParser();
      parser.push(answer);
      const resolved = resolveAnswer(parser.finish(), { takesLooseCode: false, fileAt: () => ({ ok: true, file: { uri: 'file:///a.ts', path: 'src/a.ts', text } }) });
      expectState(resolved.state === 'changes', true, 'answer');
    },
  },
  {
    name: 'parsing 200 blocks in 4-character deltas', limitMs: 50,
    run: ({ createEditParser }) => {
      const parser = createEditParser();
      for (let at = 0; at < answer.length; at += 4) parser.push(answer.slice(at, at + 4));
      expectState(parser.finish().edits.length === 200, true, 'parsing');
    },
  },
  {
    name: 'parsing one line of 1 MB in 4-character deltas', limitMs: 100,
    run: ({ createEditParser }) => {
      const parser = createEditParser();
      for (let at = 0; at < wide.length; at += 4) parser.push(wide.slice(at, at + 4));
      expectState(parser.finish().edits.length === 0, true, 'parsing');
    },
  },
  {
    name: 'an answer of 200 blocks that fit nowhere', limitMs: 300,
    run: ({ createEditParser, resolveAnswer }) => {
      const parser = createEditParser();
      for (let index = 0; index < 200; index++) parser.push(`src/a.ts\n<<<<<<< SEARCH\nmissing ${index}\n=======\nx\n>>>>>>> REPLACE\n`);
      const resolved = resolveAnswer(parser.finish(), { takesLooseCode: false, fileAt: () => ({ ok: true, file: { uri: 'file:///a.ts', path: 'src/a.ts', text } }) });
      expectState(resolved.state === 'refused', true, 'answer');
    },
  },
  {
    name: 'one redraw of the growing diff', limitMs: 20,
    run: ({ createFilePreview }) => {
      const preview = createFilePreview(text);
      preview.show({ kind: 'replace', path: 'a', answerLine: 1, oldLines: place, newLines: ['one', 'two'] });
    },
  },
  {
    name: 'one line more of an inline edit in the buffer', limitMs: 20,
    run: ({ shownEdit, createFilePreview }) => {
      const preview = createFilePreview(text);
      const step = preview.show({ kind: 'replace', path: 'a', answerLine: 1, oldLines: place, newLines: ['one', 'two'] });
      expectState(shownEdit.showProposed(inBuffer, code, step.text.split('\n')) !== undefined, true, 'inline');
    },
  },
  {
    name: 'the same after lines were typed elsewhere', limitMs: ladderMs,
    run: ({ shownEdit, createFilePreview }) => {
      const preview = createFilePreview(text);
      const step = preview.show({ kind: 'replace', path: 'a', answerLine: 1, oldLines: place, newLines: ['one', 'two'] });
      expectState(shownEdit.showProposed({ base: typed, shown: typed, hunks: [] }, code, step.text.split('\n')) !== undefined, true, 'inline');
    },
  },
  {
    name: 'a key typed beside an inline edit', limitMs: 5,
    run: ({ followTyping }) => expectState(followTyping(inBuffer, { startLine: 100, startCharacter: 0, endLine: 100, endCharacter: 0, text: 'x' }).isInside, false, 'typing'),
  },
  {
    name: 'line diff, 1 % of the lines changed', limitMs: ladderMs,
    run: ({ diffLines }) => void diffLines(code, code.map((line, index) => (index % 100 === 0 ? `${line} //` : line))),
  },
  {
    name: 'line diff, nothing in common', limitMs: 150,
    run: ({ diffLines }) => void diffLines(code, code.map((line, index) => `${index} ${line}`)),
  },
  {
    name: 'one line changed in the bytes', limitMs: ladderMs,
    run: ({ readByteText }) => void readByteText(bytes, 'utf8')?.change([{ baseStart: 5000, baseEnd: 5001, newLines: ['x'] }]),
  },
];
