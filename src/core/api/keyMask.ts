// Keeps the key out of what a model says. A gateway that repeats its caller's headers in an answer would else bring the key into the
// chat, its session file and the next request.

export interface KeyMask {
  /** The text that may be shown now. */
  push(text: string): string;
  /** What was held back, at the end. */
  flush(): string;
}

const shown = '•••';
/** Up to here the start of a key is shown before it can be told from plain words: text is not held back for every "s". */
const freeLength = 3;
/** Shorter ones are no keys and would be found in plain words. */
const shortestKey = 8;

export function createKeyMask(key: string | undefined): KeyMask {
  if (key === undefined || key.length < shortestKey) return { push: (text) => text, flush: () => '' };
  // The last characters that were given out, and those that were not.
  let given = '';
  let held = '';
  return {
    push: (text) => {
      const seen = given + held + text;
      let from = given.length;
      let result = '';
      for (let at = seen.indexOf(key); at !== -1; at = seen.indexOf(key, from)) {
        result += seen.slice(from, Math.max(from, at)) + shown;
        from = at + key.length;
      }
      const open = from > given.length ? seen.slice(from) : seen;
      const heldLength = Math.min(openLength(open, key), seen.length - from);
      const end = seen.length - heldLength;
      result += seen.slice(from, end);
      held = seen.slice(end);
      given = open.slice(0, open.length - heldLength).slice(-freeLength);
      return result;
    },
    flush: () => {
      // The first half of a key opens nothing, and "runapi" at the end of an answer is a word.
      const rest = held.length * 2 > key.length ? shown : held;
      held = '';
      return rest;
    },
  };
}

/** Length of the longest end of the text that the key begins with, where that is more than chance. */
function openLength(text: string, key: string): number {
  for (let length = Math.min(key.length - 1, text.length); length > freeLength; length -= 1) {
    if (text.endsWith(key.slice(0, length))) return length;
  }
  return 0;
}
