// One answer of the gateway as stream parts. It is complete when a terminal event was seen; how the connection ends proves nothing.
import type { Clock } from '../clock.ts';
import { readText, type ByteSource } from './byteSource.ts';
import { readErrorBody } from './errorBody.ts';
import type { HttpAnswer } from './http.ts';
import { parseJson } from './jsonValue.ts';
import type { StreamPart } from './modelClient.ts';
import { createPartShaper } from './partShaper.ts';
import { readEvents } from './sse.ts';
import type { StopFilter } from './stopSequences.ts';
import type { AnswerDecoder, WireFormat } from './wireFormat.ts';

interface AnswerOptions {
  readonly answer: HttpAnswer;
  readonly format: WireFormat;
  readonly hasTools: boolean;
  readonly stopFilter: StopFilter | undefined;
  readonly clock: Clock;
}

/** After a finish reason the usage and the end mark follow at once or never. */
const lingerMs = 2_000;
/** Far above any answer that max_tokens allows. */
const longestWhole = 32 * 1024 * 1024;

export async function* readAnswerParts(options: AnswerOptions): AsyncGenerator<StreamPart, void, undefined> {
  const { answer } = options;
  const shaper = createPartShaper({ stopFilter: options.stopFilter, createMask: () => answer.createMask(), requestId: answer.requestId });
  const decoder = options.format.createDecoder({
    emit: (part) => shaper.add(part),
    toError: (body) => answer.toError(body),
    unreadable: () => answer.fail('bad-reply'),
    hasTools: options.hasTools,
  });
  let failure: unknown;
  try {
    for await (const problem of decodeBatches(options, decoder)) {
      const parts = shaper.take();
      if (parts.length > 0) answer.body.content();
      yield* parts;
      if (problem !== undefined) throw problem.error;
      if (shaper.stopped) break;
    }
  } catch (error) {
    failure = error;
    if (answer.isCancelled()) throw error;
  } finally {
    answer.body.close();
  }
  yield* shaper.end();
  if (failure !== undefined) throw failure;
  if (shaper.stopped) shaper.add({ type: 'finish', reason: 'stop' });
  else decoder.finish();
  yield* shaper.take();
}

/** Yields after each batch was decoded; an error comes as a value, so that what stood before it is handed on first. */
async function* decodeBatches(options: AnswerOptions, decoder: AnswerDecoder): AsyncGenerator<{ readonly error: unknown } | undefined, void, undefined> {
  const { answer } = options;
  if (answer.mediaType === 'text/html') throw answer.fail('not-an-api');
  const { source, kind } = await sniff(answer.body);
  if (kind === 'nothing') throw answer.fail('empty-reply');
  if (kind === 'markup') throw answer.fail('not-an-api');
  if (kind === 'json') yield await decodeWhole(answer, source, decoder);
  else yield* decodeStream(options, source, decoder);
}

async function decodeWhole(answer: HttpAnswer, source: ByteSource, decoder: AnswerDecoder): Promise<undefined> {
  const { text, isCut } = await readText(source, longestWhole);
  const value = parseJson(text);
  // Half of a JSON text is a connection that was cut, not a server that writes nonsense.
  if (value === undefined || isCut) throw answer.fail(isCut ? 'bad-reply' : 'interrupted');
  const recognised = decoder.whole(value);
  if (recognised) return undefined;
  const body = readErrorBody(value);
  throw body ? answer.toError(body) : answer.fail('bad-reply');
}

async function* decodeStream(options: AnswerOptions, source: ByteSource, decoder: AnswerDecoder): AsyncGenerator<{ readonly error: unknown } | undefined, void, undefined> {
  const { answer } = options;
  let events = 0;
  let stopLingering: (() => void) | undefined;
  try {
    for await (const batch of readEvents(source, () => answer.fail('bad-reply'))) {
      for (const event of batch) {
        // Half an event is a cut connection, not a server that writes nonsense.
        if (event.isCut === true && event.data.trim() !== '[DONE]' && parseJson(event.data) === undefined) continue;
        try {
          decoder.event(event);
        } catch (error) {
          yield { error };
          return;
        }
        if (decoder.state === 'done') break;
      }
      events += batch.length;
      if (decoder.state === 'finishing') stopLingering ??= options.clock.after(lingerMs, () => answer.body.close());
      yield undefined;
      if (decoder.state === 'done') return;
    }
  } catch (error) {
    // The answer was complete when its connection broke, or nothing followed its end in time.
    if (decoder.state !== 'finishing' || answer.isCancelled()) throw error;
  } finally {
    stopLingering?.();
  }
  if (decoder.state === 'open') throw answer.fail(events === 0 ? 'empty-reply' : 'interrupted');
}

type BodyKind = 'nothing' | 'markup' | 'json' | 'events';

/** By its first character: content types are wrong too often (JSON sent as an event stream, an event stream as text). */
async function sniff(body: ByteSource): Promise<{ readonly source: ByteSource; readonly kind: BodyKind }> {
  const pieces: Uint8Array[] = [];
  for (let piece = await body.read(); piece; piece = await body.read()) {
    pieces.push(piece);
    const kind = kindOf(piece);
    if (kind) return { kind, source: replay(pieces, body) };
  }
  return { kind: 'nothing', source: body };
}

function kindOf(piece: Uint8Array): BodyKind | undefined {
  const first = piece.find((byte) => !blankBytes.has(byte));
  if (first === undefined) return undefined;
  return first === 0x7b || first === 0x5b ? 'json' : first === 0x3c ? 'markup' : 'events';
}

/** White space and the bytes of a byte order mark. */
const blankBytes: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0d, 0x20, 0xef, 0xbb, 0xbf]);

function replay(pieces: readonly Uint8Array[], body: ByteSource): ByteSource {
  let next = 0;
  return {
    ...body,
    read: () => {
      const piece = pieces[next];
      next += 1;
      return piece ? Promise.resolve(piece) : body.read();
    },
  };
}
