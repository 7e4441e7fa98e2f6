// The shape of one step of the cleaning chain. Steps are pure: they get all the text so far and give back what of it is good, so that
// a stream cut anywhere ends in the same result.
import type { CompletionMode } from '../completionTypes.ts';
import { detectIndentUnit, type IndentUnit } from '../indentUnit.ts';
import { isInsideText } from '../insideText.ts';
import { indentColumns, isBlank, opensBlock } from '../lineShape.ts';
import type { FilterReason } from '../outcome.ts';
import type { Place } from '../place.ts';
import { readSurroundings, type Surroundings } from '../surroundings.ts';
import { syntaxOf, type LanguageSyntax } from '../syntax.ts';

/** What the steps know of the place, worked out once for an answer. */
export interface CleaningSite {
  readonly place: Place;
  readonly mode: CompletionMode;
  readonly syntax: LanguageSyntax;
  readonly unit: IndentUnit;
  /** Nothing but white space before the cursor on its line. */
  readonly atLineStart: boolean;
  readonly cursorColumns: number;
  /** Where a line after the one above would stand. */
  readonly expectedColumns: number;
  /** The cursor stands in a comment or a string that began on a line above. */
  readonly isInsideText: () => boolean;
  readonly surroundings: () => Surroundings;
}

export interface FilterInput {
  readonly text: string;
  /** More text may come. */
  readonly open: boolean;
  readonly site: CleaningSite;
}

/** `hold`: not decidable before more text has come. `closed`: nothing after `text` is wanted. `rejected`: no suggestion. */
export type FilterOutput =
  | { readonly text: string; readonly closed?: boolean }
  | 'hold'
  | { readonly rejected: FilterReason };

export type Filter = (input: FilterInput) => FilterOutput;

export function createCleaningSite(place: Place, mode: CompletionMode): CleaningSite {
  const syntax = syntaxOf(place.languageId);
  const unit = detectIndentUnit([...place.before, ...place.after], place);
  const above = place.before.findLast((line) => !isBlank(line)) ?? '';
  const aboveColumns = indentColumns(above, unit.tabColumns);
  let inside: boolean | undefined;
  let surroundings: Surroundings | undefined;
  return {
    place,
    mode,
    syntax,
    unit,
    atLineStart: isBlank(place.linePrefix),
    cursorColumns: indentColumns(place.linePrefix, unit.tabColumns),
    expectedColumns: opensBlock(above, syntax) ? aboveColumns + unit.columns : aboveColumns,
    isInsideText: () => (inside ??= isInsideText(place, syntax)),
    surroundings: () => (surroundings ??= readSurroundings(place.before, syntax, unit)),
  };
}
