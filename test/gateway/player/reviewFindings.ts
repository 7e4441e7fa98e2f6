// Findings that a line can be held to, for the review task: each at its line, with a quote, some with a cure.
import type { PromptPiece } from './readPrompt.ts';

interface Rule {
  readonly pattern: RegExp;
  readonly severity: 'error' | 'warning' | 'info';
  readonly title: string;
  readonly reason: string;
  readonly cure?: (line: string) => string;
}

const rules: readonly Rule[] = [
  { pattern: /for \(let (\w+) = 0; \1 <= [\w.]+\.length\b/, severity: 'error', title: 'The loop runs one element too far', reason: 'The last index of a list is its length minus one; at the length itself the element is undefined.', cure: (line) => line.replace('<=', '<') },
  { pattern: /getUTCDay\(\) === 5|getDay\(\) === 5/, severity: 'warning', title: 'Day 5 is Friday', reason: 'getDay counts from Sunday as 0, so Saturday is 6. If Saturday is meant, the rule applies a day early.', cure: (line) => line.replace('=== 5', '=== 6') },
  { pattern: /ours?\b.*getTime\(\).*\/ 60_?000\b/, severity: 'error', title: 'Milliseconds are divided into minutes, the name says hours', reason: 'An hour has 3,600,000 milliseconds. The value is 60 times too large, so what is compared with it is decided wrongly.', cure: (line) => line.replace(/60_?000\b/, '3_600_000') },
  { pattern: /catch\s*(?:\(\w+\))?\s*\{\s*\}/, severity: 'warning', title: 'The error is swallowed', reason: 'An empty catch hides every failure, also those nobody thought of.' },
  { pattern: /(?<![=!])==(?!=)\s*(?!null)/, severity: 'warning', title: 'Loose comparison', reason: 'It converts types before it compares: 0, "" and false are equal to each other.', cure: (line) => line.replace(/(?<![=!])==(?!=)/, '===') },
  { pattern: /:\s*any\b|\bas any\b/, severity: 'warning', title: 'The type is switched off', reason: 'any spreads to everything that touches it; unknown and a check keep the compiler on your side.' },
  { pattern: /\beval\(|new Function\(/, severity: 'error', title: 'Text is run as code', reason: 'Whoever controls the text controls the program.' },
  { pattern: /\.innerHTML\s*=/, severity: 'error', title: 'Text becomes markup', reason: 'What a user wrote would be read as HTML, scripts included.' },
  { pattern: /Math\.random\(\).*(?:id|token|key)/i, severity: 'warning', title: 'The value can be guessed', reason: 'Math.random is no source of secrets and repeats.' },
  { pattern: /Promise\.all\([^)]*forEach|\.forEach\(async/, severity: 'error', title: 'Nobody waits for this', reason: 'forEach ignores the promises that its function gives back.' },
  { pattern: /parseInt\([^,()]+\)/, severity: 'info', title: 'parseInt without a base', reason: 'State the base, so that a reader need not know the default.' },
  { pattern: /\b(?:TODO|FIXME|XXX)\b/, severity: 'info', title: 'Unfinished work', reason: 'The comment says that something is missing here.' },
  { pattern: /console\.log\(/, severity: 'info', title: 'Output for debugging', reason: 'It reaches everyone who runs this.' },
  { pattern: /^ {12,}if \(/, severity: 'info', title: 'Deep nesting', reason: 'Six levels of conditions have to be kept in mind here; guards at the top or a table would say the same flat.' },
];

const maximumFindings = 8;

export function writeFindings(pieces: readonly PromptPiece[]): string {
  const found = pieces.flatMap((piece) => rules.flatMap((rule) => findFirst(piece, rule)));
  const order = { error: 0, warning: 1, info: 2 } as const;
  const sorted = found.toSorted((left, right) => order[left.severity] - order[right.severity]).slice(0, maximumFindings);
  return sorted.length === 0 ? 'NONE' : sorted.map((finding) => finding.text).join('\n');
}

function findFirst({ path, startLine, text }: PromptPiece, rule: Rule): readonly { readonly severity: Rule['severity']; readonly text: string }[] {
  const lines = text.split('\n');
  const index = lines.findIndex((line) => rule.pattern.test(line));
  const line = lines[index];
  if (line === undefined) return [];
  const number = startLine + index;
  const json = JSON.stringify({ path, line: number, endLine: number, severity: rule.severity, title: rule.title, reason: `${rule.reason} (Found by the local RunAPI, not by a model.)`, quote: line.trim() });
  const cured = rule.cure?.(line);
  const block = cured === undefined || lines.filter((other) => other === line).length !== 1 ? '' : `\n<<<<<<< SEARCH\n${line}\n=======\n${cured}\n>>>>>>> REPLACE`;
  return [{ severity: rule.severity, text: json + block }];
}
