// Before asking: a line or a block, and how long to wait.
import type { CompletionSettings } from '../settings.ts';
import type { CompletionMode } from './completionTypes.ts';
import { indentColumns, isBlank, isCommentLine, opensBlock, startsWithCloser } from './lineShape.ts';
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

/** Nothing stands in the block yet: the next line is not as deep as its body is or would be. */
function isEmptyBlock(opener: string, place: Place): boolean {
  const next = place.after.find((line) => !isBlank(line));
  if (next === undefined || startsWithCloser(next)) return true;
  const columns = indentColumns(next, place.tabSize);
  return isBlank(place.linePrefix) ? columns < indentColumns(place.linePrefix, place.tabSize) : columns <= indentColumns(opener, place.tabSize);
}

export interface DelayInput {
  readonly place: Place;
  readonly trigger: 'automatic' | 'explicit';
  /** The last change took text away. */
  readonly afterDeletion: boolean;
  readonly afterAccept: boolean;
  /** The last key left a suggestion or an answer on its way: a slip of the finger is taken back within a moment. */
  readonly hasJustDiverged: boolean;
  readonly setting: number;
}

/** Longer than it takes to notice a slip and press Backspace, as often as not; costs one or two keys where the answer was wrong. */
const divergedDelayMs = 200;

/** Milliseconds after the last key. A line's start cannot be waited out by typing on: it is asked about at once. */
export function delayOf({ place, trigger, afterDeletion, afterAccept, hasJustDiverged, setting }: DelayInput): number {
  if (trigger === 'explicit' || afterAccept) return 0;
  if (isBlank(place.linePrefix) && !afterDeletion) return 0;
  return hasJustDiverged ? setting + divergedDelayMs : setting;
}
