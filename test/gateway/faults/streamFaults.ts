// Answers that go wrong on their way: cut, stalled, garbled, encoded, or framed in the odd ways that the SSE format allows.
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { splitWrites, writeStep, type Reply, type Step } from '../reply.ts';
import type { Fault, FaultContext, FaultOptions } from './fault.ts';

export const streamFaults: readonly Fault[] = [
  alterSteps('error-event', [30, 31], 'an error event in the middle of the stream, in the endpoint\'s own shape', (steps, context) => sequence(begin(steps, context), writeStep(errorEvent(context)))),
  alterSteps('error-event-openai', [30], 'data: {"error":…} in the middle of any stream', (steps, context) => sequence(begin(steps, context), writeStep(errorEvent({ ...context, shape: 'openai' })))),
  alterSteps('error-event-anthropic', [31], 'event: error, overloaded_error, in the middle of any stream', (steps, context) => sequence(begin(steps, context), writeStep(errorEvent({ ...context, shape: 'anthropic' })))),
  alterSteps('cut-rst', [33], 'connection reset in the middle of the stream', (steps, context) => sequence(begin(steps, context), { type: 'cut', how: 'rst' })),
  alterSteps('cut-fin', [33], 'connection closed in the middle of the stream, without a last chunk', (steps, context) => sequence(begin(steps, context), { type: 'cut', how: 'fin' })),
  alterSteps('end-without-terminal', [34], 'the body ends in order, but no terminal event came', begin),
  { name: 'close-without-terminal', rows: [34], about: 'Connection: close without a length, ends before the terminal event', stage: 'reply', alter: (reply, context) => ({ ...reply, closeDelimited: true, steps: begin(readOnce(reply.steps), context) }) },
  alterSteps('cut-before-content', [33], 'connection reset after the headers, before any event', () => [{ type: 'wait', ms: 20 }, { type: 'cut', how: 'rst' }]),
  alterSteps('no-done', [35], 'finish is sent, [DONE] or message_stop is not', (steps) => keep(steps, (step) => step.mark !== 'done')),
  alterSteps('done-then-open', [36], 'complete, but the connection stays open', (steps) => sequence(steps, { type: 'hang' })),
  alterSteps('done-then-more', [36], 'more deltas after the end', (steps) => sequence(steps, writeStep('data: {"choices":[{"index":0,"delta":{"content":"LATE"}}]}\n\n'), writeStep('event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"LATE"}}\n\n'))),
  { name: 'slow-bytes', rows: [38], about: 'one byte a second (option milliseconds)', stage: 'reply', alter: (reply, { options }) => ({ ...reply, steps: slowly(reply.steps, options.milliseconds ?? 1000) }) },
  alterSteps('stall', [39], 'nothing more after some deltas; with milliseconds it goes on after that time', stall),
  alterSteps('pings-only', [39], 'after some deltas only keep-alive, every 100 ms (option milliseconds)', pingsOnly),
  alterSteps('slow-first-event', [37, 38], 'headers at once, the first event after milliseconds (default: never)', (steps, { options }) => (options.milliseconds === undefined ? [{ type: 'hang' }] : sequence({ type: 'wait', ms: options.milliseconds }, steps))),
  alterSteps('truncated-event', [40], 'JSON cut inside an event, then the stream goes on', (steps, context) => sequence(begin(steps, context), writeStep('data: {"id":"x","choices":[{"index":0,"del\n\n'), steps)),
  alterSteps('truncated-event-end', [40], 'JSON cut inside the last event, then the end', (steps, context) => sequence(begin(steps, context), writeStep('data: {"id":"x","choices":[{"index":0,"del'))),
  alterSteps('single-bytes', [41], 'each byte in a write of its own', (steps) => each(steps, (step) => [...splitWrites(step, 1)])),
  alterSteps('invalid-utf8', [41], 'bytes that are no UTF-8 inside the text of some deltas', invalidUtf8),
  text('line-ends-crlf', [42], 'CRLF line ends', (content) => content.replaceAll('\n', '\r\n')),
  text('line-ends-cr', [42], 'CR line ends', (content) => content.replaceAll('\n', '\r')),
  alterSteps('crlf-split', [42], 'CRLF line ends, cut between CR and LF', (steps) => each(steps, splitBetweenCrLf)),
  alterSteps('bom', [42], 'a byte order mark first', (steps) => sequence(writeStep('\u{feff}'), steps)),
  alterSteps('double-bom', [42], 'two byte order marks first: the second belongs to the first field name', (steps) => sequence(writeStep('\u{feff}\u{feff}: comment\n\n'), steps)),
  text('sse-noise', [43], 'comments, unknown events, id and retry fields, no space after the colon', noise),
  text('multi-line-data', [43], 'JSON spread over several data lines', (content) => content.replaceAll(/^data: (\{.*\})$/gm, (_, json: string) => JSON.stringify(JSON.parse(json), undefined, 1).split('\n').map((line) => `data: ${line}`).join('\n'))),
  alterSteps('odd-chunks', [44, 45], 'chunks without choices, with null deltas, with unknown fields and types', (steps, context) => oddChunks(steps, context)),
  alterSteps('huge-line', [49], 'a data line of 10 MB (option bytes)', (steps, { options }) => sequence(writeStep(`: ${'h'.repeat(options.bytes ?? 10_000_000)}\n\n`), steps)),
  alterSteps('huge-delta', [49], 'one event of 20 MB (option bytes), over any sensible limit', (steps, context) => sequence(begin(steps, context), writeStep(`data: {"padding":"${'h'.repeat(context.options.bytes ?? 20_000_000)}"}\n\n`), steps)),
  alterSteps('tiny-events', [49], '1,000,000 keep-alive events (option bytes: how many) before the answer', (steps, { options }) => tinyEvents(steps, options.bytes ?? 1_000_000)),
  encoded('gzip', 'gzip', (bytes) => gzipSync(bytes)),
  encoded('brotli', 'br', (bytes) => brotliCompressSync(bytes)),
  encoded('deflate', 'deflate', (bytes) => deflateSync(bytes)),
  encoded('gzip-truncated', 'gzip', (bytes) => cutHalf(gzipSync(bytes))),
  encoded('gzip-flipped', 'gzip', (bytes) => flipBit(gzipSync(bytes))),
  encoded('gzip-wrong-label', 'gzip', (bytes) => bytes),
  encoded('gzip-hang', 'gzip', (bytes) => cutHalf(gzipSync(bytes)), [{ type: 'hang' }]),
  { name: 'wrong-content-type', rows: [26, 28], about: 'a good event stream labelled text/plain', stage: 'reply', alter: (reply) => ({ ...reply, headers: { ...reply.headers, 'content-type': 'text/plain' } }) },
];

function alterSteps(name: string, rows: readonly number[], about: string, alter: (steps: StepReader, context: FaultContext) => Iterable<Step>): Fault {
  return { name, rows, about, stage: 'reply', alter: (reply, context) => ({ ...reply, steps: alter(readOnce(reply.steps), context) }) };
}

/** Steps that are read once, in parts: nothing is made before it is sent, and a step that was read too far goes back. */
interface StepReader extends Iterable<Step> {
  unread(step: Step): void;
}

function readOnce(steps: Iterable<Step>): StepReader {
  const iterator = steps[Symbol.iterator]();
  const waiting: Step[] = [];
  const next = (): IteratorResult<Step> => {
    const value = waiting.pop();
    return value === undefined ? iterator.next() : { done: false, value };
  };
  return { [Symbol.iterator]: () => ({ next }), unread: (step) => { waiting.push(step); } };
}

/** The steps up to the set number of content deltas, but never the end of the stream. */
function* begin(steps: StepReader, { options }: { readonly options: FaultOptions }): Generator<Step> {
  let left = options.afterDeltas ?? 3;
  for (const step of steps) {
    const isContent = step.type === 'write' && step.tokens > 0;
    if ((isContent && left === 0) || (step.type === 'write' && step.mark !== undefined)) {
      steps.unread(step);
      return;
    }
    if (isContent) left -= 1;
    yield step;
  }
}

function* sequence(...parts: readonly (Iterable<Step> | Step)[]): Generator<Step> {
  for (const part of parts) {
    if (Symbol.iterator in part) yield* part;
    else yield part;
  }
}

function* keep(steps: Iterable<Step>, test: (step: Extract<Step, { type: 'write' }>) => boolean): Generator<Step> {
  for (const step of steps) if (step.type !== 'write' || test(step)) yield step;
}

function* each(steps: Iterable<Step>, change: (step: Step) => readonly Step[]): Generator<Step> {
  for (const step of steps) yield* change(step);
}

function errorEvent(context: FaultContext): string {
  const message = context.options.message ?? 'Overloaded';
  return context.shape === 'anthropic'
    ? `event: error\ndata: ${JSON.stringify({ type: 'error', error: { type: 'overloaded_error', message } })}\n\n`
    : `data: ${JSON.stringify({ error: { message, type: 'server_error', code: 'overloaded' } })}\n\n`;
}

function* slowly(steps: Iterable<Step>, ms: number): Generator<Step> {
  for (const step of steps) {
    for (const piece of splitWrites(step, 1)) {
      yield piece;
      yield { type: 'wait', ms };
    }
  }
}

function* stall(steps: StepReader, context: FaultContext): Generator<Step> {
  yield* begin(steps, context);
  const ms = context.options.milliseconds;
  if (ms === undefined) {
    yield { type: 'hang' };
    return;
  }
  yield { type: 'wait', ms };
  yield* steps;
}

function* pingsOnly(steps: StepReader, context: FaultContext): Generator<Step> {
  yield* begin(steps, context);
  const ping = context.shape === 'anthropic' ? 'event: ping\ndata: {"type":"ping"}\n\n' : ': keep-alive\n\n';
  while (true) {
    yield { type: 'wait', ms: context.options.milliseconds ?? 100 };
    yield writeStep(ping);
  }
}

function* invalidUtf8(steps: Iterable<Step>): Generator<Step> {
  for (const step of steps) {
    if (step.type !== 'write' || step.tokens === 0) {
      yield step;
      continue;
    }
    const content = Buffer.from(step.bytes);
    const field = ['"content":"', '"text":"'].find((name) => content.includes(name));
    const at = field === undefined ? content.length : content.lastIndexOf(field) + field.length;
    yield { ...step, bytes: Buffer.concat([content.subarray(0, at), field === undefined ? Buffer.of() : Buffer.of(0xff, 0xc3, 0x28), content.subarray(at)]) };
  }
}

function text(name: string, rows: readonly number[], about: string, change: (content: string) => string): Fault {
  return alterSteps(name, rows, about, (steps) => each(steps, (step) => (step.type === 'write' ? [{ ...step, bytes: Buffer.from(change(Buffer.from(step.bytes).toString('utf8'))) }] : [step])));
}

function splitBetweenCrLf(step: Step): readonly Step[] {
  if (step.type !== 'write') return [step];
  const pieces = Buffer.from(step.bytes).toString('utf8').split('\n');
  return pieces.map((piece, index) => writeStep(`${index === 0 ? '' : '\n'}${piece}${index === pieces.length - 1 ? '' : '\r'}`, { tokens: index === 0 ? step.tokens : 0, mark: index === pieces.length - 1 ? step.mark : undefined }));
}

function noise(content: string): string {
  return `: comment\nid: 7\nretry: 10\n\nevent: unknown-kind\ndata: {"type":"unknown-kind"}\n\n:\n${content.replaceAll('data: ', 'data:').replaceAll('event: ', 'event:')}`;
}

function oddChunks(steps: StepReader, context: FaultContext): Iterable<Step> {
  const openai = [
    '{"id":"x","object":"chat.completion.chunk","choices":[]}',
    '{"id":"x","object":"chat.completion.chunk"}',
    '{"choices":[{"index":0,"delta":null}]}',
    '{"choices":[{"delta":{"content":null}}]}',
    '{"choices":[{"index":0,"content_filter_results":{"hate":{"filtered":false}},"finish_reason":null}]}',
    '{"choices":[{"index":1,"delta":{"content":"OTHER CHOICE"}}],"unknown":{"deep":[1]}}',
  ];
  const anthropic = ['{"type":"content_block_delta","index":0,"delta":{"type":"future_delta","x":1}}', '{"type":"future_event"}', '{"type":"content_block_delta","index":0,"delta":null}'];
  const odd = (context.shape === 'openai' ? openai : anthropic).map((data) => writeStep(`data: ${data}\n\n`));
  return sequence(begin(steps, context), odd, steps);
}

function* tinyEvents(steps: Iterable<Step>, count: number): Generator<Step> {
  const batch = 1000;
  for (let sent = 0; sent < count; sent += batch) yield writeStep(':\n\n'.repeat(Math.min(batch, count - sent)));
  yield* steps;
}

function encoded(name: string, label: string, encode: (bytes: Buffer) => Uint8Array, after: readonly Step[] = []): Fault {
  return {
    name, rows: [50], about: `content-encoding ${label}, sent though identity was asked`, stage: 'reply',
    alter: (reply): Reply => ({ ...reply, headers: { ...reply.headers, 'content-encoding': label }, steps: [writeStep(encode(allBytes(reply.steps))), ...after] }),
  };
}

function allBytes(steps: Iterable<Step>): Buffer {
  return Buffer.concat([...steps].flatMap((step) => (step.type === 'write' ? [step.bytes] : [])));
}

function cutHalf(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}

function flipBit(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const at = Math.floor(copy.length / 2);
  copy[at] = (copy[at] ?? 0) ^ 0x10;
  return copy;
}
