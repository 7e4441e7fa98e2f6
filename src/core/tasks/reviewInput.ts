// The code under review as units for the requests: files and selections with numbered lines, changes as hunks or, where the file is
// small, as the whole file with its changes marked, which spares findings that three lines of context would bring about.
import type { DiffFile, DiffHunk } from '../context/gitDiff.ts';
import { formatNumberedLines, splitLines, type NumberedLine, type ReviewUnit } from './reviewUnits.ts';
import type { LineRange, ReviewedFile } from './findingCheck.ts';

type Estimate = (text: string) => number;

export interface UnitOptions {
  /** Of one request: a unit never exceeds it. */
  readonly budgetTokens: number;
  readonly estimate: Estimate;
}

export interface CodePart {
  /** From 1. */
  readonly startLine: number;
  readonly text: string;
}

/** One or more parts of a file, in order. */
export function unitsOfCode(path: string, parts: readonly CodePart[], { budgetTokens, estimate }: UnitOptions): readonly ReviewUnit[] {
  return parts.flatMap(({ startLine, text }) => {
    const lines = splitText(text).map((line, index): NumberedLine => ({ number: startLine + index, mark: ' ', text: line }));
    return splitLines(lines, budgetTokens, estimate).map((piece) => toUnit(path, formatNumberedLines(piece, false), estimate));
  });
}

/** `text` is the new file where it is known: masked like the hunks. */
export function unitsOfChange(file: DiffFile, text: string | undefined, { budgetTokens, estimate }: UnitOptions): readonly ReviewUnit[] {
  const path = file.newPath ?? file.oldPath ?? '';
  if (file.isBinary || file.newPath === undefined || file.hunks.length === 0) return [];
  const whole = text === undefined ? undefined : mergeIntoText(splitText(text), file.hunks);
  if (whole !== undefined) {
    const unit = toUnit(path, formatNumberedLines(whole, true), estimate);
    if (unit.tokens <= Math.min(wholeFileTokens, budgetTokens)) return [unit];
  }
  return packHunks(path, file.hunks, { budgetTokens, estimate });
}

/** Up to here a whole file tells more than it costs: at Sonnet's price half a cent. */
const wholeFileTokens = 3000;

/** What findings about a change are held against: its new lines where they are known, and the ranges that it touches. */
export function reviewedChange(file: DiffFile): ReviewedFile {
  const lines: string[] = [];
  for (const hunk of file.hunks) for (const line of hunk.lines) if (line.newLine !== undefined) lines[line.newLine - 1] = line.text;
  return { path: file.newPath ?? file.oldPath ?? '', text: Array.from(lines, (line) => line ?? '').join('\n'), ranges: file.hunks.flatMap(changedRanges) };
}

/** A removed line counts as a change of the line that follows it. */
function changedRanges(hunk: DiffHunk): readonly LineRange[] {
  const ranges: LineRange[] = [];
  let next = hunk.newStart;
  for (const line of hunk.lines) {
    if (line.newLine !== undefined) next = line.newLine + 1;
    if (line.type !== 'context') ranges.push(line.newLine === undefined ? { start: next, end: next } : { start: line.newLine, end: line.newLine });
  }
  return joinRanges(ranges);
}

function joinRanges(ranges: readonly LineRange[]): readonly LineRange[] {
  const joined: LineRange[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last !== undefined && range.start <= last.end + 1) joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    else joined.push(range);
  }
  return joined;
}

/** Undefined when the text is not what the hunks lead to: the file changed since, or a line was masked in one of the two. */
function mergeIntoText(lines: readonly string[], hunks: readonly DiffHunk[]): readonly NumberedLine[] | undefined {
  const marks = new Map<number, '+'>();
  const removedBefore = new Map<number, string[]>();
  for (const hunk of hunks) {
    let next = Math.max(1, hunk.newStart);
    for (const line of hunk.lines) {
      if (line.newLine === undefined) {
        removedBefore.set(next, [...(removedBefore.get(next) ?? []), line.text]);
        continue;
      }
      if (lines[line.newLine - 1] !== line.text) return undefined;
      if (line.type === 'added') marks.set(line.newLine, '+');
      next = line.newLine + 1;
    }
  }
  const removed = (at: number): readonly NumberedLine[] => (removedBefore.get(at) ?? []).map((text) => ({ mark: '-', text }));
  const merged = lines.flatMap((text, index): readonly NumberedLine[] => [...removed(index + 1), { number: index + 1, mark: marks.get(index + 1) ?? ' ', text }]);
  return [...merged, ...removed(lines.length + 1)];
}

function packHunks(path: string, hunks: readonly DiffHunk[], { budgetTokens, estimate }: UnitOptions): readonly ReviewUnit[] {
  const pieces = hunks.flatMap((hunk) => {
    const lines = hunk.lines.map((line): NumberedLine => ({ mark: line.type === 'added' ? '+' : line.type === 'removed' ? '-' : ' ', text: line.text, ...(line.newLine === undefined ? {} : { number: line.newLine }) }));
    return splitLines(lines, budgetTokens, estimate).map((piece) => `@@ ${hunk.section}\n${formatNumberedLines(piece, true)}`);
  });
  const units: ReviewUnit[] = [];
  let texts: string[] = [];
  let tokens = 0;
  for (const piece of pieces) {
    const cost = estimate(piece);
    if (texts.length > 0 && tokens + cost > budgetTokens) {
      units.push({ path, text: texts.join('\n'), tokens });
      texts = [];
      tokens = 0;
    }
    texts.push(piece);
    tokens += cost;
  }
  if (texts.length > 0) units.push({ path, text: texts.join('\n'), tokens });
  return units;
}

function toUnit(path: string, text: string, estimate: Estimate): ReviewUnit {
  return { path, text, tokens: estimate(text) };
}

function splitText(text: string): readonly string[] {
  return text.replace(/(?:\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/);
}
