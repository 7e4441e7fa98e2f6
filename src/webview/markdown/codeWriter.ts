// Writes what streams into a code card: plain lines, or the diff of an edit. Which of both shows in the first line.
import { appendCodeText } from './codeText.ts';
import { createEditWriter, type EditWriter } from './editText.ts';
import { mayStartEdit, readEditStart } from './editLines.ts';
import type { Words } from '../words.ts';

export interface CodeWriter {
  append(text: string): void;
  /** No more text comes. */
  end(): void;
}

export function createCodeWriter(card: HTMLElement, code: HTMLElement, words: Words): CodeWriter {
  let edit: EditWriter | undefined;
  /** The first line, until it tells what the code is. */
  let beginning: string | undefined = '';

  return {
    append: (text) => {
      if (beginning === undefined) write(text);
      else decide(beginning + text, false);
    },
    end: () => {
      if (beginning !== undefined) decide(beginning, true);
      edit?.end();
    },
  };

  function decide(text: string, isWhole: boolean): void {
    const newline = text.indexOf('\n');
    const line = newline < 0 ? text : text.slice(0, newline);
    beginning = text;
    if (!isWhole && newline < 0 && mayStartEdit(line)) return;
    beginning = undefined;
    if (readEditStart(line) !== undefined) edit = createEditWriter(card, code, words);
    write(text);
  }

  function write(text: string): void {
    if (edit !== undefined) edit.append(text);
    else if (text !== '') appendCodeText(code, text);
  }
}
