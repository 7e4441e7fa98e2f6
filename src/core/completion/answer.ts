// One answer of the model, from the moment it is asked for: what has come of it so far, cleaned, and who waits for more.
import type { ModelAnswerPart, CompletionMode } from './completionTypes.ts';
import { createAnswerCleaner } from './cleaning/cleanAnswer.ts';
import type { FilterReason } from './outcome.ts';
import type { Place } from './place.ts';
import type { RunApiError } from '../errors.ts';

/** An answer is code of a few lines; more than this is a model that does not stop. What comes in one piece is cut too, before it is looked at. */
const maxRawLength = 8000;

export interface Answer {
  readonly id: number;
  readonly place: Place;
  readonly mode: CompletionMode;
  readonly text: string;
  /** More text may come. */
  readonly open: boolean;
  readonly rejected: FilterReason | undefined;
  readonly error: RunApiError | undefined;
  readonly alternatives: readonly string[];
  readonly firstTokenAt: number | undefined;
  /** Nothing more is wanted. By markup: the model is about to stop by itself; by scope: it is not. */
  readonly satisfied: 'no' | 'by-markup' | 'by-scope';
  add(part: ModelAnswerPart, nowMs: number): void;
  /** Whole lines stay; the line that was cut does not, unless the limit of tokens cut it and it is the only one. */
  end(error?: RunApiError): void;
  /** Resolves at the next change. */
  changed(): Promise<void>;
}

export interface AnswerInit {
  readonly id: number;
  readonly place: Place;
  readonly mode: CompletionMode;
  /** How many answers were asked for; more than one come one after the other and are read to their end. */
  readonly wanted?: number;
}

export function createAnswer({ id, place, mode, wanted = 1 }: AnswerInit): Answer {
  const cleaner = createAnswerCleaner(place, mode);
  let raw = '';
  let finish: 'stop' | 'length' | 'other' | undefined;
  const bell = createBell();
  const state = {
    id, place, mode, text: '', open: true, satisfied: 'no' as Answer['satisfied'],
    rejected: undefined as FilterReason | undefined,
    error: undefined as RunApiError | undefined,
    alternatives: [] as readonly string[],
    firstTokenAt: undefined as number | undefined,
  };
  const clean = (open: boolean, written = raw): void => {
    const cleaned = cleaner.clean(written, open);
    state.text = cleaned.text;
    state.rejected = cleaned.rejected;
    state.alternatives = cleaned.alternatives;
    const isWhole = cleaned.closed && wanted === 1;
    if (open && isWhole) state.satisfied = cleaned.closedByMarkup ? 'by-markup' : 'by-scope';
    state.open = open && !isWhole;
  };
  /** Something cut the last of several answers, or the last line of one: what is cleaned then is the whole lines. */
  const cleanCut = (): void => {
    clean(false);
    if (state.alternatives.length > 0) {
      state.alternatives = state.alternatives.slice(0, -1);
      return;
    }
    const only = finish === 'length' && !state.text.includes('\n') ? state.text : '';
    clean(false, raw.slice(0, Math.max(0, raw.lastIndexOf('\n'))));
    if (state.text === '') state.text = only;
  };
  return Object.assign(state, {
    add(part: ModelAnswerPart, nowMs: number) {
      if (part.type === 'finish') finish = part.reason;
      if (part.type !== 'text' || part.text === '' || state.satisfied !== 'no') return;
      state.firstTokenAt ??= nowMs;
      const isOverlong = raw.length + part.text.length > maxRawLength;
      raw += part.text.slice(0, maxRawLength - raw.length);
      if (isOverlong) cleanCut();
      else clean(true);
      if (isOverlong) state.satisfied = 'by-scope';
      bell.ring();
    },
    end(error?: RunApiError) {
      if (state.satisfied === 'no') {
        if (finish === 'stop') clean(false);
        else cleanCut();
      }
      state.error = error;
      state.open = false;
      bell.ring();
    },
    changed: bell.next,
  });
}

function createBell(): { readonly ring: () => void; readonly next: () => Promise<void> } {
  let waiting: (() => void)[] = [];
  return {
    ring() {
      const woken = waiting;
      waiting = [];
      for (const resume of woken) resume();
    },
    next: () => new Promise<void>((resolve) => waiting.push(resolve)),
  };
}
