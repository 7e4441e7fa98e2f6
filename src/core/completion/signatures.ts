// The signatures of named declarations in a file: enough to call them, without their bodies.

const maxSignatureLines = 8;
const maxTypeLines = 14;
/** Longer declarations are read as far as this. */
const maxDeclarationLines = 300;

/** `readMasked` gives lines from one up to another without their secrets. */
export function readSignatures(lines: readonly string[], names: readonly string[], languageId: string, readMasked: (from: number, to: number) => readonly string[]): string[] {
  return names.flatMap((name) => {
    const at = lines.findIndex((line) => declares(line, name, languageId));
    return at < 0 ? [] : [readDeclaration(readMasked(at, at + maxDeclarationLines), languageId)];
  });
}

function declares(line: string, name: string, languageId: string): boolean {
  const escaped = name.replaceAll('$', '\\$');
  const words = languageId === 'python'
    ? `^(?:async\\s+)?(?:def|class)\\s+${escaped}\\b|^${escaped}\\s*[:=]`
    : `^\\s*export\\s+(?:default\\s+)?(?:declare\\s+)?(?:abstract\\s+)?(?:async\\s+)?(?:function\\*?|class|interface|type|enum|const|let)\\s+${escaped}\\b`;
  return new RegExp(words).test(line);
}

function readDeclaration(lines: readonly string[], languageId: string): string {
  const first = lines[0] ?? '';
  if (languageId === 'python') return readUntil(lines, (line) => /:\s*(?:#.*)?$/.test(line));
  if (/\b(?:interface|type|enum)\b/.test(first)) return readShape(lines);
  if (/\bclass\b/.test(first)) return readMembers(lines);
  return readUntil(lines, (line) => /[{;]\s*$|=>\s*$|=\s*$/.test(line)).replace(/\s*(?:\{|=>|=)\s*$/, '');
}

function readUntil(lines: readonly string[], isEnd: (line: string) => boolean): string {
  const end = lines.slice(0, maxSignatureLines).findIndex(isEnd);
  return lines.slice(0, end < 0 ? 1 : end + 1).join('\n');
}

/** A type is its own signature. */
function readShape(lines: readonly string[]): string {
  const first = lines[0] ?? '';
  const isBlock = first.includes('{') && !first.includes('}');
  const end = lines.findIndex((line, index) => (isBlock ? index > 0 && line.startsWith('}') : /;\s*$|\}\s*$/.test(line)));
  return lines.slice(0, Math.min(maxTypeLines, end < 0 ? 1 : end + 1)).join('\n');
}

/** The class line and the lines of its methods and fields, one step in. */
function readMembers(lines: readonly string[]): string {
  const end = lines.findIndex((line, index) => index > 0 && line.startsWith('}'));
  const body = lines.slice(1, end < 0 ? 60 : end);
  const members = body.filter((line) => /^(?: {2,4}|\t)(?:public |static |readonly |async |get |set )*[\w$]+\s*(?:[(:?<]|=)/.test(line) && !line.includes('private'));
  return [lines[0], ...members.slice(0, maxTypeLines).map((line) => line.replace(/\s*\{\s*$/, ';')), '}'].join('\n');
}
