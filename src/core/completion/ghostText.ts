// What of a suggestion is still to come on the screen, and what a change of the document took of it.
import type { CompletionCall, CompletionItem, CursorPosition, DocumentChange } from './completionTypes.ts';

export interface GhostText {
  readonly item: CompletionItem;
  /** Where the cursor is while the rest of the item is shown behind it. */
  readonly at: CursorPosition;
  /** Characters of the item's text that stand before `at`. */
  readonly passed: number;
  /** The entry of the suggest list that was selected then: what it inserts may read like a word of the item. */
  readonly listed: CompletionCall['selectedSuggestion'];
}

export interface FollowedChange {
  /** Undefined: the change was something else, and nothing of the item is on the screen. */
  readonly ghost: GhostText | undefined;
  /** Characters that went in as an accepted word, line or item. */
  readonly accepted: number;
}

const gone: FollowedChange = { ghost: undefined, accepted: 0 };

/** Keys come one by one; more than one character at the cursor, just as it was shown there, was accepted. */
export function followChange(ghost: GhostText, change: DocumentChange): FollowedChange {
  if (change.reason !== undefined) return gone;
  const inserted = change.insertedText.replaceAll('\r\n', '\n');
  const from = ghost.passed - (ghost.at.character - change.from.character);
  if (change.from.line !== ghost.at.line || inserted === '' || !fits(ghost, { inserted, from, removed: change.removedLength })) return gone;
  const added = inserted.length - change.removedLength;
  const next = { ...ghost, at: endOf(change.from, inserted), passed: from + inserted.length };
  return { ghost: next, accepted: added < 2 || isOfEditor(inserted) || isListed(ghost, change) ? 0 : added };
}

interface Insertion {
  readonly inserted: string;
  /** Its place in the item's text. */
  readonly from: number;
  readonly removed: number;
}

/** The rest of the item may come with the text that it replaces; a part of it comes at the cursor. What the suggest list inserts replaces a part by a part. */
function fits({ item, passed }: GhostText, { inserted, from, removed }: Insertion): boolean {
  if (from < 0 || !item.text.startsWith(inserted, from)) return false;
  const isRest = from + inserted.length === item.text.length;
  return isRest ? from <= passed && removed <= passed - from + item.replaceAfter : from === passed && removed === 0;
}

function isListed({ listed }: GhostText, { insertedText, from }: DocumentChange): boolean {
  return listed !== undefined && listed.text === insertedText && listed.from.line === from.line && listed.from.character === from.character;
}

/** Enter sets the white space of the next line, an opening bracket or quote its partner. */
function isOfEditor(inserted: string): boolean {
  return inserted.trim() === '' || /^(?:\(\)|\[\]|\{\}|<>|(["'`])\1)$/.test(inserted);
}

function endOf(from: CursorPosition, inserted: string): CursorPosition {
  const lines = inserted.split('\n');
  const last = lines.at(-1) ?? '';
  return { line: from.line + lines.length - 1, character: (lines.length === 1 ? from.character : 0) + last.length };
}
