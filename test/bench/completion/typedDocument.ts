// A document in the middle of being typed: what is before the cursor, what the editor closed by itself after it, and the rest of the file.
// It does to keys what VS Code does: auto-closed brackets, typing over them, indentation after Enter, white space trimmed on blank lines.
import { scanBrackets } from '../../../src/core/completion/bracketScan.ts';
import type { CursorPosition, DocumentChange, DocumentLines } from '../../../src/core/completion/completionTypes.ts';
import { isQuote, openQuote } from '../../../src/core/completion/insideText.ts';
import { isCommentLine, stripLineComment } from '../../../src/core/completion/lineShape.ts';
import { syntaxOf } from '../../../src/core/completion/syntax.ts';

export interface Segment {
  readonly name: string;
  readonly languageId: string;
  /** The file as it will be. */
  readonly target: string;
  /** The part that is typed. */
  readonly from: number;
  readonly to: number;
  readonly indentUnit: string;
}

/** Something after the cursor that the editor put there, and where in the target it belongs. */
interface AutoClosed {
  readonly text: string;
  /** Index in the target of its last character. */
  readonly at: number;
}

export interface TypedDocument {
  readonly uri: string;
  readonly segment: Segment;
  version(): number;
  lines(): DocumentLines;
  cursor(): CursorPosition;
  /** Text before the cursor. */
  before(): string;
  /** Text after the cursor on its line. */
  rest(): string;
  /** The lines below the cursor's. */
  below(): string;
  /** How far the target is typed; undefined while the text before the cursor is not the target's. */
  position(): number | undefined;
  isDone(): boolean;
  /** The next key towards the target. */
  pressNextKey(): KeyPress;
  typeWrongKey(character: string): DocumentChange;
  backspace(): DocumentChange;
  /** Whether putting `text` here gives the target and leaves no bracket twice. */
  isRight(text: string, replaceBefore: number, replaceAfter: number): boolean;
  accept(text: string, replaceBefore: number, replaceAfter: number): DocumentChange;
}

export interface KeyPress {
  readonly change?: DocumentChange;
  /** What the key put before the cursor; for a ghost that is typed into. */
  readonly typed: string;
  /** Put after the cursor by the editor. */
  readonly closed: string;
  /** Typed over a character that stood after the cursor. */
  readonly typedOver: boolean;
  readonly startsLine: boolean;
}

const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '"': '"', "'": "'", '`': '`' };

export function createTypedDocument(segment: Segment): TypedDocument {
  const { target, indentUnit } = segment;
  const uri = `file:///bench/${segment.name}`;
  const suffix = target.slice(segment.to);
  const syntax = syntaxOf(segment.languageId);
  const suffixLines = suffix.split('\n');
  let lines = target.slice(0, segment.from).split('\n');
  let pending: AutoClosed[] = [];
  /** Target index of what is before the cursor; white space of the current line left out while `loose`. */
  let position = segment.from;
  let loose = true;
  let wrong = '';
  let version = 1;

  const last = (): string => lines.at(-1) ?? '';
  const pendingText = (): string => pending.map((closed) => closed.text).join('');
  const cursor = (): CursorPosition => ({ line: lines.length - 1, character: last().length });
  const replaceTail = (removed: number, text: string, removedAfter = 0): DocumentChange => {
    version++;
    const current = last();
    const from = { line: lines.length - 1, character: current.length - removed };
    const added = (current.slice(0, current.length - removed) + text).split('\n');
    lines = [...lines.slice(0, -1), ...added];
    return { uri, version, from, removedLength: removed + removedAfter, insertedText: text };
  };
  const targetLine = (): string => target.slice(position, lineEnd(target, position));
  const key = (change: DocumentChange | undefined, typed: string, more: Partial<KeyPress> = {}): KeyPress => ({
    ...(change !== undefined && { change }), typed, closed: '', typedOver: false, startsLine: false, ...more,
  });

  const pressEnter = (): KeyPress => {
    const line = last();
    const isBlankLine = line.trim() === '';
    const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
    const opens = /[{([]$/.test(line.trimEnd()) || (segment.languageId === 'python' && line.trimEnd().endsWith(':'));
    const auto = isBlankLine ? indent : indent + (opens ? indentUnit : '');
    const first = pending[0];
    let closed = '';
    if (first !== undefined && first.text.length === 1 && closerOf[line.at(-1) ?? ''] === first.text) {
      const text = `\n${indent}${first.text}`;
      const isAsInTarget = target.slice(first.at + 1 - text.length, first.at + 1) === text;
      pending = isAsInTarget ? [{ text, at: first.at }, ...pending.slice(1)] : pending.slice(1);
      if (isAsInTarget) closed = `\n${indent}`;
    }
    const change = isBlankLine ? replaceTail(line.length, `\n${auto}`) : replaceTail(0, `\n${auto}`);
    position++;
    loose = true;
    return key(change, `\n${auto}`, { closed, startsLine: true });
  };

  /** The white space at the line's start is not yet the target's. */
  const pressIndentKey = (): KeyPress | undefined => {
    const line = targetLine();
    if (line.trim() === '') return line === '' || position + line.length >= segment.to ? undefined : settleIndent(line);
    const wanted = /^[ \t]*/.exec(line)?.[0] ?? '';
    const current = last();
    if (current === wanted) return settleIndent(wanted);
    if (current.startsWith(wanted)) {
      const character = line[wanted.length] ?? '';
      if (/[}\])]/.test(character) && current === wanted + indentUnit) {
        const isTypedOver = pending[0]?.text === character && pending[0].at === position + wanted.length;
        if (isTypedOver) pending = pending.slice(1);
        const change = replaceTail(current.length, wanted + character, isTypedOver ? 1 : 0);
        position += wanted.length + 1;
        loose = false;
        return key(change, '\b');
      }
      const step = current.endsWith(indentUnit) ? indentUnit.length : 1;
      return key(replaceTail(Math.min(step, current.length - wanted.length), ''), '\b');
    }
    if (wanted.startsWith(current)) {
      const step = wanted.slice(current.length, current.length + indentUnit.length);
      return key(replaceTail(0, step), step);
    }
    return key(replaceTail(current.length, wanted), '\b');
  };
  const settleIndent = (wanted: string): undefined => {
    if (last() !== wanted) replaceTail(last().length, wanted);
    position += wanted.length;
    loose = false;
  };

  /** Editors close no quote within a string or a comment. */
  const isWithinText = (): boolean => {
    const line = last();
    if (openQuote(line) !== undefined || isCommentLine(line, syntax) || stripLineComment(line, syntax) !== line) return true;
    return scanBrackets(target.slice(0, position - 1), syntax).endsInside !== undefined;
  };
  const pressCharacter = (character: string): KeyPress => {
    const first = pending[0];
    position++;
    if (first?.text === character && first.at === position - 1) {
      pending = pending.slice(1);
      return key(replaceTail(0, character, 1), character, { typedOver: true });
    }
    const closer = closerOf[character];
    const next = (pendingText() + (suffixLines[0] ?? ''))[0] ?? '';
    const at = closer === undefined || !/^[\s)\]}"'`;,]?$/.test(next) ? undefined : findCloser(target, position - 1, closer);
    if (closer === undefined || at === undefined || at >= segment.to || (isQuote(character) && (/\w$/.test(last()) || isWithinText()))) return key(replaceTail(0, character), character);
    pending = [{ text: closer, at }, ...pending];
    const change = replaceTail(0, character);
    return key({ ...change, insertedText: character + closer }, character, { closed: closer });
  };

  const dropPassed = (): void => {
    pending = pending.filter((closed) => closed.at >= position);
  };

  return {
    uri,
    segment,
    version: () => version,
    cursor,
    lines() {
      const after = pending.length === 0 ? suffixLines : (pendingText() + suffix).split('\n');
      const count = lines.length;
      const before = lines;
      return {
        lineCount: count + after.length - 1,
        lineAt: (line) => (line < count - 1 ? (before[line] ?? '') : line === count - 1 ? (before[line] ?? '') + (after[0] ?? '') : (after[line - count + 1] ?? '')),
      };
    },
    before: () => lines.join('\n'),
    rest: () => (pendingText() + suffix).split('\n', 1)[0] ?? '',
    below: () => (pendingText() + suffix).split('\n').slice(1).join('\n'),
    position() {
      if (wrong !== '') return undefined;
      if (!loose) return position;
      return target.startsWith(last(), position) ? position + last().length : undefined;
    },
    isDone: () => position >= segment.to && wrong === '',
    pressNextKey() {
      dropPassed();
      if (loose) {
        const pressed = pressIndentKey();
        if (pressed !== undefined) return pressed;
      }
      const first = pending[0];
      if (first !== undefined && first.text.length > 1 && target.startsWith(first.text, position) && position + first.text.length - 1 === first.at) {
        pending = pending.slice(1);
        if (last().trim() === '' && last() !== '') replaceTail(last().length, '');
        lines = [...lines, ...first.text.split('\n').slice(1)];
        position += first.text.length;
        loose = false;
        return key(undefined, '\b');
      }
      const character = target[position] ?? '';
      return character === '\n' ? pressEnter() : pressCharacter(character);
    },
    typeWrongKey(character) {
      wrong = character;
      return replaceTail(0, character);
    },
    backspace() {
      wrong = '';
      return replaceTail(1, '');
    },
    isRight(text, replaceBefore, replaceAfter) {
      if (wrong !== '') return false;
      const from = target.lastIndexOf('\n', loose ? position - 1 : position - 1) + 1;
      const lineStart = loose ? position : from;
      const kept = last().slice(0, last().length - replaceBefore);
      if (!target.startsWith(kept + text, lineStart)) return false;
      const reached = lineStart + kept.length + text.length;
      let eaten = replaceAfter;
      for (const closed of pending) {
        if (eaten > 0 && closed.at >= reached) return false;
        if (eaten <= 0 && closed.at < reached && anchorAgain(closed, reached, target) === undefined) return false;
        eaten -= closed.text.length;
      }
      return reached <= segment.to || target.slice(segment.to, reached).trim() === '';
    },
    accept(text, replaceBefore, replaceAfter) {
      const lineStart = loose ? position : target.lastIndexOf('\n', position - 1) + 1;
      position = lineStart + last().length - replaceBefore + text.length;
      loose = false;
      let eaten = replaceAfter;
      while (eaten > 0 && pending.length > 0) {
        eaten -= pending[0]?.text.length ?? 0;
        pending = pending.slice(1);
      }
      pending = pending.map((closed) => (closed.at >= position ? closed : (anchorAgain(closed, position, target) ?? closed)));
      return replaceTail(replaceBefore, text, replaceAfter);
    },
  };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** A closer whose own place was passed may be the one that the text needs next: "}" of "try" becomes that of "finally". */
function anchorAgain(closed: AutoClosed, from: number, target: string): AutoClosed | undefined {
  const character = closed.text.at(-1) ?? '';
  const opener = Object.keys(closerOf).find((key) => closerOf[key] === character) ?? '';
  const limit = closed.text.length === 1 ? lineEnd(target, from) : target.length;
  if (isQuote(character)) {
    const at = target.indexOf(character, from);
    return at >= 0 && at < limit ? { text: closed.text, at } : undefined;
  }
  let depth = 0;
  for (let index = from; index < limit; index++) {
    if (target[index] === opener) depth++;
    else if (target[index] === character && depth-- === 0) {
      return target.slice(index + 1 - closed.text.length, index + 1) === closed.text ? { text: closed.text, at: index } : undefined;
    }
  }
  return undefined;
}

/** Index of the closer of the opener at `from`; undefined when the editor's own would be in the way. */
function findCloser(text: string, from: number, closer: string): number | undefined {
  const opener = text[from] ?? '';
  if (isQuote(opener)) {
    const end = text.indexOf(closer, from + 1);
    return end < 0 || end > lineEnd(text, from) || text[end - 1] === '\\' ? undefined : end;
  }
  let depth = 0;
  for (let index = from; index < Math.min(text.length, from + 6000); index++) {
    if (text[index] === opener) depth++;
    if (text[index] === closer) depth--;
    if (depth === 0) return index;
  }
  return undefined;
}
