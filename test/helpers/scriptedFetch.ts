// A fetch that answers from memory, in pieces of one's choice, and writes down what it was asked.
import type { Fetch } from '../../src/core/api/http.ts';

export interface ScriptedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly pieces: readonly Uint8Array[];
  /** Thrown after the last piece; 'never' leaves the connection open. Absent: it ends. */
  readonly end?: Error | 'never';
}

export interface AskedRequest {
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly redirect: string | undefined;
}

export interface ScriptedFetch {
  readonly fetch: Fetch;
  readonly asked: readonly AskedRequest[];
}

/** The answers in turn; the last one again and again. */
export function createScriptedFetch(...answers: readonly ScriptedAnswer[]): ScriptedFetch {
  const asked: AskedRequest[] = [];
  return {
    asked,
    fetch: (address, init) => {
      const answer = answers[Math.min(asked.length, answers.length - 1)];
      // The client sends plain objects and JSON text.
      asked.push({ address, headers: init.headers as Record<string, string>, body: JSON.parse(typeof init.body === 'string' ? init.body : '{}') as Record<string, unknown>, redirect: init.redirect });
      return answer ? Promise.resolve(toResponse(answer)) : Promise.reject(new Error('nothing scripted'));
    },
  };
}

function toResponse({ status = 200, headers = { 'content-type': 'text/event-stream' }, pieces, end }: ScriptedAnswer): Response {
  let next = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller): void | Promise<void> => {
      const piece = pieces[next];
      next += 1;
      if (piece) controller.enqueue(piece);
      else if (end === 'never') return new Promise<void>(() => undefined);
      else if (end) controller.error(end);
      else controller.close();
      return undefined;
    },
  }, { highWaterMark: 0 });
  return new Response(status === 204 || status === 304 ? null : body, { status, headers });
}

const encoder = new TextEncoder();

export function bytesOf(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The bytes in two pieces, for each place where they can be cut; the first time in one piece. */
export function* cutEverywhere(bytes: Uint8Array): Generator<readonly Uint8Array[]> {
  yield [bytes];
  for (let at = 1; at < bytes.length; at += 1) yield [bytes.subarray(0, at), bytes.subarray(at)];
}

export function singleBytes(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from(bytes, (_byte, at) => bytes.subarray(at, at + 1));
}
