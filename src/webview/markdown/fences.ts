// The lines that open and close a fenced code block, and what their info string says.
import { readEditStart } from './editLines.ts';

export interface FenceOpening {
  readonly info: string;
  readonly indent: number;
  /** A complete line that ends the fence. */
  readonly closes: RegExp;
  /** The start of a line that could still become one that does. */
  readonly mayClose: RegExp;
  /** An edit without a fence: its first line is code. */
  readonly isEdit?: boolean;
}

/** Undefined when the line opens no fence at the top level. */
export function readFenceOpening(source: string, line: number): FenceOpening | undefined {
  const text = source.split('\n', line + 1)[line] ?? '';
  const match = /^( {0,3})(`{3,}|~{3,})(.*)$/.exec(text);
  if (match === null) return readEditOpening(text);
  const [, indent = '', marker = '', info = ''] = match;
  const character = marker.charAt(0);
  return {
    info: info.trim(),
    indent: indent.length,
    closes: new RegExp(`^ {0,3}${character}{${marker.length},}[ \\t]*$`),
    mayClose: new RegExp(`^ {0,3}${character}*[ \\t]*$`),
  };
}

function readEditOpening(line: string): FenceOpening | undefined {
  const marks = readEditStart(line);
  return marks === undefined ? undefined : { info: '', indent: 0, closes: marks.end, mayClose: /^\s*(?:>*|\+*) ?[A-Z]*\s*$/, isEdit: true };
}

export function stripIndent(line: string, indent: number): string {
  let at = 0;
  while (at < indent && line.charAt(at) === ' ') at += 1;
  return line.slice(at);
}

export interface FenceLabel {
  readonly language: string;
  readonly path?: string;
}

/** Models write "ts", "ts src/a.ts", "ts:src/a.ts", "src/a.ts", "ts title=src/a.ts" and "{.ts}". */
export function parseFenceInfo(info: string): FenceLabel {
  const words = info.slice(0, 1_000).split(/\s+/).filter((word) => word !== '');
  const first = (words[0] ?? '').replace(/^\{?\.?|\}$/g, '');
  const colon = /^([\w+#-]+):(?!\/\/)(.+)$/.exec(first);
  const named = words.map((word) => /^(?:path|file|filename|title)=["']?([^"']+)["']?$/.exec(word)?.[1]).find((path) => path !== undefined);
  if (named !== undefined) return { language: named.startsWith(first) ? '' : first, path: named };
  if (colon !== null && looksLikePath(colon[2] ?? '')) return { language: colon[1] ?? '', path: colon[2] ?? '' };
  if (looksLikePath(first)) return { language: extensionOf(first), path: first };
  const second = words[1] ?? '';
  return looksLikePath(second) ? { language: first, path: second } : { language: first };
}

function looksLikePath(word: string): boolean {
  if (word.includes('://')) return false;
  return /^[^\s"'=<>|?*{}]+\.[A-Za-z0-9]{1,10}$/.test(word) || /^[^\s"'=<>|?*{}]+\/[^\s"'=<>|?*{}]+$/.test(word);
}

function extensionOf(path: string): string {
  return /\.([A-Za-z0-9]+)$/.exec(path)?.[1] ?? '';
}
