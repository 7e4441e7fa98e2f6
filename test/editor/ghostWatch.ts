// Stands in the page and looks at every frame that is painted: which ghost text is there, since when, and whether it goes on from what was
// typed. A frame is read in a ResizeObserver, which runs after all of the frame's scripts and right before it is painted: VS Code sets the
// later lines of a ghost and its first one in different steps, and whoever looks in between sees what no person sees.
import type { Page } from 'playwright-core';

export interface GhostReport {
  /** Last key → ghost, where none was. */
  readonly waitsMs: readonly number[];
  /** Between two keys, as the page heard them. */
  readonly gapsMs: readonly number[];
  /** A ghost went away or became another though the key agreed with it. */
  readonly flickers: readonly string[];
  /** A ghost stayed though the key disagreed with it. */
  readonly stale: readonly string[];
  /** Ghosts that do not go on from the text. */
  readonly wrong: readonly WrongGhost[];
  readonly frames: number;
}

export interface WrongGhost extends Drawn {
  readonly rest: string;
}

/** All without white space: the page draws the indentation of later lines its own way. */
interface Drawn {
  readonly ghost: string;
  /** What stands after the cursor. */
  readonly after: string;
}

export interface Expected {
  /** What is still to be typed; undefined while the text before the cursor is not the target's. */
  readonly rest: string | undefined;
  readonly after: string;
  /** The cursor's line is to stay blank: only what is drawn below it is right. */
  readonly isBelow?: boolean;
}

export interface GhostWatch {
  /**
   * Judges the frames from now to the next key, until `gapMs` after the last one. "take": a right suggestion of two letters and more has
   * been there for `reactionMs`.
   */
  untilDue(expected: Expected, gapMs: number, reactionMs: number): Promise<'take' | 'due'>;
  report(): Promise<GhostReport>;
}

/** Once for a page: another watch begins anew. */
export async function watchGhost(page: Page): Promise<GhostWatch> {
  await page.evaluate(`(() => { ${[goesOn, readGhost, judgeForward, judge, lookAtFrame, noteKey, install].map(String).join('\n')}; install(); })()`);
  return {
    untilDue: ({ rest, after, isBelow = false }, gapMs, reactionMs) => page.evaluate(untilDue, { isBelow, rest: rest === undefined ? undefined : squeeze(rest), after: squeeze(after).slice(0, 40), gapMs, reactionMs }),
    report: () => page.evaluate(() => {
      const { waitsMs, gapsMs, flickers, stale, wrong, frames } = (window as unknown as WatchedWindow).ghostWatch;
      return { waitsMs, gapsMs, flickers, stale, wrong, frames };
    }),
  };
}

export function squeeze(text: string): string {
  return text.replaceAll(/\s/g, '');
}

/** Closers that stand after the cursor are drawn between the pieces of a ghost and are no part of it. Its source is sent to the page. */
export function goesOn(ghost: string, rest: string, after: string): boolean {
  for (let index = 0; index < ghost.length; index++) {
    if (after !== '' && after[0] === rest[index] && goesOn(ghost.slice(index), rest.slice(index + 1), after.slice(1))) return true;
    if (ghost[index] !== rest[index]) return false;
  }
  return true;
}

interface WatchState {
  readonly waitsMs: number[];
  readonly gapsMs: number[];
  readonly flickers: string[];
  readonly stale: string[];
  readonly wrong: WrongGhost[];
  frames: number;
  ghost: string;
  /** Nothing of it is drawn in the cursor's line. */
  isBelow: boolean;
  sinceMs: number;
  lastKeyMs: number;
  /** And what was to come. */
  lastKey: string;
  expected: Expected | undefined;
  /** What a ghost that agreed with the last key has to be now, and one that disagreed may not be any more. */
  forward: string | undefined;
  atKey: string;
  against: string | undefined;
  onFrame: (() => void) | undefined;
}

/** Put there by `watchGhost`. */
interface WatchedWindow {
  readonly ghostWatch: WatchState;
  readonly ghostGoesOn: typeof goesOn;
}

/** From here to `install`: sent to the page together, where they see each other and nothing else. */
function install(): void {
  // What was put there by an earlier watch, which goes on looking.
  const isInstalled = Reflect.has(window, 'ghostWatch');
  const state: WatchState = {
    waitsMs: [], gapsMs: [], flickers: [], stale: [], wrong: [], frames: 0, ghost: '', isBelow: false, sinceMs: 0, lastKeyMs: performance.now(), lastKey: '',
    expected: undefined, forward: undefined, atKey: '', against: undefined, onFrame: undefined,
  };
  Object.assign(window, { ghostWatch: state, ghostGoesOn: goesOn });
  if (isInstalled) return;
  const current = (): WatchState => (window as unknown as WatchedWindow).ghostWatch;
  document.addEventListener('keydown', ({ key }) => noteKey(current(), key), true);
  const probe = document.createElement('div');
  probe.style.cssText = 'position:fixed;left:-99px;top:0;height:1px;width:1px';
  document.body.append(probe);
  new ResizeObserver(() => lookAtFrame(current())).observe(probe);
  const nextFrame = (): void => {
    probe.style.width = probe.style.width === '1px' ? '2px' : '1px';
    requestAnimationFrame(nextFrame);
  };
  requestAnimationFrame(nextFrame);
}

function noteKey(watch: WatchState, key: string): void {
  const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '"': '"', "'": "'", '`': '`' };
  const now = performance.now();
  watch.gapsMs.push(now - watch.lastKeyMs);
  watch.lastKeyMs = now;
  watch.lastKey = `${key} before ${watch.expected?.rest?.slice(1, 30) ?? 'other text'}`;
  watch.expected = undefined;
  const drawn = watch.ghost.replaceAll(/\s/g, '');
  watch.atKey = drawn;
  const isLetter = key.length === 1 && drawn !== '';
  const closer = closerOf[key];
  const agrees = isLetter && watch.ghost.startsWith(key) && (closer === undefined || drawn.slice(1).includes(closer));
  watch.forward = agrees ? watch.ghost.slice(1).replaceAll(/\s/g, '') : undefined;
  // A closer may be typed over, in front of a ghost that stands behind it.
  watch.against = isLetter && !watch.ghost.startsWith(key) && !/[\s)\]}"'`]/.test(key) ? drawn : undefined;
}

function lookAtFrame(watch: WatchState): void {
  const { ghost, isBelow } = readGhost();
  const now = performance.now();
  watch.frames += 1;
  if (watch.ghost === '' && ghost !== '') watch.waitsMs.push(now - watch.lastKeyMs);
  const isTheSame = ghost !== '' && watch.ghost !== '' && (watch.ghost.endsWith(ghost) || ghost.startsWith(watch.ghost));
  if (!isTheSame) watch.sinceMs = now;
  watch.ghost = ghost;
  watch.isBelow = isBelow;
  judge(watch, ghost.replaceAll(/\s/g, ''));
  watch.onFrame?.();
}

function judge(watch: WatchState, drawn: string): void {
  judgeForward(watch, drawn);
  if (watch.against !== undefined && drawn === watch.against) {
    watch.stale.push(drawn);
    watch.against = undefined;
  }
  const { expected, wrong } = watch;
  if (drawn === '' || expected?.rest === undefined) return;
  if (goesOn(drawn, expected.rest, expected.after) && (expected.isBelow !== true || watch.isBelow)) return;
  const one = { ghost: drawn, rest: expected.rest.slice(0, 80), after: expected.after };
  if (wrong.at(-1)?.rest !== one.rest || wrong.at(-1)?.ghost !== drawn) wrong.push(one);
}

function judgeForward(watch: WatchState, drawn: string): void {
  // A frame may be painted before the key has come through.
  if (watch.forward === undefined || drawn === watch.atKey) return;
  // A closer that the editor sets, or that stands there, changes sides: it is drawn as text and no more as ghost.
  const withoutClosers = (text: string): string => text.replaceAll(/[\s)\]}"'`;,]/g, '');
  const [now, wanted] = [withoutClosers(drawn), withoutClosers(watch.forward)];
  if (wanted === '' || now.startsWith(wanted) || (now !== '' && wanted.startsWith(now))) return;
  watch.flickers.push(`after ${watch.lastKey}: ${watch.forward} became ${drawn}, ${Math.round(performance.now() - watch.lastKeyMs)} ms after the key`);
  watch.forward = undefined;
}

function readGhost(): { readonly ghost: string; readonly isBelow: boolean } {
  const byPlace = (a: HTMLElement, b: HTMLElement): number => {
    const [one, other] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
    return one.top - other.top || one.left - other.left;
  };
  const inLine = [...document.querySelectorAll<HTMLElement>('.monaco-editor .ghost-text-decoration')].sort(byPlace);
  // Lines below are drawn in zones of their own.
  const below = [...document.querySelectorAll<HTMLElement>('.monaco-editor .ghost-text')].filter((span) => !inLine.includes(span)).sort(byPlace);
  const ghost = [...inLine, ...below].map((span) => span.textContent).join('').replaceAll('\u00a0', ' ').replaceAll('\u200b', '');
  return { ghost, isBelow: ghost !== '' && inLine.every((span) => span.textContent.trim() === '') };
}

interface DueInput extends Required<Expected> {
  readonly gapMs: number;
  readonly reactionMs: number;
}

/** Its source is sent to the page. */
function untilDue({ rest, after, isBelow, gapMs, reactionMs }: DueInput): Promise<'take' | 'due'> {
  const { ghostWatch, ghostGoesOn } = window as unknown as WatchedWindow;
  ghostWatch.expected = { rest, after, isBelow };
  return new Promise((resolve) => {
    const look = (): void => {
      const drawn = ghostWatch.ghost.replaceAll(/\s/g, '');
      const now = performance.now();
      const isRight = rest !== undefined && ghostGoesOn(drawn, rest, after) && (!isBelow || ghostWatch.isBelow);
      const isTaken = isRight && drawn.length >= 2 && now - ghostWatch.sinceMs >= reactionMs;
      if (!isTaken && now < ghostWatch.lastKeyMs + gapMs) return;
      ghostWatch.onFrame = undefined;
      resolve(isTaken ? 'take' : 'due');
    };
    ghostWatch.onFrame = look;
    look();
  });
}
