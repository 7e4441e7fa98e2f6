// How others decide when to ask, by their sources: the timing and the keeping of answers are theirs, the prompt, the cleaning and the
// fitting are ours, so that only the policy differs.
import { createAnswerCleaner } from '../../../../src/core/completion/cleaning/cleanAnswer.ts';
import { createCleaningSite } from '../../../../src/core/completion/cleaning/filter.ts';
import { fitItem } from '../../../../src/core/completion/cleaning/fitItem.ts';
import type { CompletionCall, CompletionItem } from '../../../../src/core/completion/completionTypes.ts';
import { readPlace, type Place } from '../../../../src/core/completion/place.ts';
import { createPrompt } from '../../../../src/core/completion/prompt.ts';
import { relate } from '../../../../src/core/completion/relation.ts';
import { chooseMode, maxTokensOf } from '../../../../src/core/completion/requestDecision.ts';
import type { Policy, PolicyEnvironment, PolicyFactory } from '../policy.ts';

interface PolicyTraits {
  readonly delayMs: (place: Place) => number;
  /** The request ends when the editor loses interest in the call. */
  readonly endsWithCall: boolean;
  /** A finished answer serves calls after typing into it. */
  readonly keepsAnswers: boolean;
  /** A running request that agrees with what was typed is waited for instead of sending another. */
  readonly sharesRunning: boolean;
}

const atLineStart = (place: Place): boolean => place.linePrefix.trim() === '';

export const otherPolicies: Readonly<Record<string, PolicyFactory>> = {
  'request per call': create({ delayMs: () => 0, endsWithCall: true, keepsAnswers: false, sharesRunning: false }),
  'fixed debounce': create({ delayMs: () => 350, endsWithCall: true, keepsAnswers: true, sharesRunning: false }),
  'Cody-like': create({ delayMs: (place) => (atLineStart(place) ? 0 : 75), endsWithCall: false, keepsAnswers: true, sharesRunning: false }),
  'Copilot-like': create({ delayMs: () => 200, endsWithCall: false, keepsAnswers: true, sharesRunning: true }),
};

interface Kept {
  readonly id: number;
  readonly place: Place;
  readonly mode: 'line' | 'block';
  text: string;
  open: boolean;
  readonly controller: AbortController;
}

function create(traits: PolicyTraits): PolicyFactory {
  return (environment) => createPolicy(traits, environment);
}

function createPolicy(traits: PolicyTraits, { clock, model }: PolicyEnvironment): Policy {
  const kept: Kept[] = [];
  const usedIds = new Set<number>();
  const answerOfItem = new Map<number, number>();
  let changed: (() => void)[] = [];
  let nextId = 1;

  const wake = (): void => {
    const woken = changed;
    changed = [];
    for (const resume of woken) resume();
  };
  const ask = (call: CompletionCall, place: Place, signal: AbortSignal): Kept => {
    const mode = chooseMode(place, 'automatic', 'auto');
    const answer: Kept = { id: nextId++, place, mode, text: '', open: true, controller: new AbortController() };
    if (traits.endsWithCall) signal.addEventListener('abort', () => answer.controller.abort());
    for (const other of kept) if (other.open && relate(other, place).kind === 'diverged') other.controller.abort();
    kept.unshift(answer);
    void receive(call, answer);
    return answer;
  };
  const receive = async (call: CompletionCall, answer: Kept): Promise<void> => {
    const { place, mode } = answer;
    const cleaner = createAnswerCleaner(place, mode);
    const prompt = createPrompt({ place, lines: call.lines, mode, path: 'file', snippets: [], alternatives: 1, findSecrets: () => [] });
    let raw = '';
    try {
      const question = { id: answer.id, ...prompt, mode, alternatives: 1, maxTokens: maxTokensOf[mode], origin: { uri: call.uri, version: call.version, languageId: call.languageId, cursor: call.cursor } };
      for await (const part of model.ask(question, answer.controller.signal)) {
        if (part.type === 'text') raw += part.text;
        answer.text = cleaner.clean(raw, true).text;
        // One line is shown and no more is read.
        if (mode === 'line' && answer.text.trimStart().includes('\n')) break;
        wake();
      }
      answer.text = cleaner.clean(raw, false).text;
      if (mode === 'line') answer.text = /^\s*[^\n]*/.exec(answer.text)?.[0] ?? '';
    } catch {
      answer.text = '';
    }
    answer.open = false;
    wake();
  };
  const itemFrom = (answer: Kept, place: Place): CompletionItem | undefined => {
    const relation = relate(answer, place);
    if (relation.kind !== 'ahead' || relation.remaining === '') return undefined;
    const fit = fitItem({
      remaining: relation.remaining, open: answer.open, impatient: false, isBlock: answer.mode === 'block', visible: '', crossLineEnd: false, reachLines: 1, site: createCleaningSite(place, answer.mode),
    });
    if (fit === 'wait' || 'rejected' in fit) return undefined;
    const id = nextId++;
    answerOfItem.set(id, answer.id);
    return { id, ...fit };
  };
  const findKept = (place: Place): CompletionItem | undefined => {
    for (const answer of kept.slice(0, 50)) {
      const item = itemFrom(answer, place);
      if (item !== undefined) return item;
    }
    return undefined;
  };

  return {
    async provide(call, signal) {
      const place = readPlace(call);
      const early = traits.keepsAnswers ? findKept(place) : undefined;
      if (early !== undefined) return early;
      const delayMs = traits.delayMs(place);
      if (delayMs > 0 && !(await clock.sleep(delayMs, signal).then(() => true, () => false))) return undefined;
      const running = traits.sharesRunning ? kept.find((answer) => answer.open && relate(answer, place).kind !== 'diverged') : undefined;
      const own = running ?? ask(call, place, signal);
      while (!signal.aborted) {
        const item = traits.keepsAnswers ? findKept(place) : itemFrom(own, place);
        if (item !== undefined) return item;
        if (!own.open) return undefined;
        await Promise.race([new Promise<void>((resolve) => changed.push(resolve)), new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))]);
      }
      return undefined;
    },
    documentChanged: () => undefined,
    cursorMoved: () => undefined,
    accepted: (itemId) => usedIds.add(answerOfItem.get(itemId) ?? 0),
    used: () => usedIds.size,
  };
}
