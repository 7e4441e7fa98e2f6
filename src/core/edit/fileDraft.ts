// One file while an answer's edits are placed in it, in order. Edits quote the file as the model saw it, so each is looked for there first;
// what only stands in the result of the edits before it is found there. Edits that would overwrite each other are refused.
import { blockEnd } from './blockRange.ts';
import { applyHunks, type LineChange } from './hunks.ts';
import { diffLines } from './lineDiff.ts';
import { joinLines, mainLineEnd, splitLines, toLines, toText, type LineEnd, type LineText } from './lineText.ts';
import { nearestPlace } from './nearestPlace.ts';
import { createPlaceFinder, type Place, type PlaceFinder, type PlaceHint, type PlaceResult } from './placeFinder.ts';
import type { EditProblem, MatchRung } from './proposal.ts';

export interface ReplaceRequest {
  readonly oldLines: readonly string[];
  readonly newLines: readonly string[];
  readonly line?: number;
  readonly anchors?: readonly string[];
  readonly atEnd?: boolean;
}

export type DraftResult =
  | { readonly ok: true; readonly rung: MatchRung; readonly line: number }
  | { readonly ok: false; readonly problem: Pick<EditProblem, 'kind' | 'nearest' | 'places' | 'soughtLine' | 'detail'> };

export interface FileDraft {
  replace(request: ReplaceRequest): DraftResult;
  replaceText(oldText: string, newText: string): DraftResult;
  insert(afterLines: number, newLines: readonly string[]): DraftResult;
  /** The text with the lines [start, end) replaced, without a search: the caller knows what stands there. */
  replaceRange(start: number, end: number, newLines: readonly string[]): string;
  /** The lines that `replace` would find, without changing anything: for showing an edit while it streams. */
  locate(oldLines: readonly string[]): { readonly start: number; readonly end: number } | undefined;
  text(): string;
  lines(): LineText;
}

/** A draft's text: what its edits so far were placed in, and the edits. */
interface Drafting {
  readonly lineEnd: LineEnd;
  base: LineText;
  finder: PlaceFinder;
  /** Changes in lines of `base`, sorted, not overlapping. */
  placed: readonly LineChange[];
  nearestLeft: number;
}

/** Refusals that name the closest place: each costs a look at the whole file, and nobody reads more. */
const nearestNamed = 8;

export function createFileDraft(original: string): FileDraft {
  const base = splitLines(original);
  const draft: Drafting = { base, finder: createPlaceFinder(base.lines), lineEnd: mainLineEnd(base.lineEnds), placed: [], nearestLeft: nearestNamed };
  return {
    replace: (request) => replace(draft, request),
    replaceText: (oldText, newText) => replaceText(draft, oldText, newText),
    insert(afterLines, newLines) {
      const count = draft.base.lines.length;
      if (afterLines > count) return refuse('no-match', [], { detail: `The file has ${count} lines.` });
      return add(draft, [{ baseStart: afterLines, baseEnd: afterLines, newLines }]) ? { ok: true, rung: 'exact', line: afterLines } : refuse('overlap', newLines);
    },
    replaceRange: (start, end, newLines) => joinLines(applyHunks(draft.base, [{ baseStart: start, baseEnd: end, newLines }], draft.lineEnd)),
    locate(oldLines) {
      const { lines } = resultOf(draft);
      const place = findWith(createPlaceFinder(lines), lines, { oldLines, newLines: [] }, 'ladder');
      if (place.found !== 'one') return undefined;
      const mapped = place.place.lineMap.filter((line) => line >= 0);
      return { start: mapped[0] ?? 0, end: (mapped.at(-1) ?? 0) + 1 };
    },
    text: () => joinLines(resultOf(draft)),
    lines: () => resultOf(draft),
  };
}

function resultOf({ base, placed, lineEnd }: Drafting): LineText {
  return placed.length === 0 ? base : applyHunks(base, placed, lineEnd);
}

/** What the edits so far made becomes what the next ones are placed in. */
function settle(draft: Drafting, text: LineText): void {
  draft.base = text;
  draft.finder = createPlaceFinder(text.lines);
  draft.placed = [];
}

function replace(draft: Drafting, request: ReplaceRequest): DraftResult {
  const { oldLines, newLines } = request;
  if (oldLines.every((line) => line.trim() === '')) return replaceBlank(draft, newLines);
  const exact = findWith(draft.finder, draft.base.lines, request, 'exact');
  if (exact.found === 'many') return several(exact, oldLines);
  const changes = exact.found === 'one' ? changesAt(exact.place, oldLines, newLines) : undefined;
  if (exact.found === 'one' && changes !== undefined && add(draft, changes)) return { ok: true, rung: 'exact', line: firstLine(exact.place) };
  if (draft.placed.length > 0) settle(draft, resultOf(draft));
  return replaceInResult(draft, request, changes !== undefined);
}

function replaceText(draft: Drafting, oldText: string, newText: string): DraftResult {
  if (oldText === '') return refuse('empty-search', []);
  if (draft.placed.length > 0) settle(draft, resultOf(draft));
  const { lineEnd } = draft;
  const text = joinLines(draft.base);
  const found = findText(text, oldText, lineEnd);
  if (found.count > 1) return refuse('ambiguous', toLines(oldText), { places: found.starts.map((at) => toLines(text.slice(0, at)).length - 1) });
  const [start] = found.starts;
  if (start === undefined) return replaceLinesOf(draft, oldText, newText);
  const inserted = found.rung === 'exact' && !hasForeignEnds(newText, lineEnd) ? newText : toText(toLines(newText), lineEnd);
  settle(draft, splitLines(text.slice(0, start) + inserted + text.slice(start + found.length)));
  return { ok: true, rung: found.rung, line: toLines(text.slice(0, start)).length - 1 };
}

/** Exact in what the edits so far made, then the looser rungs. */
function replaceInResult(draft: Drafting, request: ReplaceRequest, overlaps: boolean): DraftResult {
  const { oldLines, newLines } = request;
  const found = findWith(draft.finder, draft.base.lines, request, overlaps ? 'exact' : 'ladder');
  if (found.found === 'many') return several(found, oldLines);
  if (found.found === 'none') {
    if (overlaps) return refuse('overlap', oldLines);
    const nearest = draft.nearestLeft-- > 0 ? nearestPlace(draft.base.lines, oldLines) : undefined;
    return refuse('no-match', oldLines, nearest === undefined ? {} : { nearest });
  }
  add(draft, changesAt(found.place, oldLines, newLines));
  return { ok: true, rung: found.place.rung, line: firstLine(found.place) };
}

/** The looser rungs work on whole lines: the text has to begin and end at line ends, both or neither closed by one. */
function replaceLinesOf(draft: Drafting, oldText: string, newText: string): DraftResult {
  const oldLines = [...toLines(oldText)];
  const newLines = newText === '' ? [] : [...toLines(newText)];
  if (oldLines.length > 1 && oldLines.at(-1) === '') {
    oldLines.pop();
    if (newLines.at(-1) === '') newLines.pop();
    else if (newLines.length > 0) return refuse('no-match', oldLines);
  }
  return replaceInResult(draft, { oldLines, newLines }, false);
}

/** Blank lines say no place, unless the file has nothing else. */
function replaceBlank(draft: Drafting, newLines: readonly string[]): DraftResult {
  if (resultOf(draft).lines.some((line) => line.trim() !== '')) return refuse('empty-search', []);
  const lines = newLines.at(-1) === '' ? newLines : [...newLines, ''];
  settle(draft, { lines, lineEnds: lines.slice(1).map(() => draft.lineEnd) });
  return { ok: true, rung: 'exact', line: 0 };
}

/** False when a change would touch lines that an earlier edit changes. */
function add(draft: Drafting, changes: readonly LineChange[]): boolean {
  if (changes.some((change) => draft.placed.some((other) => overlap(change, other)))) return false;
  draft.placed = [...draft.placed, ...changes].sort((one, other) => one.baseStart - other.baseStart || one.baseEnd - other.baseEnd);
  return true;
}

function findWith(finder: PlaceFinder, lines: readonly string[], request: ReplaceRequest, reach: 'exact' | 'ladder'): PlaceResult {
  const { oldLines, newLines } = request;
  let last: PlaceResult = { found: 'none' };
  for (const hint of hints(lines, request)) {
    const exact = finder.findExact(oldLines, hint);
    last = exact.found === 'none' && reach === 'ladder' ? finder.findLoose(oldLines, newLines, hint) : exact;
    if (last.found === 'one') return last;
  }
  return last;
}

/** A patch that names the class or function is looked for there before it is looked for in the whole file. */
function hints(lines: readonly string[], { line, anchors = [], atEnd, oldLines }: ReplaceRequest): readonly PlaceHint[] {
  if (atEnd === true) return [{ from: Math.max(0, lines.length - oldLines.length - 1) }];
  const whole: PlaceHint = line === undefined ? {} : { line };
  let from = 0;
  let to = lines.length;
  for (const anchor of anchors) {
    const at = lines.findIndex((each, index) => index >= from && index < to && each.trim() === anchor.trim());
    if (at < 0 || lines.slice(at + 1, to).some((each) => each.trim() === anchor.trim())) return [whole];
    from = at;
    to = blockEnd(lines, at);
  }
  return anchors.length > 0 ? [{ from, to }, { from, to: lines.length }, whole] : [whole];
}

/** Only the lines that the edit changes: lines that it quotes on both sides keep what the file has. */
function changesAt(place: Place, oldLines: readonly string[], newLines: readonly string[]): readonly LineChange[] {
  return diffLines(oldLines, newLines).map((hunk) => {
    const mapped = place.lineMap.slice(hunk.baseStart, hunk.baseEnd).filter((line) => line >= 0);
    const start = mapped[0] ?? insertionPoint(place.lineMap, hunk.baseStart);
    const lines = hunk.newLines.map((line, index) => place.reindent(line, hunk.newStart + index) ?? line);
    return { baseStart: start, baseEnd: (mapped.at(-1) ?? start - 1) + 1, newLines: lines };
  });
}

function insertionPoint(lineMap: readonly number[], at: number): number {
  const before = lineMap.slice(0, at).findLast((line) => line >= 0);
  if (before !== undefined) return before + 1;
  return lineMap.slice(at).find((line) => line >= 0) ?? 0;
}

function overlap(one: LineChange, other: LineChange): boolean {
  if (one.baseStart === one.baseEnd || other.baseStart === other.baseEnd) {
    const [point, range] = one.baseStart === one.baseEnd ? [one, other] : [other, one];
    return point.baseStart > range.baseStart && point.baseStart < range.baseEnd;
  }
  return one.baseStart < other.baseEnd && other.baseStart < one.baseEnd;
}

interface FoundText {
  readonly rung: MatchRung;
  readonly starts: readonly number[];
  readonly count: number;
  readonly length: number;
}

/** The text as it is, else with the file's line ends. Overlapping places count each. */
function findText(text: string, sought: string, lineEnd: LineEnd): FoundText {
  const exact = occurrences(text, sought);
  if (exact.length > 0) return { rung: 'exact', starts: exact, count: exact.length, length: sought.length };
  const normalised = toText(toLines(sought), lineEnd);
  const starts = normalised === sought ? [] : occurrences(text, normalised);
  return { rung: 'line-ends', starts, count: starts.length, length: normalised.length };
}

function occurrences(text: string, sought: string): readonly number[] {
  const starts: number[] = [];
  for (let at = text.indexOf(sought); at >= 0 && starts.length < 5; at = text.indexOf(sought, at + 1)) starts.push(at);
  return starts;
}

function hasForeignEnds(text: string, lineEnd: string): boolean {
  return splitLines(text).lineEnds.some((each) => each !== lineEnd);
}

function several(result: Extract<PlaceResult, { found: 'many' }>, oldLines: readonly string[]): DraftResult {
  return refuse('ambiguous', oldLines, { places: result.places });
}

function firstLine(place: Place): number {
  return place.lineMap.find((line) => line >= 0) ?? 0;
}

function refuse(kind: EditProblem['kind'], oldLines: readonly string[], more: Partial<EditProblem> = {}): DraftResult {
  const soughtLine = oldLines.find((line) => line.trim() !== '');
  return { ok: false, problem: { kind, ...(soughtLine === undefined ? {} : { soughtLine }), ...more } };
}
