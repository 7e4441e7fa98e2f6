// Findings that the user has dismissed, told again when the same code is reviewed anew. Models count lines and word what they find
// differently each time, so a finding is known by the lines that it speaks of and by its words. Only hashes are kept: no code, no prose.
import * as z from 'zod';
import type { Finding } from './findingCheck.ts';

export interface DismissedFinding {
  /** Of the file. */
  readonly uri: string;
  readonly lines: readonly string[];
  readonly title: readonly string[];
  /** Those of the title too. */
  readonly words: readonly string[];
}

/** Where a finding stands: `lines` is the whole file. */
export interface FindingCode {
  readonly uri: string;
  readonly lines: readonly string[];
}

type Spoken = Pick<Finding, 'title' | 'reason' | 'startLine' | 'endLine'>;

export function toDismissed(finding: Spoken, code: FindingCode): DismissedFinding {
  return { uri: code.uri, lines: pointedLines(finding, code), ...spokenWords(finding) };
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

const schema = z.array(z.object({ uri: z.string(), lines: z.array(z.string()), title: z.array(z.string()), words: z.array(z.string()) }));

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
/** Reasons are made of the same phrases again and again, so a title has to speak of the same things too. */
const sharedTitle = 1 / 3;

function isSame(finding: Spoken, code: FindingCode, earlier: DismissedFinding): boolean {
  if (earlier.uri !== code.uri || earlier.lines.length === 0) return false;
  const pointed = pointedLines(finding, code);
  if (!pointed.some((line) => earlier.lines.includes(line))) return false;
  const present = new Set(code.lines.map(hashLine));
  return earlier.lines.every((line) => present.has(line)) && saysTheSame(spokenWords(finding), earlier);
}

function saysTheSame(left: Pick<DismissedFinding, 'title' | 'words'>, right: Pick<DismissedFinding, 'title' | 'words'>): boolean {
  const titles = Math.max(share(left.title, right.words), share(right.title, left.words));
  return titles >= sharedTitle && Math.max(share(left.words, right.words), share(right.words, left.words)) >= sharedWords;
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

function spokenWords({ title, reason }: Spoken): Pick<DismissedFinding, 'title' | 'words'> {
  const own = stems(title);
  const all = [...new Set([...own, ...stems(reason)])].slice(0, maxWords).map(hash);
  // A title of small words says nothing: the reason speaks for it.
  return { title: own.length === 0 ? all : own.map(hash), words: all };
}

const maxWords = 40;

/** Word beginnings, so that "rounds", "rounded" and "rounding" are one; a Korean word carries its meaning in its first syllables. */
function stems(text: string): readonly string[] {
  const words = [...text.toLowerCase().matchAll(/[\p{Letter}\p{Number}_]+/gu)].map(([word]) => word);
  return [...new Set(words.flatMap((word) => (isSyllabic(word) ? [word.slice(0, 2)] : word.length < 3 || plainWords.has(word) ? [] : [word.replace(/(?<=...)(?:ing|ed|es|s)$/, '').slice(0, 5)])))];
}

function isSyllabic(word: string): boolean {
  return /^[\u3040-\u30ff\u3131-\u318e\u4e00-\u9fff\uac00-\ud7a3]/.test(word);
}

/** How much of `words` is in the other; all of nothing. */
function share(words: readonly string[], other: readonly string[]): number {
  if (words.length === 0) return other.length === 0 ? 1 : 0;
  const known = new Set(other);
  return words.filter((word) => known.has(word)).length / words.length;
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
