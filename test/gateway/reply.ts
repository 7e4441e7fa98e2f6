// An HTTP answer as a plan: status, headers and steps that the sender carries out. Faults rewrite the plan.
import type { Pacing } from './answer.ts';

export interface WireEvent {
  readonly text: string;
  /** Output tokens in it, for the pace and for the bill. */
  readonly tokens: number;
  readonly mark?: 'finish' | 'usage' | 'done';
}

export type Step =
  | {
      readonly type: 'write';
      readonly bytes: Uint8Array;
      readonly tokens: number;
      readonly mark?: WireEvent['mark'];
      /** Not before this time after the headers. */
      readonly atMs?: number;
    }
  | { readonly type: 'wait'; readonly ms: number }
  /** Nothing more until the client goes away. */
  | { readonly type: 'hang' }
  /** The connection ends in the middle of the body. */
  | { readonly type: 'cut'; readonly how: 'fin' | 'rst' };

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** Before the headers. */
  readonly delayMs: number;
  /** After the last step the body ends in order. */
  readonly steps: Iterable<Step>;
  /** The end of the connection ends the body: no length, no chunks. */
  readonly closeDelimited?: boolean;
}

export function writeStep(content: string | Uint8Array, extra: { readonly tokens?: number; readonly mark?: WireEvent['mark'] | undefined; readonly atMs?: number | undefined } = {}): Step {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    type: 'write', bytes, tokens: extra.tokens ?? 0,
    ...(extra.mark === undefined ? {} : { mark: extra.mark }),
    ...(extra.atMs === undefined ? {} : { atMs: extra.atMs }),
  };
}

export function jsonReply(status: number, body: unknown, headers: Reply['headers'] = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, delayMs: 0, steps: [writeStep(JSON.stringify(body))] };
}

export function streamReply(events: Iterable<WireEvent>, pacing: Pacing): Reply {
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' },
    delayMs: pacing.firstTokenMs,
    steps: paced(events, pacing),
  };
}

function* paced(events: Iterable<WireEvent>, pacing: Pacing): Generator<Step> {
  let tokens = 0;
  for (const event of events) {
    const atMs = pacing.tokensPerSecond === undefined ? undefined : (tokens * 1000) / pacing.tokensPerSecond;
    tokens += event.tokens;
    yield* splitWrites(writeStep(event.text, { tokens: event.tokens, mark: event.mark, atMs }), pacing.bytesPerWrite);
  }
}

/** Only the first piece carries the tokens, the last one the mark. */
export function* splitWrites(step: Step, bytesPerWrite: number | undefined): Generator<Step> {
  if (step.type !== 'write' || bytesPerWrite === undefined || step.bytes.length <= bytesPerWrite) {
    yield step;
    return;
  }
  for (let at = 0; at < step.bytes.length; at += bytesPerWrite) {
    const last = at + bytesPerWrite >= step.bytes.length;
    yield writeStep(step.bytes.subarray(at, at + bytesPerWrite), { tokens: at === 0 ? step.tokens : 0, mark: last ? step.mark : undefined, atMs: step.atMs });
  }
}
