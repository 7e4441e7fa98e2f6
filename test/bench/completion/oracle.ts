// Plays the model: it knows the file as it will be, answers after a set time at a set rate, and is as right as it is set to be.
import { answerTag } from '../../../src/core/completion/cleaning/readAnswer.ts';
import type { CompletionModel, CursorPosition, ModelAnswerPart, ModelQuestion } from '../../../src/core/completion/completionTypes.ts';
import type { Clock } from '../../../src/core/clock.ts';
import type { Random } from './random.ts';
import { pick } from './random.ts';

/** `perfect`: always. `partial`: in each line from a random column on. `mixed`: 45 % of lines wholly, 45 % partially, 10 % never. */
export type Knowledge = 'perfect' | 'partial' | 'mixed';

export interface OracleOptions {
  readonly firstTokenMs: number;
  readonly tokensPerSecond: number;
  readonly knowledge: Knowledge;
  readonly target: string;
  readonly random: Random;
  /** Where the cursor is in the target; undefined while the text before it is not the target's. */
  readonly position: () => number | undefined;
  readonly cursor: () => CursorPosition;
  readonly clock: Clock;
}

export interface OracleCounts {
  requests: number;
  /** Asked for while the same place had been asked for before, or was being answered. */
  duplicates: number;
  concurrent: number;
  aborted: number;
  inputTokens: number;
  outputTokens: number;
}

export interface Oracle extends CompletionModel {
  readonly counts: Readonly<OracleCounts>;
}

const charactersPerToken = 3.6;
/** Lines that a chat model goes on writing past what was asked. */
const linesWritten = 6;

export function createOracle(options: OracleOptions): Oracle {
  const { target, random } = options;
  const known = knowledgeOf(options);
  const counts: OracleCounts = { requests: 0, duplicates: 0, concurrent: 0, aborted: 0, inputTokens: 0, outputTokens: 0 };
  const asked = new Set<string>();
  const running = new Set<AbortSignal>();

  const write = (position: number | undefined, maxTokens: number): { readonly text: string; readonly cut: boolean } => {
    const text = position === undefined ? wrongLine(random) : writeLines(target, position, known, random);
    const limit = Math.floor(maxTokens * charactersPerToken);
    return text.length > limit ? { text: text.slice(0, limit), cut: true } : { text, cut: false };
  };

  return {
    counts,
    async *ask(question, signal): AsyncIterable<ModelAnswerPart> {
      counts.requests++;
      counts.inputTokens += tokensOf(question);
      const place = question.turns.at(-1)?.text ?? '';
      if (asked.has(place)) counts.duplicates++;
      asked.add(place);
      running.add(signal);
      counts.concurrent = Math.max(counts.concurrent, [...running].filter((other) => !other.aborted).length);
      const { text, cut } = write(placeOf(question, options), question.maxTokens);
      try {
        yield* stream({ text, cut, signal, counts }, options);
      } finally {
        running.delete(signal);
        if (signal.aborted) counts.aborted++;
      }
    },
  };
}

/** Where in the target the question asks: at the cursor, or ahead of it where the text before says so. */
function placeOf({ origin, turns }: ModelQuestion, { position, cursor, target }: OracleOptions): number | undefined {
  const now = position();
  const here = cursor();
  if (here.line === origin.cursor.line && here.character === origin.cursor.character) return now;
  const tail = turns.at(-1)?.text.split('</after>\n').at(-1)?.slice(-200) ?? '';
  const found = target.indexOf(tail, Math.max(0, (now ?? 0) - tail.length));
  return found < 0 ? undefined : found + tail.length;
}

interface Stream {
  readonly text: string;
  /** At the limit of tokens. */
  readonly cut: boolean;
  readonly signal: AbortSignal;
  readonly counts: OracleCounts;
}

async function* stream({ text, cut, signal, counts }: Stream, { clock, firstTokenMs, tokensPerSecond }: OracleOptions): AsyncIterable<ModelAnswerPart> {
  const whole = `<${answerTag}>${text}${cut ? '' : `</${answerTag}>`}`;
  await clock.sleep(firstTokenMs, signal);
  // Tokens of a few characters; two at a time, as networks deliver them.
  const step = Math.round(charactersPerToken * 2);
  for (let index = 0; index < whole.length; index += step) {
    if (index > 0) await clock.sleep((1000 / tokensPerSecond) * 2, signal);
    counts.outputTokens += 2;
    yield { type: 'text', text: whole.slice(index, index + step) };
  }
  yield { type: 'finish', reason: cut ? 'length' : 'stop' };
}

function tokensOf(question: ModelQuestion): number {
  const characters = question.system.length + question.turns.reduce((sum, turn) => sum + turn.text.length, 0);
  return Math.round(characters / charactersPerToken);
}

/** For each line of the target, the column from which the oracle is right. */
function knowledgeOf({ target, knowledge, random }: OracleOptions): readonly number[] {
  return target.split('\n').map((line) => {
    const column = Math.floor(random() * (line.length + 1));
    const share = random();
    if (knowledge === 'perfect') return 0;
    if (knowledge === 'partial') return column;
    return share < 0.45 ? 0 : share < 0.9 ? column : Infinity;
  });
}

function writeLines(target: string, position: number, known: readonly number[], random: Random): string {
  const lineIndex = target.slice(0, position).split('\n').length - 1;
  const column = position - (target.lastIndexOf('\n', position - 1) + 1);
  const rest = target.slice(position).split('\n').slice(0, linesWritten);
  return rest.map((line, index) => {
    const at = index === 0 ? column : 0;
    const from = known[lineIndex + index] ?? 0;
    const isKnown = index === 0 ? column >= from : from <= indentLength(line);
    return isKnown ? line : diverge(line, from - at, random);
  }).join('\n');
}

/** Who is right from within the indentation on is right from the line's start on. */
function indentLength(line: string): number {
  return /^\s*/.exec(line)?.[0].length ?? 0;
}

/** Right for a while, then something else, before the column where the oracle would know better. */
function diverge(line: string, before: number, random: Random): string {
  const at = Math.floor(random() * Math.min(line.length + 1, before));
  return line.slice(0, at) + wrongLine(random);
}

const wrongWords = ['zork', 'quux', 'blip', 'frob', 'wibble', 'plugh'];

function wrongLine(random: Random): string {
  return `${pick(random, wrongWords)}(${pick(random, wrongWords)}, ${pick(random, wrongWords)});`;
}
