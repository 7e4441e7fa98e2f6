// A replacement of any text as one of whole lines: a placeholder is one by what its whole line says, not by a part of it.
import { toLines } from './lineText.ts';

export interface LineReplacement {
  readonly oldLines: readonly string[];
  readonly newLines: readonly string[];
}

/** With the rest of the first and the last line where the text stands in the file once; else as it is written. */
export function toWholeLines(fileText: string, oldText: string, newText: string): LineReplacement {
  const at = oldText === '' ? -1 : fileText.indexOf(oldText);
  if (at < 0 || fileText.includes(oldText, at + 1)) return asWritten(toLines(oldText), toLines(newText));
  const before = /[^\r\n]*$/.exec(fileText.slice(Math.max(0, fileText.lastIndexOf('\n', at - 1) + 1), at))?.[0] ?? '';
  const after = /^[^\r\n]*/.exec(fileText.slice(at + oldText.length))?.[0] ?? '';
  return { oldLines: toLines(before + oldText + after), newLines: toLines(before + newText + after) };
}

function asWritten(oldLines: readonly string[], newLines: readonly string[]): LineReplacement {
  const areClosed = oldLines.at(-1) === '' && newLines.at(-1) === '';
  return areClosed ? { oldLines: oldLines.slice(0, -1), newLines: newLines.slice(0, -1) } : { oldLines, newLines };
}
