// The report for people.
import type { CompletionBenchReport } from './main.ts';
import type { ReplayRow } from './replayAll.ts';

export function printReport(report: CompletionBenchReport): void {
  console.log(`${report.files.length} files, seed ${report.seed}\n`);
  for (const [id, { value, target, met }] of Object.entries(report.targets)) {
    console.log(`${id} ${met ? 'met     ' : 'NOT MET '} ${Object.entries(value).map(([name, number]) => `${name} ${number}`).join(', ')}   (${target})`);
  }
  printRows('Replay', report.replay);
  printRows('Hold-out files', report.holdOut);
  printRows('Without one mechanism, 600 ms', report.ablations);
  console.log('\nHard traces');
  for (const trace of report.traces) console.log(`${trace.name.padEnd(34)} requests ${trace.requests}, shown ${trace.shown}, stale ${trace.stale}, longest call ${trace.longestCallMs} ms`);
  for (const [title, noise] of [['Noise', report.noise], ['Noise, hold-out files', report.noiseHoldOut]] as const) {
    console.log(`\n${title}: ${noise.holes.line} lines, ${noise.holes.block} blocks; lines ${share(noise.line)}, blocks ${share(noise.block)}`);
    for (const [kind, score] of Object.entries({ clean: noise.clean, ...noise.byKind })) console.log(`${kind.padEnd(34)} ${share(score.line)} ${share(score.block)}`);
  }
  console.log('\nRight answers of six lines with nothing below, damaged');
  for (const { languageId, answers, damaged } of report.cleanCode) console.log(`${languageId.padEnd(34)} ${damaged} of ${answers}`);
  console.log('\nWall clock, ms: p50 / p95 / p99');
  for (const [id, { count, p50, p95, p99 }] of Object.entries(report.latency)) console.log(`${id} ${p50} / ${p95} / ${p99} (${count})`);
}

function printRows(title: string, rows: readonly ReplayRow[]): void {
  console.log(`\n${title}\n${'policy'.padEnd(20)} oracle   ttft  req/100 chars  /100 keys  used %  accepted %  in tok/char  ghost p50/p95  flicker  wrong  dup  at once`);
  for (const row of rows) {
    const cells = [
      row.policy.padEnd(20), row.knowledge.padEnd(8), String(row.firstTokenMs).padEnd(5), cell(row.requestsPer100Keys, 13), cell(row.requestsPer100Pressed, 10), cell(row.usedPercent, 7),
      cell(row.acceptedPercent, 11), cell(row.inputTokensPerCharacter, 12), `${Math.round(row.ghostP50Ms)}/${Math.round(row.ghostP95Ms)}`.padStart(14), cell(row.flickers, 8),
      cell(row.wrongByEngine + row.wrongRange, 6), cell(row.duplicates, 4), cell(row.mostAtOnce, 8),
    ];
    console.log(cells.join(' '));
  }
}

function cell(value: number, width: number): string {
  return String(value).padStart(width);
}

function share(value: number): string {
  return `${(value * 100).toFixed(1)} %`.padStart(8);
}
