import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../../src/core/chat/chatEvent.ts';
import { parseLine } from '../../../../src/core/chat/chatEvent.ts';
import type { AppendTarget } from '../../../../src/host/chat/sessionPlace.ts';
import { createSessionWriter, type SessionWriter } from '../../../../src/host/chat/sessionWriter.ts';
import { createFakeClock, settle, type FakeClock } from '../../../helpers/fakeClock.ts';

const message = (id: string): ChatEvent => ({ type: 'message', id, parent: null, at: 1, role: 'user', body: `text of ${id}` });
const delta = (body: string): ChatEvent => ({ type: 'delta', id: 'a', part: 'text', body });

interface Disk {
  content: Buffer;
  /** Bytes that still fit; writes beyond are short. */
  room: number;
  opens: number;
  syncs: number;
  writes: number;
  failure: Error | undefined;
}

function createDisk(content = ''): Disk {
  return { content: Buffer.from(content), room: Infinity, opens: 0, syncs: 0, writes: 0, failure: undefined };
}

function openDisk(disk: Disk): () => Promise<AppendTarget> {
  return async () => {
    if (disk.failure !== undefined) throw disk.failure;
    disk.opens += 1;
    return {
      write: async (bytes: Uint8Array) => {
        if (disk.failure !== undefined) throw disk.failure;
        disk.writes += 1;
        const bytesWritten = Math.min(bytes.length, disk.room);
        disk.room -= bytesWritten;
        disk.content = Buffer.concat([disk.content, bytes.subarray(0, bytesWritten)]);
        return { bytesWritten };
      },
      read: async (buffer: Uint8Array, offset: number, length: number, position: number) => ({ bytesRead: disk.content.copy(buffer, offset, position, position + length) }),
      stat: async () => ({ size: disk.content.length }),
      datasync: async () => { disk.syncs += 1; },
      close: async () => undefined,
      isInPlace: async () => true,
    };
  };
}

function createHarness(disk = createDisk()): { readonly writer: SessionWriter; readonly clock: FakeClock; readonly disk: Disk; readonly problems: (string | undefined)[]; readonly ids: () => readonly string[] } {
  const clock = createFakeClock();
  const problems: (string | undefined)[] = [];
  const writer = createSessionWriter({
    path: '/x', trashPath: '/trash/x', writer: 'w', clock, recreate: () => [], onProblem: (problem) => problems.push(problem?.message), openFile: openDisk(disk),
  });
  const lines = () => disk.content.toString('utf8').split('\n').map((line) => parseLine(line)?.event).filter((event) => event !== undefined);
  return { writer, clock, disk, problems, ids: () => lines().map((event) => ('id' in event ? event.id : event.type)) };
}

describe('a session writer', () => {
  it('writes a message at once and forces it to the disk', async () => {
    const { writer, disk, ids } = createHarness();
    writer.write(message('u'));
    await settle();
    expect(ids()).toEqual(['u']);
    expect(disk.syncs).toBe(1);
  });

  it('joins the deltas of half a second into one line', async () => {
    const { writer, clock, disk, ids } = createHarness();
    for (let index = 0; index < 50; index++) {
      writer.write(delta(`${index} `));
      await clock.advance(9);
    }
    expect(disk.writes).toBe(0);
    await clock.advance(100);
    expect(ids()).toEqual(['a']);
    expect(disk.content.toString()).toContain('48 49 ');
  });

  it('keeps the order of deltas and what follows them', async () => {
    const { writer, ids, disk } = createHarness();
    writer.write(delta('one'));
    writer.write({ type: 'end', id: 'a', at: 2, status: 'done' });
    await settle();
    expect(ids()).toEqual(['a', 'a']);
    expect(disk.content.toString().indexOf('one')).toBeLessThan(disk.content.toString().indexOf('"end"'));
  });

  it('begins on a line of its own behind a torn one', async () => {
    const { writer, ids } = createHarness(createDisk('{"type":"session","version":1,"id":"s","at":1}\n{"type":"message","id":"torn","par'));
    writer.write(message('u'));
    await settle();
    expect(ids()).toEqual(['s', 'u']);
  });

  it('looks before each write, because another window may be killed in the middle of its line at any time', async () => {
    const { writer, disk, ids } = createHarness();
    for (const id of ['one', 'two', 'three']) {
      writer.write(message(id));
      await settle();
      disk.content = Buffer.concat([disk.content, Buffer.from('{"type":"delta","id":"x","bo')]);
    }
    await settle();
    expect(ids()).toEqual(['one', 'two', 'three']);
  });

  it.each([['ENOSPC'], ['EACCES'], ['EROFS']])('keeps events in memory on %s, says so, and writes them when it works again', async (code) => {
    const { writer, clock, disk, problems, ids } = createHarness();
    disk.failure = new Error(code);
    writer.write(message('one'));
    await settle();
    writer.write(message('two'));
    await clock.advance(10_000);
    expect(writer.isFailing).toBe(true);
    expect(problems.at(-1)).toBe(code);
    expect(ids()).toEqual([]);
    disk.failure = undefined;
    await clock.advance(30_000);
    expect(ids()).toEqual(['one', 'two']);
    expect(problems.at(-1)).toBeUndefined();
    expect(writer.isFailing).toBe(false);
  });

  it('asks a full disk at most every half minute', async () => {
    const { writer, clock, disk, problems } = createHarness();
    disk.failure = new Error('ENOSPC');
    writer.write(message('one'));
    await clock.advance(10 * 60_000);
    expect(problems.length).toBeLessThan(30);
  });

  it('for every place where the disk gets full: loses nothing, doubles nothing, keeps the old', async () => {
    const old = '{"type":"session","version":1,"id":"s","at":1}\n';
    const events = [message('one'), delta('some text'), message('two')];
    const whole = createHarness(createDisk(old));
    for (const event of events) whole.writer.write(event);
    await settle();
    const length = whole.disk.content.length - old.length;
    for (let room = 0; room <= length; room++) {
      const { writer, clock, disk, ids } = createHarness(createDisk(old));
      disk.room = room;
      for (const event of events) writer.write(event);
      await clock.advance(5_000);
      disk.room = Infinity;
      await clock.advance(60_000);
      expect(disk.content.toString().startsWith(old)).toBe(true);
      expect(ids()).toEqual(['s', 'one', 'a', 'two']);
    }
  });

  it('writes what waits when it is closed', async () => {
    const { writer, clock, ids } = createHarness();
    writer.write(delta('last words'));
    await writer.close();
    expect(ids()).toEqual(['a']);
    expect(clock.pending).toBe(0);
  });
});
