// Findings that the user has dismissed, told again when the same code is reviewed anew. Models count lines and word what they find
// differently each time, so a finding is known by the lines that it speaks of and by its words. Only hashes are kept: no code, no prose.
import * as z from 'zod';
import type { Finding } from './findingCheck.ts';

export interface DismissedFinding {
  /** Of the file. */
  readonly uri: string;
  readonly lines: readonly string[];
  readonly words: readonly string[];
}

/** Where a finding stands: `lines` is the whole file. */
export interface FindingCode {
  readonly uri: string;
  readonly lines: readonly string[];
}

type Spoken = Pick<Finding, 'title' | 'reason' | 'startLine' | 'endLine'>;

export function toDismissed(finding: Spoken, code: FindingCode): DismissedFinding {
  return { uri: code.uri, lines: pointedLines(finding, code), words: spokenWords(finding) };
}

/** True while the lines that were dismissed still stand in the file and a dismissed finding said much the same of them. */
export function wasDismissed(finding: Spoken, code: FindingCode, dismissed: readonly DismissedFinding[]): boolean {
  return dismissed.some((earlier) => isSame(finding, code, earlier));
}

/** Without what says the same as `finding`: it is shown again from now on. */
export function withoutDismissed(finding: Spoken, code: FindingCode, dismissed: readonly DismissedFinding[]): readonly DismissedFinding[] {
  return dismissed.filter((earlier) => !isSame(finding, code, earlier));
}

/** The newest last; the oldest go. */
export function addDismissed(dismissed: readonly DismissedFinding[], one: DismissedFinding): readonly DismissedFinding[] {
  return [...dismissed, one].slice(-maxDismissed);
}

const schema = z.array(z.object({ uri: z.string(), lines: z.array(z.string()), words: z.array(z.string()) }));

/** What was stored; an unknown form counts as nothing. */
export function parseDismissed(stored: unknown): readonly DismissedFinding[] {
  const result = schema.safeParse(stored);
  return result.success ? result.data : [];
}

/** About 400 bytes each. */
const maxDismissed = 500;
/** A finding that points at more speaks of the whole place: its first lines tell it apart. */
const maxLines = 20;
/** Of the shorter of two findings: what names the same trouble shares the nouns, another one at the same line does not. */
const sharedWords = 0.4;

function isSame(finding: Spoken, code: FindingCode, earlier: DismissedFinding): boolean {
  if (earlier.uri !== code.uri || earlier.lines.length === 0) return false;
  const pointed = pointedLines(finding, code);
  if (!pointed.some((line) => earlier.lines.includes(line))) return false;
  const present = new Set(code.lines.map(hashLine));
  return earlier.lines.every((line) => present.has(line)) && overlap(spokenWords(finding), earlier.words) >= sharedWords;
}

function pointedLines({ startLine, endLine }: Spoken, { lines }: FindingCode): readonly string[] {
  const pointed = lines.slice(startLine - 1, endLine).filter((line) => line.trim() !== '');
  return [...new Set(pointed.slice(0, maxLines).map(hashLine))];
}

/** White space is no change: a formatter does not bring a finding back. */
function hashLine(line: string): string {
  return hash(line.replace(/\s+/g, ''));
}

const plainWords = new Set(['the', 'and', 'that', 'this', 'with', 'when', 'not', 'are', 'for', 'but', 'can', 'has', 'have', 'its', 'from', 'into', 'will', 'would', 'should', 'could', 'because', 'which', 'there', 'here', 'then', 'than', 'does', 'may', 'line', 'code', 'value', 'use', 'uses']);

/** Word beginnings, so that "rounds", "rounded" and "rounding" are one; a Korean word carries its meaning in its first syllables. */
function spokenWords({ title, reason }: Spoken): readonly string[] {
  const words = [...`${title} ${reason}`.toLowerCase().matchAll(/[\p{Letter}\p{Number}_]+/gu)].map(([word]) => word);
  const stems = words.flatMap((word) => (isSyllabic(word) ? [word.slice(0, 2)] : word.length < 3 || plainWords.has(word) ? [] : [word.slice(0, 5)]));
  return [...new Set(stems)].slice(0, maxWords).map(hash);
}

const maxWords = 40;

function isSyllabic(word: string): boolean {
  return /^[\u3040-\u30ff\u3131-\u318e\u4e00-\u9fff\uac00-\ud7a3]/.test(word);
}

function overlap(left: readonly string[], right: readonly string[]): number {
  const least = Math.min(left.length, right.length);
  if (least === 0) return left.length === right.length ? 1 : 0;
  const known = new Set(right);
  return left.filter((word) => known.has(word)).length / least;
}

/** FNV-1a, twice 32 bits: accidents among a few thousand lines are out of the question. */
function hash(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x01000197);
  }
  return `${(low >>> 0).toString(36)}.${(high >>> 0).toString(36)}`;
}
