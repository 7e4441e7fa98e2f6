// The control endpoint for tests that run in another process: scripts and faults go in, requests and the ledger come out, as JSON.
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { faultTable } from './faults/faultTable.ts';
import type { Answer } from './answer.ts';
import type { LedgerEntry } from './billing.ts';
import type { GatewayDefaults } from './defaults.ts';
import type { RequestRecord } from './requestRecord.ts';
import type { FaultRule, ScriptOptions } from './script.ts';

export const controlPath = '/__control';

/** The part of the gateway that can be controlled. */
export interface ControlTarget {
  readonly requests: readonly RequestRecord[];
  readonly ledger: readonly LedgerEntry[];
  script(answer: Answer, options?: ScriptOptions): unknown;
  fault(rule: FaultRule): unknown;
  setDefaults(defaults: Partial<GatewayDefaults>): void;
  setBalance(cents: number): void;
  reset(): void;
}

export function createControl(gateway: ControlTarget): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const answer = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    if (!isLoopback(request.socket.remoteAddress)) {
      answer(403, { error: 'The control endpoint answers loopback only.' });
      return;
    }
    try {
      answer(200, act(gateway, `${request.method} ${request.url?.slice(controlPath.length).split('?')[0]}`, await readJson(request)));
    } catch (error) {
      answer(400, { error: error instanceof Error ? error.message : String(error) });
    }
  };
}

function act(gateway: ControlTarget, endpoint: string, body: unknown): unknown {
  switch (endpoint) {
    case 'GET /requests': return gateway.requests.map(withoutWrites);
    case 'GET /ledger': return gateway.ledger;
    case 'GET /faults': return [...faultTable.values()].map(({ name, rows, about, stage }) => ({ name, rows, about, stage }));
    case 'POST /script': {
      const { answer, ...options } = scriptBody.parse(body);
      gateway.script(answer, clean(options));
      return { ok: true };
    }
    case 'POST /fault':
      gateway.fault(clean(faultBody.parse(body)));
      return { ok: true };
    case 'POST /defaults':
      gateway.setDefaults(clean(defaultsBody.parse(body)));
      return { ok: true };
    case 'POST /balance':
      gateway.setBalance(z.object({ cents: z.number() }).parse(body).cents);
      return { ok: true };
    case 'POST /reset':
      gateway.reset();
      return { ok: true };
    default: throw new Error(`No control endpoint ${endpoint}.`);
  }
}

const pacing = {
  firstTokenMs: z.number().min(0).optional(),
  tokensPerSecond: z.number().positive().optional(),
  chunking: z.union([z.literal('token'), z.int().positive()]).optional(),
  bytesPerWrite: z.int().positive().optional(),
};

const answerBody = z.strictObject({
  ...pacing,
  thinking: z.string().optional(),
  text: z.string().optional(),
  toolCalls: z.array(z.strictObject({ id: z.string().optional(), name: z.string(), input: z.unknown() })).optional(),
  finish: z.enum(['stop', 'length', 'tool-calls', 'content-filter', 'refusal', 'pause', 'error']).optional(),
  usage: z.strictObject({ inputTokens: z.number().optional(), outputTokens: z.number().optional(), cacheReadTokens: z.number().optional(), cacheWriteTokens: z.number().optional() }).optional(),
  error: z.strictObject({ status: z.int(), message: z.string(), type: z.string().optional(), code: z.string().optional(), headers: z.record(z.string(), z.string()).optional() }).optional(),
  whole: z.boolean().optional(),
  fault: z.string().optional(),
});

const scriptBody = z.strictObject({ answer: answerBody, times: z.number().positive().optional(), model: z.string().optional(), contains: z.string().optional(), protocol: z.enum(['chat_completions', 'messages']).optional() });

const faultBody = z.strictObject({
  name: z.string(), times: z.number().positive().optional(), path: z.string().optional(), contains: z.string().optional(),
  afterDeltas: z.int().optional(), milliseconds: z.number().optional(), seconds: z.number().optional(), location: z.string().optional(), bytes: z.int().optional(), message: z.string().optional(),
});

const defaultsBody = z.strictObject({ ...pacing, rejectSampling: z.array(z.string()).optional(), spelling: z.enum(['any', 'dots', 'dashes']).optional(), maximumBodyBytes: z.int().optional() });

/** JSON has no undefined: fields that were left out are left out here too. */
function clean<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as { [K in keyof T]: Exclude<T[K], undefined> };
}

function withoutWrites({ writes, ...record }: RequestRecord): unknown {
  return { ...record, writeCount: writes.length };
}

function isLoopback(address: string | undefined): boolean {
  return address !== undefined && /^(::ffff:)?127\.|^::1$/.test(address);
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) pieces.push(piece);
  const text = Buffer.concat(pieces).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}
