// The chain: what a model wrote so far → the code that may be put at the place it was asked for.
import type { CompletionMode } from '../completionTypes.ts';
import type { FilterReason } from '../outcome.ts';
import type { Place } from '../place.ts';
import { createCleaningSite, type Filter } from './filter.ts';
import { fixIndentation } from './fixIndentation.ts';
import { leadingSpace } from './leadingSpace.ts';
import { limitScope } from './limitScope.ts';
import { normaliseText } from './normaliseText.ts';
import { readAnswer } from './readAnswer.ts';
import { removeEcho } from './removeEcho.ts';
import { stopAtOverlap } from './stopAtOverlap.ts';
import { stopRepetition } from './stopRepetition.ts';

const chain: readonly Filter[] = [normaliseText, removeEcho, leadingSpace, fixIndentation, stopRepetition, stopAtOverlap, limitScope];

export interface CleanedAnswer {
  readonly text: string;
  /** Nothing that may still come changes the text. */
  readonly closed: boolean;
  /** It was markup that said so. */
  readonly closedByMarkup: boolean;
  readonly rejected?: FilterReason;
  readonly alternatives: readonly string[];
}

export interface AnswerCleaner {
  /** `raw` is everything so far. */
  clean(raw: string, open: boolean): CleanedAnswer;
}

export function createAnswerCleaner(place: Place, mode: CompletionMode): AnswerCleaner {
  const site = createCleaningSite(place, mode);
  const keepsFences = site.syntax.prose || place.before.some((line) => /^\s*(?:```|~~~)/.test(line));
  const run = (code: string, open: boolean): Omit<CleanedAnswer, 'alternatives' | 'closedByMarkup'> => {
    let text = code;
    let closed = !open;
    for (const filter of chain) {
      const output = filter({ text, open: !closed, site });
      if (output === 'hold') return { text: '', closed: false };
      if ('rejected' in output) return { text: '', closed: true, rejected: output.rejected };
      text = output.text;
      closed ||= output.closed ?? false;
    }
    return { text: closed ? trimEnd(text, place) : text, closed };
  };
  return {
    clean(raw, open) {
      const answer = readAnswer(raw, open, keepsFences);
      const first = run(answer.code, open && !answer.closed);
      return { ...first, closedByMarkup: answer.closed, alternatives: answer.alternatives.map((code) => run(code, false).text) };
    },
  };
}

/** Text behind the cursor on its line keeps the space before it; nothing else does. */
function trimEnd(text: string, place: Place): string {
  return place.lineRest.trim() === '' || text.includes('\n') ? text.trimEnd() : text;
}
