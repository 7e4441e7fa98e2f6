// `npm run bench -- completion`: the replay beside other policies, what each mechanism is worth, hard traces, noise, and latencies.
import { parseArgs } from 'node:util';
import type { Mechanisms } from '../../../src/core/completion/mechanisms.ts';
import { adversarialTraces, type TraceResult } from './adversarial.ts';
import { measureCleanCode, type CleanCodeScore } from './cleanCode.ts';
import { readCorpus, readEachLanguage, readFolder, type CorpusFile } from './corpus.ts';
import { measureLatency, type LatencyReport } from './latency.ts';
import { measureNoise, type NoiseReport } from './noiseRecovery.ts';
import type { Knowledge } from './oracle.ts';
import { otherPolicies } from './policies/others.ts';
import { oursWithout } from './policies/ours.ts';
import { replayAll, type ReplayRow } from './replayAll.ts';
import { runRealEditor } from './realEditorReport.ts';
import { printReport } from './report.ts';
import { judgeTargets, type TargetResult } from './targets.ts';

export interface CompletionBenchReport {
  readonly files: readonly string[];
  readonly seed: number;
  readonly targets: Readonly<Record<string, TargetResult>>;
  readonly replay: readonly ReplayRow[];
  /** Files that were not looked at while the engine was made. */
  readonly holdOut: readonly ReplayRow[];
  /** Ours without one mechanism each. */
  readonly ablations: readonly ReplayRow[];
  readonly traces: readonly TraceResult[];
  readonly noise: NoiseReport;
  readonly noiseHoldOut: NoiseReport;
  /** Right answers with nothing below them, by language. */
  readonly cleanCode: readonly CleanCodeScore[];
  readonly latency: LatencyReport;
}

const firstTokensMs = [600, 300] as const;
const knowledges: readonly Knowledge[] = ['perfect', 'mixed', 'partial'];

/** BENCH_ONLY=realEditor measures in VS Code instead. Options: --files FOLDER types those files instead of the built-in ones; --seed N; --characters N for each file. */
export async function runBench(options: { readonly json: boolean }): Promise<void> {
  if (process.env['BENCH_ONLY'] === 'realEditor') return runRealEditor(options);
  const { values } = parseArgs({ strict: false, options: { files: { type: 'string' }, seed: { type: 'string' }, characters: { type: 'string' } } });
  const files = typeof values['files'] === 'string' ? readFolder(values['files']) : readCorpus('main');
  const report = await measure(files, Number(values['seed'] ?? 1), Number(values['characters'] ?? 1700));
  if (options.json) console.log(JSON.stringify({ ...flatTargets(report), ...report }));
  else printReport(report);
}

/** The metric ids at the top of the object. */
function flatTargets(report: CompletionBenchReport): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(report.targets).map(([id, result]) => [id, result.value]));
}

async function measure(files: readonly CorpusFile[], seed: number, charactersPerFile: number): Promise<CompletionBenchReport> {
  const holdOutFiles = readCorpus('holdOut');
  const shared = { charactersPerFile, seed };
  const replays: ReplayRow[] = [];
  const holdOut: ReplayRow[] = [];
  for (const knowledge of knowledges) {
    for (const firstTokenMs of firstTokensMs) {
      for (const [name, policy] of Object.entries({ ours: oursWithout(), ...otherPolicies })) replays.push(await replayAll({ ...shared, name, policy, files, firstTokenMs, knowledge }));
      for (const [name, policy] of Object.entries({ ours: oursWithout(), 'Cody-like': otherPolicies['Cody-like'] ?? oursWithout() })) {
        holdOut.push(await replayAll({ ...shared, name, policy, files: holdOutFiles, firstTokenMs, knowledge }));
      }
    }
  }
  const ablations = await ablate(files, shared);
  const noise = await measureNoise({ files, lineHolesPerFile: 55, blockHolesPerFile: 25 });
  const noiseHoldOut = await measureNoise({ files: holdOutFiles, lineHolesPerFile: 55, blockHolesPerFile: 25 });
  const cleanCode = measureCleanCode({ files: readEachLanguage(20), placesPerFile: 20 });
  const latency = await measureLatency(files);
  const traces = await adversarialTraces(files);
  return { files: files.map((file) => file.name), seed, targets: judgeTargets({ replays, noise, cleanCode, latency, traces }), replay: replays, holdOut, ablations, traces, noise, noiseHoldOut, cleanCode, latency };
}

const switches: readonly (keyof Mechanisms)[] = ['handOver', 'store', 'readAhead', 'earlyStart', 'blocks', 'patience', 'askAhead'];

async function ablate(files: readonly CorpusFile[], shared: { readonly charactersPerFile: number; readonly seed: number }): Promise<ReplayRow[]> {
  const rows: ReplayRow[] = [];
  for (const knowledge of ['perfect', 'mixed'] as const) {
    for (const mechanism of switches) {
      rows.push(await replayAll({ ...shared, name: `without ${mechanism}`, policy: oursWithout({ [mechanism]: false }), files, firstTokenMs: 600, knowledge }));
    }
  }
  return rows;
}
