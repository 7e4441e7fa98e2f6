// A file's path in an answer: alone on a line before a block, in the first line of a code fence, or in the headers of a diff.

/** Whether a string is the path of a file that the request spoke of: such a path needs no slash and no extension. */
export type IsKnownPath = (path: string) => boolean;

/** A path and the marks around it; longer lines name no file. Bounds the time of the patterns on hostile lines. */
const longestNaming = 600;

/** The path that a line of prose consists of, without the marks that models put around it. */
export function pathInLine(line: string, isKnown: IsKnownPath): string | undefined {
  if (line.length > longestNaming) return undefined;
  const bare = line
    .trim()
    .replace(/^(?:#+\s+|[-*]\s+|\d+[.)]\s+|\/\/\s*|>\s+)/, '')
    .replace(/^\*\*(.*?)\*\*:?$/, '$1')
    .replace(/^(?:file(?:name)?|path)\s*:\s*/i, '')
    .replace(/:$/, '')
    .replace(/^[`"'*]+|[`"'*]+$/g, '')
    .replace(/^<file (?:path|name)="([^"]+)">$/, '$1')
    .replace(/:$/, '')
    .trim();
  if (bare === '' || bare.length > 400) return undefined;
  if (isKnown(bare)) return bare;
  return looksLikePath(bare) && !(beginsSentence.test(bare) && /\s/.test(bare)) ? bare : undefined;
}

const beginsSentence = /^(?:add|adjust|also|and|apply|call|change|create|delete|edit|extend|finally|first|fix|for|from|here|import|in|inside|modify|move|next|now|open|refactor|remove|rename|replace|rewrite|see|step|the|then|this|to|update|use|with)\b/i;

/**
 * The path that a sentence before an edit ends in: "Now update `src/a.ts`:". It says which file a block is for, but not that the code below
 * is the whole of it. Without backticks only a known path is one.
 */
export function pathAtEndOfSentence(line: string, isKnown: IsKnownPath): string | undefined {
  if (line.length > longestNaming) return undefined;
  const text = line.trim().replace(/^(?:#+\s+|[-*]\s+|\d+[.)]\s+|\*\*)+/, '');
  const sentence = text.replace(/[:：*_\s]+$/, '');
  const introduces = /[:：]/.test(text.slice(sentence.length)) || /^\s*#/.test(line) || beginsSentence.test(text);
  const [, quoted, word] = /\s(?:`([^`]+)`|([^\s`]+))$/.exec(sentence) ?? [];
  if (!introduces) return undefined;
  if (quoted === undefined) return word !== undefined && isKnown(word) ? word : undefined;
  return isKnown(quoted) || (/\/.*\.\w{1,10}$/.test(quoted) && looksLikePath(quoted)) ? quoted : undefined;
}

/** "ts src/a.ts", "ts:src/a.ts", "src/a.ts", "ts title=\"src/a.ts\"", "12:20:src/a.ts". */
export function pathInFenceInfo(info: string, isKnown: IsKnownPath): string | undefined {
  const named = /\b(?:title|file(?:name)?|path)=(?:"([^"]+)"|'([^']+)'|(\S+))/.exec(info);
  const value = named?.[1] ?? named?.[2] ?? named?.[3];
  if (value !== undefined) return value;
  const words = info.trim().split(/\s+/);
  if (isKnown(info.trim())) return info.trim();
  for (const word of [...words.slice(1), ...words.slice(0, 1)]) {
    if (word === '') continue;
    if (isKnown(word)) return word;
    const afterColon = word.replace(/^(?:[\w+#-]+:)+/, '');
    if (afterColon !== word && (isKnown(afterColon) || looksLikePath(afterColon))) return afterColon;
    if (word.includes('/') && looksLikePath(word)) return word;
    if (/^[\w.-]+\.\w{1,10}$/.test(word) && words.length > 1) return word;
  }
  return undefined;
}

/** The path of a `---` or `+++` line; null for /dev/null. */
export function pathInDiffHeader(line: string): string | null {
  const path = line.slice(4).replace(/\t.*$/, '').trim().replace(/^"(.*)"$/, '$1');
  return path === '/dev/null' ? null : path;
}

/** Git writes a/ and b/ before the two paths of one file. */
export function withoutDiffPrefix(path: string, prefix: 'a' | 'b'): string {
  return path.startsWith(`${prefix}/`) ? path.slice(2) : path;
}

function looksLikePath(text: string): boolean {
  if (text.includes('`')) return false;
  if (/[<>"|?*\s,;(){}=]/.test(text)) return /^[^<>"|?*,;{}=]+\/[^<>"|?*,;{}=/]+\.\w{1,10}$/.test(text) && text.split(' ').length <= 6 && !/\s\s/.test(text);
  return /[/\\]/.test(text) ? !/^https?:/.test(text) && !text.endsWith('/') : /^[\w.@+-]+\.\w{1,12}$/.test(text) && !/^\d+\.\d+$/.test(text);
}
