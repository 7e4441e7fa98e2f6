// Server-sent events from a byte source (html.spec.whatwg.org/multipage/server-sent-events.html), one piece of the socket at a time.
import { createParser } from 'eventsource-parser';
import type { RunApiError } from '../errors.ts';
import type { ByteSource } from './byteSource.ts';

export interface SseEvent {
  readonly event?: string | undefined;
  readonly data: string;
  /** The connection ended before the blank line that ends an event. */
  readonly isCut?: boolean;
}

/** One event this long is no answer; it bounds memory. */
const longestEvent = 16 * 1024 * 1024;
/** Four times what the longest answer takes when each token has an event of its own. */
const longestStream = 64 * 1024 * 1024;

/**
 * The events of one piece at a time: a batch costs one promise instead of one for each event. The last event is given even when
 * the connection ends before its blank line, as some gateways close right after `data: [DONE]`.
 */
export async function* readEvents(source: ByteSource, tooLong: () => RunApiError): AsyncGenerator<readonly SseEvent[], void, undefined> {
  let events: SseEvent[] = [];
  let overflow = false;
  let size = 0;
  let ended = false;
  const parser = createParser({
    onEvent: (event) => events.push(ended ? { ...event, isCut: true } : event),
    onError: (error) => {
      overflow ||= error.type === 'max-buffer-size-exceeded';
    },
    maxBufferSize: longestEvent,
  });
  // The parser takes one byte order mark away; a decoder that does so too would take a second one.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  while (!ended) {
    const piece = await source.read();
    ended = piece === undefined;
    size += piece?.length ?? 0;
    // One line end more: the first may be taken for the second half of a CRLF.
    parser.feed(piece ? decoder.decode(piece, { stream: true }) : `${decoder.decode()}\n\n\n`);
    if (overflow || size > longestStream) throw tooLong();
    if (events.length === 0) continue;
    const batch = events;
    events = [];
    yield batch;
  }
}
