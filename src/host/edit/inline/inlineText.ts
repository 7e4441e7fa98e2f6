// The buffer of a document as one inline edit sees it: with the edit and without it, through our own writes and through what a person types.
import type * as vscode from 'vscode';
import { showProposed, startShown, type ShownEdit, type ShownStep } from '../../../core/edit/shownEdit.ts';
import { followTyping } from '../../../core/edit/typedChange.ts';
import type { LineChange } from '../../../core/edit/hunks.ts';
import { lineEndOf, linesOf, writeBuffer } from './inlineBuffer.ts';

export interface WriteStops {
  readonly before: boolean;
  readonly after: boolean;
  /** Tried until it is done, also where no editor shows the document. */
  readonly force: boolean;
}

export interface FollowedEvent {
  readonly isInside: boolean;
  readonly touched: readonly LineChange[];
}

export interface InlineText {
  readonly document: vscode.TextDocument;
  current(): ShownEdit;
  /** A state whose shown lines are the same. */
  set(state: ShownEdit): void;
  /** `stepOf` is asked anew when somebody typed in the same moment. False: it has no step, or the buffer could not be written. */
  write(stepOf: () => ShownStep | undefined, stops: WriteStops): Promise<boolean>;
  /** Undefined: the change was ours. */
  follow(event: vscode.TextDocumentChangeEvent): FollowedEvent | undefined;
  toText(lines: readonly string[]): string;
}

/** Somebody who types without a pause makes a write miss its text a few times, not more. */
const writeAttempts = 8;

export function createInlineText(document: vscode.TextDocument): InlineText {
  let current = startShown(linesOf(document));
  /** What the buffer holds once a write that is under way has come through. */
  let expected: ShownEdit | undefined;
  const toText = (lines: readonly string[]): string => lines.join(lineEndOf(document));

  /** A document that says one thing and holds another is believed in what it holds. */
  const holdsWhatIsShown = (): boolean => {
    if (document.getText() === toText(current.shown)) return true;
    current = showProposed(current, current.base, linesOf(document))?.state ?? current;
    return false;
  };

  const writeOnce = async (step: ShownStep, { before, after, force }: WriteStops): Promise<boolean> => {
    expected = step.state;
    const done = step.changes.length === 0 && !after ? true : await writeBuffer(document, { lines: current.shown, changes: step.changes, stopBefore: before, stopAfter: after, force });
    expected = undefined;
    if (done) current = step.state;
    return done;
  };

  return {
    document,
    toText,
    current: () => current,
    set: (state) => void (current = state),
    async write(stepOf, stops) {
      for (let attempt = 0; attempt < (stops.force ? writeAttempts : 1); attempt++) {
        const step = stepOf();
        if (step === undefined) return false;
        if (holdsWhatIsShown() && await writeOnce(step, stops)) return true;
      }
      return false;
    },
    follow({ contentChanges }) {
      if (expected !== undefined && document.getText() === toText(expected.shown)) {
        current = expected;
        expected = undefined;
        return undefined;
      }
      const followed = contentChanges.map(({ range: { start, end }, text }) => {
        const next = followTyping(current, { startLine: start.line, startCharacter: start.character, endLine: end.line, endCharacter: end.character, text });
        current = next.state;
        return next;
      });
      holdsWhatIsShown();
      return { isInside: followed.some(({ isInside }) => isInside), touched: followed.map(({ touched }) => touched) };
    },
  };
}
