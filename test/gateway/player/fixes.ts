// Cures for problems whose message says the cure.
import type { PromptPiece } from './readPrompt.ts';

export interface Fix {
  readonly text: string;
  /** Undefined: nothing in the messages says what to do. */
  readonly what: string | undefined;
}

export function fixText(piece: PromptPiece, problems: string): Fix {
  const lines = piece.text.split('\n');
  const done: string[] = [];
  for (const [, number = '', message = ''] of problems.matchAll(/:(\d+) (?:error|warning)[^:]*: (.*)$/gm)) {
    const index = Number(number) - piece.startLine;
    const line = lines[index];
    const cured = line === undefined ? undefined : cure(line, message, piece.text);
    if (cured === undefined) continue;
    lines[index] = cured.line;
    done.push(cured.what);
  }
  return { text: lines.filter((line) => line !== removed).join('\n'), what: done.length === 0 ? undefined : done.join('; ') };
}

const removed = '\u{0}';

function cure(line: string, message: string, text: string): { readonly line: string; readonly what: string } | undefined {
  const spelling = /'(\w+)'.*Did you mean (?:the \w+ \w+ )?'(\w+)'/.exec(message);
  if (spelling !== null) return { line: line.replace(new RegExp(`\\b${spelling[1]}\\b`), spelling[2] ?? ''), what: `\`${spelling[1]}\` is spelled \`${spelling[2]}\`` };
  const unused = /'(\w+)' is (?:declared but|defined but never)/.exec(message)?.[1];
  if (unused !== undefined && /^import\b/.test(line)) return { line: withoutImport(line, unused), what: `\`${unused}\` is imported and never used` };
  const unknown = /Cannot find name '(\w+)'/.exec(message)?.[1];
  const near = unknown === undefined ? undefined : nearestName(unknown, text);
  if (unknown !== undefined && near !== undefined) return { line: line.replace(new RegExp(`\\b${unknown}\\b`), near), what: `\`${unknown}\` does not exist, \`${near}\` does` };
  const argument = /Argument of type '(\w+)' is not assignable to parameter of type 'string'/.exec(message);
  const call = /(\w+)\((\w+)\)/.exec(line);
  if (argument !== null && call !== null && argument[1] !== 'number') return { line: line.replace(call[0], `${call[1]}(${call[2]}.id)`), what: `the function takes the id of \`${call[2]}\`, not all of it` };
  const toText = /Type 'number' is not assignable to type 'string'/.test(message) ? /= (.+);$/.exec(line) : null;
  return toText === null ? undefined : { line: line.replace(toText[0], `= String(${toText[1]});`), what: 'a number stood where text is wanted' };
}

function withoutImport(line: string, name: string): string {
  const rest = line.replace(new RegExp(`\\s*(?:type )?\\b${name}\\b,?`), '').replace(/,\s*\}/, ' }');
  return /\{\s*\}/.test(rest) ? removed : rest;
}

function nearestName(unknown: string, text: string): string | undefined {
  const names = new Set(text.match(/\b[A-Za-z_]\w{2,}\b/g) ?? []);
  names.delete(unknown);
  return [...names].find((name) => name.toLowerCase() === unknown.toLowerCase()) ?? [...names].find((name) => Math.abs(name.length - unknown.length) <= 1 && sharedStart(name, unknown) >= unknown.length - 2);
}

function sharedStart(left: string, right: string): number {
  let length = 0;
  while (length < left.length && left[length] === right[length]) length += 1;
  return length;
}
