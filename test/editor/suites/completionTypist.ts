// A person who types a text into the real editor key by key, and takes a suggestion that is right and has been there for 400 ms.
import type { Page } from 'playwright-core';
import { createRandom, fromQuantiles, type Random } from '../../bench/completion/random.ts';
import type { Editor } from '../editor.ts';
import { watchGhost, type Expected, type GhostReport } from '../ghostWatch.ts';

export interface TypingOptions {
  readonly target: string;
  readonly seed: number;
  /** Thinks for 0.8 to 4 s at 35 % of the line starts, as in the recording. A test does without. */
  readonly pauses?: boolean;
}

export interface TypingResult extends GhostReport {
  /** Really pressed, accepts included. */
  readonly keys: number;
  readonly accepts: number;
  /** By which the cursor went on with accepts. */
  readonly acceptedCharacters: number;
  /** By which the text grew with them: less, where a suggestion went over what the editor had closed already. */
  readonly insertedCharacters: number;
  readonly text: string;
  readonly durationMs: number;
}

interface DocumentNow {
  readonly before: string;
  readonly after: string;
}

// From a recording of 92 minutes: p50, p75, p90 and p95 of the gaps between keys in a line; 3.5 % over half a second.
const gapsMs: readonly (readonly [number, number])[] = [[0, 30], [0.5, 98], [0.75, 157], [0.9, 247], [0.95, 405], [0.965, 500], [0.99, 1200], [1, 3000]];
const enterGapsMs: readonly (readonly [number, number])[] = [[0, 80], [0.5, 247], [0.75, 420], [0.9, 900], [1, 1500]];
const pauseShare = 0.35;
const reactionMs = 400;
/** From Tab to the next key, besides the gap. */
const acceptMs = 250;
const typoShare = 0.022;
/** The editor is set to it. */
const indentSize = 2;

export async function typeWithSuggestions({ page, host }: Editor, { target, seed, pauses = false }: TypingOptions): Promise<TypingResult> {
  const random = createRandom(seed);
  const watch = await watchGhost(page);
  const startedAt = performance.now();
  const counts = { keys: 0, accepts: 0, acceptedCharacters: 0, insertedCharacters: 0 };
  let now = await readDocument(host);
  let gapMs = 300;
  const press = async (key: string): Promise<void> => {
    await pressKey(page, key);
    counts.keys += key.split('+').length;
    now = await readDocument(host, now);
  };
  for (let step = 0; step < target.length * 3 && !isDone(now, target); step++) {
    if ((await watch.untilDue(expectedOf(now, target), gapMs, reactionMs)) === 'take') {
      const { before, after } = now;
      await press('Tab');
      counts.accepts++;
      counts.acceptedCharacters += now.before.length - before.length;
      counts.insertedCharacters += now.before.length + now.after.length - before.length - after.length;
      gapMs = acceptMs + fromQuantiles(random, gapsMs);
    } else if (random() < typoShare && target.startsWith(now.before)) {
      await press('q');
      await watch.untilDue(expectedOf(now, target), fromQuantiles(random, gapsMs) + 120, reactionMs);
      await press('Backspace');
      gapMs = fromQuantiles(random, gapsMs) + 80;
    } else {
      const key = nextKey(now, target);
      await press(key);
      gapMs = key === '\n' ? lineGap(random, pauses) : fromQuantiles(random, gapsMs);
    }
  }
  return { ...(await watch.report()), ...counts, text: now.before + now.after, durationMs: performance.now() - startedAt };
}

function isDone({ before }: DocumentNow, target: string): boolean {
  return before.trimEnd() === target.trimEnd();
}

function expectedOf({ before, after }: DocumentNow, target: string): Expected {
  if (target.startsWith(before)) return { rest: target.slice(before.length), after };
  // The editor has indented a line that is to stay blank: what is drawn below it may be right.
  const line = before.trimEnd().length;
  const isBlankLine = target.startsWith(before.slice(0, line)) && target.startsWith('\n\n', line) && before.slice(line).lastIndexOf('\n') === 0;
  return isBlankLine ? { rest: target.slice(line), after, isBelow: true } : { rest: undefined, after };
}

function lineGap(random: Random, pauses: boolean): number {
  return pauses && random() < pauseShare ? 800 + random() * 3200 : fromQuantiles(random, enterGapsMs);
}

/** Types over, moves over what the editor closed, indents and outdents as a person would. */
function nextKey({ before, after }: DocumentNow, target: string): string {
  if (!target.startsWith(before)) return keyBackToTarget(before, target);
  const rest = target.slice(before.length);
  const closedBelow = /^\n[ \t]*(?:[}\])]+|\*\/)/.exec(after)?.[0];
  if (closedBelow !== undefined && rest.startsWith(closedBelow)) return 'ArrowDown+End';
  return rest[0] ?? 'End';
}

function keyBackToTarget(before: string, target: string): string {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const start = before.length - line.length;
  const wanted = /^[ \t]*/.exec(target.slice(start))?.[0] ?? '';
  if (line.trim() !== '') return 'Backspace';
  const next = target[start + wanted.length] ?? '';
  if (next === '\n' || next === '') return '\n';
  if (line.length <= wanted.length) return 'Tab';
  return /[}\])]/.test(next) && line.length - wanted.length === indentSize ? next : 'Backspace';
}

async function pressKey(page: Page, key: string): Promise<void> {
  if (key === '\n') await page.keyboard.press('Enter');
  else if (key.length === 1) await page.keyboard.type(key);
  else for (const part of key.split('+')) await page.keyboard.press(part);
}

/** After a key: when the extension host has heard of it, which is a moment after the page has drawn it. */
async function readDocument(host: Editor['host'], previous?: DocumentNow): Promise<DocumentNow> {
  return host.evaluate(async (vscode, { known, longestWaitMs }) => {
    const read = (): DocumentNow => {
      const editor = vscode.window.activeTextEditor;
      const text = editor?.document.getText().replaceAll('\r\n', '\n') ?? '';
      const lines = text.split('\n');
      const { line = 0, character = 0 } = editor?.selection.active ?? {};
      const offset = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
      return { before: text.slice(0, offset), after: text.slice(offset) };
    };
    const startedAt = Date.now();
    // The cursor moves with every key. It is reported after the text: what counts is what stays.
    for (let last: DocumentNow | undefined; ;) {
      const now = read();
      if (known === undefined || (now.before !== known.before && now.before === last?.before) || Date.now() - startedAt > longestWaitMs) return now;
      last = now;
      await new Promise((resolve) => setTimeout(resolve, 3));
    }
  }, { known: previous, longestWaitMs: 2_000 });
}
