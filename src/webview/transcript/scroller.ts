// Where the reader is: which messages are in the DOM, whether scrolling follows the stream, what to load, how a position is kept.
import { signal, type ReadonlySignal } from '@preact/signals';
import { createHeights, type Heights } from './heights.ts';
import { missingRanges, spacerAfter, spacerBefore, toOffset, windowFor, type MessageWindow } from './windowing.ts';
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

/** A scroll this soon after the wheel, a key or a press is the reader's; any other is the browser's, which moves the view when text above it
 * or the panel changes its size. */
const readersScrollWithinMs = 1_000;
/** As close to the end as counts as the end. */
const endTolerancePx = 24;
const readersActions = ['wheel', 'pointerdown', 'keydown', 'touchmove', 'focusin'];
const messagesPerRequest = 50;
/** Texts kept beyond the window; about 2 MB of usual messages. */
const keptAround = 200;
const unknownHeightPx = 360;
/** The end, also of a transcript that has grown since: more messages than any has. */
const endPosition = 1_000_000_000;

export function createScroller(options: ScrollerOptions): Scroller {
  const window = signal<MessageWindow>({ first: 0, last: 0 });
  const following = signal(true);
  const heights = createHeights((index) => guessHeight(options.transcript(), index, log?.clientWidth ?? 300));
  const requested = new Set<number>();
  const rows = new Map<Element, number>();
  let log: HTMLElement | undefined;
  let lastScrollTop = 0;
  let requests = 0;
  let readerActedAtMs = Number.NEGATIVE_INFINITY;
  let pendingPosition: number | undefined;
  /** A place that was asked for and is kept until its message is drawn. */
  let pinned: { readonly index: number; readonly share: number } | undefined;
  const sizes = new ResizeObserver(measure);

  return { window, following, heights, attach, attachRow, structureChanged, settle, jumpToLatest, position, restore, received, spacers, distance };

  function attach(element: HTMLElement): () => void {
    log = element;
    sizes.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    for (const type of readersActions) element.addEventListener(type, onReader, { passive: true });
    if (pendingPosition !== undefined) restore(pendingPosition);
    settle();
    return () => {
      sizes.unobserve(element);
      element.removeEventListener('scroll', onScroll);
      for (const type of readersActions) element.removeEventListener(type, onReader);
      log = undefined;
    };
  }

  function attachRow(row: HTMLElement, index: number): () => void {
    rows.set(row, index);
    sizes.observe(row);
    return () => {
      rows.delete(row);
      sizes.unobserve(row);
    };
  }

  function measure(entries: readonly ResizeObserverEntry[]): void {
    for (const { target, borderBoxSize } of entries) {
      const index = rows.get(target);
      if (index !== undefined && !target.hasAttribute('data-pending')) heights.set(index, borderBoxSize[0]?.blockSize ?? 0);
    }
    settle();
    update();
  }

  /** Whoever takes the wheel or a key decides where to be. */
  function onReader(): void {
    readerActedAtMs = performance.now();
    unpin();
  }

  function onScroll(): void {
    if (log === undefined || pinned !== undefined) return;
    const { scrollTop } = log;
    const isReader = performance.now() - readerActedAtMs < readersScrollWithinMs;
    // A scroll bar that is dragged has one press for many scrolls.
    if (isReader) readerActedAtMs = performance.now();
    if (isAtEnd(log)) following.value = true;
    else if (isReader && scrollTop < lastScrollTop - 1) following.value = false;
    else if (following.value) settle();
    lastScrollTop = log.scrollTop;
    update();
    options.onMoved();
  }

  function structureChanged(): void {
    const { total } = options.transcript();
    heights.resize(total);
    window.value = clamp(window.value, total);
    update();
  }

  function update(): void {
    const { total } = options.transcript();
    if (pinned !== undefined) window.value = clamp(window.value, total);
    else if (log !== undefined && !following.value) window.value = windowFor(heights, clamp(window.value, total), { scrollTop: log.scrollTop, height: log.clientHeight });
    else window.value = following.value ? endWindow() : window.value;
    load();
  }

  function endWindow(): MessageWindow {
    const reserve = Math.max(1_000, viewportHeight() * 1.5);
    const first = heights.indexAt(Math.max(0, heights.total - viewportHeight() - reserve));
    const present = window.value;
    // Rows above leave only when there are many: each one that leaves may have to be drawn again.
    const keep = present.last >= first && present.first <= first && first - present.first < 8;
    const next = { first: keep ? present.first : first, last: heights.count };
    return next.first === present.first && next.last === present.last ? present : next;
  }

  function load(): void {
    const transcript = options.transcript();
    const missing = missingRanges(window.value, (index) => transcript.at(index) !== undefined || requested.has(index), messagesPerRequest);
    for (const { from, count } of missing) {
      // More than is asked for on both sides, so that the next turn of the wheel finds it there.
      const start = Math.max(0, Math.min(from, from + count - messagesPerRequest / 2));
      const size = Math.min(messagesPerRequest, transcript.total - start);
      for (let index = start; index < start + size; index += 1) requested.add(index);
      requests += 1;
      options.port.post({ type: 'read-messages', requestId: requests, from: start, count: size });
    }
    if (window.value.last > 0) transcript.keepOnly(window.value.first - keptAround, window.value.last + keptAround);
  }

  function received(from: number, count: number): void {
    for (let index = from; index < from + count; index += 1) requested.delete(index);
  }

  function settle(): void {
    if (log !== undefined && pinned !== undefined) keepPinned(log);
    if (log === undefined || !following.value) return;
    const end = log.scrollHeight - log.clientHeight;
    if (Math.abs(log.scrollTop - end) > 1) log.scrollTop = end;
    lastScrollTop = log.scrollTop;
  }

  function jumpToLatest(): void {
    unpin();
    following.value = true;
    update();
    settle();
  }

  function position(): number {
    if (log === undefined || following.value) return endPosition;
    const offset = toOffset(heights, window.value, log.scrollTop);
    const index = heights.indexAt(offset);
    return index + Math.min(0.999, Math.max(0, (offset - heights.offsetOf(index)) / Math.max(1, heights.get(index))));
  }

  function restore(wanted: number | undefined): void {
    requested.clear();
    unpin();
    const { total } = options.transcript();
    heights.forgetFrom(0);
    heights.resize(total);
    following.value = wanted === undefined || wanted >= total;
    pendingPosition = log === undefined ? wanted : undefined;
    if (following.value || wanted === undefined || log === undefined) {
      update();
      return;
    }
    const offset = heights.offsetOf(Math.floor(wanted)) + (wanted % 1) * heights.get(Math.floor(wanted));
    const present = { first: Math.floor(wanted), last: Math.floor(wanted) + 1 };
    window.value = windowFor(heights, present, { scrollTop: spacerBefore(heights, present) + offset - heights.offsetOf(present.first), height: viewportHeight() });
    pinned = { index: present.first, share: wanted % 1 };
    load();
    requestAnimationFrame(settle);
  }

  /** Puts the pinned message where it was, until it and what is above it are drawn. */
  function keepPinned(element: HTMLElement): void {
    const row = [...rows].find(([, index]) => index === pinned?.index)?.[0];
    if (pinned === undefined || row === undefined) return;
    const box = row.getBoundingClientRect();
    element.scrollTop += box.top - element.getBoundingClientRect().top + box.height * pinned.share;
    lastScrollTop = element.scrollTop;
    if (element.querySelector('[data-pending]') === null) unpin();
  }

  function unpin(): void {
    pinned = undefined;
  }

  function spacers(): { readonly before: number; readonly after: number } {
    return { before: spacerBefore(heights, window.value), after: spacerAfter(heights, window.value) };
  }

  function distance(index: number): number {
    const { first, last } = window.peek();
    return following.peek() ? last - index : Math.abs(index - (first + last) / 2);
  }

  function viewportHeight(): number {
    return log?.clientHeight ?? 600;
  }
}

function isAtEnd(log: HTMLElement): boolean {
  return log.scrollHeight - log.clientHeight - log.scrollTop <= endTolerancePx;
}

function clamp(window: MessageWindow, total: number): MessageWindow {
  return window.last <= total ? window : { first: Math.min(window.first, total), last: total };
}

/** From the length of the text when it is loaded: 7 px a character, 20 px a line, and what stands around it. */
function guessHeight(transcript: Transcript, index: number, width: number): number {
  const entry = transcript.at(index);
  if (entry === undefined) return unknownHeightPx;
  const lines = entry.text.length / Math.max(20, (width - 24) / 7) + entry.text.split('\n', 400).length / 2;
  return 80 + Math.min(20_000, Math.round(lines) * 20);
}
