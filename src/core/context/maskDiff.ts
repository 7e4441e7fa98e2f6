// Masks secrets in a diff without moving a line: a key that spans lines leaves its lines empty.
import type { DiffFile, DiffHunk, DiffLine } from './gitDiff.ts';
import type { Redactor } from './redactSecrets.ts';

export interface MaskedDiff {
  readonly file: DiffFile;
  /** Of what was masked. */
  readonly kinds: readonly string[];
}

export function maskDiff(file: DiffFile, redactor: Redactor): MaskedDiff {
  const kinds: string[] = [];
  const scope = file.newPath ?? file.oldPath ?? '';
  const hunks = file.hunks.map((hunk): DiffHunk => {
    const section = redactor.redact(hunk.section, scope);
    kinds.push(...section.matches.map((match) => match.kind));
    return { ...hunk, section: section.text, lines: maskLines(hunk.lines, redactor, scope, kinds) };
  });
  return { file: { ...file, hunks }, kinds };
}

/** The lines of each side read as text: a secret of several lines is whole on its side only. */
function maskLines(lines: readonly DiffLine[], redactor: Redactor, scope: string, kinds: string[]): readonly DiffLine[] {
  const oldSide = maskSide(lines.filter((line) => line.type !== 'added'), redactor, scope);
  const newSide = maskSide(lines.filter((line) => line.type !== 'removed'), redactor, scope);
  return lines.map((line) => {
    const text = (line.type === 'removed' ? oldSide : newSide).get(line) ?? line.text;
    if (text === line.text) return line;
    // A context line is on both sides but is one line: marks are counted where they end up.
    kinds.push(...[...text.matchAll(/\[masked-([a-z-]{2,30})-\d{1,4}\]/g)].map((match) => match[1] ?? ''));
    return { ...line, text };
  });
}

function maskSide(lines: readonly DiffLine[], redactor: Redactor, scope: string): ReadonlyMap<DiffLine, string> {
  const masked = redactor.redact(lines.map((line) => line.text).join('\n'), scope).text.split('\n');
  return new Map(lines.map((line, index) => [line, masked[index] ?? '']));
}
