// The place that comes closest to a text that was not found: said to the user, and to the model when it is asked once more. Never applied.
import { distance } from 'fastest-levenshtein';
import { diffLines } from './lineDiff.ts';
import { plainTypography } from './placeFinder.ts';
import type { LineDifference, NearestPlace } from './proposal.ts';

/** Lines that stand more often than this say nothing about the place: closing brackets, blank lines. */
const commonLine = 20;
/** Sought lines that vote, differences that are told, and characters that the search by likeness compares: together they bound the time. */
const votingLines = 400;
const differencesTold = 8;
const linesDescribed = 200;
const charactersCompared = 400_000;
const longestCompared = 200;

export function nearestPlace(lines: readonly string[], sought: readonly string[]): NearestPlace | undefined {
  const wanted = trimBlank(sought);
  if (wanted.length === 0 || lines.length === 0) return undefined;
  const start = startByVotes(lines, wanted) ?? startByLikeness(lines, wanted);
  return start === undefined ? undefined : describe(lines, wanted, start);
}

/** Each line that stands in the file too votes for the start that it would give. */
function startByVotes(lines: readonly string[], sought: readonly string[]): number | undefined {
  const positions = new Map<string, number[]>();
  for (const [index, line] of sought.slice(0, votingLines).entries()) {
    const key = plainTypography(line).trim();
    if (key === '') continue;
    const at = positions.get(key);
    if (at === undefined) positions.set(key, [index]);
    else if (at.length < commonLine) at.push(index);
  }
  const votes = new Map<number, number>();
  const seen = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    const key = plainTypography(line).trim();
    const at = positions.get(key);
    if (at === undefined) continue;
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    if (count > commonLine) continue;
    // A long line tells more than a bracket.
    for (const offset of at) votes.set(index - offset, (votes.get(index - offset) ?? 0) + Math.min(key.length, 40));
  }
  let best: { readonly start: number; readonly weight: number } | undefined;
  for (const [start, weight] of votes) if (best === undefined || weight > best.weight) best = { start, weight };
  return best === undefined || best.weight < 4 ? undefined : best.start;
}

/** Without a shared line: the line most like the first telling one of the sought. */
function startByLikeness(lines: readonly string[], sought: readonly string[]): number | undefined {
  const offset = sought.findIndex((line) => line.trim().length >= 4);
  const wanted = (sought[offset] ?? '').trim();
  if (wanted === '' || wanted.length > longestCompared) return undefined;
  let best: { readonly index: number; readonly distance: number } | undefined;
  let left = charactersCompared;
  for (const [index, line] of lines.entries()) {
    const candidate = line.trim();
    if (Math.abs(candidate.length - wanted.length) > wanted.length / 2 || candidate.length > longestCompared) continue;
    left -= candidate.length;
    if (left < 0) break;
    const apart = distance(candidate, wanted);
    if (best === undefined || apart < best.distance) best = { index, distance: apart };
  }
  return best !== undefined && best.distance <= wanted.length / 2 ? best.index - offset : undefined;
}

function describe(lines: readonly string[], sought: readonly string[], start: number): NearestPlace {
  const from = Math.max(0, Math.min(start, lines.length - 1));
  const to = Math.max(from + 1, Math.min(lines.length, start + sought.length));
  const differences: LineDifference[] = [];
  let same = 0;
  while (same < to - from && lines[from + same] === sought[same]) same++;
  const first = from + same;
  for (const hunk of diffLines(lines.slice(first, Math.min(to, first + linesDescribed)), sought.slice(same, same + linesDescribed))) {
    const count = Math.max(hunk.baseEnd - hunk.baseStart, hunk.newLines.length);
    for (let index = 0; index < count; index++) {
      const line = first + hunk.baseStart + Math.min(index, Math.max(0, hunk.baseEnd - hunk.baseStart - 1));
      const found = index < hunk.baseEnd - hunk.baseStart ? lines[line] : undefined;
      differences.push({ line, expected: hunk.newLines[index], found });
      if (differences.length >= differencesTold) return { startLine: from, endLine: to, differences };
    }
  }
  return { startLine: from, endLine: to, differences };
}

function trimBlank(lines: readonly string[]): readonly string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0) return [];
  return lines.slice(first, lines.findLastIndex((line) => line.trim() !== '') + 1);
}
