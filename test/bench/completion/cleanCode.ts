// Clean code with nothing below it: an answer of six lines that is right already has to come through as it is. The files of the corpus
// end their blocks after the cursor in all ways there are; nothing of that may be moved, cut or dropped.
import { createAnswer } from '../../../src/core/completion/answer.ts';
import { answerTag } from '../../../src/core/completion/cleaning/readAnswer.ts';
import type { CompletionMode } from '../../../src/core/completion/completionTypes.ts';
import { readPlace } from '../../../src/core/completion/place.ts';
import type { CorpusFile } from './corpus.ts';
import { linesOf } from './linesOf.ts';
import { createRandom, seedOf } from './random.ts';

export interface CleanCodeScore {
  readonly languageId: string;
  readonly answers: number;
  /** Answers of which something came out otherwise than it went in. An end that is cut off is none. */
  readonly damaged: number;
}

export interface CleanCodeOptions {
  readonly files: readonly CorpusFile[];
  readonly placesPerFile: number;
  readonly onDamage?: (languageId: string, wanted: string, got: string) => void;
}

const linesOfAnswer = 6;

export function measureCleanCode({ files, placesPerFile, onDamage }: CleanCodeOptions): CleanCodeScore[] {
  const scores = new Map<string, { answers: number; damaged: number }>();
  for (const file of files) {
    const score = scores.get(file.languageId) ?? { answers: 0, damaged: 0 };
    scores.set(file.languageId, score);
    for (const { before, wanted } of continuations(file, placesPerFile)) {
      for (const mode of ['line', 'block'] as const) {
        const got = receive(file, before, { answer: wanted, mode });
        score.answers++;
        if (isUndamaged(got, wanted)) continue;
        score.damaged++;
        onDamage?.(file.languageId, wanted, got);
      }
    }
  }
  return [...scores].map(([languageId, score]) => ({ languageId, ...score })).sort((a, b) => a.languageId.localeCompare(b.languageId));
}

interface Continuation {
  readonly before: string;
  readonly wanted: string;
}

/** Three in five at a line's first character, the others within a line. */
function continuations(file: CorpusFile, count: number): Continuation[] {
  const lines = file.text.split('\n');
  const random = createRandom(seedOf(file.name) + 2);
  const found: Continuation[] = [];
  for (let tries = 0; lines.length > linesOfAnswer + 6 && tries < count; tries++) {
    const index = 3 + Math.floor(random() * (lines.length - linesOfAnswer - 4));
    const line = lines[index] ?? '';
    const indent = line.length - line.trimStart().length;
    const column = random() < 0.6 ? indent : indent + Math.floor(random() * (line.length - indent));
    if (line.trim() === '' || line.length > 400) continue;
    found.push({ before: [...lines.slice(0, index), line.slice(0, column)].join('\n'), wanted: [line.slice(column), ...lines.slice(index + 1, index + linesOfAnswer)].join('\n') });
  }
  return found;
}

function receive(file: CorpusFile, before: string, { answer, mode }: { readonly answer: string; readonly mode: CompletionMode }): string {
  const lines = before.split('\n');
  const usesTabs = /^\t/m.test(file.text) && !/^ {2}/m.test(file.text);
  const place = readPlace({
    uri: 'file:///clean', languageId: file.languageId, version: 1, lines: linesOf(before), trigger: 'automatic', tabSize: 4, insertSpaces: !usesTabs,
    cursor: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
  });
  const received = createAnswer({ id: 1, place, mode });
  const raw = `<${answerTag}>${answer}</${answerTag}>`;
  for (let at = 0; at < raw.length; at += 7) received.add({ type: 'text', text: raw.slice(at, at + 7) }, 0);
  received.add({ type: 'finish', reason: 'stop' }, 0);
  received.end();
  return received.text;
}

function isUndamaged(got: string, wanted: string): boolean {
  const plain = (text: string): string => text.replaceAll(/[ \t]+$/gm, '');
  return plain(wanted).startsWith(plain(got).trimEnd()) && (got.trim() !== '' || wanted.trim() === '');
}
