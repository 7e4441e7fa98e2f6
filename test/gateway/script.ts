// Which answer a request gets, and which faults strike: rules in the order they were added, each for a number of times.
import type { Answer } from './answer.ts';
import { findFault } from './faults/faultTable.ts';
import type { Fault, FaultOptions } from './faults/fault.ts';
import { wholePrompt, type ModelCall } from './modelCall.ts';

/** A function may pass (undefined): the next rule is asked, in the end the player. The signal aborts when the client goes away. */
export type AnswerFunction = (call: ModelCall, signal: AbortSignal) => Answer | undefined | Promise<Answer | undefined>;

export interface ScriptMatch {
  /** A part of the model's id. */
  readonly model?: string;
  /** A part of the system text or of a message. */
  readonly contains?: string;
  readonly protocol?: ModelCall['protocol'];
}

export interface ScriptOptions extends ScriptMatch {
  /** Default: once for a fixed answer, always for a function. */
  readonly times?: number;
}

export interface FaultRule extends FaultOptions {
  readonly name: string;
  /** Default 1. */
  readonly times?: number;
  /** A part of the request's path. Default: the two paths that ask a model. */
  readonly path?: string;
  /** Only requests that hold this text. */
  readonly contains?: string;
}

export interface Rules {
  /** The result takes the rule away again. */
  script(answer: Answer | AnswerFunction, options?: ScriptOptions): () => void;
  fault(rule: string | FaultRule): () => void;
  answer(call: ModelCall, signal: AbortSignal): Promise<Answer | undefined>;
  takeFault(path: string, text: string): { readonly fault: Fault; readonly options: FaultOptions } | undefined;
  clear(): void;
}

interface Counted<T> {
  readonly rule: T;
  left: number;
}

export function createRules(): Rules {
  const scripts: Counted<{ readonly answer: AnswerFunction; readonly match: ScriptMatch }>[] = [];
  const faults: Counted<{ readonly fault: Fault; readonly options: FaultRule }>[] = [];
  return {
    script(answer, options = {}) {
      const rule = { answer: typeof answer === 'function' ? answer : () => answer, match: options };
      return add(scripts, rule, options.times ?? (typeof answer === 'function' ? Infinity : 1));
    },
    fault(given) {
      const options = typeof given === 'string' ? { name: given } : given;
      return add(faults, { fault: findFault(options.name), options }, options.times ?? 1);
    },
    async answer(call, signal) {
      for (const counted of scripts.filter(({ rule }) => matches(rule.match, call))) {
        if (counted.left === 0) continue;
        counted.left -= 1;
        const answer = await beforeAbort(Promise.resolve(counted.rule.answer(call, signal)), signal);
        if (answer !== undefined) return answer;
        counted.left += 1;
      }
      return undefined;
    },
    takeFault(path, text) {
      const counted = faults.find(({ rule, left }) => left > 0 && strikes(rule.options, path, text));
      if (counted === undefined) return undefined;
      counted.left -= 1;
      return counted.rule;
    },
    clear() {
      scripts.length = 0;
      faults.length = 0;
    },
  };
}

/** A script that never answers must not keep the exchange open after the client is gone. */
async function beforeAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    work.then(resolve, reject);
  });
}

function add<T>(list: Counted<T>[], rule: T, times: number): () => void {
  const counted = { rule, left: times };
  list.push(counted);
  return () => {
    counted.left = 0;
    const at = list.indexOf(counted);
    if (at >= 0) list.splice(at, 1);
  };
}

function matches(match: ScriptMatch, call: ModelCall): boolean {
  return (match.model === undefined || call.modelId.includes(match.model))
    && (match.protocol === undefined || call.protocol === match.protocol)
    && (match.contains === undefined || wholePrompt(call).includes(match.contains));
}

function strikes(rule: FaultRule, path: string, text: string): boolean {
  const onPath = rule.path === undefined ? /^\/v1\/(chat\/completions|messages)$/.test(path) : path.includes(rule.path);
  return onPath && (rule.contains === undefined || text.includes(rule.contains));
}
