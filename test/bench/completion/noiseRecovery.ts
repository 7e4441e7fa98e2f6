// Q1: how often what belongs into a hole comes out of the engine exactly, under each kind of noise.
import { createCompletionEngine } from '../../../src/core/completion/engine.ts';
import type { CompletionItem, CompletionModel } from '../../../src/core/completion/completionTypes.ts';
import type { CorpusFile } from './corpus.ts';
import { blockHoles, lineHoles, type Hole } from './holes.ts';
import { linesOf } from './linesOf.ts';
import { clean, noises, type Noise } from './noise.ts';
import { createRandom, seedOf, type Random } from './random.ts';
import { createVirtualClock } from './virtualClock.ts';

export interface NoiseScore {
  readonly holes: number;
  /** Shares of holes that came back exactly. */
  readonly line: number;
  readonly block: number;
}

export interface NoiseReport {
  readonly holes: { readonly line: number; readonly block: number };
  readonly clean: NoiseScore;
  readonly byKind: Readonly<Record<string, NoiseScore>>;
  /** Means over the kinds of noise. */
  readonly line: number;
  readonly block: number;
}

export interface NoiseOptions {
  readonly files: readonly CorpusFile[];
  readonly lineHolesPerFile: number;
  readonly blockHolesPerFile: number;
  readonly onLost?: (kind: string, hole: Hole, item: CompletionItem | undefined) => void;
}

export async function measureNoise(options: NoiseOptions): Promise<NoiseReport> {
  const holes = options.files.flatMap((file) => [
    ...lineHoles(file, options.lineHolesPerFile, createRandom(seedOf(file.name))),
    ...blockHoles(file, options.blockHolesPerFile, createRandom(seedOf(file.name) + 1)),
  ]);
  const scores: Record<string, NoiseScore> = {};
  for (const [kind, noise] of Object.entries({ clean, ...noises })) scores[kind] = await score(kind, noise, holes, options);
  const { clean: cleanScore, ...byKind } = scores;
  if (cleanScore === undefined) throw new Error('No score for clean answers');
  const kinds = Object.values(byKind);
  return {
    holes: { line: holes.filter((hole) => hole.kind === 'line').length, block: holes.filter((hole) => hole.kind === 'block').length },
    clean: cleanScore,
    byKind,
    line: kinds.reduce((sum, kind) => sum + kind.line, 0) / kinds.length,
    block: kinds.reduce((sum, kind) => sum + kind.block, 0) / kinds.length,
  };
}

async function score(kind: string, noise: Noise, holes: readonly Hole[], options: NoiseOptions): Promise<NoiseScore> {
  const right = { line: 0, block: 0 };
  const random = createRandom(seedOf(kind));
  for (const hole of holes) {
    const item = await fill(hole, noise(hole), random);
    if (item !== undefined && apply(hole, item) === hole.file.text) right[hole.kind]++;
    else options.onLost?.(kind, hole, item);
  }
  const count = (wanted: Hole['kind']): number => Math.max(1, holes.filter((hole) => hole.kind === wanted).length);
  return { holes: holes.length, line: right.line / count('line'), block: right.block / count('block') };
}

async function fill(hole: Hole, answer: string, random: Random): Promise<CompletionItem | undefined> {
  const engine = createCompletionEngine({
    clock: createVirtualClock(),
    model: answering(answer, random),
    context: { snippets: () => [] },
    gate: { known: () => ({ open: true }), check: async () => ({ open: true }) },
    settings: () => ({ enabled: true, delayMs: 0, languages: { '*': true }, multiline: 'auto', maxAlternatives: 1 }),
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    findSecrets: () => [],
    displayPath: (uri) => uri,
  });
  const before = hole.before.split('\n');
  const call = {
    uri: 'file:///hole', languageId: hole.file.languageId, version: 1, lines: linesOf(hole.before + hole.after), trigger: 'automatic' as const,
    cursor: { line: before.length - 1, character: before.at(-1)?.length ?? 0 },
  };
  return (await engine.provide(call, new AbortController().signal)).items[0];
}

/** In pieces of one to nine characters: a stream may be cut anywhere. */
function answering(text: string, random: Random): CompletionModel {
  return {
    async *ask() {
      for (let at = 0; at < text.length;) {
        const length = 1 + Math.floor(random() * 9);
        yield { type: 'text', text: text.slice(at, at + length) };
        at += length;
      }
      yield { type: 'finish', reason: 'stop' };
    },
  };
}

function apply({ before, after }: Hole, { text, replaceBefore, replaceAfter }: CompletionItem): string {
  return before.slice(0, before.length - replaceBefore) + text + after.slice(replaceAfter);
}
