// Traces made to hurt: what is counted is requests, suggestions that do not belong, and the longest synchronous call.
import { answerTag } from '../../../src/core/completion/cleaning/readAnswer.ts';
import { performance } from 'node:perf_hooks';
import type { CompletionCall, CompletionItem } from '../../../src/core/completion/completionTypes.ts';
import type { CorpusFile } from './corpus.ts';
import { linesOf } from './linesOf.ts';
import { oursWithout } from './policies/ours.ts';
import type { Policy } from './policy.ts';
import { createVirtualClock, type VirtualClock } from './virtualClock.ts';

export interface TraceResult {
  readonly name: string;
  readonly requests: number;
  readonly shown: number;
  /** Suggestions that were given for a text which was no longer there. */
  readonly stale: number;
  readonly longestCallMs: number;
}

/** One document state: the text up to the cursor and behind it, and how long it stands. */
interface Step {
  readonly before: string;
  readonly after: string;
  readonly gapMs: number;
  readonly uri?: string;
  readonly reason?: 'undo' | 'redo';
}

export async function adversarialTraces(files: readonly CorpusFile[]): Promise<TraceResult[]> {
  const file = files[0];
  if (file === undefined) return [];
  const half = file.text.lastIndexOf('\n', file.text.length / 2) + 1;
  const before = file.text.slice(0, half);
  const after = file.text.slice(half);
  const line = '    const total = items.reduce((sum, item) => sum + item.price, 0);';
  const long = Array.from({ length: 10_000 }, (_, index) => file.text.split('\n')[index % 100] ?? '').join('\n');
  const typed = (text: string, head = before, gapMs = 90): Step[] => Array.from({ length: text.length }, (_, index) => ({ before: head + text.slice(0, index + 1), after, gapMs }));
  const traces: Readonly<Record<string, readonly Step[]>> = {
    'held backspace, 300 characters': Array.from({ length: 300 }, (_, index) => ({ before: before.slice(0, before.length - index), after, gapMs: 30 })),
    'paste of 200 lines': [{ before: before + `${line}\n`.repeat(200), after, gapMs: 1500 }, { before: `${before}${`${line}\n`.repeat(200)}c`, after, gapMs: 1500 }],
    'undo and redo, 40 times': Array.from({ length: 40 }, (_, index) => ({ before: before + (index % 2 === 0 ? line : ''), after, gapMs: 200, reason: index % 2 === 0 ? 'redo' as const : 'undo' as const })),
    'switching between files': Array.from({ length: 40 }, (_, index) => ({ before, after, gapMs: 120, uri: `file:///${index % 4}` })),
    'tabs': typed('\tif (ready) {\n\t\treturn value;', `${before}function f() {\n`),
    'emoji and CJK': typed('const 이름 = "안녕 👩‍👩‍👧 世界";'),
    'a 10,000-line file': typed('return this.value;', `${long}\n  `, 120),
    'a line of a megabyte': typed(';x', 'a=1;'.repeat(250_000), 200),
    'same place, 50 calls': Array.from({ length: 50 }, () => ({ before: `${before}const value = `, after, gapMs: 40 })),
  };
  const results: TraceResult[] = [];
  for (const [name, steps] of Object.entries(traces)) results.push(await runTrace(name, steps));
  return results;
}

async function runTrace(name: string, steps: readonly Step[]): Promise<TraceResult> {
  const clock = createVirtualClock();
  const counts = { requests: 0, shown: 0, stale: 0, longestCallMs: 0 };
  const policy = oursWithout()({ clock, model: createSlowModel(clock, () => counts.requests++) });
  let controller = new AbortController();
  for (const [version, step] of steps.entries()) {
    controller.abort();
    controller = new AbortController();
    const call = callOf(step, version);
    const isShorter = step.before.length < (steps[version - 1]?.before.length ?? 0);
    const startedAt = performance.now();
    policy.documentChanged({ uri: call.uri, version, from: call.cursor, removedLength: isShorter ? 1 : 0, insertedText: isShorter ? '' : 'x', ...(step.reason !== undefined && { reason: step.reason }) });
    const given = ask(policy, call, controller.signal, counts);
    counts.longestCallMs = Math.max(counts.longestCallMs, Math.round((performance.now() - startedAt) * 10) / 10);
    await clock.advanceTo(clock.now() + step.gapMs);
    void given;
  }
  await clock.advanceTo(clock.now() + 5000);
  return { name, ...counts };
}

async function ask(policy: Policy, call: CompletionCall, signal: AbortSignal, counts: { shown: number; stale: number }): Promise<CompletionItem | undefined> {
  const item = await policy.provide(call, signal);
  if (item === undefined) return undefined;
  if (signal.aborted) counts.stale++;
  else counts.shown++;
  return item;
}

function callOf({ before, after, uri }: Step, version: number): CompletionCall {
  const lines = before.split('\n');
  return {
    uri: uri ?? 'file:///trace', languageId: 'typescript', version, lines: linesOf(before + after), trigger: 'automatic',
    cursor: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
  };
}

function createSlowModel(clock: VirtualClock, onAsk: () => void) {
  return {
    async *ask(_: unknown, signal: AbortSignal) {
      onAsk();
      await clock.sleep(600, signal);
      yield { type: 'text' as const, text: `<${answerTag}>value.trim();\n    next();</${answerTag}>` };
      yield { type: 'finish' as const, reason: 'stop' as const };
    },
  };
}
