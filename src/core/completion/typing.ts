// What the user did last in each document, and how much of what was shown went into it.
import type { Clock } from '../clock.ts';
import type { Answer } from './answer.ts';
import type { CompletionCall, CompletionItem, CursorPosition, DocumentChange } from './completionTypes.ts';
import { followChange, type GhostText } from './ghostText.ts';

export type LastChange = 'typed' | 'deleted' | 'accepted' | 'undone';

export interface ShownItem {
  readonly uri: string;
  readonly answer: Answer;
  readonly item: CompletionItem;
  /** The cursor, when it was shown. */
  readonly at: CursorPosition;
  readonly listed?: CompletionCall['selectedSuggestion'];
  /** What had been typed of the answer when the item was shown. */
  readonly since: string;
}

export interface TypingTracker {
  /** Milliseconds since the last change of the document; undefined when none was seen. */
  sinceLastChangeMs(uri: string): number | undefined;
  lastChange(uri: string): LastChange | undefined;
  changed(change: DocumentChange): void;
  show(shown: ShownItem): void;
  shown(): ShownItem | undefined;
  acceptedByCommand(itemId: number): void;
  forget(uri: string): void;
}

export interface TypingDependencies {
  readonly clock: Clock;
  readonly onAccepted: (answer: Answer, characters: number) => void;
}

export function createTypingTracker({ clock, onAccepted }: TypingDependencies): TypingTracker {
  const last = new Map<string, { readonly atMs: number; readonly kind: LastChange }>();
  let shown: ShownItem | undefined;
  let ghost: GhostText | undefined;
  /** Of the shown item, by document changes: accepted, or typed as it was shown. */
  let passed = 0;
  const accept = (item: ShownItem, characters: number): void => {
    if (characters > 0) onAccepted(item.answer, characters);
  };
  return {
    sinceLastChangeMs(uri) {
      const at = last.get(uri)?.atMs;
      return at === undefined ? undefined : clock.now() - at;
    },
    lastChange: (uri) => last.get(uri)?.kind,
    changed(change) {
      const followed = ghost === undefined || shown?.uri !== change.uri ? undefined : followChange(ghost, change);
      if (followed?.ghost !== undefined) passed += change.insertedText.replaceAll('\r\n', '\n').length - change.removedLength;
      if (followed !== undefined) ghost = followed.ghost;
      const characters = followed?.accepted ?? 0;
      if (shown !== undefined) accept(shown, characters);
      last.set(change.uri, { atMs: clock.now(), kind: characters > 0 ? 'accepted' : kindOf(change) });
    },
    show(item) {
      shown = item;
      ghost = { item: item.item, at: item.at, passed: item.item.replaceBefore, listed: item.listed };
      passed = 0;
    },
    shown: () => shown,
    acceptedByCommand(itemId) {
      if (shown?.item.id !== itemId) return;
      accept(shown, Math.max(0, insertedLength(shown.item) - passed));
      last.set(shown.uri, { atMs: last.get(shown.uri)?.atMs ?? clock.now(), kind: 'accepted' });
    },
    forget(uri) {
      last.delete(uri);
      if (shown?.uri !== uri) return;
      shown = undefined;
      ghost = undefined;
    },
  };
}

function insertedLength({ text, replaceBefore, replaceAfter }: CompletionItem): number {
  return text.length - replaceBefore - replaceAfter;
}

function kindOf(change: DocumentChange): LastChange {
  if (change.reason !== undefined) return 'undone';
  return change.insertedText === '' && change.removedLength > 0 ? 'deleted' : 'typed';
}
