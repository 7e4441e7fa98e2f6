import type { Translate } from '../translate.ts';
import type { Smell, SmellKind } from './codeSmells.ts';

export interface RefactorSuggestion {
  /** Shown in the list and, taken, sent as the instruction. */
  readonly instruction: string;
  /** Why it is suggested: "86 lines". */
  readonly detail: string;
  /** From 0, within the text that was looked at. */
  readonly line: number;
}

/** What weighs most for a reader comes first; at most one suggestion of a kind and function. */
const order: readonly SmellKind[] = [
  'long-function', 'duplicated-lines', 'deep-nesting', 'long-condition', 'else-chain', 'many-parameters', 'promise-chain',
  'long-file', 'magic-numbers', 'any-type', 'var-declaration', 'commented-code',
];
const shown = 6;

export function suggestRefactorings(smells: readonly Smell[], translate: Translate): readonly RefactorSuggestion[] {
  const ranked = smells.toSorted((left, right) => order.indexOf(left.kind) - order.indexOf(right.kind) || right.count - left.count);
  const unique = new Map<string, RefactorSuggestion>();
  for (const smell of ranked) {
    const suggestion = toSuggestion(smell, translate);
    if (!unique.has(suggestion.instruction)) unique.set(suggestion.instruction, suggestion);
  }
  return [...unique.values()].slice(0, shown);
}

function toSuggestion(smell: Smell, translate: Translate): RefactorSuggestion {
  const [instruction, detail] = words(smell, translate);
  return { instruction, detail, line: smell.line };
}

function words({ kind, name, count }: Smell, translate: Translate): readonly [instruction: string, detail: string] {
  const named = name !== undefined;
  switch (kind) {
    case 'long-function':
      return [named ? translate('Split {name} into smaller functions', { name }) : translate('Split this function into smaller ones'), translate('{count} lines', { count })];
    case 'duplicated-lines':
      return [translate('Extract the repeated lines into one function'), translate('{count} lines appear twice', { count })];
    case 'deep-nesting':
      return [named ? translate('Flatten {name} with early returns', { name }) : translate('Flatten the nesting with early returns'), translate('{count} levels deep', { count })];
    case 'long-condition':
      return [translate('Give the long condition a name'), translate('{count} terms', { count })];
    case 'else-chain':
      return [translate('Replace the else-if chain with a table or a switch'), translate('{count} branches', { count: count + 1 })];
    case 'many-parameters':
      return [named ? translate('Group the parameters of {name} into an object', { name }) : translate('Group the parameters into an object'), translate('{count} parameters', { count })];
    case 'promise-chain':
      return [translate('Use async and await instead of the promise chain'), translate('{count} links', { count })];
    case 'long-file':
      return [translate('Divide this file by responsibility'), translate('{count} lines', { count })];
    case 'magic-numbers':
      return [translate('Name the magic numbers'), translate('{count} numbers', { count })];
    case 'any-type':
      return [translate('Replace any with precise types'), translate('{count} places', { count })];
    case 'var-declaration':
      return [translate('Use const and let instead of var'), translate('{count} places', { count })];
    case 'commented-code':
      return [translate('Remove the code that is commented out'), translate('{count} lines', { count })];
  }
}
