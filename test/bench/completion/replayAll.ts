// Adds up replays of many files by one policy.
import type { CorpusFile } from './corpus.ts';
import type { Knowledge } from './oracle.ts';
import { percentiles } from './percentiles.ts';
import type { PolicyFactory } from './policy.ts';
import { replay, type ReplayCounts } from './replay.ts';
import { segmentOf } from './segments.ts';

export interface ReplayRow {
  readonly policy: string;
  readonly firstTokenMs: number;
  readonly knowledge: Knowledge;
  /** Characters of the typed pieces. */
  readonly keys: number;
  /** Keys that were really pressed: the rest was accepted, or indented and closed by the editor. */
  readonly pressed: number;
  readonly requests: number;
  readonly requestsPer100Keys: number;
  readonly requestsPer100Pressed: number;
  readonly usedPercent: number;
  readonly acceptedCharacters: number;
  readonly acceptedPercent: number;
  readonly inputTokensPerCharacter: number;
  readonly outputTokensPerCharacter: number;
  readonly shown: number;
  readonly ghostP50Ms: number;
  readonly ghostP95Ms: number;
  readonly flickers: number;
  readonly wrongRange: number;
  readonly wrongByEngine: number;
  readonly duplicates: number;
  readonly mostAtOnce: number;
  readonly aborted: number;
}

export interface ReplayAllOptions {
  readonly name: string;
  readonly policy: PolicyFactory;
  readonly files: readonly CorpusFile[];
  readonly firstTokenMs: number;
  readonly knowledge: Knowledge;
  readonly charactersPerFile: number;
  readonly seed: number;
}

export async function replayAll(options: ReplayAllOptions): Promise<ReplayRow> {
  const all: ReplayCounts[] = [];
  for (const file of options.files) all.push(await replay({ ...options, segment: segmentOf(file, options.charactersPerFile), tokensPerSecond: 80 }));
  const sum = (read: (counts: ReplayCounts) => number): number => all.reduce((total, counts) => total + read(counts), 0);
  const keys = sum((counts) => counts.keys);
  const pressed = sum((counts) => counts.pressed);
  const requests = sum((counts) => counts.requests);
  const accepted = sum((counts) => counts.acceptedCharacters);
  const waits = percentiles(all.flatMap((counts) => counts.waitsMs));
  return {
    policy: options.name, firstTokenMs: options.firstTokenMs, knowledge: options.knowledge, keys, pressed, requests,
    requestsPer100Keys: round((100 * requests) / keys), requestsPer100Pressed: round((100 * requests) / pressed),
    usedPercent: round((100 * sum((counts) => counts.used)) / Math.max(1, requests)), acceptedCharacters: accepted, acceptedPercent: round((100 * accepted) / keys),
    inputTokensPerCharacter: round(sum((counts) => counts.inputTokens) / Math.max(1, accepted)), outputTokensPerCharacter: round(sum((counts) => counts.outputTokens) / Math.max(1, accepted)),
    shown: sum((counts) => counts.shown), ghostP50Ms: waits.p50, ghostP95Ms: waits.p95, flickers: sum((counts) => counts.flickers), wrongRange: sum((counts) => counts.wrongRange),
    wrongByEngine: sum((counts) => counts.wrongByEngine), duplicates: sum((counts) => counts.duplicates), mostAtOnce: Math.max(...all.map((counts) => counts.concurrent)), aborted: sum((counts) => counts.aborted),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
