// Where functions begin and end, read from braces or indentation. Good enough to suggest what to refactor and to number a block;
// the host asks the language service where the answer must be exact.
import { maskCode } from './codeMask.ts';

export interface FunctionBlock {
  readonly name: string;
  /** Lines count from 0; the end is the last line of the block. */
  readonly startLine: number;
  readonly endLine: number;
  readonly parameters: number;
}

const indentationLanguages = new Set(['python', 'coffeescript', 'gdscript']);
const notFunctions = new Set(['if', 'for', 'while', 'switch', 'catch', 'return', 'function', 'with', 'elif', 'else', 'do', 'try', 'match', 'await', 'synchronized', 'using', 'lock', 'foreach', 'unless', 'until']);

export function findFunctions(text: string, languageId: string): readonly FunctionBlock[] {
  const { code } = maskCode(text, languageId);
  if (indentationLanguages.has(languageId)) return findByIndentation(code);
  return findByBraces(code);
}

function findByIndentation(code: string): readonly FunctionBlock[] {
  const lines = code.split('\n');
  const blocks: FunctionBlock[] = [];
  for (const [startLine, line] of lines.entries()) {
    const header = /^(\s*)(?:async\s+)?def\s+(\w+)\s*\(/.exec(line);
    if (header === null) continue;
    const [, indent = '', name = ''] = header;
    const signature = parenthesised(lines.slice(startLine).join('\n'), line.indexOf('('));
    const bodyFrom = startLine + signature.split('\n').length;
    blocks.push({ name, startLine, endLine: indentedEnd(lines, bodyFrom, indent.length), parameters: countParameters(signature, true) });
  }
  return blocks;
}

function indentedEnd(lines: readonly string[], from: number, indent: number): number {
  let last = from - 1;
  for (let index = from; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (line.trim() === '') continue;
    if (line.length - line.trimStart().length <= indent) break;
    last = index;
  }
  return last;
}

/** A function is a name and a parameter list before an opening brace; arrow functions take the name they are assigned to. */
const braceHeaders = [
  /\bfunction\b\s*\*?\s*(?<name>[\w$]*)\s*(?:<[^>{}]*>)?\s*(?<open>\()/g,
  /\b(?:const|let|var)\s+(?<name>[\w$]+)[^=;{}]{0,200}=\s*(?:async\s*)?(?:<[^>{}]*>)?\s*(?<open>\()(?=[^{};]{0,2000}=>)/g,
  /\b(?:func|fn|fun|def)\s+(?:\([^)]*\)\s*)?(?<name>[\w$]+)\s*(?:[<[][^({]{0,200}[>\]])?\s*(?<open>\()/g,
  /^[ \t]*(?!(?:if|elif|for|while|switch|case|return|class|object|struct|record|interface|enum)\b)(?:[\w$<>[\],.?:&*]+[ \t]+){0,6}(?:\w+::)*(?<name>[\w$#~]+)\s*(?:<[^>{}]*>)?\s*(?<open>\()/gm,
];

function findByBraces(code: string): readonly FunctionBlock[] {
  const lineAt = lineLookup(code);
  const found = new Map<number, FunctionBlock>();
  for (const pattern of braceHeaders) {
    for (const match of code.matchAll(pattern)) {
      const name = match.groups?.['name'] ?? '';
      if (notFunctions.has(name) || /\b(?:return|new|await|throw|else)\s+$/.test(match[0].slice(0, match[0].lastIndexOf(name)))) continue;
      const openAt = match.index + match[0].length - 1;
      const signature = parenthesised(code, openAt);
      const brace = braceAfter(code, openAt + signature.length);
      if (signature === '' || brace === undefined || found.has(brace)) continue;
      const end = matchingBrace(code, brace);
      const startLine = lineAt(match.index + match[0].length - match[0].trimStart().length);
      found.set(brace, { name, startLine, endLine: lineAt(end), parameters: countParameters(signature, false) });
    }
  }
  return [...found.values()].sort((left, right) => left.startLine - right.startLine || left.endLine - right.endLine);
}

/** The text from the opening parenthesis to its partner, both included; empty when it never closes. */
function parenthesised(code: string, openAt: number): string {
  let depth = 0;
  const limit = Math.min(code.length, openAt + 5000);
  for (let at = openAt; at < limit; at += 1) {
    if (code[at] === '(') depth += 1;
    else if (code[at] === ')') depth -= 1;
    if (depth === 0) return code.slice(openAt, at + 1);
  }
  return '';
}

/** The brace that opens the body: between the parameters and it only a return type, a `throws`, an arrow or an initialiser may stand. */
function braceAfter(code: string, from: number): number | undefined {
  const tail = /^(?:[^;{}()]|\(\)){0,300}\{/.exec(code.slice(from, from + 301));
  if (tail === null || /^\s*[,.?]|[^=!<>]=(?![=>])/.test(tail[0])) return undefined;
  return from + tail[0].length - 1;
}

function matchingBrace(code: string, openAt: number): number {
  let depth = 0;
  for (let at = openAt; at < code.length; at += 1) {
    if (code[at] === '{') depth += 1;
    else if (code[at] === '}') depth -= 1;
    if (depth === 0) return at;
  }
  return code.length - 1;
}

function countParameters(signature: string, dropSelf: boolean): number {
  const inner = signature.slice(1, -1);
  let depth = 0;
  const parts: string[] = [''];
  for (const character of inner) {
    if ('([{<'.includes(character)) depth += 1;
    else if (')]}>'.includes(character)) depth = Math.max(0, depth - 1);
    if (character === ',' && depth === 0) parts.push('');
    else parts.push((parts.pop() ?? '') + character);
  }
  const names = parts.map((part) => part.trim()).filter((part) => part !== '' && part !== '*' && part !== '/');
  return names.filter((part) => !(dropSelf && /^(?:self|cls)\b/.test(part)) && !/^&?(?:mut\s+)?self\b/.test(part)).length;
}

function lineLookup(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
}
