// `BENCH_ONLY=realEditor npm run bench -- completion [-- --oracle=partial --first-token=600 --files=FOLDER --seed=7 --no-pauses]`.
import { parseArgs } from 'node:util';
import { readFolder } from './corpus.ts';
import { measureRealEditor, type RealEditorRow } from './realEditor.ts';
import type { TargetResult } from './targets.ts';

/** Longer files are cut where a line begins at the margin. */
const longest = 2_100;

export async function runRealEditor(options: { readonly json: boolean }): Promise<void> {
  const { values } = parseArgs({
    strict: false,
    options: { files: { type: 'string' }, seed: { type: 'string' }, oracle: { type: 'string' }, 'first-token': { type: 'string' }, 'no-pauses': { type: 'boolean' } },
  });
  const file = typeof values.files === 'string' ? readFolder(values.files)[0] : undefined;
  const rows = await measureRealEditor({
    oracles: values.oracle === 'partial' || values.oracle === 'perfect' ? [values.oracle] : ['partial', 'perfect'],
    firstTokensMs: typeof values['first-token'] === 'string' ? [Number(values['first-token'])] : [600, 300],
    seed: Number(values.seed ?? 1),
    pauses: values['no-pauses'] !== true,
    ...(file !== undefined && { file: { name: file.name, text: cut(file.text) } }),
  });
  const targets = judge(rows);
  if (options.json) console.log(JSON.stringify({ bench: 'completion', targets, realEditor: rows }));
  else print(rows, targets);
}

function cut(text: string): string {
  if (text.length <= longest) return text;
  const starts = [...text.matchAll(/\n(?=[^\s)\]}])/g)].map(({ index }) => index + 1).filter((index) => index <= longest);
  return text.slice(0, starts.at(-1) ?? longest);
}

/** The scale that peers were measured on. */
function judge(rows: readonly RealEditorRow[]): Readonly<Record<string, TargetResult>> {
  const targets: Record<string, TargetResult> = {};
  const slow = rows.find(({ oracle, firstTokenMs }) => oracle === 'partial' && firstTokenMs === 600);
  const fast = rows.find(({ oracle, firstTokenMs }) => oracle === 'perfect' && firstTokenMs === 300);
  if (slow !== undefined) {
    const { requestsPer100Keys, acceptedCharacters } = slow;
    targets['partial600'] = { value: { requestsPer100Keys, acceptedCharacters }, target: '≤ 15 requests a hundred keys, ≥ 550 accepted characters', met: requestsPer100Keys <= 15 && acceptedCharacters >= 550 };
  }
  if (fast !== undefined) {
    const { acceptedPercent, requestsPer100Keys, ghostP50Ms } = fast;
    targets['perfect300'] = { value: { acceptedPercent, requestsPer100Keys, ghostP50Ms }, target: '≥ 93 % of the characters, ≤ 20 requests a hundred keys, p50 ≤ 150 ms', met: acceptedPercent >= 93 && requestsPer100Keys <= 20 && ghostP50Ms <= 150 };
  }
  const sum = (read: (row: RealEditorRow) => number): number => rows.reduce((total, row) => total + read(row), 0);
  const value = { wrongByEngine: sum((row) => row.wrongByEngine), duplicates: sum((row) => row.duplicates), flickers: sum((row) => row.flickers), stale: sum((row) => row.stale) };
  targets['faults'] = { value, target: 'none of each', met: Object.values(value).every((count) => count === 0) };
  return targets;
}

function print(rows: readonly RealEditorRow[], targets: Readonly<Record<string, TargetResult>>): void {
  console.table(Object.fromEntries(rows.map(({ oracle, firstTokenMs, file: _file, remarks: _remarks, ...figures }) => [`${oracle} ${firstTokenMs}`, figures])));
  for (const [id, { value, target, met }] of Object.entries(targets)) console.log(`${met ? 'met    ' : 'NOT MET'} ${id}: ${JSON.stringify(value)}  (${target})`);
  for (const { oracle, firstTokenMs, remarks } of rows) for (const remark of remarks) console.log(`${oracle} ${firstTokenMs}: ${remark}`);
}
