// The lines before a file's hunks. Paths come from the lines that hold one path each; the first line holds two and cannot always be split.

export interface DiffHeader {
  readonly status: 'added' | 'deleted' | 'modified' | 'renamed' | 'copied' | 'mode-changed';
  /** Relative to the repository's root; undefined for a file that did not exist before. */
  readonly oldPath?: string;
  /** Undefined for a file that is gone. */
  readonly newPath?: string;
  readonly oldMode?: string;
  readonly newMode?: string;
  readonly isBinary: boolean;
}

interface Reading {
  oldPath?: string | undefined;
  newPath?: string | undefined;
  oldMode?: string;
  newMode?: string;
  isAdded: boolean;
  isDeleted: boolean;
  moved?: 'renamed' | 'copied';
  isBinary: boolean;
}

/** Undefined when no file begins at this line. A diff without git's first line begins at its --- line. */
export function readDiffHeader(lines: readonly string[], start: number): { readonly header: DiffHeader; readonly next: number } | undefined {
  const first = lines[start] ?? '';
  const isGit = first.startsWith('diff --git ') || first.startsWith('diff --cc ') || first.startsWith('diff --combined ');
  if (!isGit && !(first.startsWith('--- ') && (lines[start + 1] ?? '').startsWith('+++ '))) return undefined;
  const reading: Reading = { isAdded: false, isDeleted: false, isBinary: false };
  let index = isGit ? start + 1 : start;
  while (index < lines.length && takeLine(lines[index] ?? '', reading)) index += 1;
  index = skipBinaryPatch(lines, index, reading);
  if (isGit) fillFromFirstLine(first, reading);
  return { header: toHeader(reading), next: index };
}

/** False when the line is none of the header's. */
function takeLine(line: string, reading: Reading): boolean {
  const [, keyword, value = ''] = /^(old mode|new mode|deleted file mode|new file mode|copy from|copy to|rename from|rename to|rename old|rename new|similarity index|dissimilarity index|index|---|\+\+\+|Binary files|mode) (.*)$/.exec(line.replace(/\r$/, '')) ?? [];
  switch (keyword) {
    case undefined: return false;
    case 'old mode': reading.oldMode = value; return true;
    case 'new mode': reading.newMode = value; return true;
    case 'new file mode': Object.assign(reading, { isAdded: true, newMode: value }); return true;
    case 'deleted file mode': Object.assign(reading, { isDeleted: true, oldMode: value }); return true;
    case 'rename from': case 'rename old': Object.assign(reading, { moved: 'renamed', oldPath: unquote(value) }); return true;
    case 'rename to': case 'rename new': Object.assign(reading, { moved: 'renamed', newPath: unquote(value) }); return true;
    case 'copy from': Object.assign(reading, { moved: 'copied', oldPath: unquote(value) }); return true;
    case 'copy to': Object.assign(reading, { moved: 'copied', newPath: unquote(value) }); return true;
    case 'Binary files': reading.isBinary = true; return true;
    case '---':
      if (value === '/dev/null') reading.isAdded = true;
      else reading.oldPath ??= sidePath(value, 'a/');
      return true;
    case '+++':
      if (value === '/dev/null') reading.isDeleted = true;
      else reading.newPath ??= sidePath(value, 'b/');
      return true;
    default: return true;
  }
}

/** `git diff --binary`: base 85 lines up to the next file. */
function skipBinaryPatch(lines: readonly string[], start: number, reading: Reading): number {
  if (lines[start] !== 'GIT binary patch') return start;
  reading.isBinary = true;
  let index = start + 1;
  while (index < lines.length && !(lines[index] ?? '').startsWith('diff --')) index += 1;
  return index;
}

/** Only where no other line named the path: binary files, empty files, changes of mode. Both halves name the same path then. */
function fillFromFirstLine(first: string, reading: Reading): void {
  if (reading.oldPath !== undefined || reading.newPath !== undefined) return;
  const rest = first.replace(/\r$/, '').replace(/^diff --(?:git|cc|combined) /, '');
  const path = first.startsWith('diff --git ') ? samePath(rest) : unquote(rest);
  Object.assign(reading, { oldPath: path, newPath: path });
}

function samePath(rest: string): string {
  const quoted = /^("(?:[^"\\]|\\.)*") /.exec(rest);
  if (quoted !== null) return sidePath(quoted[1] ?? '', 'a/');
  // "a/x b/x": the same length on both sides of the blank in the middle.
  const middle = (rest.length - 1) / 2;
  const left = rest.slice(0, middle);
  return rest.charAt(middle) === ' ' && stripSide(left, 'a/') === stripSide(rest.slice(middle + 1), 'b/') ? stripSide(left, 'a/') : stripSide(rest.split(' ')[0] ?? rest, 'a/');
}

/** Behind a path with blanks git sets a tab; other tools set a tab and a date. */
function sidePath(value: string, side: 'a/' | 'b/'): string {
  return stripSide(value.startsWith('"') ? unquote(value) : (value.split('\t')[0] ?? value), side);
}

/** The prefixes are a/ and b/, or with diff.mnemonicPrefix one of c, i, w, o. */
function stripSide(path: string, side: 'a/' | 'b/'): string {
  return path.startsWith(side) || /^[ciwo]\//.test(path) ? path.slice(2) : path;
}

/** C quoting: bytes in octal, which are UTF-8. */
function unquote(value: string): string {
  const body = /^"(.*)"/s.exec(value)?.[1];
  if (body === undefined) return value;
  const bytes: number[] = [];
  for (let index = 0; index < body.length; index++) {
    if (body[index] !== '\\') {
      const character = String.fromCodePoint(body.codePointAt(index) ?? 0);
      bytes.push(...new TextEncoder().encode(character));
      index += character.length - 1;
      continue;
    }
    const octal = /^[0-3][0-7]{2}/.exec(body.slice(index + 1, index + 4))?.[0];
    if (octal === undefined) bytes.push(unescape(body[++index] ?? '\\'));
    else {
      bytes.push(Number.parseInt(octal, 8));
      index += 3;
    }
  }
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

const escaped: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, b: 8, f: 12, v: 11, a: 7 };

function unescape(letter: string): number {
  return escaped[letter] ?? letter.charCodeAt(0);
}

function toHeader(reading: Reading): DiffHeader {
  const { isAdded, isDeleted, moved, oldMode, newMode, isBinary } = reading;
  const modeChanged = oldMode !== undefined && newMode !== undefined && oldMode !== newMode;
  const oldPath = isAdded ? undefined : (reading.oldPath ?? reading.newPath);
  const newPath = isDeleted ? undefined : (reading.newPath ?? reading.oldPath);
  return {
    status: isAdded ? 'added' : isDeleted ? 'deleted' : (moved ?? (modeChanged ? 'mode-changed' : 'modified')),
    isBinary,
    ...(oldPath === undefined ? {} : { oldPath }),
    ...(newPath === undefined ? {} : { newPath }),
    ...(oldMode === undefined ? {} : { oldMode }),
    ...(newMode === undefined ? {} : { newMode }),
  };
}
