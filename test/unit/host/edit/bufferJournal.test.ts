import { mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recoverPrepared } from '../../../../src/host/edit/diskRecovery.ts';
import { createBufferJournal, isOfBuffer } from '../../../../src/host/edit/inline/bufferJournal.ts';
import { createJournalFiles, sha256, type JournalFiles } from '../../../../src/host/edit/journalFiles.ts';
import { createFakeClock } from '../../../helpers/fakeClock.ts';

let root = '';
let journal: JournalFiles;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'buffer-')));
  journal = createJournalFiles(root);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const texts = { uri: 'file:///a.ts', title: 'Say it louder', before: 'one\r\ntwo — 한글\r\n' };
const hash = (text: string): string => sha256(Buffer.from(text));

describe('the journal of an inline edit', () => {
  it('holds the text from before the first line, and each text that is shown', async () => {
    const record = await createBufferJournal(journal, createFakeClock()).begin(texts);
    await record.shows('half');
    await record.shows('whole');
    const [entry] = await journal.list();
    if (entry === undefined) throw new Error('an entry');
    expect(entry).toMatchObject({ state: 'prepared', title: 'Say it louder', owner: process.pid, files: [{ uri: 'file:///a.ts', unsaved: true }] });
    expect(isOfBuffer(entry)).toBe(true);
    const [file] = entry.files;
    expect(file?.before === undefined ? undefined : Buffer.from(await journal.read(entry, file.before)).toString()).toBe(texts.before);
    expect(await journal.notes(entry)).toEqual([hash('half'), hash('whole')]);
    expect(statSync(join(root, entry.id, 'notes')).mode & 0o777).toBe(0o600);
  });

  it('is closed when the edit is decided: there is nothing to recover', async () => {
    const record = await createBufferJournal(journal, createFakeClock()).begin(texts);
    await record.end();
    expect((await journal.list()).map(({ state }) => state)).toEqual(['undone']);
  });

  it('is no matter of the files on the disk after a crash', async () => {
    await createBufferJournal(journal, createFakeClock()).begin(texts);
    expect(await recoverPrepared(journal, () => false)).toEqual([]);
    expect((await journal.list()).map(({ state }) => state)).toEqual(['prepared']);
  });

  it('keeps an accepted edit as one to undo', async () => {
    await createBufferJournal(journal, createFakeClock()).accepted({ ...texts, after: 'ONE\r\n' });
    const [entry] = await journal.list();
    const [file] = entry?.files ?? [];
    expect(entry?.state).toBe('applied');
    expect(file?.after?.sha256).toBe(hash('ONE\r\n'));
  });

  it('without a text shown yet has no notes', async () => {
    await createBufferJournal(journal, createFakeClock()).begin(texts);
    const [entry] = await journal.list();
    expect(entry === undefined ? undefined : await journal.notes(entry)).toEqual([]);
  });
});
