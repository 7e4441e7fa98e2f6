// The journal as data: what is read back, what is set aside, what a file on the disk is next to it, and which entries may go.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expiredEntries, formatJournalEntry, parseJournalEntry, presentState, type JournalEntry, type JournalFile } from '../../../../src/core/edit/journal.ts';

const hash = (letter: string): string => letter.repeat(64);
const blob = (name: string, letter: string, bytes = 10): NonNullable<JournalFile['before']> => ({ name, sha256: hash(letter), bytes });
const file = (more: Partial<JournalFile> = {}): JournalFile => ({ uri: 'file:///a', unsaved: false, before: blob('0.before', 'a'), after: blob('0.after', 'b'), ...more });
const entry = (more: Partial<JournalEntry> = {}): JournalEntry => ({ version: 1, id: 'one', editId: 'edit', title: 'Title', createdAt: 1, state: 'applied', owner: 7, files: [file()], ...more });

describe('an entry', () => {
  it('is read as it was written', () => {
    for (const each of [entry(), entry({ state: 'prepared', files: [] }), entry({ files: [file({ before: undefined }), file({ after: undefined, mode: 0o755, newUri: 'file:///b' }), file({ unsaved: true })] })]) {
      const read = parseJournalEntry(formatJournalEntry(each));
      expect(read).toEqual(JSON.parse(JSON.stringify(each)));
    }
  });

  it('of before texts in the editor were kept counts as one of the disk', () => {
    const { unsaved: _, ...old } = file();
    expect(parseJournalEntry(JSON.stringify({ ...entry(), files: [old] }))?.files[0]?.unsaved).toBe(false);
  });

  it.each<readonly [string, unknown]>([
    ['of a version to come', { ...entry(), version: 2 }],
    ['with a state that there is not', { ...entry(), state: 'done' }],
    ['with a name that leads elsewhere', { ...entry(), files: [file({ before: blob('../0.before', 'a') })] }],
    ['with an id that is a path', { ...entry(), id: '../x' }],
    ['with a hash that is none', { ...entry(), files: [{ ...file(), after: { name: '0.after', sha256: 'x', bytes: 1 } }] }],
    ['with a size below nothing', { ...entry(), files: [file({ after: blob('0.after', 'b', -1) })] }],
    ['without its files', { ...entry(), files: undefined }],
    ['that is a list', []],
    ['that is nothing', null],
  ])('%s is none', (_name, value) => expect(parseJournalEntry(JSON.stringify(value))).toBeUndefined());

  it.each(['', '{', '{"version":1', 'no json', '\u0000'])('cut to %j is none', (text) => expect(parseJournalEntry(text)).toBeUndefined());

  it('cut at any byte is none', () => {
    const text = formatJournalEntry(entry());
    // The last byte is the line end.
    for (let length = 0; length < text.length - 1; length++) expect(parseJournalEntry(text.slice(0, length))).toBeUndefined();
  });
});

describe('a file of the disk next to the journal', () => {
  it.each<readonly [string, Partial<JournalFile>, string | undefined, boolean, string]>([
    ['as it was before', {}, hash('a'), false, 'before'],
    ['as we made it', {}, hash('b'), false, 'after'],
    ['a first part of what we were writing', {}, hash('c'), true, 'torn'],
    ['something else', {}, hash('c'), false, 'foreign'],
    ['gone', {}, undefined, false, 'foreign'],
    ['not made yet', { before: undefined }, undefined, false, 'before'],
    ['made', { before: undefined }, hash('b'), false, 'after'],
    ['half made', { before: undefined }, hash('c'), true, 'torn'],
    ['deleted', { after: undefined }, undefined, false, 'after'],
    ['not deleted yet', { after: undefined }, hash('a'), false, 'before'],
    ['made anew since it was deleted', { after: undefined }, hash('c'), true, 'foreign'],
    ['the same before and after', { after: blob('0.after', 'a') }, hash('a'), false, 'after'],
  ])('%s', (...[, more, sha256, isStartOfAfter, expected]) => expect(presentState(file(more), { sha256, isStartOfAfter })).toBe(expected));
});

describe('old entries', () => {
  const day = 24 * 3_600_000;
  const now = 100 * day;
  const sized = (id: string, createdAt: number, bytes: number, state: JournalEntry['state'] = 'applied'): JournalEntry => entry({ id, createdAt, state, files: [file({ before: blob('0.before', 'a', bytes), after: undefined })] });
  const gone = (entries: readonly JournalEntry[]): readonly string[] => expiredEntries(entries, now).map(({ id }) => id).toSorted((one, other) => one.localeCompare(other));

  it('go after a month', () => expect(gone([sized('old', now - 31 * day, 1), sized('new', now - 29 * day, 1)])).toEqual(['old']));
  it('go beyond a hundred, the oldest first', () => {
    const entries = Array.from({ length: 103 }, (_, index) => sized(`e${String(index).padStart(3, '0')}`, now - index, 1));
    expect(gone(entries)).toEqual(['e100', 'e101', 'e102']);
  });
  it('go beyond a size, the oldest first', () => expect(gone([sized('a', now, 150_000_000), sized('b', now - 1, 40_000_000), sized('c', now - 2, 20_000_000)])).toEqual(['c']));
  it('stay while they wait to be recovered', () => expect(gone([sized('waits', now - 90 * day, 1, 'prepared')])).toEqual([]));

  it('never take a newer one along', () => {
    fc.assert(fc.property(fc.array(fc.record({ age: fc.integer({ min: 0, max: 40 * day }), bytes: fc.integer({ min: 0, max: 90_000_000 }) }), { maxLength: 130 }), (wishes) => {
      const entries = wishes.map(({ age, bytes }, index) => sized(`e${index}`, now - age, bytes));
      const expired = expiredEntries(entries, now);
      const kept = entries.filter((each) => !expired.includes(each));
      for (const each of kept) for (const old of expired) expect(each.createdAt).toBeGreaterThanOrEqual(old.createdAt);
      expect(kept.length).toBeLessThanOrEqual(100);
    }), { numRuns: 300 });
  });
});
