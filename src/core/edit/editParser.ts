// Reads the edits out of an answer while it streams, one line behind it. Models drift between formats, also within one answer: every format
// is understood everywhere.
import { pathAtEndOfSentence, pathInFenceInfo, pathInLine, type IsKnownPath } from './answerPath.ts';
import { createFenceEnds, type FenceEnds } from './fenceEnd.ts';
import { closesFence, createFencedFileReader, fenceStart, isMarkdownPath, type FenceStart } from './fencedFile.ts';
import type { OpenEdit, ParsedEdit } from './parsedEdit.ts';
import { createPatchReader, isPatchStart } from './patchFormat.ts';
import type { EditProblem } from './proposal.ts';
import { endMarkOf, blockStart, createBlockReader, isStrayMarker, type BlockStart } from './searchReplaceBlock.ts';
import type { ParserSink, SectionReader, Taken } from './sectionReader.ts';
import { createDiffReader, isDiffStart } from './unifiedDiff.ts';

export interface ParsedAnswer {
  readonly edits: readonly ParsedEdit[];
  readonly problems: readonly EditProblem[];
}

export interface EditParser {
  push(delta: string): void;
  /** Takes the last line too and says what was left open. */
  finish(): ParsedAnswer;
  readonly edits: readonly ParsedEdit[];
  readonly problems: readonly EditProblem[];
  /** The edit that is being written at this moment. */
  open(): OpenEdit | undefined;
}

interface OpenFence extends FenceStart {
  /** Named by the fence or by the line before it. */
  readonly path: string | undefined;
  readonly mentioned: string | undefined;
  readonly answerLine: number;
  /** First lines, until they tell what the fence holds. Undefined afterwards: edits stand in the fence as they would outside. */
  pending: string[] | undefined;
}

/** Where the reading of an answer has come to. */
interface Reading {
  readonly isKnownPath: IsKnownPath;
  readonly edits: ParsedEdit[];
  readonly problems: EditProblem[];
  readonly sink: ParserSink;
  readonly fenceEnds: FenceEnds;
  buffer: string;
  answerLine: number;
  section: SectionReader | undefined;
  /** Of the section, where it is a fenced file. */
  sectionFence: FenceStart | undefined;
  fence: OpenFence | undefined;
  /** Named by the last line of prose; holds over blank lines. */
  named: string | undefined;
  /** The last sentence of prose ended in this path: the file of a block, not the name of a code fence. */
  mentioned: string | undefined;
  lastPath: string | undefined;
  /** The block that is being read or was read last, until another kind of edit begins. */
  block: { readonly start: BlockStart; readonly path: string | undefined; readonly answerLine: number; isBareEnd: boolean } | undefined;
}

export function createEditParser({ isKnownPath = () => false }: { readonly isKnownPath?: IsKnownPath } = {}): EditParser {
  const reading = startReading(isKnownPath);
  const { edits, problems } = reading;
  return {
    edits,
    problems,
    push(delta) {
      // Only what is new is searched: a line can come in a hundred thousand pieces.
      let start = 0;
      for (let end = delta.indexOf('\n'); end >= 0; end = delta.indexOf('\n', start)) {
        keep(reading, delta.slice(start, end));
        takeBuffer(reading);
        start = end + 1;
      }
      keep(reading, delta.slice(start));
    },
    finish() {
      if (reading.buffer !== '') takeBuffer(reading);
      settleFence(reading);
      reading.section?.end();
      reading.section = undefined;
      reading.fenceEnds.finish();
      return { edits, problems };
    },
    open: () => reading.section?.open(),
  };
}

function startReading(isKnownPath: IsKnownPath): Reading {
  const edits: ParsedEdit[] = [];
  const problems: EditProblem[] = [];
  const sink: ParserSink = {
    edit(edit) {
      edits.push(edit);
      reading.lastPath = edit.path ?? reading.lastPath;
    },
    problem: (problem) => problems.push(problem),
  };
  const fenceEnds = createFenceEnds(edits, (line) => pathInLine(line, isKnownPath) !== undefined);
  const reading: Reading = { isKnownPath, fenceEnds, edits, problems, sink, buffer: '', answerLine: 0, section: undefined, sectionFence: undefined, fence: undefined, named: undefined, mentioned: undefined, lastPath: undefined, block: undefined };
  return reading;
}

/** A line longer than this is no code: more of it is not kept. */
const longestLine = 4_000_000;

function keep(reading: Reading, piece: string): void {
  if (reading.buffer.length <= longestLine) reading.buffer += piece;
}

function takeBuffer(reading: Reading): void {
  const { buffer: raw, answerLine, sink } = reading;
  reading.buffer = '';
  if (raw.length > longestLine) sink.problem({ kind: 'parse', answerLine, detail: 'A line is too long to be read.' });
  const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
  // A lone carriage return would be a line end in the editor: it is one here.
  for (const part of line.includes('\r') ? line.split('\r') : [line]) takeLine(reading, part);
  reading.answerLine++;
}

function takeLine(reading: Reading, line: string): void {
  reading.fenceEnds.line(line);
  if (reading.section !== undefined && takeInSection(reading, reading.section, line) !== 'not-mine') return;
  if (reading.fence?.pending !== undefined) decideFence(reading, reading.fence, line);
  else takeOutside(reading, line);
}

function takeInSection(reading: Reading, section: SectionReader, line: string): Taken {
  const taken = section.take(line, reading.answerLine);
  if (taken === 'more') return taken;
  const { block, sectionFence, fenceEnds, edits } = reading;
  if (taken === 'done' && block !== undefined) block.isBareEnd = endMarkOf(line, block.start) === 'bare';
  const written = edits.at(-1);
  if (taken === 'done' && sectionFence !== undefined) fenceEnds.closed({ fence: sectionFence, isMarkdown: isMarkdownPath(written?.path), isLoose: written?.path === undefined });
  reading.section = undefined;
  reading.sectionFence = undefined;
  return taken;
}

function takeOutside(reading: Reading, line: string): void {
  if (reading.fence !== undefined && closesFence(line, reading.fence)) {
    reading.fence = undefined;
    return;
  }
  if (startSection(reading, line)) return;
  noteStrayMarker(reading, line);
  const opened = fenceStart(line);
  if (opened !== undefined) {
    reading.fence = { ...opened, path: pathInFenceInfo(opened.info, reading.isKnownPath) ?? reading.named, mentioned: reading.mentioned, answerLine: reading.answerLine, pending: [] };
    reading.named = undefined;
    reading.mentioned = undefined;
    reading.block = undefined;
    reading.fenceEnds.fenceOpened();
    return;
  }
  if (line.trim() === '') return;
  reading.named = pathInLine(line, reading.isKnownPath);
  reading.mentioned = reading.named === undefined ? pathAtEndOfSentence(line, reading.isKnownPath) : undefined;
}

/** Where a block really ends is not known when there are markers after its end: said once. */
function noteStrayMarker({ block, fence, problems, sink, answerLine }: Reading, line: string): void {
  const before = block === undefined ? undefined : { start: block.start, countsBare: block.isBareEnd || fence !== undefined };
  if (!isStrayMarker(line, before) || problems.some(({ kind }) => kind === 'unclear-end' || kind === 'parse')) return;
  const detail = 'A marker line stands outside of all blocks: one lacks its begin, or its text has marker lines of its own. Then use more signs in the three marker lines of that block.';
  sink.problem({ kind: 'unclear-end', ...(block?.path === undefined ? {} : { path: block.path }), answerLine: block?.answerLine ?? answerLine, detail });
}

/** Whether the line begins an edit of a format that marks its own begin. */
function startSection(reading: Reading, line: string): boolean {
  const { fence, lastPath, answerLine, sink } = reading;
  const named = reading.named ?? reading.mentioned;
  const path = named ?? fence?.path ?? fence?.mentioned ?? lastPath;
  const start = blockStart(line);
  if (start !== undefined) {
    reading.block = { start, path: start.path ?? path, answerLine, isBareEnd: false };
    reading.section = createBlockReader({ ...reading.block, sink });
  } else if (isPatchStart(line)) reading.section = createPatchReader(sink);
  else if (isDiffStart(line)) reading.section = createDiffReader({ path, bareHunks: false, sink });
  else return false;
  reading.fenceEnds.nextEdit(fence !== undefined);
  if (start === undefined) reading.block = undefined;
  if (start === undefined && reading.section.take(line, answerLine) === 'not-mine') reading.section = undefined;
  reading.lastPath = start?.path ?? named ?? reading.lastPath;
  reading.named = undefined;
  reading.mentioned = undefined;
  return true;
}

/** The first lines of a fence tell what it holds: edits with marks of their own, a diff, or the text of a file. */
function decideFence(reading: Reading, fence: OpenFence, line: string): void {
  const { isKnownPath } = reading;
  const pending = fence.pending ?? [];
  const first = pending.find((each) => each.trim() !== '');
  const saysDiff = /^(?:diff|patch|udiff)\b/.test(fence.info);
  if (blockStart(line) !== undefined || ((first === undefined || saysDiff) && isPatchStart(line)) || (first === undefined && !saysDiff && /^diff --git |^@@ .*@@/.test(line))) {
    reading.named = (first === undefined ? undefined : pathInLine(first, isKnownPath)) ?? fence.path;
    fence.pending = undefined;
    startSection(reading, line);
  } else if (saysDiff && (first !== undefined || !mayNameFile(line, isKnownPath))) {
    startDiff(reading, { ...fence, path: fence.path ?? (first === undefined ? undefined : pathInLine(first, isKnownPath)) }, { lines: [line], bareHunks: true });
  } else if (first?.startsWith('--- ') === true && line.startsWith('+++ ')) {
    startDiff(reading, fence, { lines: [first, line], bareHunks: false });
  } else {
    pending.push(line);
    const undecided = first === undefined && (line.trim() === '' || line.startsWith('--- ') || pathInLine(line, isKnownPath) !== undefined);
    if (closesFence(line, fence) || !undecided) settleFence(reading);
  }
}

/** In a fence that says it is a diff: blank, or a path that is no line of the diff. */
function mayNameFile(line: string, isKnownPath: IsKnownPath): boolean {
  return line.trim() === '' || (!/^(?:[ +\-@\\]|diff |index )/.test(line) && pathInLine(line, isKnownPath) !== undefined);
}

function startDiff(reading: Reading, { path, ...fence }: OpenFence, { lines, bareHunks }: { readonly lines: readonly string[]; readonly bareHunks: boolean }): void {
  reading.fence = { ...fence, path, pending: undefined };
  reading.fenceEnds.nextEdit(true);
  reading.section = createDiffReader({ path: path ?? fence.mentioned ?? reading.lastPath, bareHunks, sink: reading.sink });
  for (const line of lines) {
    if (reading.section?.take(line, reading.answerLine) === 'more') continue;
    reading.section = undefined;
    takeOutside(reading, line);
  }
}

/** The fence holds text: its lines so far are given to the reader of a fenced file. */
function settleFence(reading: Reading): void {
  const { fence, isKnownPath, sink } = reading;
  if (fence?.pending === undefined) return;
  const { pending, answerLine } = fence;
  const first = pending.findIndex((line) => line.trim() !== '');
  const isNamed = fence.path === undefined && namesFile(pending[first] ?? '', fence.info) && pending.length > first + 1 && !closesFence(pending.at(-1) ?? '', fence);
  const firstPath = isNamed ? pathInLine(pending[first] ?? '', isKnownPath) : undefined;
  const path = fence.path ?? firstPath;
  if (path !== undefined) reading.fenceEnds.nextEdit(true);
  reading.section = createFencedFileReader({ fence, path, answerLine, sink, about: fence.mentioned, pathLine: firstPath === undefined ? undefined : pending[first] });
  reading.sectionFence = fence;
  reading.fence = undefined;
  for (const line of firstPath === undefined ? pending : pending.slice(first + 1)) if (reading.section !== undefined) takeInSection(reading, reading.section, line);
}

/** A comment, or a line above code: a fence of plain text or of commands may well list files. */
function namesFile(line: string, info: string): boolean {
  return /^\s*(?:\/\/|#|<!--|--|\/\*)\s/.test(line) || (info !== '' && !/^(?:te?xt|plaintext|bash|sh|shell|zsh|console|tree|log)\b/.test(info));
}
