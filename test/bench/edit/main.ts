// Law 7 of the edit engine: exact matches, the whole ladder, refusals and hostile inputs on files of 10,000 lines; parsing behind the stream.
import { createEditParser } from '../../../src/core/edit/editParser.ts';
import { createFileDraft } from '../../../src/core/edit/fileDraft.ts';
import { diffLines } from '../../../src/core/edit/lineDiff.ts';
import { resolveAnswer } from '../../../src/core/edit/resolveAnswer.ts';
import { showProposed } from '../../../src/core/edit/shownEdit.ts';
import { createFilePreview } from '../../../src/core/edit/streamPreview.ts';
import { followTyping } from '../../../src/core/edit/typedChange.ts';
import { readByteText } from '../../../src/core/edit/byteText.ts';
import { cases, type EditCase } from './cases.ts';

export async function runBench({ json }: { readonly json: boolean }): Promise<void> {
  const figures = cases.map((each) => measure(each));
  const failed = figures.filter(({ medianMs, limitMs }) => limitMs !== undefined && medianMs > limitMs);
  if (json) {
    console.log(JSON.stringify({ bench: 'edit', lines: 10_000, figures, withinLimits: failed.length === 0 }, undefined, 2));
  } else {
    console.log('edit: milliseconds, files of 10,000 lines unless said otherwise');
    for (const { name, medianMs, worstMs, limitMs } of figures) {
      console.log(`${name.padEnd(58)} median ${medianMs.toFixed(2).padStart(8)}  worst ${worstMs.toFixed(2).padStart(8)}${limitMs === undefined ? '' : `  limit ${limitMs}`}`);
    }
  }
  if (failed.length > 0) process.exitCode = 1;
}

interface Figure {
  readonly name: string;
  readonly medianMs: number;
  readonly worstMs: number;
  readonly limitMs?: number;
}

const warmUps = 3;
const runs = 15;

function measure({ name, limitMs, run }: EditCase): Figure {
  const times: number[] = [];
  for (let round = 0; round < warmUps + runs; round++) {
    const started = performance.now();
    run(engine);
    if (round >= warmUps) times.push(performance.now() - started);
  }
  times.sort((one, other) => one - other);
  return { name, medianMs: times[Math.floor(runs / 2)] ?? 0, worstMs: times.at(-1) ?? 0, ...(limitMs === undefined ? {} : { limitMs }) };
}

const engine = { createFileDraft, createEditParser, createFilePreview, diffLines, resolveAnswer, readByteText, shownEdit: { showProposed }, followTyping };
export type Engine = typeof engine;
