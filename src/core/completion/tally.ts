// What completion did and cost today: for the status item and for the price of an accepted character.
import type { Receipt } from '../../shared/chatTypes.ts';
import type { Clock } from '../clock.ts';

export interface CompletionTally {
  readonly requests: number;
  /** Requests of whose text something was accepted. */
  readonly used: number;
  readonly shown: number;
  readonly acceptedCharacters: number;
  /** Absent while no price is known. */
  readonly priceUsd?: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

export interface TallyKeeper {
  today(): CompletionTally;
  requested(): void;
  shown(): void;
  received(receipt: Receipt): void;
  accepted(answerId: number, characters: number): void;
}

const empty: CompletionTally = { requests: 0, used: 0, shown: 0, acceptedCharacters: 0, inputTokens: 0, outputTokens: 0 };

export function createTally(clock: Clock): TallyKeeper {
  let day = dayOf(clock);
  let tally = empty;
  let usedIds = new Set<number>();
  const change = (update: (now: CompletionTally) => Partial<CompletionTally>): void => {
    turnDay();
    tally = { ...tally, ...update(tally) };
  };
  const turnDay = (): void => {
    const today = dayOf(clock);
    if (today === day) return;
    day = today;
    tally = empty;
    usedIds = new Set();
  };
  return {
    today() {
      turnDay();
      return tally;
    },
    requested: () => change((now) => ({ requests: now.requests + 1 })),
    shown: () => change((now) => ({ shown: now.shown + 1 })),
    received: (receipt) => change((now) => addReceipt(now, receipt)),
    accepted: (answerId, characters) =>
      change((now) => {
        usedIds.add(answerId);
        return { used: usedIds.size, acceptedCharacters: now.acceptedCharacters + characters };
      }),
  };
}

function addReceipt(now: CompletionTally, { usage, priceUsd }: Receipt): Partial<CompletionTally> {
  const input = (usage?.inputTokens ?? 0) + (usage?.cacheReadTokens ?? 0) + (usage?.cacheWriteTokens ?? 0);
  return {
    inputTokens: now.inputTokens + input,
    outputTokens: now.outputTokens + (usage?.outputTokens ?? 0),
    ...(priceUsd === undefined ? {} : { priceUsd: (now.priceUsd ?? 0) + priceUsd }),
  };
}

function dayOf(clock: Clock): string {
  const date = new Date(clock.date());
  return `${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`;
}
