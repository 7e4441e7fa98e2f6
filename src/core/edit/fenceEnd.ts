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
  const { first, last, lastOfAny, isOdd, isOpen } = bareFences(after, fence);
  const goesOn = after[0]?.trim() !== '';
  const before = after.slice(0, first).findLast((line) => line.trim() !== '') ?? '';
  const isIntroduced = first === undefined || /[:：][*_\s]*$/.test(before) || (!isMarkdown && isPathLine(before));
  if ((goesOn && !isIntroduced) || isOdd || (last !== undefined && isOpen && !isBeforeEdit)) return { isEndDoubtful: true };
  const end = goesOn ? lastOfAny : last;
  return end === undefined ? {} : { linesAfter: after.slice(0, end) };
}

interface BareFences {
  /** The first block without a language. */
  readonly first: number | undefined;
  /** The last line that would close the block before, the ends of blocks with a language aside, and with them. */
  readonly last: number | undefined;
  readonly lastOfAny: number | undefined;
  /** A block without a language holds the begin of one with a language. */
  readonly isOdd: boolean;
  /** The last block has no end. */
  readonly isOpen: boolean;
}

function bareFences(lines: readonly string[], outer: FenceStart): BareFences {
  let [first, last, lastOfAny, isOdd]: [number | undefined, number | undefined, number | undefined, boolean] = [undefined, undefined, undefined, false];
  let open: { readonly fence: FenceStart; readonly isBare: boolean } | undefined;
  for (const [index, line] of lines.entries()) {
    const fence = fenceStart(line);
    if (fence === undefined) continue;
    const mayClose = closesFence(line, outer);
    const isEnd = open !== undefined && closesFence(line, open.fence);
    if (mayClose) lastOfAny = index;
    if (mayClose && (open?.isBare !== false || !isEnd)) last = index;
    if (open?.isBare === true && !isEnd && fence.info !== '' && fence.mark.startsWith(outer.mark)) isOdd = true;
    if (open === undefined) {
      open = { fence, isBare: mayClose };
      if (mayClose) first ??= index;
    } else if (isEnd) open = undefined;
  }
  return { first, last, lastOfAny, isOdd, isOpen: open !== undefined };
}

/** Whether lines that the new text drops go on after the code block: then they belong to it. */
export function dropsWhatFollows(base: readonly string[], next: readonly string[], linesAfter: readonly string[]): boolean {
  const kept = new Set(next.map((line) => line.trim()));
  const dropped = new Set(base.map((line) => line.trim()).filter((line) => !kept.has(line) && /[\p{L}\p{N}]/u.test(line)));
  return linesAfter.some((line) => dropped.has(line.trim()));
}
