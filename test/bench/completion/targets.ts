// The targets the engine is held to, and whether this run meets them.
import type { TraceResult } from './adversarial.ts';
import type { CleanCodeScore } from './cleanCode.ts';
import type { LatencyReport } from './latency.ts';
import type { NoiseReport } from './noiseRecovery.ts';
import type { ReplayRow } from './replayAll.ts';

export interface TargetResult {
  readonly value: Readonly<Record<string, number>>;
  readonly target: string;
  readonly met: boolean;
}

export interface Measured {
  readonly replays: readonly ReplayRow[];
  readonly noise: NoiseReport;
  readonly cleanCode: readonly CleanCodeScore[];
  readonly latency: LatencyReport;
  readonly traces: readonly TraceResult[];
}

export function judgeTargets({ replays, noise, cleanCode, latency, traces }: Measured): Readonly<Record<string, TargetResult>> {
  const row = (policy: string, firstTokenMs: number): ReplayRow => {
    // The oracle that gives the true continuation is the trace of the targets; the others stand in the report.
    const found = replays.find((candidate) => candidate.policy === policy && candidate.firstTokenMs === firstTokenMs && candidate.knowledge === 'perfect');
    if (found === undefined) throw new Error(`No replay of ${policy} at ${firstTokenMs} ms`);
    return found;
  };
  const slow = row('ours', 600);
  const fast = row('ours', 300);
  const gain = (ms: number): number => Math.round((row('ours', ms).acceptedCharacters / row('Cody-like', ms).acceptedCharacters - 1) * 1000) / 10;
  const flickers = replays.filter((candidate) => candidate.policy === 'ours').reduce((sum, candidate) => sum + candidate.flickers, 0);
  const wrongRange = replays.filter((candidate) => candidate.policy === 'ours').reduce((sum, candidate) => sum + candidate.wrongRange, 0);
  const stale = traces.reduce((sum, trace) => sum + trace.stale, 0);
  const damaged = sum(cleanCode.map((score) => score.damaged)) / Math.max(1, sum(cleanCode.map((score) => score.answers)));
  return {
    L1: judge({ p95: latency.L1.p95, p99: latency.L1.p99 }, 'p95 ≤ 2 ms, p99 ≤ 8 ms', latency.L1.p95 <= 2 && latency.L1.p99 <= 8),
    L2: judge({ p95: latency.L2.p95 }, 'p95 ≤ 6 ms', latency.L2.p95 <= 6),
    L3: judge({ p95: latency.L3.p95 }, 'p95 ≤ 3 ms', latency.L3.p95 <= 3),
    L4: judge({ p99: latency.L4.p99 }, 'p99 ≤ 4 ms', latency.L4.p99 <= 4),
    R1: judge(
      { at600: slow.requestsPer100Pressed, at300: fast.requestsPer100Pressed, gainOverCody600Percent: gain(600), gainOverCody300Percent: gain(300) },
      '≤ 15 a hundred keys at 600 ms, ≤ 19 at 300 ms, ≥ 5 % more accepted characters than Cody-like',
      slow.requestsPer100Pressed <= 15 && fast.requestsPer100Pressed <= 19 && gain(600) >= 5 && gain(300) >= 5,
    ),
    R2: judge({ at600: slow.usedPercent, at300: fast.usedPercent }, '≥ 35 % at 600 ms, ≥ 55 % at 300 ms', slow.usedPercent >= 35 && fast.usedPercent >= 55),
    R3: judge({ at600: slow.inputTokensPerCharacter }, '≤ 700 at 600 ms', slow.inputTokensPerCharacter <= 700),
    U1: judge(
      { p50At600: slow.ghostP50Ms, p95At600: slow.ghostP95Ms, p95At300: fast.ghostP95Ms, flickers, stale, wrongRange },
      'p50 ≤ 250 ms, p95 ≤ first token + 250 ms; no flicker, nothing stale, no wrong range',
      slow.ghostP50Ms <= 250 && slow.ghostP95Ms <= 850 && fast.ghostP95Ms <= 550 && flickers + stale + wrongRange === 0,
    ),
    Q1: judge(
      { linePercent: percent(noise.line), blockPercent: percent(noise.block), cleanLinePercent: percent(noise.clean.line), cleanBlockPercent: percent(noise.clean.block) },
      'lines ≥ 98 %, blocks ≥ 95 %, clean ≥ 99.5 %',
      noise.line >= 0.98 && noise.block >= 0.95 && noise.clean.line >= 0.995 && noise.clean.block >= 0.995,
    ),
    Q2: judge({ damagedPercent: percent(damaged), languages: cleanCode.length }, 'right answers with nothing below, damaged ≤ 0.3 %', damaged <= 0.003),
  };
}

function judge(value: TargetResult['value'], target: string, met: boolean): TargetResult {
  return { value, target, met };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function percent(share: number): number {
  return Math.round(share * 10_000) / 100;
}
