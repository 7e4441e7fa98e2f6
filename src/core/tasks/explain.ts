import type { Translate } from '../translate.ts';

export interface ExplainTarget {
  readonly kind: 'selection' | 'symbol' | 'file';
  /** Path or symbol; empty for a selection outside of any symbol. */
  readonly name: string;
  /** Errors within it. */
  readonly problems: number;
  /** The question is what this one means. */
  readonly problem?: string;
}

/** The message that stands in the chat as the user's own; the code goes along as context, so that the conversation can go on from it. */
export function explainRequest({ kind, name, problems, problem }: ExplainTarget, translate: Translate): string {
  if (problem !== undefined) return translate('What does this problem mean, and what cures it? {problem}', { problem });
  const asked = problems === 0 ? '' : ` ${translate('What do its problems mean?')}`;
  return `${subject(kind, name, translate)}${asked}`;
}

function subject(kind: ExplainTarget['kind'], name: string, translate: Translate): string {
  if (kind === 'file') return translate('Explain {name}: its purpose, its parts and how they work together.', { name });
  if (name === '') return translate('Explain the selected code: what it does, how, and why.');
  return kind === 'symbol' ? translate('Explain `{name}`: what it does, how, and why.', { name }) : translate('Explain the selected part of `{name}`: what it does, how, and why.', { name });
}
