// What the engine is made of: one of each, shared by the steps a call goes through.
import type { Answer } from './answer.ts';
import { createAnswerStore, type AnswerStore } from './answerStore.ts';
import type { CompletionItem, CompletionResult } from './completionTypes.ts';
import type { CompletionEngineDependencies } from './engineDependencies.ts';
import { allMechanisms, type Mechanisms } from './mechanisms.ts';
import type { Outcome } from './outcome.ts';
import { createPauses, type Pauses } from './pauses.ts';
import { createRequester, type Requester } from './requester.ts';
import { createTakenRate, type TakenRate } from './takenRate.ts';
import { createTally, type TallyKeeper } from './tally.ts';
import { createTypingTracker, type TypingTracker } from './typing.ts';

export interface EngineParts extends CompletionEngineDependencies {
  readonly mechanisms: Mechanisms;
  readonly pauses: Pauses;
  readonly tally: TallyKeeper;
  readonly store: AnswerStore;
  readonly taken: TakenRate;
  readonly typing: TypingTracker;
  readonly requester: Requester;
  /** Ends a call: its outcome becomes the engine's last one. */
  finish(outcome: Outcome, items?: readonly CompletionItem[]): CompletionResult;
  lastOutcome(): Outcome | undefined;
  nextItemId(): number;
  changed(): void;
  onChange(listener: () => void): () => void;
}

export function createEngineParts(dependencies: CompletionEngineDependencies): EngineParts {
  const { clock } = dependencies;
  const pauses = createPauses(clock);
  const tally = createTally(clock);
  const taken = createTakenRate();
  const listeners = new Set<() => void>();
  let lastOutcome: Outcome | undefined;
  let lastItemId = 0;
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  const onAccepted = (answer: Answer, characters: number): void => {
    tally.accepted(answer.id, characters);
    taken.accepted();
    dependencies.onAccepted?.(characters);
  };
  return {
    ...dependencies,
    mechanisms: { ...allMechanisms, ...dependencies.mechanisms },
    pauses,
    tally,
    taken,
    store: createAnswerStore(),
    typing: createTypingTracker({ clock, onAccepted }),
    requester: createRequester({ ...dependencies, pauses, tally, onChange: changed }),
    finish(outcome, items = []) {
      lastOutcome = outcome;
      changed();
      return { items, outcome };
    },
    lastOutcome: () => lastOutcome,
    nextItemId: () => ++lastItemId,
    changed,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
