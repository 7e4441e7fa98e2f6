// L1 to L4: what the engine itself takes, on the wall clock, in a file of 10,000 lines. Model time is left out: the model answers at once.
import { answerTag } from '../../../src/core/completion/cleaning/readAnswer.ts';
import { performance } from 'node:perf_hooks';
import type { CompletionCall, CompletionModel, ModelAnswerPart } from '../../../src/core/completion/completionTypes.ts';
import { createCompletionEngine, type CompletionEngine } from '../../../src/core/completion/engine.ts';
import { createRedactor } from '../../../src/core/context/redactSecrets.ts';
import { systemClock } from '../../../src/host/systemClock.ts';
import type { CorpusFile } from './corpus.ts';
import { percentiles, type Percentiles } from './percentiles.ts';

export interface LatencyReport {
  /** Call → kept item: typed forward, backspaced, accepted in part. */
  readonly L1: Percentiles;
  /** End of the delay → question handed to the model, context and prompt included. */
  readonly L2: Percentiles;
  /** The piece that decides → item. */
  readonly L3: Percentiles;
  /** Longest synchronous stretch of a keystroke: change, cursor and call. */
  readonly L4: Percentiles;
}

const rounds = 1500;
const redactor = createRedactor();

/** Real code, over and over, to 10,000 lines. */
function longFile(files: readonly CorpusFile[]): string[] {
  const code = files.filter((file) => file.languageId === 'typescript' || file.languageId === 'javascript').flatMap((file) => file.text.split('\n'));
  return Array.from({ length: 10_000 }, (_, index) => code[index % code.length] ?? '');
}

export async function measureLatency(files: readonly CorpusFile[]): Promise<LatencyReport> {
  const lines = longFile(files);
  const samples = { L1: [] as number[], L2: [] as number[], L3: [] as number[], L4: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    const sample = await measureOnce(lines, 200 + ((round * 61) % 9_500), round);
    // The first rounds warm the compiler up.
    if (round >= 100 && sample !== undefined) for (const key of ['L1', 'L2', 'L3', 'L4'] as const) samples[key].push(...sample[key]);
  }
  return { L1: percentiles(samples.L1), L2: percentiles(samples.L2), L3: percentiles(samples.L3), L4: percentiles(samples.L4) };
}

type Samples = Readonly<Record<'L1' | 'L2' | 'L3' | 'L4', readonly number[]>>;

/** A line is typed up to its middle, asked about, typed into, deleted back into, and a word of it accepted. */
async function measureOnce(source: readonly string[], line: number, version: number): Promise<Samples | undefined> {
  const text = source[line] ?? '';
  const middle = Math.floor(text.length / 2);
  if (text.trim().length < 20 || text.slice(0, middle).trim() === '') return undefined;
  const samples = { L1: [] as number[], L2: [] as number[], L3: [] as number[], L4: [] as number[] };
  const timing = { decidedAt: 0, askedAt: 0 };
  const engine = createEngine(answerOf(text.slice(middle)), timing);
  const call = (length: number): CompletionCall => callAt(source, line, text.slice(0, length), version + length);

  const startedAt = performance.now();
  const asked = engine.provide(call(middle), new AbortController().signal);
  samples.L4.push(performance.now() - startedAt);
  const { items } = await asked;
  samples.L2.push(timing.askedAt - startedAt);
  samples.L3.push(performance.now() - timing.decidedAt);
  if (items.length === 0) return undefined;
  for (const length of [middle + 1, middle + 2, middle + 1, middle, middle + 4]) {
    const keyAt = performance.now();
    engine.documentChanged({ uri: 'file:///long', version: version + length, from: { line, character: length - 1 }, removedLength: 0, insertedText: text[length - 1] ?? '' });
    engine.cursorMoved(call(length));
    const given = engine.provide(call(length), new AbortController().signal);
    samples.L4.push(performance.now() - keyAt);
    const callAtMs = performance.now();
    const result = await engine.provide(call(length), new AbortController().signal);
    if (result.outcome.kind === 'shown') samples.L1.push(performance.now() - callAtMs);
    await given;
  }
  engine.dispose();
  return samples;
}

function callAt(source: readonly string[], line: number, prefix: string, version: number): CompletionCall {
  return {
    uri: 'file:///long', languageId: 'typescript', version, cursor: { line, character: prefix.length }, trigger: 'automatic',
    lines: { lineCount: source.length, lineAt: (at) => (at === line ? prefix : (source[at] ?? '')) },
  };
}

function createEngine(model: (timing: Timing) => CompletionModel, timing: Timing): CompletionEngine {
  return createCompletionEngine({
    clock: systemClock,
    model: model(timing),
    context: { snippets: () => [{ kind: 'similar-code', path: 'other.ts', text: 'export const other = 1;\n'.repeat(20) }] },
    gate: { known: () => ({ open: true }), check: async () => ({ open: true }) },
    settings: () => ({ enabled: true, delayMs: 0, languages: { '*': true }, multiline: 'auto', maxAlternatives: 3 }),
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    findSecrets: (text) => redactor.mask(text, 'completion'),
    displayPath: () => 'src/long.ts',
  });
}

interface Timing {
  askedAt: number;
  decidedAt: number;
}

function answerOf(rest: string): (timing: Timing) => CompletionModel {
  return (timing) => ({
    async *ask(): AsyncIterable<ModelAnswerPart> {
      timing.askedAt = performance.now();
      const whole = `<${answerTag}>${rest}`;
      for (let at = 0; at < whole.length; at += 8) yield { type: 'text', text: whole.slice(at, at + 8) };
      timing.decidedAt = performance.now();
      yield { type: 'text', text: '\nconst after = 1;\nconst more = 2;' };
      yield { type: 'finish', reason: 'stop' };
    },
  });
}
