// How context stands in a request: each piece between marks that its own text cannot close, since the marks hold a number which occurs in
// none of the pieces. Texts go in byte for byte (edits must match them), and the same pieces give the same bytes (prompt caching).
import type { ContextPart } from './contextItem.ts';

export function formatParts(parts: readonly ContextPart[]): string {
  const mark = freeMark(parts);
  return parts.map((part) => formatPart(part, mark)).join('\n');
}

function formatPart(part: ContextPart, mark: string): string {
  const attributes = [
    ...(part.path === undefined ? [] : [` path="${attribute(part.path)}"`]),
    ...(part.startLine === undefined || part.startLine === 1 ? [] : [` line="${part.startLine}"`]),
  ].join('');
  const lineEnd = part.text === '' || part.text.endsWith('\n') ? '' : '\n';
  return `<${mark}${attributes}>\n${part.text}${lineEnd}</${mark}>`;
}

/** Case does not matter to a reader of marks, so it does not matter here. */
function freeMark(parts: readonly ContextPart[]): string {
  const texts = parts.map((part) => `${part.path ?? ''}\n${part.text}`.toLowerCase());
  for (let number = 1; ; number++) {
    const mark = `piece-${number}`;
    if (!texts.some((text) => text.includes(mark))) return mark;
  }
}

/** A file name may hold quotes, angle brackets and line ends, also those that only Unicode knows. */
function attribute(value: string): string {
  return value.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}"<>&]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`);
}
