// Sends questions, one at a time, and lets each answer come in whether or not a call still waits for it.
import type { Clock } from '../clock.ts';
import { RunApiError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { createAnswer, type Answer } from './answer.ts';
import type { CompletionCall, CompletionContextSource, CompletionMode, CompletionModel, ModelQuestion } from './completionTypes.ts';
import type { FindSecrets } from './maskedRegion.ts';
import type { Pauses } from './pauses.ts';
import type { Place } from './place.ts';
import { createPrompt } from './prompt.ts';
import { relate } from './relation.ts';
import { maxTokensOf } from './requestDecision.ts';
import type { TallyKeeper } from './tally.ts';

export interface RequesterDependencies {
  readonly clock: Clock;
  readonly model: CompletionModel;
  readonly context: CompletionContextSource;
  readonly logger: Logger;
  readonly findSecrets: FindSecrets;
  readonly displayPath: (uri: string) => string;
  readonly pauses: Pauses;
  readonly tally: TallyKeeper;
  readonly onChange: () => void;
}

export interface AskInput {
  readonly call: CompletionCall;
  readonly place: Place;
  readonly mode: CompletionMode;
  readonly alternatives: number;
  /** For a place where the cursor will be if what is shown is accepted. */
  readonly isAhead: boolean;
}

export interface Requester {
  /** Ends what runs, sends, and gives back the answer that will fill. */
  ask(input: AskInput): Answer;
  running(): Answer | undefined;
  /** Requests in a row that were ended before anything came of them. */
  endedEarly(): number;
  cancelUnlessCovering(place: Place): void;
  cancelFor(uri: string): void;
  dispose(): void;
}

interface Running {
  readonly answer: Answer;
  readonly controller: AbortController;
  readonly isAhead: boolean;
}

export function createRequester(dependencies: RequesterDependencies): Requester {
  const { clock, model, pauses, tally, onChange } = dependencies;
  let running: Running | undefined;
  let nextId = 1;
  let endedEarly = 0;

  const consume = async ({ answer, controller }: Running, question: ModelQuestion): Promise<void> => {
    try {
      for await (const part of model.ask(question, controller.signal)) {
        if (part.type === 'receipt') tally.received(part.receipt);
        answer.add(part, clock.now());
        endedEarly = 0;
        if (answer.satisfied === 'by-scope') break;
      }
      answer.end();
      pauses.succeeded();
    } catch (error) {
      endInError(answer, error, controller.signal, dependencies);
    }
    if (running?.answer === answer) running = undefined;
    onChange();
  };

  const cancel = (): void => {
    if (running !== undefined && running.answer.firstTokenAt === undefined) endedEarly++;
    running?.controller.abort(new DOMException('The cursor is elsewhere', 'AbortError'));
    running = undefined;
  };

  return {
    ask(input) {
      cancel();
      const answer = createAnswer({ id: nextId++, place: input.place, mode: input.mode, wanted: input.alternatives });
      const started = { answer, controller: new AbortController(), isAhead: input.isAhead };
      running = started;
      tally.requested();
      void consume(started, createQuestion(answer.id, input, dependencies));
      onChange();
      return answer;
    },
    running: () => running?.answer,
    endedEarly: () => endedEarly,
    cancelUnlessCovering(place) {
      if (running === undefined || (running.isAhead && running.answer.place.uri === place.uri)) return;
      if (relate(running.answer, place).kind === 'diverged') cancel();
    },
    cancelFor(uri) {
      if (running?.answer.place.uri === uri) cancel();
    },
    dispose: cancel,
  };
}

function endInError(answer: Answer, error: unknown, signal: AbortSignal, { pauses, logger }: RequesterDependencies): void {
  if (signal.aborted) {
    answer.end(cancelled());
    return;
  }
  const failure = error instanceof RunApiError ? error : new RunApiError({ kind: 'internal', retryable: false, cause: error });
  answer.end(failure);
  pauses.failed(failure);
  logger.info(`completion request ${answer.id} failed: ${failure.kind}`);
}

/** What stays of an answer whose request was ended by us: its whole lines, and no claim that there is nothing. */
function cancelled(): RunApiError {
  return new RunApiError({ kind: 'interrupted', retryable: true });
}

function createQuestion(id: number, { call, place, mode, alternatives, isAhead }: AskInput, dependencies: RequesterDependencies): ModelQuestion {
  const { context, findSecrets, displayPath } = dependencies;
  const prompt = createPrompt({ place, lines: call.lines, mode, path: displayPath(call.uri), snippets: context.snippets(call), alternatives, findSecrets });
  return {
    id,
    ...prompt,
    mode,
    alternatives,
    // Who is asked ahead for is taking suggestions: what comes is shown line by line or in one, and lasts longer.
    maxTokens: maxTokensOf[isAhead ? 'block' : mode] * alternatives,
    origin: { uri: call.uri, version: call.version, languageId: call.languageId, cursor: call.cursor },
  };
}
