// One request from its first byte to the end of its answer: read, fault, check, answer, bill.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { balanceReply, embeddingsReply, meReply, modelsReply, pricesReply } from './account.ts';
import { answerCall } from './answerCall.ts';
import { readChatRequest, type RequestContext } from './chatRequest.ts';
import type { ExchangeParts } from './exchangeParts.ts';
import { countSocketRequest } from './faults/connectionFaults.ts';
import type { Fault, FaultContext, FaultOptions } from './faults/fault.ts';
import { readCountRequest, readMessagesRequest } from './messagesRequest.ts';
import { Refusal, refusalBody, type ErrorShape } from './refusal.ts';
import { jsonReply, type Reply } from './reply.ts';
import type { RequestRecord } from './requestRecord.ts';
import { sendReply } from './sendReply.ts';

export interface ExchangeHandler {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  idle(): Promise<void>;
}

export function createExchangeHandler(parts: ExchangeParts): ExchangeHandler {
  const open = new Set<Promise<void>>();
  return {
    async handle(request, response) {
      const work = exchange(request, response, parts);
      open.add(work);
      await work.finally(() => open.delete(work));
    },
    async idle() {
      while (open.size > 0) await Promise.all(open);
    },
  };
}

type ActiveFault = { readonly fault: Fault; readonly options: FaultOptions } | undefined;

async function exchange(request: IncomingMessage, response: ServerResponse, parts: ExchangeParts): Promise<void> {
  const record = createRecord(request, parts);
  const gone = new AbortController();
  const signal = AbortSignal.any([gone.signal, parts.closing]);
  countSocketRequest(request.socket);
  response.once('close', () => {
    record.aborted = !response.writableFinished && !response.writableEnded && !isDeliberateCut(record);
    record.endMs = parts.now();
    gone.abort(new Error('The connection is closed.'));
  });
  try {
    const text = await readBody(request, record, parts.defaults().maximumBodyBytes);
    parts.requests.push(record);
    parts.announce(record);
    await respond({ request, response, record, text, signal }, parts);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

interface Open {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly record: RequestRecord;
  readonly text: string;
  readonly signal: AbortSignal;
}

async function respond(open: Open, parts: ExchangeParts): Promise<void> {
  const { record, response } = open;
  const shape: ErrorShape = record.path.startsWith('/v1/messages') ? 'anthropic' : 'openai';
  const active = parts.rules.takeFault(record.path, open.text);
  const context: FaultContext = { options: active?.options ?? {}, shape, requestId: record.id, presentedKey: presentedKey(record), origin: parts.origin() };
  if (active !== undefined) record.fault = active.fault.name;
  if (active?.fault.stage === 'socket' && active.fault.act(open.request, response, context)) return;
  let reply: Reply;
  let bill: ((aborted: boolean) => void) | undefined;
  try {
    const made = active?.fault.stage === 'instead' ? { reply: active.fault.reply(context) } : await makeReply(open, parts, { active, context });
    reply = made.reply;
    bill = made.bill;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    reply = jsonReply(error.status, refusalBody(error, shape, record.id), error.headers);
  }
  record.status = reply.status;
  try {
    await sendReply(response, { ...reply, headers: { 'x-request-id': record.id, ...reply.headers } }, { record, now: parts.now, signal: open.signal });
  } finally {
    bill?.(open.signal.aborted);
  }
}

interface MadeReply {
  readonly reply: Reply;
  readonly bill?: (aborted: boolean) => void;
}

async function makeReply(open: Open, parts: ExchangeParts, faulty: { readonly active: ActiveFault; readonly context: FaultContext }): Promise<MadeReply> {
  const { record } = open;
  const query = new URL(record.url, 'http://local').searchParams;
  const endpoint = `${record.method} ${record.path}`;
  if (endpoint === 'GET /api/v1/price_schedules') return { reply: pricesReply(query, record.headers['if-none-match']) };
  if (presentedKey(record) !== parts.key) throw new Refusal(401, presentedKey(record) === '' ? 'No API key was given.' : 'The API key is not valid.', { code: 'invalid_api_key' });
  const requestContext: RequestContext = { headers: record.headers, spelling: parts.defaults().spelling, strictness: parts.defaults() };
  switch (endpoint) {
    case 'GET /api/v1/me': return { reply: meReply() };
    case 'GET /api/v1/me/balance': return { reply: balanceReply(parts.billing) };
    case 'GET /v1/models': return { reply: modelsReply() };
    case 'POST /v1/embeddings': return { reply: embeddingsReply(parsed(open.record)) };
    case 'POST /v1/messages/count_tokens': return { reply: jsonReply(200, { input_tokens: readCountRequest(parsed(record), requestContext) }) };
    case 'POST /v1/chat/completions':
      return answerCall(readChatRequest(parsed(record), requestContext), { ...faulty, parts, record, signal: open.signal });
    case 'POST /v1/messages':
      return answerCall(readMessagesRequest(parsed(record), requestContext), { ...faulty, parts, record, signal: open.signal });
    default:
      throw new Refusal(404, `Not found: ${endpoint}`, { code: 'not_found' });
  }
}

function createRecord(request: IncomingMessage, parts: ExchangeParts): RequestRecord {
  const url = request.url ?? '/';
  return {
    id: `req_local_${String(parts.requests.length + 1).padStart(4, '0')}_${Math.floor(parts.now())}`,
    method: request.method ?? 'GET',
    path: url.split('?')[0] ?? url,
    url,
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')])),
    body: undefined,
    bodyBytes: 0,
    atMs: parts.now(),
    aborted: false,
    bytesWritten: 0,
    tokensWritten: 0,
    writes: [],
    drainWaits: 0,
  };
}

/** Reads all of a body that is too large, but keeps none of it. */
async function readBody(request: IncomingMessage, record: RequestRecord, maximumBytes: number): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of request as AsyncIterable<Buffer>) {
    record.bodyBytes += piece.length;
    if (record.bodyBytes <= maximumBytes) pieces.push(piece);
    else pieces.length = 0;
  }
  if (record.bodyBytes > maximumBytes) {
    record.body = new Refusal(413, 'Request exceeds the maximum allowed number of bytes.');
    return '';
  }
  const text = Buffer.concat(pieces).toString('utf8');
  try {
    record.body = text === '' ? undefined : JSON.parse(text);
  } catch {
    record.body = text;
  }
  return text;
}

function parsed(record: RequestRecord): unknown {
  if (record.body instanceof Refusal) throw record.body;
  if (typeof record.body === 'string' || record.body === undefined) throw new Refusal(400, 'The request body is not valid JSON.');
  if (!(record.headers['content-type'] ?? '').includes('application/json')) throw new Refusal(400, 'content-type: application/json is required');
  return record.body;
}

function presentedKey(record: RequestRecord): string {
  const bearer = /^Bearer (.+)$/i.exec(record.headers['authorization'] ?? '')?.[1];
  return bearer ?? record.headers['x-api-key'] ?? '';
}

function isDeliberateCut(record: RequestRecord): boolean {
  return record.cut === true;
}
