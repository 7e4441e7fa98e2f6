// Carries out a reply: keeps its pace, waits for the client to take what was written (back-pressure), notes what went out when.
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Reply, Step } from './reply.ts';

/** Filled while the reply is sent. */
export interface SendRecord {
  bytesWritten: number;
  tokensWritten: number;
  /** Writes and their times in milliseconds after the start of the gateway: at most 20,000 entries. */
  readonly writes: { readonly atMs: number; readonly bytes: number }[];
  /** Times when the socket was full and the sender waited for the client. */
  drainWaits: number;
  /** The reply ended with a cut. */
  cut?: boolean;
}

export interface SendOptions {
  readonly record: SendRecord;
  readonly now: () => number;
  /** Aborted when the client went away or the gateway closes. */
  readonly signal: AbortSignal;
}

const maximumWriteRecords = 20_000;

/** Resolves when the reply is sent or cut; rejects only when the signal aborts. */
export async function sendReply(response: ServerResponse, reply: Reply, options: SendOptions): Promise<void> {
  if (reply.delayMs > 0) await sleep(reply.delayMs, undefined, { signal: options.signal });
  options.signal.throwIfAborted();
  writeHead(response, reply);
  const startMs = options.now();
  for (const step of reply.steps) {
    const more = await carryOut(step, response, { ...options, startMs });
    if (!more) return;
  }
  response.end();
}

function writeHead(response: ServerResponse, reply: Reply): void {
  if (reply.closeDelimited === true) {
    response.shouldKeepAlive = false;
    response.useChunkedEncodingByDefault = false;
    response.removeHeader('transfer-encoding');
  }
  response.writeHead(reply.status, reply.headers as Record<string, string | string[]>);
  response.flushHeaders();
}

/** False: nothing may follow. */
async function carryOut(step: Step, response: ServerResponse, options: SendOptions & { readonly startMs: number }): Promise<boolean> {
  switch (step.type) {
    case 'write': {
      const early = step.atMs === undefined ? 0 : options.startMs + step.atMs - options.now();
      if (early >= 1) await sleep(early, undefined, { signal: options.signal });
      await write(response, step, options);
      return true;
    }
    case 'wait':
      await sleep(step.ms, undefined, { signal: options.signal });
      return true;
    case 'hang':
      if (!options.signal.aborted) await once(options.signal, 'abort');
      return false;
    case 'cut':
      options.record.cut = true;
      await flushed(response);
      if (step.how === 'rst') response.socket?.resetAndDestroy();
      else response.socket?.end();
      return false;
  }
}

async function write(response: ServerResponse, step: Extract<Step, { type: 'write' }>, options: SendOptions): Promise<void> {
  options.signal.throwIfAborted();
  const { record } = options;
  const fits = response.write(step.bytes);
  record.bytesWritten += step.bytes.length;
  record.tokensWritten += step.tokens;
  if (record.writes.length < maximumWriteRecords) record.writes.push({ atMs: options.now(), bytes: step.bytes.length });
  if (!fits) {
    record.drainWaits += 1;
    await once(response, 'drain', { signal: options.signal });
  } else if (step.bytes.length < 16) {
    // Small writes leave one by one, so that the client sees them as separate chunks.
    await new Promise(setImmediate);
  }
}

/** A cut must not overtake what was written before it. */
async function flushed(response: ServerResponse): Promise<void> {
  await new Promise<void>((resolve) => response.write('', () => resolve()));
  await sleep(5);
}
