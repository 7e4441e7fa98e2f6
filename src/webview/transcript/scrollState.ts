// What the scroller knows of the reader, and the window of messages that follows from it.
import type { Signal } from '@preact/signals';
import type { Heights } from './heights.ts';
import type { MessageLoading } from './messageLoading.ts';
import { windowFor, type MessageWindow } from './windowing.ts';
import type { Transcript } from '../state/transcript.ts';

export interface ScrollState {
  readonly transcript: () => Transcript;
  readonly window: Signal<MessageWindow>;
  readonly following: Signal<boolean>;
  readonly heights: Heights;
  readonly loading: MessageLoading;
  /** The rows in the DOM, with the index of their message. */
  readonly rows: Map<Element, number>;
  log: HTMLElement | undefined;
  lastScrollTop: number;
  readerActedAtMs: number;
  /** Was asked for before there was anything to scroll. */
  pendingPosition: number | undefined;
  /** A place that was asked for and is kept until its message is drawn. */
  pinned: { readonly index: number; readonly share: number } | undefined;
}

export function changeStructure(state: ScrollState): void {
  const { total } = state.transcript();
  state.heights.resize(total);
  state.window.value = clamp(state.window.value, total);
  updateWindow(state);
}

export function updateWindow(state: ScrollState): void {
  const { window, following, heights, log, pinned } = state;
  const { total } = state.transcript();
  if (pinned !== undefined) window.value = clamp(window.value, total);
  else if (log !== undefined && !following.value) window.value = windowFor(heights, clamp(window.value, total), { scrollTop: log.scrollTop, height: log.clientHeight });
  else window.value = following.value ? endWindow(state) : window.value;
  state.loading.load(window.value);
}

function endWindow(state: ScrollState): MessageWindow {
  const { heights, window } = state;
  const reserve = Math.max(1_000, viewportHeight(state) * 1.5);
  const first = heights.indexAt(Math.max(0, heights.total - viewportHeight(state) - reserve));
  const present = window.value;
  // Rows above leave only when there are many: each one that leaves may have to be drawn again.
  const keep = present.last >= first && present.first <= first && first - present.first < 8;
  const next = { first: keep ? present.first : first, last: heights.count };
  return next.first === present.first && next.last === present.last ? present : next;
}

export function viewportHeight({ log }: ScrollState): number {
  return log?.clientHeight ?? 600;
}

function clamp(window: MessageWindow, total: number): MessageWindow {
  return window.last <= total ? window : { first: Math.min(window.first, total), last: total };
}
