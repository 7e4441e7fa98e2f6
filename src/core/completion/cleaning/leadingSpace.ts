// Makes the answer's first line continue the text before the cursor: no second indentation, no line end that markup brought along.
import { closerOf, isCloser, unmatchedBrackets } from '../bracketScan.ts';
import { isQuote, openQuote } from '../insideText.ts';
import { continuesConstruct, indentColumns, indentOf, isBlank, isCommentLine, opensBlock, startsWithCloser } from '../lineShape.ts';
import type { CleaningSite, Filter } from './filter.ts';

export const leadingSpace: Filter = ({ text, open, site }) => {
  if (isBlank(text)) return open ? 'hold' : { text };
  if (!site.atLineStart) return { text: inLine(text, site) };
  const code = atLineStart(text, site, open);
  return code === undefined ? 'hold' : { text: code };
};

/** Undefined: not decidable yet. */
function atLineStart(text: string, site: CleaningSite, open: boolean): string | undefined {
  const { place, unit, cursorColumns } = site;
  if (wantsBlankLine(text, site)) return `\n${text.slice(text.indexOf('\n') + 1)}`;
  const code = text.replace(/^(?:[ \t]*\n)+/, '');
  const own = indentOf(code);
  if (own === ' ') return isCommentBody(code, site) ? code : code.slice(1);
  if (own === '' || place.linePrefix === '') return code;
  const ownColumns = indentColumns(own, unit.tabColumns);
  // The cursor stands left of where the line belongs: the answer's white space is what is missing.
  if (cursorColumns < site.expectedColumns && cursorColumns + ownColumns === site.expectedColumns) return code;
  if (ownColumns < cursorColumns && ownColumns % unit.columns !== 0) return code;
  if (ownColumns <= cursorColumns) return code.slice(own.length);
  if (!own.startsWith(place.linePrefix)) return code.trimStart();
  const isDeeper = standsDeeper(code, ownColumns, site, open);
  return isDeeper === undefined ? undefined : isDeeper ? code : code.slice(place.linePrefix.length);
}

/**
 * More white space than the cursor's line has is that of the whole line, or what it takes beside what is there. The line below, which is
 * written from the margin on in any case, tells: it stands where the first one does, or a step deeper when that opens a block.
 */
function standsDeeper(code: string, ownColumns: number, site: CleaningSite, open: boolean): boolean | undefined {
  const { unit, cursorColumns, syntax } = site;
  const [first = '', ...later] = code.split('\n');
  const second = later.find((line) => !isBlank(line));
  if (second === undefined || (open && second === later.at(-1))) return open ? undefined : false;
  const step = opensBlock(first, syntax) ? unit.columns : 0;
  const columns = indentColumns(second, unit.tabColumns);
  return columns === cursorColumns + ownColumns + step && columns !== ownColumns + step;
}

/** " * more" below a comment's first line, where the cursor stands under its slash. */
function isCommentBody(code: string, { place, unit, cursorColumns }: CleaningSite): boolean {
  const above = place.before.at(-1) ?? '';
  return code.startsWith(' *') && /^\s*\/?\*/.test(above) && indentColumns(above, unit.tabColumns) + (/^\s*\//.test(above) ? 1 : 0) === cursorColumns + 1;
}

/** One blank line, then a line that stands where the cursor does: below a block's end that is meant, elsewhere markup brought it. */
function wantsBlankLine(text: string, { place, unit, cursorColumns }: CleaningSite): boolean {
  const following = /^[ \t]*\n([ \t]*)\S/.exec(text)?.[1];
  const above = place.before.at(-1) ?? '';
  if (following === undefined || isBlank(above)) return false;
  return indentColumns(following, unit.tabColumns) === cursorColumns && (cursorColumns > 0 || startsWithCloser(above));
}

function inLine(text: string, site: CleaningSite): string {
  const lines = text.replace(/^(?:[ \t]*\n)+/, '');
  if (lines === text) return isSpaceTwice(site) ? text.replace(/^ (?! )/, '') : text;
  return startsNewLine(text, lines, site) ? text.replace(/^[ \t]+(?=\n)/, '') : inLine(lines, site);
}

/** The space stands there already, and nothing is aligned with the line above. */
function isSpaceTwice({ place }: CleaningSite): boolean {
  if (!/(?:^|\S)\s$/.test(place.linePrefix)) return false;
  const above = place.before.at(-1) ?? '';
  return isBlank(above.slice(0, place.character)) || !/^\s\s/.test(above.slice(place.character - 1));
}

/** Words that begin a statement at the left margin. */
const statementStart = /^(?:import|from|export|const|let|var|def|class|function|func|fn|pub|use|package|type|interface|struct|enum|namespace|if|for|while|return|async|public|private|static|@|#|\/\/)/;

/** Whether the line end that the answer begins with is meant: what follows is indented, the line so far is whole, or the two do not join. */
function startsNewLine(text: string, following: string, site: CleaningSite): boolean {
  const { linePrefix } = site.place;
  // Markup brings a line end but no indentation; one space may be the code's own.
  if (indentColumns(following, site.unit.tabColumns) >= 2 || following.startsWith(' *')) return true;
  if (following.startsWith(' ') || /\s$/.test(linePrefix)) return false;
  if (/^[ \t]*\n[ \t]*\n/.test(text)) return true;
  if (continuesConstruct(following)) return false;
  if (/(?:[;}]|\*\/)$/.test(linePrefix) || (site.syntax.blocksByIndentation && linePrefix.endsWith(':'))) return true;
  if (isCloser(following[0] ?? '')) return !closesOnLine(following[0] ?? '', site);
  if (statementStart.test(following) && site.cursorColumns === 0 && /[\w)\]"'`]$/.test(linePrefix)) return true;
  return isCommentLine(linePrefix, site.syntax) ? isCommentLine(following, site.syntax) : !mayJoin(linePrefix, following, site);
}

/** Whether the two could stand on one line without a space between: they do so elsewhere, or nothing speaks against it. */
function mayJoin(linePrefix: string, following: string, site: CleaningSite): boolean {
  const last = linePrefix.at(-1) ?? '';
  if (!/[,{)\]}:"'`]/.test(last) || /[$#{]\{$/.test(linePrefix) || openQuote(linePrefix) !== undefined) return true;
  if (isQuote(last) && /^\w/.test(following)) return false;
  const first = /^\w/.test(following) ? '\\w' : `\\${following[0] ?? ''}`;
  if (!/^[\w.{@#<]/.test(following) || (/[)\]}"'`:]/.test(last) && /^[.<]/.test(following))) return true;
  const pair = new RegExp(`\\${last}${first}`);
  return [...site.place.before, linePrefix, ...site.place.after].some((line) => pair.test(line));
}

/** The line so far has opened what the closer ends. */
function closesOnLine(closer: string, { place, syntax }: CleaningSite): boolean {
  return unmatchedBrackets(place.linePrefix, syntax).opened.some((bracket) => closerOf(bracket.character) === closer);
}
