// What was sent, for the arrow keys in an empty composer. Up goes back, down comes forward again, typing ends the walk.

export interface SentHistory {
  add(text: string): void;
  /** Undefined when the key is not for the history: the composer holds text of its own, or there is nothing there. */
  move(current: string, direction: 'up' | 'down'): string | undefined;
}

const kept = 50;

export function createSentHistory(): SentHistory {
  const sent: string[] = [];
  /** Position of what is shown; `sent.length` is the empty composer. */
  let at = 0;
  return {
    add: (text) => {
      if (sent.at(-1) !== text) sent.push(text);
      if (sent.length > kept) sent.shift();
      at = sent.length;
    },
    move: (current, direction) => {
      const isWalking = at < sent.length && current === sent[at];
      if (!isWalking && current !== '') return undefined;
      if (!isWalking) at = sent.length;
      const next = direction === 'up' ? at - 1 : at + 1;
      if (next < 0 || next > sent.length || (direction === 'down' && !isWalking)) return undefined;
      at = next;
      return sent[next] ?? '';
    },
  };
}
