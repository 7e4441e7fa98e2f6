// The chat from end to end: the local RunAPI, the extension host and the view in the real VS Code. Peers were measured so too.
import { readActivationMs } from '../../editor/activationTime.ts';
import { createEditorHouse, type Editor } from '../../editor/editor.ts';
import { syntheticText } from '../../helpers/viewHarness/syntheticMessage.ts';
import { measureIdleEditor, streamInEditor, type EditorStream } from './editorStream.ts';
import type { Figure } from './figures.ts';
import { median } from './median.ts';

const runs = 3;
const fastDelta = 20;
/** About a token. */
const pacedDelta = 4;
/** 200 tokens a second of about 3.9 characters. */
const pacedMs = 77_000;
const idleMs = 20_000;
/** The editor's model writes at most 64,000 tokens, which the gateway counts: code and tables would end before 200 kB. */
const richCharacters = 150_000;
const prose = 'Paragraphs of plain prose make up most of the answer, because considerable explanations usually accompany implementation details.\n\n';

export async function measureRealEditor(): Promise<readonly Figure[]> {
  const house = await createEditorHouse({ report: (line) => console.error(line) });
  try {
    const editor = await house.open({ settings: { 'runapi.routes': { chat: { maxTokens: 64_000 } } } });
    const activation: Figure = { name: 'real editor: activation of the extension, as VS Code counts it', value: await readActivationMs(editor.page, editor.driver), unit: 'ms', goal: 50 };
    await streamInEditor(editor, { text: syntheticText(20_000), chunking: fastDelta });
    const large = await streamOften(editor, largeText(200_000));
    const small = await streamOften(editor, syntheticText(60_000));
    return [activation, ...fastFigures('200 kB', large, 1_000), ...fastFigures('60 kB', small), ...(await measurePaced(editor))];
  } finally {
    await house.close();
  }
}

async function streamOften(editor: Editor, text: string): Promise<readonly EditorStream[]> {
  const streams: EditorStream[] = [];
  for (let run = 0; run < runs; run += 1) streams.push(await streamInEditor(editor, { text, chunking: fastDelta }));
  return streams;
}

function fastFigures(size: string, streams: readonly EditorStream[], lateGoal?: number): readonly Figure[] {
  const name = `real editor, ${size} as fast as the socket takes it:`;
  const middle = (key: keyof EditorStream): number => median(streams.map((stream) => stream[key]));
  return [
    { name: `${name} last delta to last paint`, value: middle('lateMs'), unit: 'ms', ...(lateGoal === undefined ? {} : { goal: lateGoal }) },
    { name: `${name} first to last`, value: middle('durationMs'), unit: 'ms' },
    { name: `${name} main thread in all`, value: middle('totalMs'), unit: 'ms' },
    { name: `${name} longest task`, value: middle('worstTaskMs'), unit: 'ms', goal: 50 },
    // A heap that has grown for one answer holds the next: the first run counts.
    { name: `${name} memory of the host`, value: Math.max(...streams.map(({ hostGrowthMb }) => hostGrowthMb)), unit: 'MB', goal: 30 },
    { name: `${name} deltas to the view`, value: middle('viewDeltas'), unit: 'times' },
    { name: `${name} the gateway's socket was full`, value: middle('drainWaits'), unit: 'times' },
  ];
}

async function measurePaced(editor: Editor): Promise<readonly Figure[]> {
  const idle = await measureIdleEditor(editor, idleMs);
  const paced = await streamInEditor(editor, { text: syntheticText(60_000), chunking: pacedDelta, takesMs: pacedMs });
  const name = 'real editor, 60 kB at 200 tokens/s:';
  return [
    { name: `${name} main thread above the idle page`, value: paced.totalMs - idle.totalMs * (paced.durationMs / idleMs), unit: 'ms', goal: 4_000 },
    { name: `${name} end of stream to last paint`, value: paced.lateMs, unit: 'ms', goal: 100 },
    { name: `${name} of it, the gateway's own lateness`, value: paced.gatewayLateMs, unit: 'ms' },
    { name: `${name} longest task`, value: paced.worstTaskMs, unit: 'ms', goal: 50 },
    { name: `${name} memory of the host`, value: paced.hostGrowthMb, unit: 'MB' },
    { name: `${name} deltas to the view`, value: paced.viewDeltas, unit: 'times' },
    { name: `${name} the gateway's socket was full`, value: paced.drainWaits, unit: 'times' },
  ];
}

function largeText(characters: number): string {
  return `${syntheticText(richCharacters)}\n\n${prose.repeat(Math.ceil((characters - richCharacters) / prose.length))}`.slice(0, characters);
}
