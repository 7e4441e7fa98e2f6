// Heights of all messages, measured or guessed, with the sums that turn a scroll position into a message and back.

export interface Heights {
  readonly count: number;
  /** Sum of all. */
  readonly total: number;
  resize(count: number): void;
  /** Forgets what was measured from this message on. */
  forgetFrom(index: number): void;
  get(index: number): number;
  set(index: number, height: number): void;
  /** Sum of the heights before this message. */
  offsetOf(index: number): number;
  /** The message that covers this offset; clamped to the first and last. */
  indexAt(offset: number): number;
}

/** `guess` gives the height of a message that was never measured. */
export function createHeights(guess: (index: number) => number): Heights {
  const measured = new Map<number, number>();
  let sums = new Float64Array(1);
  let count = 0;
  /** Sums up to this index are right. */
  let valid = 0;

  return {
    get count() {
      return count;
    },
    get total() {
      return offsetOf(count);
    },
    resize: (next) => {
      for (let index = next; index < count; index += 1) measured.delete(index);
      count = next;
      valid = Math.min(valid, count);
      if (sums.length <= count) sums = grow(sums, count);
    },
    forgetFrom: (from) => {
      for (const index of measured.keys()) if (index >= from) measured.delete(index);
      valid = Math.min(valid, from);
    },
    get: heightOf,
    set: (index, height) => {
      if (index >= count || measured.get(index) === height) return;
      measured.set(index, height);
      valid = Math.min(valid, index);
    },
    offsetOf,
    indexAt,
  };

  function heightOf(index: number): number {
    return measured.get(index) ?? guess(index);
  }

  function offsetOf(index: number): number {
    const end = Math.max(0, Math.min(index, count));
    for (; valid < end; valid += 1) sums[valid + 1] = (sums[valid] ?? 0) + heightOf(valid);
    return sums[end] ?? 0;
  }

  function indexAt(offset: number): number {
    offsetOf(count);
    let low = 0;
    let high = Math.max(0, count - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((sums[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function grow(sums: Float64Array<ArrayBuffer>, count: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(Math.max(count + 1, sums.length * 2));
  larger.set(sums);
  return larger;
}
