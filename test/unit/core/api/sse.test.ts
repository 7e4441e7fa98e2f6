import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../../../src/core/api/byteSource.ts';
import { RunApiError } from '../../../../src/core/errors.ts';
import { readEvents, type SseEvent } from '../../../../src/core/api/sse.ts';
import { bytesOf, cutEverywhere, singleBytes } from '../../../helpers/scriptedFetch.ts';

function sourceOf(pieces: readonly Uint8Array[]): ByteSource & { readonly reads: number } {
  let reads = 0;
  return {
    read: () => {
      reads += 1;
      return Promise.resolve(pieces[reads - 1]);
    },
    content: () => undefined,
    close: () => undefined,
    get reads() {
      return reads;
    },
  };
}

const tooLong = (): RunApiError => new RunApiError({ kind: 'bad-reply', retryable: false });

async function eventsOf(pieces: readonly Uint8Array[]): Promise<readonly SseEvent[]> {
  const events: SseEvent[] = [];
  for await (const batch of readEvents(sourceOf(pieces), tooLong)) events.push(...batch);
  return events;
}

/** In one piece, in single bytes, and cut at each byte: always the same events. */
async function check(stream: string | Uint8Array, expected: readonly string[]): Promise<void> {
  const bytes = typeof stream === 'string' ? bytesOf(stream) : stream;
  for (const pieces of [...cutEverywhere(bytes), singleBytes(bytes)]) {
    const found = (await eventsOf(pieces)).map(({ event, data }) => (event === undefined ? data : `${event}: ${data}`));
    expect(found).toEqual(expected);
  }
}

describe('readEvents', () => {
  it.each<[string, string, readonly string[]]>([
    ['LF', 'data: a\n\ndata: b\n\n', ['a', 'b']],
    ['CRLF', 'data: a\r\n\r\ndata: b\r\n\r\n', ['a', 'b']],
    ['CR', 'data: a\r\rdata: b\r\r', ['a', 'b']],
    ['mixed line ends', 'data: a\r\n\ndata: b\r\r\ndata: c\n\r\n', ['a', 'b', 'c']],
    ['no space after the colon', 'data:a\n\n', ['a']],
    ['two spaces: one belongs to the data', 'data:  a\n\n', [' a']],
    ['several data lines', 'data: a\ndata\ndata: b\n\n', ['a\n\nb']],
    ['an event name', 'event: ping\ndata: {}\n\n', ['ping: {}']],
    ['a name without data is no event', 'event: ping\n\ndata: a\n\n', ['a']],
    ['comments, ids, retries and unknown fields', ': hi\nid: 1\nretry: 10\nx: y\ndata: a\n:\n\n', ['a']],
    ['empty data', 'data\n\ndata:\n\n', ['', '']],
    ['no blank line at the end', 'data: a\n\ndata: [DONE]', ['a', '[DONE]']],
    ['one line end at the end', 'data: a\n\ndata: [DONE]\r', ['a', '[DONE]']],
    ['one CRLF at the end', 'data: [DONE]\r\n', ['[DONE]']],
    ['nothing', '', []],
    ['only comments', ': a\n\n: b\n\n', []],
    ['letters of two to four bytes', 'data: é한😀\n\n', ['é한😀']],
  ])('%s', (_name, stream, expected) => check(stream, expected));

  it('takes one byte order mark away and leaves the second', async () => {
    await check('\u{feff}data: a\n\n', ['a']);
    await check('\u{feff}\u{feff}data: a\n\ndata: b\n\n', ['b']);
    await check('data: \u{feff}a\n\n', ['\u{feff}a']);
  });

  it('replaces only bytes that are no UTF-8', () => check(new Uint8Array([...bytesOf('data: a'), 0xff, ...bytesOf('b한\n\n')]), ['a\u{fffd}b한']));

  it('marks an event that the end of the connection cut', async () => {
    expect((await eventsOf([bytesOf('data: a\n\ndata: b')])).map(({ data, isCut }) => [data, isCut === true])).toEqual([['a', false], ['b', true]]);
  });

  it('ends at an event of more than 16 MB, in pieces as well', async () => {
    const megabyte = bytesOf('x'.repeat(1024 * 1024));
    const pieces = [bytesOf('data: a\n\ndata: '), ...Array.from({ length: 17 }, () => megabyte), bytesOf('\n\n')];
    await expect(eventsOf(pieces)).rejects.toMatchObject({ kind: 'bad-reply' });
    await expect(eventsOf([bytesOf('data: a\n\n'), bytesOf(`data: ${'x'.repeat(15 * 1024 * 1024)}\n\n`)])).resolves.toHaveLength(2);
  });

  it('ends a stream of more than 64 MB, however small its events are', async () => {
    const megabyte = bytesOf(': ping\n\n'.repeat(131_072));
    await expect(eventsOf(Array.from({ length: 65 }, () => megabyte))).rejects.toMatchObject({ kind: 'bad-reply' });
    await expect(eventsOf(Array.from({ length: 64 }, () => megabyte))).resolves.toEqual([]);
  });

  it('reads on only when asked', async () => {
    const source = sourceOf([bytesOf('data: a\n\n'), bytesOf('data: b\n\n'), bytesOf('data: c\n\n')]);
    const events = readEvents(source, tooLong);
    expect(source.reads).toBe(0);
    await events.next();
    expect(source.reads).toBe(1);
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(source.reads).toBe(1);
    await events.next();
    expect(source.reads).toBe(2);
  });

  it('gives the same events however the bytes are cut', async () => {
    const line = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => `data: ${text.replace(/[\r\n]/g, '')}`),
      fc.constantFrom('event: ping', ': note', 'id: 1', '', '', 'data', 'retry: x'),
    );
    const stream = fc.tuple(fc.array(line, { maxLength: 20 }), fc.constantFrom('\n', '\r\n', '\r')).map(([lines, end]) => lines.map((text) => text + end).join(''));
    await fc.assert(fc.asyncProperty(stream, fc.array(fc.nat(200), { maxLength: 8 }), async (text, cuts) => {
      const bytes = bytesOf(text);
      const places = [0, ...cuts.filter((cut) => cut < bytes.length), bytes.length].sort((a, b) => a - b);
      const pieces = places.slice(1).map((place, index) => bytes.subarray(places[index], place));
      return JSON.stringify(await eventsOf(pieces)) === JSON.stringify(await eventsOf([bytes]));
    }));
  });
});
