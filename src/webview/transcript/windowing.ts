// Which messages are in the DOM for a scroll position, and how large the space before and after them is.
import type { Heights } from './heights.ts';

/** Messages `first` to `last - 1`. */
export interface MessageWindow {
  readonly first: number;
  readonly last: number;
}

/** Browsers stop placing boxes beyond about 33 million px, so the space that stands for far messages is compressed. */
const maxSpacerPx = 8_000_000;

export function spacerBefore(heights: Heights, window: MessageWindow): number {
  return heights.offsetOf(window.first) * spacerScale(heights);
}

export function spacerAfter(heights: Heights, window: MessageWindow): number {
  return (heights.total - heights.offsetOf(window.last)) * spacerScale(heights);
}

function spacerScale(heights: Heights): number {
  return heights.total > maxSpacerPx ? maxSpacerPx / heights.total : 1;
}

/** Scroll position on the screen → offset in the sums of heights. */
export function toOffset(heights: Heights, window: MessageWindow, scrollTop: number): number {
  const scale = spacerScale(heights);
  const start = heights.offsetOf(window.first);
  const end = heights.offsetOf(window.last);
  const top = start * scale;
  if (scrollTop < top) return scrollTop / scale;
  if (scrollTop <= top + end - start) return start + scrollTop - top;
  return end + (scrollTop - top - (end - start)) / scale;
}

export interface Viewport {
  readonly scrollTop: number;
  readonly height: number;
}

/** Keeps the present window while it still covers the screen and half of the reserve on each side. */
export function windowFor(heights: Heights, present: MessageWindow, viewport: Viewport): MessageWindow {
  const top = toOffset(heights, present, viewport.scrollTop);
  const bottom = toOffset(heights, present, viewport.scrollTop + viewport.height);
  const reserve = Math.max(1_000, viewport.height * 1.5);
  const needed = rangeOf(heights, top - reserve / 2, bottom + reserve / 2);
  const wide = rangeOf(heights, top - reserve * 2, bottom + reserve * 2);
  const covers = present.first <= needed.first && present.last >= needed.last;
  if (covers && present.first >= wide.first && present.last <= wide.last) return present;
  return rangeOf(heights, top - reserve, bottom + reserve);
}

function rangeOf(heights: Heights, from: number, to: number): MessageWindow {
  if (heights.count === 0) return { first: 0, last: 0 };
  return { first: heights.indexAt(Math.max(0, from)), last: heights.indexAt(Math.max(0, to)) + 1 };
}

/** Ranges of at most `size` messages that are in the window and not loaded, in the order in which they are asked for. */
export function missingRanges(window: MessageWindow, isLoaded: (index: number) => boolean, size: number): readonly { readonly from: number; readonly count: number }[] {
  const ranges: { from: number; count: number }[] = [];
  for (let index = window.first; index < window.last; index += 1) {
    if (isLoaded(index)) continue;
    const last = ranges.at(-1);
    if (last !== undefined && last.from + last.count === index && last.count < size) last.count += 1;
    else ranges.push({ from: index, count: 1 });
  }
  return ranges;
}
