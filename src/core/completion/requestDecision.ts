// Before asking: a line or a block, and how long to wait.
import type { CompletionSettings } from '../settings.ts';
import type { CompletionMode } from './completionTypes.ts';
import { indentColumns, isBlank, isCommentLine, opensBlock } from './lineShape.ts';
import type { Place } from './place.ts';
import { syntaxOf } from './syntax.ts';

/** A few lines are read past the one that is shown; a block is longer. */
export const maxTokensOf: Readonly<Record<CompletionMode, number>> = { line: 64, block: 160 };

/** Where code of several lines is expected: an empty block, below a comment, or because the user asked for it. */
export function chooseMode(place: Place, trigger: 'automatic' | 'explicit', setting: CompletionSettings['multiline']): CompletionMode {
  if (setting === 'never') return 'line';
  const atLineStart = isBlank(place.linePrefix);
  const restIsClosers = /^[\s)\]}"'`;,]*$/.test(place.lineRest);
  if (!restIsClosers) return 'line';
  if (trigger === 'explicit') return 'block';
  if (setting === 'always' && atLineStart) return 'block';
  return isBlockStart(place, atLineStart) ? 'block' : 'line';
}

function isBlockStart(place: Place, atLineStart: boolean): boolean {
  const syntax = syntaxOf(place.languageId);
  if (syntax.prose) return false;
  const opener = atLineStart ? (place.before.findLast((line) => !isBlank(line)) ?? '') : place.linePrefix;
  if (atLineStart && isCommentLine(opener, syntax)) return isBlank(place.lineRest);
  return opensBlock(opener, syntax) && isEmptyBlock(opener, place);
}

/** Nothing stands in the block yet: the next line is not deeper than the line that opens it. */
function isEmptyBlock(opener: string, place: Place): boolean {
  const next = place.after.find((line) => !isBlank(line));
  return next === undefined || indentColumns(next, place.tabSize) <= indentColumns(opener, place.tabSize);
}

export interface DelayInput {
  readonly place: Place;
  readonly trigger: 'automatic' | 'explicit';
  /** The last change took text away. */
  readonly afterDeletion: boolean;
  readonly afterAccept: boolean;
  readonly setting: number;
}

/** Milliseconds after the last key. A line's start cannot be waited out by typing on: it is asked about at once. */
export function delayOf({ place, trigger, afterDeletion, afterAccept, setting }: DelayInput): number {
  if (trigger === 'explicit' || afterAccept) return 0;
  return isBlank(place.linePrefix) && !afterDeletion ? 0 : setting;
}
