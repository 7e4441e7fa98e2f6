// Finds the top-level blocks in a token list and splits a growing list or table into what is final and what is not.
import type { Token } from './parser.ts';

export interface TopLevelBlock {
  readonly type: 'list' | 'table' | 'fence' | 'other';
  /** Index of its first token. */
  readonly start: number;
  readonly startLine: number;
}

export function topLevelBlocks(tokens: readonly Token[]): readonly TopLevelBlock[] {
  const blocks: TopLevelBlock[] = [];
  tokens.forEach((token, index) => {
    if (token.level !== 0 || token.nesting < 0 || token.map === null) return;
    blocks.push({ type: typeOf(token), start: index, startLine: token.map[0] });
  });
  return blocks;
}

function typeOf(token: Token): TopLevelBlock['type'] {
  if (token.type === 'bullet_list_open' || token.type === 'ordered_list_open') return 'list';
  if (token.type === 'table_open') return 'table';
  return token.type === 'fence' ? 'fence' : 'other';
}

export function offsetOfLine(text: string, line: number): number {
  let at = 0;
  for (let passed = 0; passed < line; passed += 1) {
    const end = text.indexOf('\n', at);
    if (end < 0) return text.length;
    at = end + 1;
  }
  return at;
}

export interface ContainerSplit {
  readonly final: readonly Token[];
  /** Source from which the rest parses again as the same kind of container. */
  readonly rest: string;
}

/** Rows kept open at the end of a table before they are made final together. */
const openTableRows = 24;

/** `tokens` are those of one block, `source` its text from its first line on. Undefined when all of it stays open. */
export function splitContainer(tokens: readonly Token[], block: TopLevelBlock, source: string): ContainerSplit | undefined {
  if (block.type === 'list') return splitList(tokens, block, source);
  return block.type === 'table' ? splitTable(tokens, block, source) : undefined;
}

function splitList(tokens: readonly Token[], block: TopLevelBlock, source: string): ContainerSplit | undefined {
  const items = indexesOf(tokens, 'list_item_open', 1);
  const last = items.at(-1);
  const closing = tokens.at(-1);
  if (last === undefined || items.length < 2 || closing === undefined) return undefined;
  return { final: [...tokens.slice(0, last), closing], rest: source.slice(offsetOfLine(source, lineOf(tokens[last]) - block.startLine)) };
}

function splitTable(tokens: readonly Token[], block: TopLevelBlock, source: string): ContainerSplit | undefined {
  const rows = indexesOf(tokens, 'tr_open', 2).slice(1);
  const last = rows.at(-1);
  if (last === undefined || rows.length < openTableRows) return undefined;
  const head = source.slice(0, offsetOfLine(source, 2));
  return { final: [...tokens.slice(0, last), ...tokens.slice(-2)], rest: head + source.slice(offsetOfLine(source, lineOf(tokens[last]) - block.startLine)) };
}

function indexesOf(tokens: readonly Token[], type: string, level: number): readonly number[] {
  return tokens.flatMap((token, index) => (token.type === type && token.level === level ? [index] : []));
}

function lineOf(token: Token | undefined): number {
  return token?.map?.[0] ?? 0;
}
