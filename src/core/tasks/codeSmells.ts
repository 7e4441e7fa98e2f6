// What a selection smells of, read from its text alone in one pass a smell. The suggestions of Refactor are made from it, so a miss
// costs nothing and a false alarm costs one line in a list.
import { maskCode } from './codeMask.ts';
import { findFunctions, type FunctionBlock } from './functionBlocks.ts';

export type SmellKind =
  | 'long-function' | 'deep-nesting' | 'many-parameters' | 'duplicated-lines' | 'magic-numbers' | 'long-condition' | 'else-chain'
  | 'commented-code' | 'promise-chain' | 'var-declaration' | 'any-type' | 'long-file';

export interface Smell {
  readonly kind: SmellKind;
  /** From 0, within the text that was looked at. */
  readonly line: number;
  /** Lines, levels, parameters, repeats: what makes it a smell. */
  readonly count: number;
  /** The function's name where one is concerned. */
  readonly name?: string;
}

// Where each starts: the bounds that linters use by default or recommend (ESLint max-depth 4, max-params 3 to 5,
// max-lines-per-function 50, max-lines 300 to 500; Sonar: 3 conditional operators).
const longFunctionLines = 40;
const deepLevels = 4;
const manyParameters = 5;
const duplicateWindow = 4;
const magicNumberCount = 3;
const conditionOperators = 3;
const elseBranches = 3;
const commentedLines = 3;
const promiseLinks = 3;
const longFileLines = 400;
/** Above this a look costs more than its suggestion is worth. */
const maxCharacters = 200_000;
const javascriptLike = new Set(['javascript', 'javascriptreact', 'typescript', 'typescriptreact', 'vue', 'svelte']);
const typescriptLike = new Set(['typescript', 'typescriptreact']);

export function findSmells(text: string, languageId: string): readonly Smell[] {
  if (text.length > maxCharacters) return [];
  const { code, comments } = maskCode(text.replace(/\r\n?/g, '\n'), languageId);
  const lines = code.split('\n');
  const functions = findFunctions(text.replace(/\r\n?/g, '\n'), languageId);
  const smells = [
    ...functionSmells(functions),
    ...nesting(lines, functions),
    ...duplicates(lines),
    ...magicNumbers(lines),
    ...conditions(code),
    ...elseChains(lines),
    ...commentedCode(comments.split('\n')),
    ...(javascriptLike.has(languageId) ? javascriptSmells(lines, typescriptLike.has(languageId)) : []),
    ...(lines.length > longFileLines ? [{ kind: 'long-file' as const, line: 0, count: lines.length }] : []),
  ];
  return smells.sort((left, right) => left.line - right.line);
}

function functionSmells(functions: readonly FunctionBlock[]): readonly Smell[] {
  return functions.flatMap((block) => {
    const length = block.endLine - block.startLine + 1;
    const at = { line: block.startLine, ...(block.name === '' ? {} : { name: block.name }) };
    return [
      ...(length > longFunctionLines ? [{ kind: 'long-function' as const, count: length, ...at }] : []),
      ...(block.parameters >= manyParameters ? [{ kind: 'many-parameters' as const, count: block.parameters, ...at }] : []),
    ];
  });
}

/** Levels of indentation inside each function, its own body not counted; the innermost function answers for its lines. */
function nesting(lines: readonly string[], functions: readonly FunctionBlock[]): readonly Smell[] {
  const unit = indentUnit(lines);
  const outermost = functions.filter((block) => !functions.some((other) => other !== block && other.startLine <= block.startLine && other.endLine >= block.endLine));
  return outermost.flatMap((block) => {
    const base = indentOf(lines[block.startLine] ?? '');
    let deepest = { line: block.startLine, count: 0 };
    for (let index = block.startLine + 1; index < block.endLine; index += 1) {
      const line = lines[index] ?? '';
      if (!/\w/.test(line)) continue;
      const levels = Math.floor((indentOf(line) - base) / unit) - 1;
      if (levels > deepest.count && opensBlock(lines, index)) deepest = { line: index, count: levels };
    }
    return deepest.count >= deepLevels ? [{ kind: 'deep-nesting', ...deepest, ...(block.name === '' ? {} : { name: block.name }) }] : [];
  });
}

/** Continuation lines are indented too: only a line below a block opener counts as nested. */
function opensBlock(lines: readonly string[], index: number): boolean {
  for (let above = index - 1; above >= 0; above -= 1) {
    const line = lines[above] ?? '';
    if (line.trim() === '' || indentOf(line) >= indentOf(lines[index] ?? '')) continue;
    return /[{:]\s*$|\b(?:then|do)\s*$/.test(line);
  }
  return false;
}

function indentOf(line: string): number {
  let width = 0;
  for (const character of line) {
    if (character === '\t') width += 4;
    else if (character === ' ') width += 1;
    else break;
  }
  return width;
}

function indentUnit(lines: readonly string[]): number {
  const widths = lines.filter((line) => line.trim() !== '').map(indentOf).filter((width) => width > 1);
  const steps = new Set(widths);
  if (steps.size === 0) return 4;
  return [2, 3, 4, 8].findLast((unit) => widths.filter((width) => width % unit === 0).length >= widths.length * 0.9) ?? 2;
}

/** Runs of at least four equal lines, white space and blank lines aside. */
function duplicates(lines: readonly string[]): readonly Smell[] {
  const meaningful = lines.map((line, index) => ({ index, text: line.trim().replace(/\s+/g, ' ') })).filter(({ text }) => text.length > 3 && /\w/.test(text));
  const seen = new Map<string, number>();
  const smells: Smell[] = [];
  let position = 0;
  while (position + duplicateWindow <= meaningful.length) {
    const key = meaningful.slice(position, position + duplicateWindow).map(({ text }) => text).join('\n');
    const earlier = seen.get(key);
    if (earlier === undefined || position < earlier + duplicateWindow) {
      if (earlier === undefined) seen.set(key, position);
      position += 1;
      continue;
    }
    let length = duplicateWindow;
    while (position + length < meaningful.length && earlier + length < position && meaningful[earlier + length]?.text === meaningful[position + length]?.text) length += 1;
    smells.push({ kind: 'duplicated-lines', line: meaningful[position]?.index ?? 0, count: length });
    position += length;
  }
  return smells;
}

/** Numbers that a reader has to guess: none of a declaration's own value, an index, a round small number or a hex mask. */
function magicNumbers(lines: readonly string[]): readonly Smell[] {
  const found: number[] = [];
  for (const [index, line] of lines.entries()) {
    if (/^\s*(?:export\s+)?(?:public\s+|private\s+|static\s+|final\s+|readonly\s+)*(?:const|let|val|final|#define|enum)\b[^=(]*=?\s*-?[\d_.]+\s*;?\s*$|^\s*[A-Z_][A-Z0-9_]*\s*[:=]/.test(line)) continue;
    const numbers = line.match(/(?<![\w.$#[])-?\d[\d_]*(?:\.\d+)?(?![\w.\]])/g) ?? [];
    for (const number of numbers) if (!['0', '1', '-1', '2', '10', '100', '1000'].includes(number)) found.push(index);
  }
  const [first] = found;
  return first !== undefined && found.length >= magicNumberCount ? [{ kind: 'magic-numbers', line: first, count: found.length }] : [];
}

function conditions(code: string): readonly Smell[] {
  const smells: Smell[] = [];
  let line = 0;
  for (const statement of code.split(/([;{}]|:\s*\n)/)) {
    const operators = statement.match(/&&|\|\||\band\b|\bor\b/g)?.length ?? 0;
    if (operators >= conditionOperators && /\b(?:if|elif|while|return|when|unless)\b|=/.test(statement)) {
      smells.push({ kind: 'long-condition', line: line + leadingLines(statement), count: operators + 1 });
    }
    line += statement.split('\n').length - 1;
  }
  return smells;
}

function leadingLines(text: string): number {
  return text.slice(0, text.length - text.trimStart().length).split('\n').length - 1;
}

function elseChains(lines: readonly string[]): readonly Smell[] {
  const smells: Smell[] = [];
  const open = new Map<number, { line: number; count: number }>();
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const indent = indentOf(line);
    for (const key of open.keys()) if (key > indent) open.delete(key);
    const chain = open.get(indent);
    if (/^\s*\}?\s*(?:else\s+if|elif|elsif|elseif)\b/.test(line)) {
      const next = { line: chain?.line ?? index, count: (chain?.count ?? 0) + 1 };
      open.set(indent, next);
      if (next.count === elseBranches) smells.push({ kind: 'else-chain', ...next });
    } else if (/^\s*if\b/.test(line)) open.set(indent, { line: index, count: 0 });
    else if (!/^\s*[})\]]/.test(line)) open.delete(indent);
  }
  return smells;
}

function commentedCode(comments: readonly string[]): readonly Smell[] {
  const smells: Smell[] = [];
  let run: { line: number; count: number } | undefined;
  for (const [index, comment] of [...comments, ''].entries()) {
    const looksLikeCode = /[;{}]\s*$|^\s*(?:\/\/|#|--|\*)\s*(?:if|for|while|return|const|let|var|def|import|func|fn)\b.*[(=:{]|\w\(.*\)\s*$/.test(comment.trimEnd()) && !/^\s*(?:\/\*\*|\*\s*@|\/\/\/)/.test(comment);
    if (looksLikeCode) run = { line: run?.line ?? index, count: (run?.count ?? 0) + 1 };
    else {
      if (run !== undefined && run.count >= commentedLines) smells.push({ kind: 'commented-code', ...run });
      run = undefined;
    }
  }
  return smells;
}

function javascriptSmells(lines: readonly string[], typed: boolean): readonly Smell[] {
  return [
    ...counted('promise-chain', lines, /\.then\s*\(/g, promiseLinks),
    ...counted('var-declaration', lines, /(?<![\w$.])var\s+[\w${[]/g, 1),
    ...(typed ? counted('any-type', lines, /(?:[:<|&,]\s*|\bas\s+)any\b/g, 1) : []),
  ];
}

function counted(kind: SmellKind, lines: readonly string[], pattern: RegExp, least: number): readonly Smell[] {
  const perLine = lines.map((line) => line.match(pattern)?.length ?? 0);
  const count = perLine.reduce((sum, value) => sum + value, 0);
  return count >= least ? [{ kind, line: perLine.findIndex((value) => value > 0), count }] : [];
}
