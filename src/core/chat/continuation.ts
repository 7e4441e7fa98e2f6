// Joins the rest of an answer to its beginning. A model that is asked to go on often repeats its last words or opens the code block
// again; both are taken out, and nothing else.

export interface ContinuationJoint {
  /** The text to append, empty while it is not decided yet. */
  push(delta: string): string;
  flush(): string;
}

/** Looked at for a repetition; longer ones are told as they are. */
const windowLength = 400;
/** Shorter repetitions ("the", "}") may be meant. */
const shortestRepetition = 12;

export function createContinuationJoint(before: string): ContinuationJoint {
  const tail = before.slice(-windowLength);
  const isInFence = endsInFence(before);
  let held: string | undefined = '';
  const decide = (): string => {
    const text = held ?? '';
    held = undefined;
    return withoutRepetition(tail, isInFence ? withoutFenceOpening(text) : text);
  };
  return {
    push: (delta) => {
      if (held === undefined) return delta;
      held += delta;
      return held.length < windowLength && couldRepeat(tail, held, isInFence) ? '' : decide();
    },
    flush: () => (held === undefined ? '' : decide()),
  };
}

/** Whether an odd number of fences stands in the text. */
export function endsInFence(text: string): boolean {
  let fence: string | undefined;
  for (const line of text.split('\n')) {
    const marks = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
    const run = marks?.[1];
    if (run === undefined) continue;
    if (fence === undefined) fence = run;
    else if (run.startsWith(fence) && (marks?.[2] ?? '').trim() === '') fence = undefined;
  }
  return fence !== undefined;
}

/** While the text so far stands somewhere in the tail, more has to be seen. */
function couldRepeat(tail: string, text: string, isInFence: boolean): boolean {
  const opened = isInFence ? withoutFenceOpening(text) : text;
  if (isInFence && /^\s*(?:`{0,3}|`{3,}[^\n]*)$/.test(text)) return true;
  return opened === '' || tail.includes(opened);
}

function withoutFenceOpening(text: string): string {
  return text.replace(/^\s*(?:`{3,}|~{3,})[\w+#.-]+[^\n]*\n/, '');
}

/** Takes the longest beginning of `text` that is the end of `tail` off. */
function withoutRepetition(tail: string, text: string): string {
  for (let length = Math.min(tail.length, text.length); length >= shortestRepetition; length--) {
    if (tail.endsWith(text.slice(0, length))) return text.slice(length);
  }
  return text;
}
