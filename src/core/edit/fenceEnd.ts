// Whether the code block of a whole file ended where its file ends. A file can hold fence lines of its own, and the first of them looks like
// the end of the block: what follows it in the answer tells. Knows no file: what only the file can tell is left to the caller.
import { closesFence, fenceStart, type FenceStart } from './fencedFile.ts';
import type { ParsedEdit, WriteEdit } from './parsedEdit.ts';

export interface FenceEnds {
  /** The block just handed over as the last edit has been closed. */
  closed(block: ClosedBlock): void;
  /** Each line, before it is read. */
  line(line: string): void;
  /** The line just taken opens a fence. */
  fenceOpened(): void;
  /** Another edit begins in the line just taken, or with the fence that is open. */
  nextEdit(isInFence: boolean): void;
  finish(): void;
}

interface ClosedBlock {
  readonly fence: FenceStart;
  readonly isMarkdown: boolean;
  readonly isLoose: boolean;
}

export function createFenceEnds(edits: ParsedEdit[], isPathLine: (line: string) => boolean): FenceEnds {
  let watched: { readonly index: number; readonly block: ClosedBlock; readonly after: string[]; fenceAt: number } | undefined;

  const settle = (count: number | undefined): void => {
    const edit = watched === undefined ? undefined : edits[watched.index];
    if (watched !== undefined && edit?.kind === 'write') {
      edits[watched.index] = { ...edit, ...judgeEnd({ ...watched.block, after: watched.after.slice(0, count), isBeforeEdit: count !== undefined, isPathLine }) };
    }
    watched = undefined;
  };

  return {
    closed(block) {
      if (!block.isLoose) settle(undefined);
      watched ??= { index: edits.length - 1, block, after: [], fenceAt: 0 };
    },
    line: (line) => void watched?.after.push(line),
    fenceOpened() {
      if (watched !== undefined) watched.fenceAt = watched.after.length;
    },
    nextEdit: (isInFence) => settle(watched === undefined ? undefined : isInFence ? watched.fenceAt : watched.after.length - 1),
    finish: () => settle(undefined),
  };
}

interface EndToJudge extends ClosedBlock {
  /** The lines from the end of the block to the next edit, or to the end of the answer. */
  readonly after: readonly string[];
  readonly isBeforeEdit: boolean;
  readonly isPathLine: (line: string) => boolean;
}

type EndOfWrite = Pick<WriteEdit, 'isEndDoubtful' | 'linesAfter'>;

/** Fences with a language open a block of their own. One without may have been the end that was meant. */
function judgeEnd({ after, fence, isMarkdown, isBeforeEdit, isPathLine }: EndToJudge): EndOfWrite {
  const bare = bareFences(after, fence);
  const [first] = bare;
  if (first === undefined) return {};
  const before = after.slice(0, first.start).findLast((line) => line.trim() !== '') ?? '';
  const isIntroduced = /[:：][*_\s]*$/.test(before) || (!isMarkdown && isPathLine(before));
  const goesOnAtOnce = after[0]?.trim() !== '' && !isIntroduced;
  const isOdd = bare.some(({ end, holdsLanguage }) => holdsLanguage || (end === undefined && !isBeforeEdit));
  if (goesOnAtOnce || isOdd) return { isEndDoubtful: true };
  const last = bare.findLast(({ end }) => end !== undefined);
  return last === undefined ? {} : { linesAfter: after.slice(0, last.end) };
}

interface BareFence {
  readonly start: number;
  end: number | undefined;
  holdsLanguage: boolean;
}

function bareFences(lines: readonly string[], outer: FenceStart): readonly BareFence[] {
  const found: BareFence[] = [];
  let open: { readonly fence: FenceStart; readonly bare: BareFence | undefined } | undefined;
  for (const [index, line] of lines.entries()) {
    const fence = fenceStart(line);
    if (fence === undefined) continue;
    if (open === undefined) {
      const bare = closesFence(line, outer) ? { start: index, end: undefined, holdsLanguage: false } : undefined;
      if (bare !== undefined) found.push(bare);
      open = { fence, bare };
    } else if (closesFence(line, open.fence)) {
      if (open.bare !== undefined) open.bare.end = index;
      open = undefined;
    } else if (open.bare !== undefined && fence.info !== '' && fence.mark.startsWith(outer.mark)) open.bare.holdsLanguage = true;
  }
  return found;
}

/** Whether lines that the new text drops go on after the code block: then they belong to it. */
export function dropsWhatFollows(base: readonly string[], next: readonly string[], linesAfter: readonly string[]): boolean {
  const kept = new Set(next.map((line) => line.trim()));
  const dropped = new Set(base.map((line) => line.trim()).filter((line) => !kept.has(line) && /[\p{L}\p{N}]/u.test(line)));
  return linesAfter.some((line) => dropped.has(line.trim()));
}
