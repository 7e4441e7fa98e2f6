// A person who types a text into the real editor key by key, and takes a suggestion that is right and has been there for 400 ms.
import type { Page } from 'playwright-core';
import type { Editor } from '../editor.ts';
import { createRandom, fromQuantiles } from '../../bench/completion/random.ts';

export interface TypingResult {
  readonly keys: number;
  readonly accepts: number;
  readonly acceptedCharacters: number;
  /** The ghost went away or changed though the key agreed with it. */
  readonly flickers: readonly string[];
  /** A ghost stood there that does not go on from the text. */
  readonly stale: readonly string[];
  readonly waitsMs: readonly number[];
  readonly text: string;
}

interface Sample {
  readonly atMs: number;
  readonly ghost: string;
}

/** Gaps of a recording of 92 minutes; without its long pauses, so that a minute is a minute. */
const gapsMs: readonly (readonly [number, number])[] = [[0, 30], [0.5, 98], [0.75, 157], [0.9, 247], [0.95, 405], [1, 900]];
const reactionMs = 400;
const typoShare = 0.022;
/** The editor is set to it. */
const indentSize = 2;

export async function typeWithSuggestions({ page, host }: Editor, target: string, seed: number): Promise<TypingResult> {
  const random = createRandom(seed);
  const result = { keys: 0, accepts: 0, acceptedCharacters: 0, flickers: [] as string[], stale: [] as string[], waitsMs: [] as number[] };
  await startSampling(page);
  let ghostSinceMs: number | undefined;
  for (let step = 0; step < target.length * 3; step++) {
    const { before, after } = await readDocument(host);
    if (before.trimEnd().length >= target.trimEnd().length && target.trimEnd() === before.trimEnd()) break;
    const ghost = await ghostNow(page);
    noteStale(ghost, before, target, result.stale);
    ghostSinceMs = ghost === '' ? undefined : (ghostSinceMs ?? performance.now());
    if (ghostSinceMs !== undefined && performance.now() - ghostSinceMs >= reactionMs && isRight(ghost, before, target) && squeeze(ghost).length >= 2) {
      await page.keyboard.press('Tab');
      await page.waitForTimeout(60);
      const now = (await readDocument(host)).before;
      result.accepts++;
      result.acceptedCharacters += Math.max(0, now.length - before.length);
      ghostSinceMs = undefined;
    } else if (random() < typoShare && target.startsWith(before)) {
      await page.keyboard.type('q');
      await page.waitForTimeout(fromQuantiles(random, gapsMs) + 150);
      const wrong = await ghostNow(page);
      if (wrong !== '' && wrong === ghost) result.stale.push(`${wrong} after a wrong key`);
      await page.keyboard.press('Backspace');
      result.keys += 2;
      ghostSinceMs = undefined;
    } else {
      const key = nextKey(before, after, target);
      await pressKey(page, key);
      result.keys++;
      if (key.length === 1 && ghost.startsWith(key) && squeeze(ghost).length > 1) await watchForward(page, ghost.slice(1), result.flickers);
      if (!ghost.startsWith(key)) ghostSinceMs = undefined;
    }
    const waited = await waitForGhost(page, Math.max(0, fromQuantiles(random, gapsMs) - 25), ghost !== '');
    if (waited !== undefined) {
      result.waitsMs.push(waited);
      ghostSinceMs ??= performance.now();
    }
  }
  const { before, after } = await readDocument(host);
  return { ...result, text: before + after };
}

/** Types over, moves over what the editor closed, indents and outdents as a person would. */
function nextKey(before: string, after: string, target: string): string {
  if (!target.startsWith(before)) {
    const line = before.slice(before.lastIndexOf('\n') + 1);
    const start = before.length - line.length;
    const wanted = /^[ \t]*/.exec(target.slice(start))?.[0] ?? '';
    if (line.trim() !== '') return 'Backspace';
    const next = target[start + wanted.length] ?? '';
    if (next === '\n' || next === '') return '\n';
    if (line.length <= wanted.length) return 'Tab';
    return /[}\])]/.test(next) && line.length - wanted.length === indentSize ? next : 'Backspace';
  }
  const rest = target.slice(before.length);
  if (rest.startsWith('\n') && /^\n[ \t]*[}\])]/.test(after) && rest.startsWith(/^\n[ \t]*[}\])]/.exec(after)?.[0] ?? '\0')) return 'ArrowDown+End';
  return rest[0] ?? 'End';
}

async function pressKey(page: Page, key: string): Promise<void> {
  if (key === '\n') await page.keyboard.press('Enter');
  else if (key.length === 1) await page.keyboard.type(key);
  else for (const part of key.split('+')) await page.keyboard.press(part);
}

async function readDocument(host: Editor['host']): Promise<{ readonly before: string; readonly after: string }> {
  return host.evaluate((vscode) => {
    const editor = vscode.window.activeTextEditor;
    const text = editor?.document.getText().replaceAll('\r\n', '\n') ?? '';
    const lines = text.split('\n');
    const { line = 0, character = 0 } = editor?.selection.active ?? {};
    const offset = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + character;
    return { before: text.slice(0, offset), after: text.slice(offset) };
  });
}

/** The page notes each frame what ghost text it shows. */
async function startSampling(page: Page): Promise<void> {
  await page.evaluate(() => {
    const samples: { atMs: number; ghost: string }[] = [];
    Object.assign(window, { ghostSamples: samples });
    const read = (): void => {
      // What is drawn in the line comes first, then the lines below it, which VS Code draws in zones of their own.
      const byPlace = (a: HTMLElement, b: HTMLElement): number => a.getBoundingClientRect().top - b.getBoundingClientRect().top || a.getBoundingClientRect().left - b.getBoundingClientRect().left;
      const inLine = [...document.querySelectorAll<HTMLElement>('.monaco-editor .ghost-text-decoration')].sort(byPlace);
      const below = [...document.querySelectorAll<HTMLElement>('.monaco-editor .ghost-text')].filter((span) => !inLine.includes(span)).sort(byPlace);
      const spans = [...inLine, ...below];
      samples.push({ atMs: performance.now(), ghost: spans.map((span) => span.textContent).join('').replaceAll('\u00a0', ' ').replaceAll('\u200b', '') });
      if (samples.length > 600) samples.splice(0, 300);
      requestAnimationFrame(read);
    };
    requestAnimationFrame(read);
  });
}

async function samplesOf(page: Page, lastMs: number): Promise<readonly Sample[]> {
  return page.evaluate((ms) => {
    // Put there by startSampling.
    const { ghostSamples } = window as unknown as { readonly ghostSamples: readonly { atMs: number; ghost: string }[] };
    return ghostSamples.filter((sample) => sample.atMs >= performance.now() - ms);
  }, lastMs);
}

async function ghostNow(page: Page): Promise<string> {
  return (await samplesOf(page, 200)).at(-1)?.ghost ?? '';
}

/** After a key that agrees: in every frame there is the rest of the ghost, or still the whole of it. */
async function watchForward(page: Page, rest: string, flickers: string[]): Promise<void> {
  const startedAt = await page.evaluate(() => performance.now());
  await page.waitForTimeout(70);
  for (const sample of await samplesOf(page, 75)) {
    if (sample.atMs < startedAt) continue;
    if (sample.ghost === '' && squeeze(rest) !== '') flickers.push(`"${rest}" went away`);
  }
}

/** Until the gap is over; milliseconds until a ghost came, where none was. */
async function waitForGhost(page: Page, gapMs: number, hadGhost: boolean): Promise<number | undefined> {
  const startedAt = performance.now();
  let cameMs: number | undefined;
  do {
    await page.waitForTimeout(Math.min(20, gapMs));
    if (!hadGhost && cameMs === undefined && (await ghostNow(page)) !== '') cameMs = performance.now() - startedAt;
  } while (performance.now() - startedAt < gapMs);
  return cameMs;
}

function noteStale(ghost: string, before: string, target: string, stale: string[]): void {
  if (ghost !== '' && target.startsWith(before) && !isRight(ghost, before, target)) stale.push(`${JSON.stringify(ghost)} after ${JSON.stringify(before.slice(-30))}`);
}

/** Drawn text is compared without white space: the page draws indentation of later lines its own way. */
function isRight(ghost: string, before: string, target: string): boolean {
  return target.startsWith(before) && squeeze(target.slice(before.length)).startsWith(squeeze(ghost));
}

function squeeze(text: string): string {
  return text.replaceAll(/\s/g, '');
}
