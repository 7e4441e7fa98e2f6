// A person types a piece of a file in an emulated editor: VS Code's 50 ms before it asks, its token cancelled at each change, its check
// of the version, its keeping of an item while the text still matches. The same keys and answers for every policy.
import type { CompletionCall, CompletionItem } from '../../../src/core/completion/completionTypes.ts';
import { createOracle, type Knowledge, type OracleCounts } from './oracle.ts';
import type { PolicyFactory } from './policy.ts';
import { createRandom, fromQuantiles, seedOf, type Random } from './random.ts';
import { createTypedDocument, type KeyPress, type Segment, type TypedDocument } from './typedDocument.ts';
import { createVirtualClock } from './virtualClock.ts';

export interface ReplayOptions {
  readonly segment: Segment;
  readonly policy: PolicyFactory;
  readonly firstTokenMs: number;
  readonly tokensPerSecond: number;
  readonly knowledge: Knowledge;
  readonly seed: number;
  /** For looking into: each flicker and each suggestion that an oracle that is always right did not make wrong. */
  readonly observe?: (kind: 'flicker' | 'wrong', document: TypedDocument, before: string, now: string) => void;
}

export interface ReplayCounts extends OracleCounts {
  /** Keys that the piece takes without help: what "per 100 keys" refers to. */
  keys: number;
  pressed: number;
  shown: number;
  accepts: number;
  acceptedCharacters: number;
  used: number;
  flickers: number;
  /** Shown although the text around the cursor says otherwise. */
  stale: number;
  wrongRange: number;
  /** With an oracle that is always right: suggestions that are not. */
  wrongByEngine: number;
  /** Last key → ghost. */
  waitsMs: number[];
}

/** VS Code waits this long after a change before it asks a provider. */
const editorDelayMs = 50;
/** Who sees a right suggestion takes it after this long. */
const reactionMs = 400;
const typoShare = 0.022;

// From a recording of 92 minutes: p50, p75, p90 and p95 of the gaps between keys in a line; 3.5 % over half a second.
const gapsMs: readonly (readonly [number, number])[] = [[0, 30], [0.5, 98], [0.75, 157], [0.9, 247], [0.95, 405], [0.965, 500], [0.99, 1200], [1, 3000]];
const enterGapsMs: readonly (readonly [number, number])[] = [[0, 80], [0.5, 247], [0.75, 420], [0.9, 900], [1, 1500]];
const pauseShare = 0.35;

interface Ghost {
  /** What is drawn after the cursor. */
  readonly text: string;
  readonly item: CompletionItem;
  /** The suggestion takes away white space of the cursor's line, and characters after the cursor. */
  readonly replaceBefore: number;
  readonly replaceAfter: number;
  readonly sinceMs: number;
  readonly typedForward: boolean;
}

export async function replay(options: ReplayOptions): Promise<ReplayCounts> {
  const { segment } = options;
  const clock = createVirtualClock();
  const document = createTypedDocument(segment);
  const oracle = createOracle({
    ...options, clock, target: segment.target, random: createRandom(options.seed ^ seedOf(segment.name) ^ 0x5bd1), position: () => document.position(), cursor: () => document.cursor(),
  });
  const policy = options.policy({ clock, model: oracle });
  const random = createRandom(options.seed ^ seedOf(segment.name));
  const counts: Omit<ReplayCounts, keyof OracleCounts> = {
    keys: segment.to - segment.from, pressed: 0, shown: 0, accepts: 0, acceptedCharacters: 0, used: 0, flickers: 0, stale: 0, wrongRange: 0, wrongByEngine: 0, waitsMs: [],
  };
  let ghost: Ghost | undefined;
  let call: AbortController | undefined;
  let stopTimer: (() => void) | undefined;
  let lastKeyMs = 0;

  const createCall = (): CompletionCall => ({
    uri: document.uri, languageId: segment.languageId, version: document.version(), lines: document.lines(), cursor: document.cursor(), trigger: 'automatic',
    tabSize: segment.indentUnit === '\t' ? 4 : segment.indentUnit.length, insertSpaces: segment.indentUnit !== '\t',
  });
  const ask = (): void => {
    call?.abort();
    stopTimer?.();
    const controller = new AbortController();
    call = controller;
    stopTimer = clock.after(editorDelayMs, () => {
      if (controller.signal.aborted) return;
      const version = document.version();
      void policy.provide(createCall(), controller.signal).then((item) => {
        if (!controller.signal.aborted && version === document.version()) receive(item);
      });
    });
  };
  const receive = (item: CompletionItem | undefined): void => {
    const before = ghost;
    if (item === undefined) {
      if (before?.typedForward === true && isDrawn(before.text, document)) flicker(before.text, '');
      ghost = undefined;
      return;
    }
    if (!isDrawable(item, document)) {
      counts.wrongRange++;
      ghost = undefined;
      return;
    }
    const { text, replaceBefore } = drawnText(item, document);
    const isSame = before !== undefined && looksAs(text, before.text, document);
    if (before?.typedForward === true && !isSame) flicker(before.text, text);
    if (before === undefined) {
      counts.shown++;
      counts.waitsMs.push(clock.now() - lastKeyMs);
    }
    ghost = { text, item, replaceBefore, replaceAfter: item.replaceAfter, sinceMs: isSame ? before.sinceMs : clock.now(), typedForward: false };
    if (options.knowledge === 'perfect' && document.position() !== undefined && !isRight(ghost)) {
      counts.wrongByEngine++;
      options.observe?.('wrong', document, '', text);
    }
  };
  const flicker = (before: string, now: string): void => {
    counts.flickers++;
    options.observe?.('flicker', document, before, now);
  };
  const isRight = (shown: Ghost): boolean => document.isRight(shown.text, shown.replaceBefore, shown.replaceAfter);

  const noteKey = (pressed: KeyPress): void => {
    counts.pressed++;
    lastKeyMs = clock.now();
    ghost = typeInto(ghost, pressed);
    if (pressed.change === undefined) {
      call?.abort();
      stopTimer?.();
      policy.cursorMoved(createCall());
      return;
    }
    policy.documentChanged(pressed.change);
    ask();
  };
  const acceptGhost = (shown: Ghost): void => {
    counts.pressed++;
    counts.accepts++;
    counts.acceptedCharacters += shown.text.length - shown.replaceBefore - shown.replaceAfter;
    lastKeyMs = clock.now();
    policy.documentChanged(document.accept(shown.text, shown.replaceBefore, shown.replaceAfter));
    policy.accepted(shown.item.id);
    ghost = undefined;
    ask();
  };

  /** Time goes on until the next key is due; true when a suggestion was taken instead. */
  const wait = async (gapMs: number): Promise<boolean> => {
    const dueMs = clock.now() + gapMs;
    while (clock.now() < dueMs) {
      await clock.advanceTo(Math.min(dueMs, clock.now() + 20));
      const isUseful = ghost !== undefined && ghost.text.trim().length >= 2 && clock.now() - ghost.sinceMs >= reactionMs;
      if (ghost !== undefined && isUseful && isRight(ghost)) {
        acceptGhost(ghost);
        return true;
      }
    }
    return false;
  };

  let gapMs = 300;
  while (!document.isDone()) {
    if (await wait(gapMs)) {
      gapMs = 250 + fromQuantiles(random, gapsMs);
      continue;
    }
    if (random() < typoShare) {
      noteKey({ change: document.typeWrongKey('q'), typed: 'q', closed: '', typedOver: false, startsLine: false });
      await wait(fromQuantiles(random, gapsMs) + 120);
      noteKey({ change: document.backspace(), typed: '\b', closed: '', typedOver: false, startsLine: false });
      gapMs = fromQuantiles(random, gapsMs) + 80;
      continue;
    }
    const pressed = document.pressNextKey();
    noteKey(pressed);
    gapMs = nextGap(pressed, random);
  }
  call?.abort();
  await clock.advanceTo(clock.now() + 10_000);
  return { ...counts, ...oracle.counts, used: policy.used() };
}

function nextGap(pressed: KeyPress, random: Random): number {
  if (!pressed.startsLine) return fromQuantiles(random, gapsMs);
  return random() < pauseShare ? 800 + random() * 3200 : fromQuantiles(random, enterGapsMs);
}

/** What VS Code leaves of the drawn suggestion after a key, before it has asked again. */
function typeInto(ghost: Ghost | undefined, { typed, closed, typedOver, change }: KeyPress): Ghost | undefined {
  if (ghost === undefined || change === undefined || !ghost.text.startsWith(typed)) return undefined;
  const text = ghost.text.slice(typed.length);
  if (text === '') return undefined;
  const replaceAfter = ghost.replaceAfter + closed.length - (typedOver ? 1 : 0);
  if (closed !== '' && !text.includes(closed)) return undefined;
  return { ...ghost, text, replaceBefore: typed.includes('\n') ? 0 : ghost.replaceBefore, replaceAfter: Math.max(0, replaceAfter), typedForward: true };
}

/** Text that stands behind the cursor already is not drawn a second time. */
function isDrawn(text: string, document: TypedDocument): boolean {
  return text.trim() !== '' && text.trim() !== document.rest().slice(0, text.length).trim();
}

function looksAs(text: string, before: string, document: TypedDocument): boolean {
  if (text.startsWith(before)) return true;
  const hidden = before.slice(text.length).trim();
  return before.startsWith(text) && (hidden === '' || (document.rest() + document.below()).replaceAll(/\s/g, '').startsWith(hidden.replaceAll(/\s/g, '')));
}

/** Replaced text that the suggestion begins with is not drawn. */
function drawnText(item: CompletionItem, document: TypedDocument): { readonly text: string; readonly replaceBefore: number } {
  const line = document.before().split('\n').at(-1) ?? '';
  const replaced = line.slice(line.length - item.replaceBefore);
  return item.text.startsWith(replaced) ? { text: item.text.slice(replaced.length), replaceBefore: 0 } : { text: item.text, replaceBefore: item.replaceBefore };
}

/** VS Code draws nothing where the replaced text is not within the new one, in order. */
function isDrawable(item: CompletionItem, document: TypedDocument): boolean {
  const rest = document.rest();
  if (item.replaceAfter > rest.length || item.replaceBefore > document.cursor().character) return false;
  let from = item.replaceBefore;
  for (const character of rest.slice(0, item.replaceAfter)) {
    from = item.text.indexOf(character, from) + 1;
    if (from === 0) return false;
  }
  return true;
}
