// Colours code blocks when they come into sight, in slices, so that neither a long block nor a long transcript costs a frame.
import { codeOf } from './codeCard.ts';
import { endOfSlice, maxColoredLineCharacters, maxColoredLines } from './codeSlices.ts';
import { fillChunk, linesPerChunk, readCodeText } from './codeText.ts';
import { editRuns } from './editText.ts';
import type { CodePiece, Highlighter } from './highlight.ts';

export interface CodeColoring {
  /** The code of this card is complete. */
  readonly add: (card: HTMLElement) => void;
  /** Works until `deadline`; true when nothing is left. */
  readonly work: (deadline: number) => boolean;
}

export interface CodeColoringOptions {
  readonly highlighter: Highlighter;
  readonly now: () => number;
  /** Called when there is work to do. */
  readonly onWork: () => void;
}

interface Job {
  readonly code: HTMLElement;
  /** Colours the next piece; false when the job is done. */
  readonly step: () => boolean;
}

interface Code {
  readonly code: HTMLElement;
  readonly language: string;
  readonly lines: readonly string[];
  readonly colored: (readonly CodePiece[])[];
  chunk: number;
}

export function createCodeColoring(options: CodeColoringOptions): CodeColoring {
  const jobs: Job[] = [];
  const observer = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (isIntersecting && target instanceof HTMLElement) start(target);
    }
  }, { rootMargin: '400px 0px' });

  return { add, work };

  function add(card: HTMLElement): void {
    if (options.highlighter.isKnown(languageOf(card))) observer.observe(card);
  }

  function start(card: HTMLElement): void {
    observer.unobserve(card);
    const code = codeOf(card);
    const language = languageOf(card);
    if (card.dataset['edit'] !== undefined) {
      addJob(code, createEditColoring(options.highlighter, code, language));
      return;
    }
    const lines = readCodeText(code).split('\n');
    if (code.querySelector('[data-joined]') !== null || lines.some((line) => line.length > maxColoredLineCharacters)) return;
    const state: Code = { code, language, lines, colored: [], chunk: 0 };
    addJob(code, () => colorSlice(options.highlighter, state));
  }

  function addJob(code: HTMLElement, step: () => boolean): void {
    jobs.push({ code, step });
    options.onWork();
  }

  function work(deadline: number): boolean {
    while (jobs.length > 0) {
      if (options.now() >= deadline) return false;
      const job = jobs[0];
      if (job === undefined || !job.code.isConnected || !job.step()) jobs.shift();
    }
    return true;
  }
}

/** Old and new lines are two texts: each run of one kind is coloured by itself. */
function createEditColoring(highlighter: Highlighter, code: HTMLElement, language: string): () => boolean {
  const runs = editRuns(code);
  let next = 0;
  return () => {
    const run = runs[next];
    if (run === undefined) return false;
    next += 1;
    const colored = highlighter.highlight(language, run.map((line) => line.textContent));
    run.forEach((line, index) => fillChunk(line, [colored[index] ?? []]));
    return true;
  };
}

function colorSlice(highlighter: Highlighter, job: Code): boolean {
  const from = job.colored.length;
  if (from >= Math.min(job.lines.length, maxColoredLines)) return false;
  job.colored.push(...highlighter.highlight(job.language, job.lines.slice(from, endOfSlice(job.lines, from))));
  for (;;) {
    const start = job.chunk * linesPerChunk;
    const end = Math.min(start + linesPerChunk, job.lines.length);
    const chunk = job.code.children[job.chunk];
    if (chunk === undefined || end > job.colored.length || start >= end) return true;
    fillChunk(chunk, job.colored.slice(start, end));
    job.chunk += 1;
  }
}

function languageOf(card: HTMLElement): string {
  return (card.dataset['language'] ?? '').toLowerCase();
}
