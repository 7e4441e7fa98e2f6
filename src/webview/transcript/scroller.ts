// Where the reader is: which messages are in the DOM, whether scrolling follows the stream, what to load, how a position is kept.
import { signal, type ReadonlySignal } from '@preact/signals';
import { createHeights, type Heights } from './heights.ts';
import { createMessageLoading } from './messageLoading.ts';
import { listenToReader } from './readerScrolls.ts';
import { jumpToEnd, positionOf, restorePosition, settlePlace } from './scrollPlace.ts';
import { changeStructure, updateWindow, type ScrollState } from './scrollState.ts';
import { spacerAfter, spacerBefore, type MessageWindow } from './windowing.ts';
import type { HostPort } from '../hostPort.ts';
import type { Transcript } from '../state/transcript.ts';

export interface Scroller {
  readonly window: ReadonlySignal<MessageWindow>;
  /** The reader is at the end, and stays there while it grows. */
  readonly following: ReadonlySignal<boolean>;
  readonly heights: Heights;
  attach(log: HTMLElement): () => void;
  attachRow(row: HTMLElement, index: number): () => void;
  /** Which messages there are has changed. */
  structureChanged(): void;
  /** After drawing, before paint. */
  settle(): void;
  jumpToLatest(): void;
  /** Message index plus the part of it that is above the screen; more than any index when at the end, however long it grows. */
  position(): number;
  /** The reader has done something in the log. */
  wasMoved(): boolean;
  restore(position: number | undefined): void;
  received(from: number, count: number): void;
  spacers(): { readonly before: number; readonly after: number };
  /** How far a message is from what is read now. */
  distance(index: number): number;
}

export interface ScrollerOptions {
  readonly transcript: () => Transcript;
  readonly port: HostPort;
  readonly onMoved: () => void;
}

const unknownHeightPx = 360;

export function createScroller(options: ScrollerOptions): Scroller {
  const state = createState(options);
  const { window, following, heights } = state;
  const sizes = new ResizeObserver((entries) => measure(state, entries));
  return {
    window, following, heights,
    attach: (log) => attach(state, log, { sizes, onMoved: options.onMoved }),
    attachRow: (row, index) => attachRow(state, row, { sizes, index }),
    structureChanged: () => changeStructure(state),
    settle: () => settlePlace(state),
    jumpToLatest: () => {
      jumpToEnd(state);
      options.onMoved();
    },
    wasMoved: () => state.readerActedAtMs > Number.NEGATIVE_INFINITY,
    position: () => positionOf(state),
    restore: (position) => restorePosition(state, position),
    received: (from, count) => state.loading.received(from, count),
    spacers: () => ({ before: spacerBefore(heights, window.value), after: spacerAfter(heights, window.value) }),
    distance: (index) => {
      const { first, last } = window.peek();
      return following.peek() ? last - index : Math.abs(index - (first + last) / 2);
    },
  };
}

function createState(options: ScrollerOptions): ScrollState {
  const { transcript } = options;
  const state: ScrollState = {
    transcript, loading: createMessageLoading(options),
    window: signal<MessageWindow>({ first: 0, last: 0 }), following: signal(true), rows: new Map(),
    heights: createHeights((index) => guessHeight(transcript(), index, state.log?.clientWidth ?? 300)),
    log: undefined, lastScrollTop: 0, readerActedAtMs: Number.NEGATIVE_INFINITY, pendingPosition: undefined, pinned: undefined,
  };
  return state;
}

function attach(state: ScrollState, log: HTMLElement, { sizes, onMoved }: { readonly sizes: ResizeObserver; readonly onMoved: () => void }): () => void {
  state.log = log;
  sizes.observe(log);
  const stopListening = listenToReader(state, log, onMoved);
  if (state.pendingPosition !== undefined) restorePosition(state, state.pendingPosition);
  settlePlace(state);
  return () => {
    sizes.unobserve(log);
    stopListening();
    // The list of conversations takes the place of the log, and gives it back.
    state.pendingPosition = positionOf(state);
    state.log = undefined;
  };
}

function attachRow({ rows }: ScrollState, row: HTMLElement, { sizes, index }: { readonly sizes: ResizeObserver; readonly index: number }): () => void {
  rows.set(row, index);
  sizes.observe(row);
  return () => {
    rows.delete(row);
    sizes.unobserve(row);
  };
}

function measure(state: ScrollState, entries: readonly ResizeObserverEntry[]): void {
  for (const { target, borderBoxSize } of entries) {
    const index = state.rows.get(target);
    if (index !== undefined && !target.hasAttribute('data-pending')) state.heights.set(index, borderBoxSize[0]?.blockSize ?? 0);
  }
  settlePlace(state);
  updateWindow(state);
}

/** From the length of the text when it is loaded: 7 px a character, 20 px a line, and what stands around it. */
function guessHeight(transcript: Transcript, index: number, width: number): number {
  const entry = transcript.at(index);
  if (entry === undefined) return unknownHeightPx;
  const lines = entry.text.length / Math.max(20, (width - 24) / 7) + entry.text.split('\n', 400).length / 2;
  return 80 + Math.min(20_000, Math.round(lines) * 20);
}
