// Answers completions from the finished files: for tests and benches that know how the typing ends.
import type { Answer } from '../answer.ts';
import { lastUserText, type ModelCall } from '../modelCall.ts';
import { readCompletionQuestion } from './completion.ts';

export interface OracleFile {
  readonly path: string;
  readonly text: string;
}

export interface OracleOptions {
  /** Lines beyond the first that a block gets. Default 6. */
  readonly blockLines?: number;
  /** Spoils the true continuation: for noise and half-right models. */
  readonly change?: (continuation: string) => string;
}

/** For `gateway.script`: passes on whatever is no completion of these files. */
export function createOracle(files: readonly OracleFile[], { blockLines = 6, change = (text) => text }: OracleOptions = {}): (call: ModelCall) => Answer | undefined {
  return (call) => {
    const question = readCompletionQuestion(lastUserText(call));
    if (question === undefined) return undefined;
    const rest = files.map((file) => restAfter(file.text.replaceAll('\r\n', '\n'), question.before)).find((text) => text !== undefined);
    if (rest === undefined) return { text: '<insert></insert>' };
    const lines = rest.split('\n');
    const wanted = question.mode === 'block' ? lines.slice(0, 1 + blockLines) : lines.slice(0, 1);
    return { text: `<insert>${change(wanted.join('\n'))}</insert>` };
  };
}

/** What follows the longest end of the text before that stands in the file. */
function restAfter(text: string, before: string): string | undefined {
  for (let length = Math.min(before.length, 400); length >= 8; length = Math.floor(length * 0.7)) {
    const end = before.slice(-length);
    const at = text.indexOf(end);
    if (at >= 0 && text.indexOf(end, at + 1) < 0) return text.slice(at + length);
  }
  return text.startsWith(before) ? text.slice(before.length) : undefined;
}
