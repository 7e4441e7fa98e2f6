// Where the lines that an edit quotes stand in a file: the ladder of the laws, exact first. A rung counts only if it gives one place; two
// places on a rung end the search, because a looser rung can only give more.
import { findShift, type Reindent } from './indentation.ts';
import { findRuns } from './lineSearch.ts';
import type { MatchRung } from './proposal.ts';

export interface Place {
  readonly rung: MatchRung;
  /** For each sought line its line in the file; -1 for a blank line that the file does not have. */
  readonly lineMap: readonly number[];
  readonly reindent: Reindent;
}

export type PlaceResult =
  | { readonly found: 'one'; readonly place: Place }
  | { readonly found: 'many'; readonly rung: MatchRung; readonly places: readonly number[] }
  | { readonly found: 'none' };

/** Narrows the search where the answer says more than the text. */
export interface PlaceHint {
  /** Lines of the file that may hold the place, the end exclusive. */
  readonly from?: number;
  readonly to?: number;
  /** Where the answer says the text begins: decides between exact matches only. */
  readonly line?: number;
}

export interface PlaceFinder {
  findExact(sought: readonly string[], hint?: PlaceHint): PlaceResult;
  /** The rungs after exact. `newLines` must be shiftable too, or the place is not one. */
  findLoose(sought: readonly string[], newLines: readonly string[], hint?: PlaceHint): PlaceResult;
}

/** How many places are named to the user and the model when there are several. */
const placesNamed = 5;
/** Lines whose indentation is compared in all, before a text counts as too common to have one place: bounds the work on repetitive files. */
const linesCompared = 100_000;

export function createPlaceFinder(lines: readonly string[]): PlaceFinder {
  // Each is made on first use: an exact match needs none of them.
  const trimmedEnds = once(() => lines.map((line) => line.trimEnd()));
  const trimmed = once(() => lines.map((line) => line.trim()));
  const dense = once(() => denseLines(lines));

  const rungs: readonly Rung[] = [
    ({ sought, hint }) => {
      const starts = findRuns(trimmedEnds(), sought.map((line) => line.trimEnd()), limitOf(hint, lines));
      return verdict('trailing-space', within(starts, sought.length, hint).map((start) => straight('trailing-space', start, sought.length)));
    },
    (request) => {
      const { sought, hint } = request;
      const limit = placesCompared(sought);
      const starts = findRuns(trimmed(), sought.map((line) => line.trim()), limit + 1);
      if (starts.length > limit) return { found: 'many', rung: 'indentation', places: starts.slice(0, placesNamed) };
      return shifted('indentation', within(starts, sought.length, hint).map((start) => straightMap(start, sought.length)), lines, request);
    },
    (request) => {
      const { sought, hint } = request;
      const soughtDense = denseLines(sought);
      if (soughtDense.texts.length === 0) return { found: 'none' };
      const limit = placesCompared(sought);
      const starts = findRuns(dense().texts, soughtDense.texts, limit + 1);
      const maps = starts.map((start) => denseMap(sought.length, soughtDense.indexes, dense().indexes.slice(start, start + soughtDense.texts.length)));
      if (starts.length > limit) return { found: 'many', rung: 'blank-lines', places: maps.slice(0, placesNamed).map(firstLine) };
      return shifted('blank-lines', maps.filter((map) => mapIsWithin(map, hint)), lines, request);
    },
  ];

  return {
    findExact(sought, hint = {}) {
      const starts = within(findRuns(lines, sought, limitOf(hint, lines)), sought.length, hint);
      const stated = starts.length > 1 ? starts.filter((start) => start === hint.line) : [];
      return verdict('exact', (stated.length === 1 ? stated : starts).map((start) => straight('exact', start, sought.length)));
    },
    findLoose(sought, newLines, hint = {}) {
      for (const rung of rungs) {
        const result = rung({ sought, newLines, hint });
        if (result.found !== 'none') return result;
      }
      return { found: 'none' };
    },
  };
}

interface Request {
  readonly sought: readonly string[];
  readonly newLines: readonly string[];
  readonly hint: PlaceHint;
}

type Rung = (request: Request) => PlaceResult;

function shifted(rung: MatchRung, maps: readonly (readonly number[])[], lines: readonly string[], { sought, newLines }: Request): PlaceResult {
  const places: Place[] = [];
  for (const lineMap of maps) {
    const reindent = findShift(sought, lineMap.map((index) => lines[index] ?? ''), newLines);
    if (reindent === undefined || newLines.some((line, index) => reindent(line, index) === undefined)) continue;
    places.push({ rung, lineMap, reindent });
    if (places.length >= placesNamed) break;
  }
  return verdict(rung, places);
}

/** A text that stands more often than is named is ambiguous in any case, unless a hint narrows it. */
function limitOf(hint: PlaceHint, lines: readonly string[]): number {
  return hint.line === undefined && hint.from === undefined && hint.to === undefined ? placesNamed : lines.length;
}

function placesCompared(sought: readonly string[]): number {
  return Math.max(placesNamed, Math.floor(linesCompared / Math.max(1, sought.length)));
}

function verdict(rung: MatchRung, places: readonly Place[]): PlaceResult {
  const [place] = places;
  if (place === undefined) return { found: 'none' };
  if (places.length === 1) return { found: 'one', place };
  return { found: 'many', rung, places: places.slice(0, placesNamed).map((each) => firstLine(each.lineMap)) };
}

function straight(rung: MatchRung, start: number, length: number): Place {
  return { rung, lineMap: straightMap(start, length), reindent: (line) => line };
}

function straightMap(start: number, length: number): readonly number[] {
  return Array.from({ length }, (_, index) => start + index);
}

function within(starts: readonly number[], length: number, { from = 0, to = Number.POSITIVE_INFINITY }: PlaceHint): readonly number[] {
  return starts.filter((start) => start >= from && start + length <= to);
}

function mapIsWithin(map: readonly number[], { from = 0, to = Number.POSITIVE_INFINITY }: PlaceHint): boolean {
  return map.every((index) => index === -1 || (index >= from && index < to));
}

function firstLine(lineMap: readonly number[]): number {
  return lineMap.find((index) => index >= 0) ?? 0;
}

interface DenseLines {
  readonly texts: readonly string[];
  readonly indexes: readonly number[];
}

/** The lines that are not blank, with quotes, dashes and spaces in their plain forms and without indentation. */
function denseLines(lines: readonly string[]): DenseLines {
  const texts: string[] = [];
  const indexes: number[] = [];
  for (const [index, line] of lines.entries()) {
    const text = plainTypography(line).trim();
    if (text === '') continue;
    texts.push(text);
    indexes.push(index);
  }
  return { texts, indexes };
}

function denseMap(length: number, soughtIndexes: readonly number[], fileIndexes: readonly number[]): readonly number[] {
  const map = Array.from({ length }, () => -1);
  for (const [at, soughtIndex] of soughtIndexes.entries()) map[soughtIndex] = fileIndexes[at] ?? -1;
  return map;
}

const anyVariant = /[\u2018-\u201F\u2032\u2033\u2010-\u2015\u2212\u00A0\u202F\u2007\u3000\u2026]/;

export function plainTypography(line: string): string {
  if (!anyVariant.test(line)) return line;
  return line
    .replace(/[\u2018-\u201B\u2032]/g, "'")
    .replace(/[\u201C-\u201F\u2033]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u00A0\u202F\u2007\u3000]/g, ' ')
    .replace(/\u2026/g, '...');
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
