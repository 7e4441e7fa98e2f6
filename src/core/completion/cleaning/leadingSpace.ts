// Makes the answer's first line continue the text before the cursor: no second indentation, no line end that markup brought along.
import { indentColumns, indentOf, isBlank } from '../lineShape.ts';
import type { CleaningSite, Filter } from './filter.ts';

export const leadingSpace: Filter = ({ text, open, site }) => {
  if (isBlank(text)) return open ? 'hold' : { text };
  return { text: site.atLineStart ? atLineStart(text, site) : inLine(text, site) };
};

function atLineStart(text: string, site: CleaningSite): string {
  const { place, unit, cursorColumns } = site;
  const code = text.replace(/^(?:[ \t]*\n)+/, '');
  const own = indentOf(code);
  if (own === '' || place.linePrefix === '') return code;
  const ownColumns = indentColumns(own, unit.columns);
  // The cursor stands left of where the line belongs: the answer's white space is what is missing.
  if (cursorColumns < site.expectedColumns && cursorColumns + ownColumns === site.expectedColumns) return code;
  if (ownColumns <= cursorColumns) return code.slice(own.length);
  return own.startsWith(place.linePrefix) ? code.slice(place.linePrefix.length) : code.trimStart();
}

function inLine(text: string, site: CleaningSite): string {
  const lines = text.replace(/^(?:[ \t]*\n)+/, '');
  if (lines === text) return /\s$/.test(site.place.linePrefix) ? text.replace(/^[ \t]+/, '') : text;
  return startsNewLine(lines, site) ? text.replace(/^[ \t]+(?=\n)/, '') : inLine(lines.trimStart(), site);
}

/** Whether the line end that the answer begins with is meant: the line so far is whole, or what follows is indented below it. */
function startsNewLine(following: string, site: CleaningSite): boolean {
  const { linePrefix } = site.place;
  const prefix = linePrefix.trimEnd();
  if (/[;{}:]$|\*\/$/.test(prefix)) return true;
  if (/\s$/.test(linePrefix) || /[=.+\-*/%&|<>!?~^]$/.test(prefix)) return false;
  const deeper = indentColumns(following, site.unit.columns) > site.cursorColumns;
  if (/[([,]$/.test(prefix)) return deeper;
  return /\w$/.test(prefix) ? /^\s*\w/.test(following) : indentOf(following) !== '';
}
