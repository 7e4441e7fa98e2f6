// Plays the model in the editor: it knows the file as it will be and answers with what comes next, as right as it is set to be.
import { createRandom, pick, seedOf, type Random } from '../../bench/completion/random.ts';
import type { Answer } from '../../gateway/answer.ts';
import { lastUserText, type ModelCall } from '../../gateway/modelCall.ts';

export interface OracleSettings {
  readonly firstTokenMs: number;
  readonly tokensPerSecond?: number;
  /** `perfect` (default): always right. `partial`: in each line only from a random column on, before that something else. */
  readonly knowledge?: 'perfect' | 'partial';
  /** Hears each answer. */
  readonly onAnswer?: (text: string) => void;
}

const linesWritten = 6;
const wrongWords = ['zork', 'quux', 'blip', 'frob', 'wibble', 'plugh'];

export function completionOracle(target: string, settings: OracleSettings): (call: ModelCall) => Answer | undefined {
  const { knowledge = 'perfect', onAnswer, ...pace } = settings;
  const random = createRandom(seedOf(target));
  const knownFrom = target.split('\n').map((line) => (knowledge === 'perfect' ? 0 : Math.floor(random() * (line.length + 1))));
  return (call) => {
    if (!call.modelId.includes('haiku')) return undefined;
    const text = continuation({ target, knownFrom, random }, beforeCursor(call));
    onAnswer?.(text);
    return { ...pace, text: `<insert>${text}</insert>` };
  };
}

interface Knowing {
  readonly target: string;
  /** For each line, the column from which on it is known. */
  readonly knownFrom: readonly number[];
  readonly random: Random;
}

/** What our prompt ends with. */
function beforeCursor(call: ModelCall): string {
  return lastUserText(call).split('</after>\n').at(-1) ?? '';
}

function continuation(knowing: Knowing, before: string): string {
  const { target } = knowing;
  for (const known of [before, before.trimEnd()]) {
    const tail = known.slice(-200);
    const at = tail === '' ? 0 : target.indexOf(tail);
    if (at < 0) continue;
    const rest = writeLines(knowing, at + tail.length);
    // The editor's own indentation is not always the file's: what is typed already is not repeated.
    return known === before ? rest : rest.replace(/^\n[ \t]*/, '');
  }
  return wrongLine(knowing.random);
}

function writeLines({ target, knownFrom, random }: Knowing, position: number): string {
  const before = target.slice(0, position).split('\n');
  const firstLine = before.length - 1;
  const firstColumn = before.at(-1)?.length ?? 0;
  return target.slice(position).split('\n').slice(0, linesWritten).map((line, index) => {
    const column = index === 0 ? firstColumn : 0;
    const from = knownFrom[firstLine + index] ?? 0;
    // Who knows it from within the indentation on knows it from the line's start on.
    const isKnown = index === 0 ? column >= from : from <= indentLength(line);
    return isKnown ? line : line.slice(0, Math.floor(random() * Math.min(line.length + 1, from - column))) + wrongLine(random);
  }).join('\n');
}

function indentLength(line: string): number {
  return /^\s*/.exec(line)?.[0].length ?? 0;
}

function wrongLine(random: Random): string {
  return `${pick(random, wrongWords)}(${pick(random, wrongWords)}, ${pick(random, wrongWords)});`;
}
