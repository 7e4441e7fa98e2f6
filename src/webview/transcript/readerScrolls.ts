// Tells the reader's scrolls from the browser's, and what either means for following the stream.
import { settlePlace } from './scrollPlace.ts';
import { updateWindow, type ScrollState } from './scrollState.ts';

/** A scroll this soon after the wheel, a key or a press is the reader's; any other is the browser's, which moves the view when text above it
 * or the panel changes its size. */
const readersScrollWithinMs = 1_000;
/** As close to the end as counts as the end. */
const endTolerancePx = 24;
const readersActions = ['wheel', 'pointerdown', 'keydown', 'touchmove', 'focusin'];

/** Gives back what ends it. */
export function listenToReader(state: ScrollState, log: HTMLElement, onMoved: () => void): () => void {
  /** Whoever takes the wheel or a key decides where to be. */
  const onReader = (): void => {
    state.readerActedAtMs = performance.now();
    state.pinned = undefined;
  };
  const onScroll = (): void => {
    if (state.log === undefined || state.pinned !== undefined) return;
    const isReader = takeScroll(state, state.log);
    if (isReader || !state.following.value) onMoved();
  };
  log.addEventListener('scroll', onScroll, { passive: true });
  for (const type of readersActions) log.addEventListener(type, onReader, { passive: true });
  return () => {
    log.removeEventListener('scroll', onScroll);
    for (const type of readersActions) log.removeEventListener(type, onReader);
  };
}

/** True when it was the reader's. */
function takeScroll(state: ScrollState, log: HTMLElement): boolean {
  const { following } = state;
  const { scrollTop } = log;
  const isReader = performance.now() - state.readerActedAtMs < readersScrollWithinMs;
  // A scroll bar that is dragged has one press for many scrolls.
  if (isReader) state.readerActedAtMs = performance.now();
  if (isAtEnd(log)) following.value = true;
  else if (isReader && scrollTop < state.lastScrollTop - 1) following.value = false;
  else if (following.value) settlePlace(state);
  state.lastScrollTop = log.scrollTop;
  updateWindow(state);
  return isReader;
}

function isAtEnd(log: HTMLElement): boolean {
  return log.scrollHeight - log.clientHeight - log.scrollTop <= endTolerancePx;
}
