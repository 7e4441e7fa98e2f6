// Reads the edits out of an answer while it streams, one line behind it. Models drift between formats, also within one answer: every format
// is understood everywhere.
import { pathInFenceInfo, pathInLine, type IsKnownPath } from './answerPath.ts';
import { closesFence, createFencedFileReader, fenceStart, type FenceStart } from './fencedFile.ts';
import type { OpenEdit, ParsedEdit } from './parsedEdit.ts';
import { createPatchReader, isPatchStart } from './patchFormat.ts';
import type { EditProblem } from './proposal.ts';
import { blockStart, createBlockReader } from './searchReplaceBlock.ts';
import type { ParserSink, SectionReader } from './sectionReader.ts';
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
  readonly answerLine: number;
  /** First lines, until they tell what the fence holds. Undefined afterwards: edits stand in the fence as they would outside. */
  pending: string[] | undefined;
}

export function createEditParser({ isKnownPath = () => false }: { readonly isKnownPath?: IsKnownPath } = {}): EditParser {
  const edits: ParsedEdit[] = [];
  const problems: EditProblem[] = [];
  let buffer = '';
  let answerLine = 0;
  let section: SectionReader | undefined;
  let fence: OpenFence | undefined;
  /** Named by the last line of prose; holds over blank lines. */
  let named: string | undefined;
  let lastPath: string | undefined;

  const sink: ParserSink = {
    edit(edit) {
      edits.push(edit);
      lastPath = edit.path ?? lastPath;
    },
    problem: (problem) => problems.push(problem),
  };

  return {
    edits,
    problems,
    push(delta) {
      buffer += delta;
      for (let end = buffer.indexOf('\n'); end >= 0; end = buffer.indexOf('\n')) {
        takeRawLine(buffer.slice(0, end));
        buffer = buffer.slice(end + 1);
      }
    },
    finish() {
      if (buffer !== '') takeRawLine(buffer);
      buffer = '';
      settleFence();
      section?.end();
      section = undefined;
      return { edits, problems };
    },
    open: () => section?.open(),
  };

  function takeRawLine(raw: string): void {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    // A lone carriage return would be a line end in the editor: it is one here.
    for (const part of line.includes('\r') ? line.split('\r') : [line]) takeLine(part);
    answerLine++;
  }

  function takeLine(line: string): void {
    if (section !== undefined) {
      const taken = section.take(line, answerLine);
      if (taken !== 'more') section = undefined;
      if (taken !== 'not-mine') return;
    }
    if (fence?.pending !== undefined) decideFence(line, fence.pending);
    else takeOutside(line);
  }

  function takeOutside(line: string): void {
    if (fence !== undefined && closesFence(line, fence)) {
      fence = undefined;
      return;
    }
    if (startSection(line)) return;
    const opened = fenceStart(line);
    if (opened !== undefined) {
      fence = { ...opened, path: pathInFenceInfo(opened.info, isKnownPath) ?? named, answerLine, pending: [] };
      named = undefined;
      return;
    }
    if (line.trim() !== '') named = pathInLine(line, isKnownPath);
  }

  /** Whether the line begins an edit of a format that marks its own begin. */
  function startSection(line: string): boolean {
    const path = named ?? fence?.path ?? lastPath;
    const start = blockStart(line);
    if (start !== undefined) section = createBlockReader({ start, path: start.path ?? path, answerLine, sink });
    else if (isPatchStart(line)) section = createPatchReader(sink);
    else if (isDiffStart(line)) section = createDiffReader({ path, bareHunks: false, sink });
    if (section === undefined) return false;
    if (start === undefined && section.take(line, answerLine) === 'not-mine') section = undefined;
    lastPath = start?.path ?? named ?? lastPath;
    named = undefined;
    return true;
  }

  /** The first lines of a fence tell what it holds: edits with marks of their own, a diff, or the text of a file. */
  function decideFence(line: string, pending: string[]): void {
    if (fence === undefined) return;
    const first = pending.find((each) => each.trim() !== '');
    if (first === undefined && /^(?:diff|patch|udiff)\b/.test(fence.info) && !isPatchStart(line)) {
      startDiff([line], true);
    } else if (first?.startsWith('--- ') === true && line.startsWith('+++ ')) {
      startDiff([first, line], false);
    } else if (blockStart(line) !== undefined || (first === undefined && (isPatchStart(line) || /^diff --git |^@@ .*@@/.test(line)))) {
      named = (first === undefined ? undefined : pathInLine(first, isKnownPath)) ?? fence.path;
      fence.pending = undefined;
      startSection(line);
    } else {
      pending.push(line);
      const undecided = first === undefined && (line.trim() === '' || line.startsWith('--- ') || pathInLine(line, isKnownPath) !== undefined);
      if (closesFence(line, fence) || !undecided) settleFence();
    }
  }

  function startDiff(lines: readonly string[], bareHunks: boolean): void {
    if (fence === undefined) return;
    fence.pending = undefined;
    section = createDiffReader({ path: fence.path ?? lastPath, bareHunks, sink });
    for (const line of lines) {
      if (section?.take(line, answerLine) === 'more') continue;
      section = undefined;
      takeOutside(line);
    }
  }

  /** The fence holds text: its lines so far are given to the reader of a fenced file. */
  function settleFence(): void {
    if (fence?.pending === undefined) return;
    const { pending, answerLine: begun } = fence;
    const first = pending.findIndex((line) => line.trim() !== '');
    const named = fence.path === undefined && namesFile(pending[first] ?? '', fence.info) && pending.length > first + 1 && !closesFence(pending.at(-1) ?? '', fence);
    const firstPath = named ? pathInLine(pending[first] ?? '', isKnownPath) : undefined;
    const path = fence.path ?? firstPath;
    section = createFencedFileReader({ fence, path, answerLine: begun, sink, pathLine: firstPath === undefined ? undefined : pending[first] });
    fence = undefined;
    for (const line of firstPath === undefined ? pending : pending.slice(first + 1)) if (section?.take(line, answerLine) === 'done') section = undefined;
  }
}

/** A comment, or a line above code: a fence of plain text or of commands may well list files. */
function namesFile(line: string, info: string): boolean {
  return /^\s*(?:\/\/|#|<!--|--|\/\*)\s/.test(line) || (info !== '' && !/^(?:te?xt|plaintext|bash|sh|shell|zsh|console|tree|log)\b/.test(info));
}
