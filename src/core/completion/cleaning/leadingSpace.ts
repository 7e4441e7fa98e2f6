// Makes the answer's first line continue the text before the cursor: no second indentation, no line end that markup brought along.
import { closerOf, isCloser, unmatchedBrackets } from '../bracketScan.ts';
import { continuesConstruct, indentColumns, indentOf, isBlank, startsWithCloser } from '../lineShape.ts';
import type { CleaningSite, Filter } from './filter.ts';

export const leadingSpace: Filter = ({ text, open, site }) => {
  if (isBlank(text)) return open ? 'hold' : { text };
  return { text: site.atLineStart ? atLineStart(text, site) : inLine(text, site) };
};

function atLineStart(text: string, site: CleaningSite): string {
  const { place, unit, cursorColumns } = site;
  if (wantsBlankLine(text, site)) return `\n${text.slice(text.indexOf('\n') + 1)}`;
  const code = text.replace(/^(?:[ \t]*\n)+/, '');
  const own = indentOf(code);
  if (own === ' ') return isCommentBody(code, site) ? code : code.slice(1);
  if (own === '' || place.linePrefix === '') return code;
  const ownColumns = indentColumns(own, unit.columns);
  // The cursor stands left of where the line belongs: the answer's white space is what is missing.
  if (cursorColumns < site.expectedColumns && cursorColumns + ownColumns === site.expectedColumns) return code;
  if (ownColumns < cursorColumns && ownColumns % unit.columns !== 0) return code;
  if (ownColumns <= cursorColumns) return code.slice(own.length);
  return own.startsWith(place.linePrefix) ? code.slice(place.linePrefix.length) : code.trimStart();
}

/** " * more" below a comment's first line, where the cursor stands under its slash. */
function isCommentBody(code: string, { place, unit, cursorColumns }: CleaningSite): boolean {
  const above = place.before.at(-1) ?? '';
  return code.startsWith(' *') && /^\s*\/?\*/.test(above) && indentColumns(above, unit.columns) + (/^\s*\//.test(above) ? 1 : 0) === cursorColumns + 1;
}

/** One blank line, then a line that stands where the cursor does: below a block's end that is meant, elsewhere markup brought it. */
function wantsBlankLine(text: string, { place, unit, cursorColumns }: CleaningSite): boolean {
  const following = /^[ \t]*\n([ \t]*)\S/.exec(text)?.[1];
  const above = place.before.at(-1) ?? '';
  if (following === undefined || isBlank(above)) return false;
  return indentColumns(following, unit.columns) === cursorColumns && (cursorColumns > 0 || startsWithCloser(above));
}

function inLine(text: string, site: CleaningSite): string {
  const lines = text.replace(/^(?:[ \t]*\n)+/, '');
  if (lines === text) return /\s$/.test(site.place.linePrefix) ? text.replace(/^ (?! )/, '') : text;
  return startsNewLine(text, lines, site) ? text.replace(/^[ \t]+(?=\n)/, '') : inLine(lines, site);
}

/** Words that begin a statement at the left margin. */
const statementStart = /^(?:import|from|export|const|let|var|def|class|function|func|fn|pub|use|package|type|interface|struct|enum|namespace|if|for|while|return|async|public|private|static|@|#|\/\/)/;

/** Whether the line end that the answer begins with is meant: what follows is indented, or the line so far is whole. */
function startsNewLine(text: string, following: string, site: CleaningSite): boolean {
  const { linePrefix } = site.place;
  // Markup brings a line end but no indentation; one space may be the code's own.
  if (indentColumns(following, site.unit.columns) >= 2 || following.startsWith(' *')) return true;
  if (following.startsWith(' ') || continuesConstruct(following)) return false;
  if (/(?:[;}]|\*\/)\s*$/.test(linePrefix) || (site.syntax.blocksByIndentation && linePrefix.endsWith(':'))) return true;
  if (isCloser(following[0] ?? '')) return !closesOnLine(following[0] ?? '', site);
  if (!/[\w)\]"'`]$/.test(linePrefix) || !/^[\w@#/]/.test(following)) return false;
  const hasBlankLine = /^[ \t]*\n[ \t]*\n/.test(text);
  return statementStart.test(following) && (hasBlankLine || site.cursorColumns === 0);
}

/** The line so far has opened what the closer ends. */
function closesOnLine(closer: string, { place, syntax }: CleaningSite): boolean {
  return unmatchedBrackets(place.linePrefix, syntax).opened.some((bracket) => closerOf(bracket.character) === closer);
}
