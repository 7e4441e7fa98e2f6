// Holds findings against the text they speak of. A finding that points at no such file, at no such line or outside what was under
// review is dropped and counted; a line that was miscounted is put right by the line that the finding quotes.
import type { RawFinding, SuggestedEdit } from './findings.ts';

/** A file under review with the lines that a finding may point at. */
export interface ReviewedFile {
  readonly path: string;
  readonly text: string;
  /** Line ranges from 1, both ends included; undefined means the whole file. */
  readonly ranges?: readonly LineRange[];
  /** What a suggested edit would be applied to, where it is not `text`: the file as it is in the editor. */
  readonly currentText?: string;
}

export interface LineRange {
  readonly start: number;
  readonly end: number;
}

export interface Finding extends RawFinding {
  readonly id: string;
}

export type DropReason = 'unknown-file' | 'no-such-line' | 'outside-the-change' | 'duplicate';

export type FindingVerdict = { readonly kept: true; readonly finding: Finding } | { readonly kept: false; readonly reason: DropReason };

export interface FindingCheck {
  check(raw: RawFinding): FindingVerdict;
  readonly dropped: ReadonlyMap<DropReason, number>;
  /** Suggested edits whose old text does not stand in the file exactly once, or whose end was not certain; their findings are kept without them. */
  readonly droppedEdits: number;
}

/** How far a finding may stand from a changed line and still be about it. */
const contextLines = 3;

export function createFindingCheck(files: readonly ReviewedFile[], newId: () => string): FindingCheck {
  const dropped = new Map<DropReason, number>();
  const kept = new Set<string>();
  let droppedEdits = 0;

  const drop = (reason: DropReason): FindingVerdict => {
    dropped.set(reason, (dropped.get(reason) ?? 0) + 1);
    return { kept: false, reason };
  };

  return {
    check(raw) {
      const file = findFile(files, raw.path);
      if (file === undefined) return drop('unknown-file');
      const lines = file.text.split(/\r\n|\r|\n/);
      const placed = place(raw, lines);
      if (placed === undefined) return drop('no-such-line');
      if (file.ranges !== undefined && !file.ranges.some((range) => placed.startLine <= range.end + contextLines && placed.endLine >= range.start - contextLines)) return drop('outside-the-change');
      const key = `${file.path}:${String(placed.startLine)}:${raw.title.toLowerCase()}`;
      if (kept.has(key)) return drop('duplicate');
      kept.add(key);
      const { suggestion, lostSuggestion = false, ...rest } = raw;
      const usable = suggestion === undefined ? undefined : usableReading(suggestion, file.currentText ?? file.text);
      if (lostSuggestion || (suggestion !== undefined && usable === undefined)) droppedEdits += 1;
      return { kept: true, finding: { ...rest, ...placed, path: file.path, id: newId(), ...(usable === undefined ? {} : { suggestion: usable }) } };
    },
    dropped,
    get droppedEdits() {
      return droppedEdits;
    },
  };
}

/** The path as given, else the one file that ends in it: models shorten paths and prefix them with a/ or b/. */
function findFile(files: readonly ReviewedFile[], path: string): ReviewedFile | undefined {
  const exact = files.find((file) => file.path === path);
  if (exact !== undefined) return exact;
  const bare = path.replace(/^[ab]\//, '').replace(/^\//, '');
  const ending = files.filter((file) => file.path === bare || file.path.endsWith(`/${bare}`) || bare.endsWith(`/${file.path}`));
  return ending.length === 1 ? ending[0] : undefined;
}

function place(raw: RawFinding, lines: readonly string[]): LinePlace | undefined {
  const length = raw.endLine - raw.startLine;
  const quoted = raw.quote === undefined ? undefined : nearestLine(lines, raw.quote, raw.startLine);
  const startLine = quoted ?? raw.startLine;
  // A quote that stands nowhere tells that the line was made up, even if its number exists.
  if (startLine > lines.length || (raw.quote !== undefined && quoted === undefined)) return undefined;
  return { startLine, endLine: Math.min(startLine + length, lines.length) };
}

interface LinePlace {
  readonly startLine: number;
  readonly endLine: number;
}

function nearestLine(lines: readonly string[], quote: string, around: number): number | undefined {
  const wanted = squeeze(quote.split(/\r\n|\r|\n/).find((line) => line.trim() !== '') ?? '').replace(/^\d+\s*[|│+:-]\s?/, '');
  if (wanted === '') return undefined;
  let best: number | undefined;
  for (const [index, line] of lines.entries()) {
    const text = squeeze(line);
    const matches = text === wanted || (wanted.length >= 8 && text.includes(wanted));
    if (matches && (best === undefined || Math.abs(index + 1 - around) < Math.abs(best - around))) best = index + 1;
  }
  return best;
}

function squeeze(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** The longest quotation that stands in the file is the one that was meant: a separator line in it cannot be there by chance. */
function usableReading({ otherReadings = [], ...first }: SuggestedEdit, fileText: string): SuggestedEdit | undefined {
  return [first, ...otherReadings].toSorted((one, other) => other.oldText.length - one.oldText.length).find((reading) => isUsable(reading, fileText));
}

function isUsable({ oldText, newText }: SuggestedEdit, fileText: string): boolean {
  if (oldText === newText || oldText.trim() === '') return false;
  const text = fileText.replace(/\r\n?/g, '\n');
  const wanted = oldText.replace(/\n$/, '');
  const first = text.indexOf(wanted);
  return first >= 0 && text.indexOf(wanted, first + 1) < 0;
}
