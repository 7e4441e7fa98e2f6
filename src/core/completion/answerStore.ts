// Answers that were paid for, found again by the text that led to them: after typing into them, deleting back, accepting a part, and
// at the next Enter. An empty answer is kept too, so that the same place is not asked about twice.
import type { Answer } from './answer.ts';
import type { Place } from './place.ts';
import { relateAt, type Relation } from './relation.ts';

export interface FoundAnswer {
  readonly answer: Answer;
  readonly relation: Exclude<Relation, { readonly kind: 'diverged' }>;
}

export interface AnswerStore {
  add(answer: Answer): void;
  /** The best answer for the place; `preferredId` wins among equals, so that what is shown stays. */
  find(place: Place, preferredId?: number): FoundAnswer | undefined;
  forget(uri: string): void;
  clear(): void;
}

/** A few hundred answers of a few lines: the last hour or two of typing. */
const maxAnswers = 300;

export function createAnswerStore(): AnswerStore {
  const buckets = new Map<string, Answer[]>();
  const order: { readonly key: string; readonly answer: Answer }[] = [];
  const remove = (key: string, answer: Answer): void => {
    const left = (buckets.get(key) ?? []).filter((other) => other !== answer);
    if (left.length === 0) buckets.delete(key);
    else buckets.set(key, left);
  };
  return {
    add(answer) {
      const key = keyOf(answer.place.uri, answer.place.chain[0]);
      buckets.set(key, [answer, ...(buckets.get(key) ?? [])]);
      order.push({ key, answer });
      const oldest = order.length > maxAnswers ? order.shift() : undefined;
      if (oldest !== undefined) remove(oldest.key, oldest.answer);
    },
    find(place, preferredId) {
      let best: FoundAnswer | undefined;
      for (const [linesBack, hash] of place.chain.entries()) {
        for (const answer of buckets.get(keyOf(place.uri, hash)) ?? []) {
          const relation = relateAt(answer, place, linesBack);
          if (relation.kind === 'diverged') continue;
          const found = { answer, relation };
          if (best === undefined || rank(found, preferredId) > rank(best, preferredId)) best = found;
        }
      }
      return best !== undefined && rank(best, preferredId) > 0 ? best : undefined;
    },
    forget(uri) {
      for (const { key, answer } of order.filter((entry) => entry.answer.place.uri === uri)) remove(key, answer);
      const kept = order.filter((entry) => entry.answer.place.uri !== uri);
      order.splice(0, order.length, ...kept);
    },
    clear() {
      buckets.clear();
      order.length = 0;
    },
  };
}

function keyOf(uri: string, hash: string | undefined): string {
  return `${uri}\n${hash ?? ''}`;
}

/** 0: of no use here. Text to show beats text to wait for beats knowing that there is none. */
function rank({ answer, relation }: FoundAnswer, preferredId: number | undefined): number {
  const preferred = answer.id === preferredId ? 0.5 : 0;
  switch (relation.kind) {
    case 'ahead':
      if (relation.remaining !== '') return 4 + preferred;
      if (answer.open) return 3 + preferred;
      return relation.since === '' && answer.error === undefined ? 1 : 0;
    case 'pending':
      return 3 + preferred;
    case 'held':
      return answer.error === undefined ? 2 : 0;
    default:
      return relation satisfies never;
  }
}
