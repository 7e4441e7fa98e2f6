// The reader's place as a number that outlives the view, and how the log is brought back to it and kept there.
import { updateWindow, viewportHeight, type ScrollState } from './scrollState.ts';
import { spacerBefore, toOffset, windowFor } from './windowing.ts';

/** The end, also of a transcript that has grown since: more messages than any has. */
const endPosition = 1_000_000_000;

/** A pinned message up to this length is laid out as a whole: its height is known, not guessed from the parts that were seen. */
const laidOutCharacters = 400_000;
/** By then the browser has noted the heights of its parts. */
const measuredWithinMs = 500;

export function positionOf({ log, lastScrollTop, following, heights, window, pendingPosition, pinned }: ScrollState): number {
  if (following.value) return endPosition;
  if (pinned !== undefined) return pinned.index + pinned.share;
  if (log === undefined) return pendingPosition ?? endPosition;
  const offset = toOffset(heights, window.value, lastScrollTop);
  const index = heights.indexAt(offset);
  return index + Math.min(0.999, Math.max(0, (offset - heights.offsetOf(index)) / Math.max(1, heights.get(index))));
}

export function restorePosition(state: ScrollState, wanted: number | undefined): void {
  const { log, following, heights, window, loading } = state;
  loading.forget();
  state.pinned = undefined;
  const { total } = state.transcript();
  heights.resize(total);
  following.value = wanted === undefined || wanted >= total;
  state.pendingPosition = log === undefined ? wanted : undefined;
  if (following.value || wanted === undefined || log === undefined) {
    updateWindow(state);
    return;
  }
  const offset = heights.offsetOf(Math.floor(wanted)) + (wanted % 1) * heights.get(Math.floor(wanted));
  const present = { first: Math.floor(wanted), last: Math.floor(wanted) + 1 };
  window.value = windowFor(heights, present, { scrollTop: spacerBefore(heights, present) + offset - heights.offsetOf(present.first), height: viewportHeight(state) });
  state.pinned = { index: present.first, share: wanted % 1 };
  loading.load(window.value);
  requestAnimationFrame(() => settlePlace(state));
}

/** Keeps the log at the pinned message, or at the end while it grows. */
export function settlePlace(state: ScrollState): void {
  const { log } = state;
  if (log !== undefined && state.pinned !== undefined) keepPinned(state, log);
  if (log === undefined || !state.following.value) return;
  const end = log.scrollHeight - log.clientHeight;
  if (Math.abs(log.scrollTop - end) > 1) log.scrollTop = end;
  state.lastScrollTop = log.scrollTop;
}

/** Puts the pinned message where it was, until it and what is above it are drawn. */
function keepPinned(state: ScrollState, log: HTMLElement): void {
  const { pinned } = state;
  const row = [...state.rows].find(([, index]) => index === pinned?.index)?.[0];
  if (pinned === undefined || row === undefined) return;
  const length = state.transcript().at(pinned.index)?.text.length ?? 0;
  row.toggleAttribute('data-pinned', length < laidOutCharacters);
  const box = row.getBoundingClientRect();
  // From the first element, not from the edge of the log, whose padding positionOf() does not count: a place read anew is the same.
  const start = log.firstElementChild?.getBoundingClientRect().top ?? 0;
  log.scrollTop = box.top - start + box.height * pinned.share;
  state.lastScrollTop = log.scrollTop;
  if (log.querySelector('[data-pending]') !== null) return;
  state.pinned = undefined;
  setTimeout(() => row.removeAttribute('data-pinned'), measuredWithinMs);
}

export function jumpToEnd(state: ScrollState): void {
  state.pinned = undefined;
  state.following.value = true;
  updateWindow(state);
  settlePlace(state);
}
