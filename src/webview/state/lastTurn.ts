import type { View } from '../view.ts';

/** Whether nothing but queued messages follows. Read in a drawing function, it is drawn again when that changes. */
export function isLastTurn({ state, transcript }: Pick<View, 'state' | 'transcript'>, index: number): boolean {
  // Which messages there are is no signal; that they have changed is.
  void state.structure.value;
  for (let next = index + 1; next < transcript.total; next += 1) if (transcript.at(next)?.shown.value.status !== 'queued') return false;
  return true;
}
