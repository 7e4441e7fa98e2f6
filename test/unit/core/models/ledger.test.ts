import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLedger, dayOf, type Ledger, type LedgerStorage } from '../../../../src/core/models/ledger.ts';
import type { LedgerEntry } from '../../../../src/core/models/ledgerLine.ts';
import { collectingLogger } from '../../../helpers/clientHarness.ts';

const now = new Date(2026, 10, 25, 12).getTime();
const entry = (changed: Partial<LedgerEntry> = {}): LedgerEntry => ({
  at: now, task: 'chat', model: 'claude-sonnet-4.6', usage: { inputTokens: 100, outputTokens: 10, cacheReadTokens: 5, cacheWriteTokens: 2 }, priceUsd: 0.25, priceIsEstimate: false, directUsd: 0.5, ...changed,
});

interface Disk extends LedgerStorage {
  readonly files: Map<string, string>;
  fails: boolean;
}

/** One folder of bytes, as several windows see it. */
function createDisk(): Disk {
  const files = new Map<string, string>();
  const disk: Disk = {
    files,
    fails: false,
    append: (file, line) => {
      if (disk.fails) return Promise.reject(new Error('ENOSPC'));
      files.set(file, (files.get(file) ?? '') + line);
      return Promise.resolve();
    },
    readFrom: (file, offset) => (disk.fails ? Promise.reject(new Error('EIO')) : Promise.resolve(new TextDecoder().decode(new TextEncoder().encode(files.get(file) ?? '').subarray(offset)))),
  };
  return disk;
}

let windows = 0;
function open(disk: LedgerStorage, log: string[] = [], date = now): Ledger {
  windows += 1;
  const seed = windows / 1000;
  return createLedger({ storage: disk, logger: collectingLogger(log), random: () => seed, date: () => date });
}

describe('the ledger', () => {
  it('sums by day, task and model', () => {
    const ledger = open(createDisk());
    ledger.record(entry());
    ledger.record(entry({ task: 'complete', model: 'claude-haiku-4.5', priceUsd: 0.01, directUsd: 0.02 }));
    ledger.record(entry({ at: now - 86_400_000 }));
    expect(ledger.sum()).toEqual({ requests: 3, inputTokens: 300, outputTokens: 30, cacheReadTokens: 15, cacheWriteTokens: 6, priceUsd: 0.51, directUsd: 1.02, estimates: 0, unknownPrices: 0, acceptedCharacters: 0 });
    expect(ledger.sum({ day: '2026-11-25' }).requests).toBe(2);
    expect(ledger.sum({ task: 'chat' }).requests).toBe(2);
    expect(ledger.sum({ model: 'claude-haiku-4.5', day: '2026-11-25' }).priceUsd).toBe(0.01);
    expect(ledger.sum({ model: 'none' }).requests).toBe(0);
    expect([...ledger.sumBy('day').keys()].sort()).toEqual(['2026-11-24', '2026-11-25']);
    expect(ledger.sumBy('task', { day: '2026-11-25' }).get('complete')?.priceUsd).toBe(0.01);
    expect(ledger.sumBy('model').get('claude-sonnet-4.6')?.requests).toBe(2);
  });

  it('keeps estimates and unknown prices apart', () => {
    const ledger = open(createDisk());
    ledger.record(entry({ priceIsEstimate: true }));
    const { priceUsd: _known, directUsd: _direct, ...unpriced } = entry({ priceIsEstimate: true });
    ledger.record(unpriced);
    expect(ledger.sum()).toMatchObject({ requests: 2, priceUsd: 0.25, directUsd: 0.5, estimates: 1, unknownPrices: 1 });
  });

  it('counts accepted characters by day and task, and under no model', async () => {
    const disk = createDisk();
    const ledger = open(disk);
    ledger.record(entry({ task: 'complete', model: 'claude-haiku-4.5' }));
    ledger.recordAccepted({ at: now, task: 'complete', acceptedCharacters: 40 });
    ledger.recordAccepted({ at: now, task: 'complete', acceptedCharacters: 2 });
    ledger.recordAccepted({ at: now - 86_400_000, task: 'complete', acceptedCharacters: 7 });
    await ledger.flush();
    const reader = open(disk);
    await reader.refresh();
    for (const one of [ledger, reader]) {
      expect(one.sum({ day: '2026-11-25', task: 'complete' })).toMatchObject({ requests: 1, acceptedCharacters: 42, unknownPrices: 0 });
      expect(one.sum({ task: 'chat' }).acceptedCharacters).toBe(0);
      expect(one.sumBy('day').get('2026-11-24')).toMatchObject({ requests: 0, acceptedCharacters: 7 });
      expect([...one.sumBy('model').keys()]).toEqual(['claude-haiku-4.5']);
    }
  });

  it('reads a file of an older version, which knew requests only', async () => {
    const disk = createDisk();
    const old = '{"id":"a-1","at":1764028800000,"task":"complete","model":"claude-haiku-4.5","tokens":[1500,40,0,0],"usd":0.0017,"estimate":true}';
    disk.files.set('costs-2025-11.jsonl', `${old}\n`);
    const reader = open(disk, [], 1764028800000);
    await reader.refresh();
    reader.recordAccepted({ at: 1764028800000, task: 'complete', acceptedCharacters: 10 });
    expect(reader.sum()).toEqual({ requests: 1, inputTokens: 1500, outputTokens: 40, cacheReadTokens: 0, cacheWriteTokens: 0, priceUsd: 0.0017, directUsd: 0.0017, estimates: 1, unknownPrices: 0, acceptedCharacters: 10 });
    await reader.flush();
    expect(disk.files.get('costs-2025-11.jsonl')?.split('\n')[0]).toBe(old);
  });

  it('writes one line for each request into the file of its month', async () => {
    const disk = createDisk();
    const ledger = open(disk);
    ledger.record(entry());
    ledger.record(entry({ at: new Date(2026, 9, 31).getTime() }));
    await ledger.flush();
    expect([...disk.files.keys()].sort()).toEqual(['costs-2026-10.jsonl', 'costs-2026-11.jsonl']);
    const line: unknown = JSON.parse(disk.files.get('costs-2026-11.jsonl') ?? '');
    expect(line).toMatchObject({ task: 'chat', model: 'claude-sonnet-4.6', tokens: [100, 10, 5, 2], usd: 0.25, direct: 0.5 });
    expect(disk.files.get('costs-2026-11.jsonl')).toMatch(/^[^\n]{1,250}\n$/);
  });

  it('is read back by the next start', async () => {
    const disk = createDisk();
    const before = open(disk);
    before.record(entry());
    before.record(entry({ at: new Date(2026, 9, 2).getTime(), priceIsEstimate: true }));
    await before.flush();
    const after = open(disk);
    expect(after.sum().requests).toBe(0);
    await after.refresh();
    expect(after.sum()).toEqual(before.sum());
    await after.refresh();
    expect(after.sum()).toEqual(before.sum());
  });

  it('sees what other windows write, and its own lines once', async () => {
    const disk = createDisk();
    const [a, b] = [open(disk), open(disk)];
    for (let round = 0; round < 200; round += 1) {
      a.record(entry());
      b.record(entry());
      if (round % 37 === 0) await Promise.all([a.refresh(), a.refresh(), b.refresh()]);
    }
    await Promise.all([a.flush(), b.flush()]);
    await Promise.all([a.refresh(), b.refresh()]);
    expect([a.sum().requests, b.sum().requests]).toEqual([400, 400]);
  });

  it('reads past lines that a crash cut or a newer version wrote, and waits for a line that is half there', async () => {
    const disk = createDisk();
    const writer = open(disk);
    writer.record(entry());
    await writer.flush();
    const good = disk.files.get('costs-2026-11.jsonl') ?? '';
    disk.files.set('costs-2026-11.jsonl', `{"id":"x","at":\n\n[1]\n{"id":"한","task":"new-task"}\n${good}${good.slice(0, 40)}`);
    const reader = open(disk);
    await reader.refresh();
    expect(reader.sum().requests).toBe(1);
    disk.files.set('costs-2026-11.jsonl', `${disk.files.get('costs-2026-11.jsonl')}${good.slice(40)}`);
    await reader.refresh();
    expect(reader.sum().requests).toBe(2);
  });

  it('counts on when the disk is full, says so without details, and loses nothing that the disk has', async () => {
    const disk = createDisk();
    const log: string[] = [];
    const ledger = open(disk, log);
    ledger.record(entry());
    await ledger.flush();
    disk.fails = true;
    ledger.record(entry());
    await ledger.flush();
    await ledger.refresh();
    expect(ledger.sum().requests).toBe(2);
    expect(log.join(' ')).toContain('ledger: not written');
    disk.fails = false;
    ledger.record(entry());
    await ledger.flush();
    await ledger.refresh();
    expect(ledger.sum().requests).toBe(3);
    expect(disk.files.get('costs-2026-11.jsonl')?.split('\n').length).toBe(3);
  });

  it('reads this month and the last, at the turn of the year too', async () => {
    const disk = createDisk();
    const january = new Date(2027, 0, 1, 0, 30).getTime();
    const ledger = open(disk);
    ledger.record(entry({ at: new Date(2026, 11, 31).getTime() }));
    ledger.record(entry({ at: january }));
    ledger.record(entry({ at: new Date(2026, 10, 30).getTime() }));
    await ledger.flush();
    const reader = open(disk, [], january);
    await reader.refresh();
    expect(reader.sum().requests).toBe(2);
  });

  it('derives the same sums from the lines, whatever was recorded', async () => {
    const count = fc.nat(1_000_000);
    const any = fc.record({
      task: fc.constantFrom('chat', 'complete', 'refactor'), model: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 10 }), at: fc.integer({ min: now - 20 * 86_400_000, max: now }), priceIsEstimate: fc.boolean(),
      usage: fc.record({ inputTokens: count, outputTokens: count, cacheReadTokens: count, cacheWriteTokens: count }),
      priceUsd: fc.integer({ min: 0, max: 1_000_000 }).map((millionths) => millionths / 1_000_000),
    });
    await fc.assert(fc.asyncProperty(fc.array(any, { maxLength: 12 }), async (entries) => {
      const disk = createDisk();
      const ledger = open(disk);
      for (const one of entries) ledger.record(entry(one));
      await ledger.flush();
      const reader = open(disk);
      await reader.refresh();
      const [a, b] = [ledger.sum(), reader.sum()];
      return a.requests === b.requests && a.outputTokens === b.outputTokens && a.estimates === b.estimates && Math.abs(a.priceUsd - b.priceUsd) < 1e-6;
    }));
  });
});

it('a day is the user\'s own', () => {
  expect(dayOf(new Date(2026, 0, 5, 0, 0, 1).getTime())).toBe('2026-01-05');
  expect(dayOf(new Date(2026, 11, 31, 23, 59, 59).getTime())).toBe('2026-12-31');
});
