// Ends an answer where what was asked for ends: a body at its end, a statement with its block, or the lines kept for the next Enters.
import { scanBrackets, unmatchedBrackets } from '../bracketScan.ts';
import { continuesConstruct, indentColumns, isBlank, isCommentLine, opensBlock, startsWithCloser } from '../lineShape.ts';
import type { CleaningSite, Filter } from './filter.ts';

/** People kept suggestions of seven lines and rejected those of eighteen. */
const maxBlockLines = 14;
/** A bracket that the block opened may be closed a little later than that. */
const maxLinesInBracket = maxBlockLines + 6;
/** Lines read past the one that is shown, each the answer for the next Enter. */
const maxLinesAhead = 8;

export const limitScope: Filter = ({ text, open, site }) => {
  const lines = text.split('\n');
  const end = scopeEnd(open ? lines.slice(0, -1) : lines, open, site);
  return end === undefined ? { text } : { text: lines.slice(0, end).join('\n').trimEnd(), closed: true };
};

/** How many of the lines are in scope; undefined while all are. `lines[0]` continues the cursor's line. */
export function scopeEnd(lines: readonly string[], open: boolean, site: CleaningSite): number | undefined {
  if (site.mode === 'line') return lines.length > maxLinesAhead ? maxLinesAhead : undefined;
  const shape = shapeOf(site);
  let text = lines[0] ?? '';
  /** The first of some comments left of the block: what follows them tells whose they are. */
  let comments: number | undefined;
  for (let index = 1; index < lines.length; index++) {
    const line = lines[index] ?? '';
    const inBracket = unmatchedBrackets(text, site.syntax).opened.length > 0 || scanBrackets(text, site.syntax).endsInside === 'string';
    if (index >= (inBracket ? maxLinesInBracket : maxBlockLines)) return index;
    text += `\n${line}`;
    if (inBracket || isBlank(line)) continue;
    const leaves = leavesBlock(line, shape, site);
    if (leaves && isCommentLine(line, site.syntax)) {
      comments ??= index;
      continue;
    }
    if (leaves) return isMissingCloser(line, text, site) ? index + 1 : (comments ?? index);
    comments = undefined;
    if (shape === 'statement' && beginsAnother(lines.slice(0, index), line, site)) return index;
  }
  return open ? undefined : comments;
}

/** `body`: the first line of a block. `header`: the end of a line that opens one. `statement`: anywhere else. */
type Shape = 'body' | 'header' | 'statement';

function shapeOf(site: CleaningSite): Shape {
  if (!site.atLineStart) return opensBlock(site.place.linePrefix, site.syntax) ? 'header' : 'statement';
  const above = site.place.before.findLast((line) => !isBlank(line)) ?? '';
  return opensBlock(above, site.syntax) ? 'body' : 'statement';
}

function leavesBlock(line: string, shape: Shape, site: CleaningSite): boolean {
  const columns = indentColumns(line, site.unit.tabColumns);
  return shape === 'header' ? columns <= site.cursorColumns && !continuesConstruct(line) : columns < site.cursorColumns;
}

/** The line closes what was open before the answer, and nothing after the cursor does. */
function isMissingCloser(line: string, text: string, site: CleaningSite): boolean {
  if (!startsWithCloser(line)) return false;
  const { closed } = unmatchedBrackets(text, site.syntax);
  if (closed.length === 0 && !site.syntax.blocksByIndentation && site.syntax.blockEnd === undefined) return false;
  if (/^\s*[)\]}]/.test(site.place.lineRest)) return true;
  const next = site.place.after.find((after) => !isBlank(after)) ?? '';
  const columns = indentColumns(line, site.unit.tabColumns);
  return !(startsWithCloser(next) && indentColumns(next, site.unit.tabColumns) >= columns);
}

/** A construct is whole and `next` begins another one at its depth. */
function beginsAnother(done: readonly string[], next: string, site: CleaningSite): boolean {
  if (indentColumns(next, site.unit.tabColumns) > site.cursorColumns) return false;
  if (continuesConstruct(next) || startsWithCloser(next)) return false;
  const last = done.at(-1) ?? '';
  if (isBlank(last)) return !isCommentLine(done.findLast((line) => !isBlank(line)) ?? '', site.syntax);
  return done.length > 1 && (startsWithCloser(last) || indentColumns(last, site.unit.tabColumns) > site.cursorColumns);
}
