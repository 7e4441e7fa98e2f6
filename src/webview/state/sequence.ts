// Decides for each numbered message and each delta whether it is next, was seen before, or shows that something was missed.

export type Verdict = 'next' | 'seen' | 'gap';

export interface SequenceCheck {
  /** Number of the last message that was taken. */
  readonly last: number;
  reset(sequence: number): void;
  /** Takes the number when it is the next one. */
  check(sequence: number): Verdict;
}

export function createSequenceCheck(): SequenceCheck {
  // Before the first snapshot everything is a gap: the view cannot know what it lacks.
  let last = -1;
  return {
    get last() {
      return last;
    },
    reset: (sequence) => {
      last = sequence;
    },
    check: (sequence) => {
      if (last < 0 || sequence > last + 1) return 'gap';
      if (sequence <= last) return 'seen';
      last = sequence;
      return 'next';
    },
  };
}

/** What of a delta is new after a text of `length` characters; undefined when text between is missing. */
export function newPartOfDelta(length: number, offset: number, text: string): string | undefined {
  if (offset > length) return undefined;
  return text.slice(length - offset);
}
