// A cursor marker, a model that a test answers by hand, and an editor of one document for the tests of completion.
import type { CompletionCall, CompletionModel, CompletionResult, DocumentLines, ModelAnswerPart, ModelQuestion } from '../../../../src/core/completion/completionTypes.ts';
import { createCompletionEngine, type CompletionEngine } from '../../../../src/core/completion/engine.ts';
import type { CompletionEngineDependencies } from '../../../../src/core/completion/engineDependencies.ts';
import type { FindSecrets } from '../../../../src/core/completion/maskedRegion.ts';
import { readPlace, type Place } from '../../../../src/core/completion/place.ts';
import type { CompletionSettings } from '../../../../src/core/settings.ts';
import { createFakeClock, type FakeClock } from '../../../helpers/fakeClock.ts';

/** Where the cursor is in a test's text. */
export const cursorMark = '█';

function linesOf(text: string): DocumentLines {
  const lines = text.split('\n');
  return { lineCount: lines.length, lineAt: (line) => lines[line] ?? '' };
}

export function callAt(marked: string, more: Partial<CompletionCall> = {}): CompletionCall {
  const at = marked.indexOf(cursorMark);
  if (at < 0) throw new Error('No cursor in the text');
  const before = marked.slice(0, at).split('\n');
  return {
    uri: 'file:///a.ts', languageId: 'typescript', version: 1, lines: linesOf(marked.replace(cursorMark, '')), cursor: { line: before.length - 1, character: before.at(-1)?.length ?? 0 },
    trigger: 'automatic', tabSize: 2, insertSpaces: true, ...more,
  };
}

export function placeAt(marked: string, more: Partial<CompletionCall> = {}): Place {
  return readPlace(callAt(marked, more));
}

/** Every occurrence of one text is a secret; "***" stands in its place. */
export function findWord(secret: string): FindSecrets {
  return (text) => [...text.matchAll(new RegExp(secret, 'g'))].map(({ index }) => ({ kind: 'word', start: index, end: index + secret.length, mark: '***' }));
}

export interface Asked {
  readonly question: ModelQuestion;
  readonly signal: AbortSignal;
  /** Neither over nor given up. */
  isRunning(): boolean;
  /** Text of the answer, within our tag where it has none. */
  write(text: string): void;
  send(part: ModelAnswerPart): void;
  finish(reason?: 'stop' | 'length' | 'other'): void;
  fail(error: unknown): void;
}

export interface ScriptedModel extends CompletionModel {
  readonly asked: Asked[];
  last(): Asked;
}

export function createScriptedModel(): ScriptedModel {
  const asked: Asked[] = [];
  return {
    asked,
    last() {
      const found = asked.at(-1);
      if (found === undefined) throw new Error('Nothing was asked');
      return found;
    },
    ask(question, signal) {
      const channel = createChannel(signal);
      asked.push({
        question,
        signal,
        isRunning: () => !signal.aborted && !channel.isOver(),
        write: (text) => channel.push({ type: 'text', text }),
        send: (part) => channel.push(part),
        finish(reason = 'stop') {
          channel.push({ type: 'finish', reason });
          channel.close();
        },
        fail: (error) => channel.fail(error),
      });
      return channel.parts;
    },
  };
}

function createChannel(signal: AbortSignal) {
  const queue: ModelAnswerPart[] = [];
  let isClosed = false;
  let failure: { readonly error: unknown } | undefined;
  let wake = (): void => {};
  signal.addEventListener('abort', () => {
    failure = { error: signal.reason };
    wake();
  });
  let isOver = false;
  async function* read(): AsyncGenerator<ModelAnswerPart> {
    try {
      for (;;) {
        const part = queue.shift();
        if (part !== undefined) yield part;
        else if (failure !== undefined) throw failure.error;
        else if (isClosed) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      isOver = true;
    }
  }
  return {
    isOver: () => isOver,
    parts: read(),
    push(part: ModelAnswerPart) {
      queue.push(part);
      wake();
    },
    close() {
      isClosed = true;
      wake();
    },
    fail(error: unknown) {
      failure = { error };
      wake();
    },
  };
}

export const defaultSettings: CompletionSettings = { enabled: true, delayMs: 75, languages: { '*': true, markdown: false }, multiline: 'auto', maxAlternatives: 3 };

export interface TestEditor {
  readonly clock: FakeClock;
  readonly model: ScriptedModel;
  readonly engine: CompletionEngine;
  readonly log: string[];
  text(): string;
  /** The document becomes this, by a change of the kind that a key makes. */
  set(marked: string, reason?: 'undo' | 'redo'): void;
  type(text: string): void;
  backspace(): void;
  /** Asks as VS Code does: the call before is cancelled. */
  call(more?: Partial<CompletionCall>): Promise<CompletionResult>;
  /** Asks and lets everything that needs no time happen. */
  ask(more?: Partial<CompletionCall>): Promise<CompletionResult | undefined>;
  cancel(): void;
}

export function createTestEditor(marked: string, more: Partial<CompletionEngineDependencies> = {}): TestEditor {
  const clock = createFakeClock();
  const model = createScriptedModel();
  const log: string[] = [];
  const engine = createCompletionEngine({
    clock, model, context: { snippets: () => [] },
    gate: { known: () => ({ open: true }), check: async () => ({ open: true }) },
    settings: () => defaultSettings,
    logger: { debug: (message) => log.push(message), info: (message) => log.push(message), warn: (message) => log.push(message), error: (message) => log.push(message) },
    findSecrets: () => [], displayPath: (uri) => uri.split('/').at(-1) ?? uri, ...more,
  });
  let text = marked;
  let version = 1;
  let controller = new AbortController();
  const change = (next: string, removedLength: number, insertedText: string, reason?: 'undo' | 'redo'): void => {
    version++;
    const { cursor } = callAt(text);
    text = next;
    engine.documentChanged({ uri: 'file:///a.ts', version, from: cursor, removedLength, insertedText, ...(reason !== undefined && { reason }) });
  };
  const call = (extra: Partial<CompletionCall> = {}): Promise<CompletionResult> => {
    controller.abort();
    controller = new AbortController();
    return engine.provide(callAt(text, { version, ...extra }), controller.signal);
  };
  return {
    clock, model, engine, log, call,
    text: () => text,
    set: (next, reason) => change(next, 0, 'x', reason),
    type: (typed) => change(text.replace(cursorMark, typed + cursorMark), 0, typed),
    backspace: () => change(text.replace(new RegExp(`[^]${cursorMark}`), cursorMark), 1, ''),
    async ask(extra) {
      let result: CompletionResult | undefined;
      void call(extra).then((value) => (result = value));
      await clock.advance(0);
      return result;
    },
    cancel: () => controller.abort(),
  };
}
