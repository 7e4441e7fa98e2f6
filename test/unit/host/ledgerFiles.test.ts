import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createLedgerFiles } from '../../../src/host/ledgerFiles.ts';

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  folders.push(folder);
  return join(folder, 'costs');
}

it('reads nothing where no line was written yet', async () => {
  expect(await createLedgerFiles(await newFolder()).readFrom('a.jsonl', 0)).toBe('');
});

it('reads on from a byte offset, also behind text of several bytes', async () => {
  const files = createLedgerFiles(await newFolder());
  await files.append('a.jsonl', '비용\n');
  await files.append('a.jsonl', 'two\n');
  expect(await files.readFrom('a.jsonl', Buffer.byteLength('비용\n'))).toBe('two\n');
  expect(await files.readFrom('a.jsonl', 1000)).toBe('');
});

it('loses no line when two windows append at once', async () => {
  const folder = await newFolder();
  const windows = [createLedgerFiles(folder), createLedgerFiles(folder)];
  await Promise.all(windows.flatMap((files, window) => Array.from({ length: 200 }, (_, line) => files.append('a.jsonl', `${window}:${line}\n`))));
  const lines = (await createLedgerFiles(folder).readFrom('a.jsonl', 0)).trimEnd().split('\n');
  expect(new Set(lines).size).toBe(400);
});
