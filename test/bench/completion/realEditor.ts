// `BENCH_ONLY=realEditor npm run bench -- completion`: one file of about 1,970 characters typed in the real VS Code, the way peers were
// measured. The packaged extension, its extension host, the local RunAPI and the drawing are all in it.
import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { createEditorHouse, type Editor } from '../../editor/editor.ts';
import { goesOn, squeeze, type WrongGhost } from '../../editor/ghostWatch.ts';
import { completionOracle } from '../../editor/suites/completionOracle.ts';
import { openText, quietEditing, sentTwice } from '../../editor/suites/completionSteps.ts';
import { typeWithSuggestions, type TypingResult } from '../../editor/suites/completionTypist.ts';
import { readCorpus } from './corpus.ts';
import { percentiles } from './percentiles.ts';

export interface RealEditorRow {
  readonly file: string;
  readonly characters: number;
  readonly oracle: 'perfect' | 'partial';
  readonly firstTokenMs: number;
  readonly keys: number;
  readonly requests: number;
  readonly requestsPer100Keys: number;
  readonly shown: number;
  readonly accepts: number;
  readonly acceptedCharacters: number;
  readonly acceptedPercent: number;
  readonly insertedPercent: number;
  readonly ghostP50Ms: number;
  readonly ghostP95Ms: number;
  readonly duplicates: number;
  readonly mostAtOnce: number;
  /** Ghosts that neither go on from the text nor were in an answer. */
  readonly wrongByEngine: number;
  readonly flickers: number;
  readonly stale: number;
  readonly frames: number;
  /** Between two keys, in the page. */
  readonly keyGapP50Ms: number;
  readonly seconds: number;
  /** Of the machine, over the last minute: waits are those of a busy one. */
  readonly load: number;
  /** What went wrong, in its own words. */
  readonly remarks: readonly string[];
}

export interface RealEditorOptions {
  readonly oracles: readonly RealEditorRow['oracle'][];
  readonly firstTokensMs: readonly number[];
  readonly seed: number;
  readonly pauses: boolean;
  /** Default: two files of a package about retries, which make one of 1,970 characters. */
  readonly file?: { readonly name: string; readonly text: string };
}

export async function measureRealEditor(options: RealEditorOptions): Promise<readonly RealEditorRow[]> {
  const file = options.file ?? readRetries();
  const house = await createEditorHouse({ report: (line) => console.error(line) });
  const rows: RealEditorRow[] = [];
  try {
    for (const oracle of options.oracles) {
      for (const firstTokenMs of options.firstTokensMs) {
        const editor = await house.open({ settings: quietEditing });
        rows.push(await measureOne(editor, { ...options, file, oracle, firstTokenMs }));
        console.error(JSON.stringify(rows.at(-1)));
        await editor.close();
      }
    }
  } finally {
    await house.close();
  }
  return rows;
}

interface OneRun extends RealEditorOptions {
  readonly file: { readonly name: string; readonly text: string };
  readonly oracle: RealEditorRow['oracle'];
  readonly firstTokenMs: number;
}

async function measureOne(editor: Editor, { file, oracle, firstTokenMs, seed, pauses }: OneRun): Promise<RealEditorRow> {
  const { gateway } = editor;
  const answers: string[] = [];
  gateway.script(completionOracle(file.text, { firstTokenMs, tokensPerSecond: 80, knowledge: oracle, onAnswer: (text) => answers.push(text) }));
  await openText(editor, '█');
  const result = await typeWithSuggestions(editor, { target: file.text, seed, pauses });
  await gateway.idle();
  return toRow(result, { file, oracle, firstTokenMs, answers, editor });
}

interface Run {
  readonly file: OneRun['file'];
  readonly oracle: RealEditorRow['oracle'];
  readonly firstTokenMs: number;
  readonly answers: readonly string[];
  readonly editor: Editor;
}

function toRow(result: TypingResult, { file, oracle, firstTokenMs, answers, editor }: Run): RealEditorRow {
  const requests = editor.gateway.requests.filter((request) => request.method === 'POST');
  const duplicates = sentTwice(editor);
  const wrong = result.wrong.filter((drawn) => oracle === 'perfect' || !answers.some((answer) => isPartOf(drawn, squeeze(answer))));
  const { p50, p95 } = percentiles(result.waitsMs);
  return {
    file: file.name, characters: file.text.length, oracle, firstTokenMs,
    keys: result.keys, requests: requests.length, requestsPer100Keys: round((100 * requests.length) / result.keys),
    shown: result.waitsMs.length, accepts: result.accepts, acceptedCharacters: result.acceptedCharacters, acceptedPercent: round((100 * result.acceptedCharacters) / file.text.length),
    insertedPercent: round((100 * result.insertedCharacters) / file.text.length),
    ghostP50Ms: Math.round(p50), ghostP95Ms: Math.round(p95),
    duplicates: duplicates.length,
    mostAtOnce: Math.max(0, ...requests.map(({ atMs }) => requests.filter((other) => other.atMs <= atMs && (other.endMs ?? Infinity) > atMs).length)),
    wrongByEngine: wrong.length, flickers: result.flickers.length, stale: result.stale.length, frames: result.frames,
    keyGapP50Ms: Math.round(percentiles(result.gapsMs).p50), seconds: Math.round(result.durationMs / 1000), load: round(loadavg()[0] ?? 0),
    remarks: [
      ...(result.text.trimEnd() === file.text.trimEnd() ? [] : [`the text is another: ${JSON.stringify(result.text.slice(-300))}`]),
      ...duplicates.map((text) => `twice: ${text}`),
      ...wrong.map(({ ghost, rest, after }) => `wrong: ${JSON.stringify(ghost)} before ${JSON.stringify(rest)}, with ${JSON.stringify(after)} after`),
      ...result.flickers.map((text) => `flicker: ${text}`),
      ...result.stale.map((text) => `stale: ${text}`),
    ],
  };
}

/** exponential-backoff (Apache-2.0): a class, functions, and the defaults that it reads. */
function readRetries(): { readonly name: string; readonly text: string } {
  readCorpus('main');
  const read = (name: string): string => readFileSync(join(import.meta.dirname, '..', 'corpus/node_modules/exponential-backoff/src', name), 'utf8').replaceAll('\r\n', '\n');
  const options = read('options.ts');
  return { name: 'exponential-backoff/src', text: `${read('backoff.ts')}\n${options.slice(options.indexOf('const defaultOptions'))}` };
}

function isPartOf({ ghost, after }: WrongGhost, answer: string): boolean {
  return Array.from({ length: answer.length }, (_, index) => answer.slice(index)).some((rest) => goesOn(ghost, rest, after));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
