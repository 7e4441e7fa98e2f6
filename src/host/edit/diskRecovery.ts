// After a kill in the middle of an apply: every file is made wholly before or wholly after. Knows the disk only, no editor.
import type { JournalEntry, JournalFile, PresentState } from '../../core/edit/journal.ts';
import { readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { isOfBuffer } from './inline/bufferJournal.ts';
import { isMissing, removeNeighbours, writeFileAtomic } from './atomicFile.ts';
import { compareWithJournal, sha256, type JournalFiles } from './journalFiles.ts';

export interface Recovery {
  readonly entry: JournalEntry;
  /** Files whose half-written text was replaced by the original. */
  readonly restored: readonly string[];
  /** Whether all files carry the edit, none does, or some do. */
  readonly outcome: 'applied' | 'not-applied' | 'partly';
}

/** Entries that an earlier run left `prepared`. An edit that reached only some of its files is taken back as a whole. */
export async function recoverPrepared(journal: JournalFiles, isAlive: (pid: number) => boolean = processIsAlive): Promise<readonly Recovery[]> {
  const recoveries: Recovery[] = [];
  for (const entry of await journal.list()) {
    // Another window may be applying it at this moment. What only a buffer showed is no matter of the disk.
    if (entry.state === 'prepared' && !isOfBuffer(entry) && (entry.owner === process.pid || !isAlive(entry.owner))) recoveries.push(await recoverEntry(journal, entry));
  }
  return recoveries;
}

async function recoverEntry(journal: JournalFiles, entry: JournalEntry): Promise<Recovery> {
  const onDisk = entry.files.filter((file) => !file.unsaved && file.uri.startsWith('file:'));
  const states = await Promise.all(onDisk.map(async (file) => ({ file, state: await stateOnDisk(journal, entry, file) })));
  for (const { uri } of onDisk) await removeNeighbours(fileURLToPath(uri));
  const complete = states.every(({ state }) => state === 'after');
  const restored: string[] = [];
  if (!complete) {
    for (const { file, state } of states) {
      // Files that somebody changed since are theirs.
      if (state !== 'torn' && state !== 'after') continue;
      await restore(journal, entry, file);
      restored.push(file.uri);
    }
  }
  const foreign = states.some(({ state }) => state === 'foreign');
  const outcome = complete ? 'applied' : foreign ? 'partly' : 'not-applied';
  return { entry: await journal.settle(entry, complete ? 'applied' : 'undone'), restored, outcome };
}

/** A renamed file has two places to look at. */
async function stateOnDisk(journal: JournalFiles, entry: JournalEntry, file: JournalFile): Promise<PresentState> {
  const old = await readPresent(file.uri);
  if (file.newUri === undefined) return compareWithJournal(journal, entry, file, old);
  const atNew = await readPresent(file.newUri);
  const oldIsBefore = old !== undefined && sha256(old) === file.before?.sha256;
  if (atNew === undefined) return oldIsBefore ? 'before' : 'foreign';
  const atNewState = await compareWithJournal(journal, entry, file, atNew);
  if (old === undefined) return atNewState === 'after' ? 'after' : 'foreign';
  return oldIsBefore && (atNewState === 'after' || atNewState === 'torn') ? 'torn' : 'foreign';
}

async function restore(journal: JournalFiles, entry: JournalEntry, file: JournalFile): Promise<void> {
  const path = fileURLToPath(file.uri);
  if (file.before === undefined) await rm(path, { force: true });
  else await writeFileAtomic(path, await journal.read(entry, file.before), { mode: file.mode });
  if (file.newUri !== undefined) await rm(fileURLToPath(file.newUri), { force: true });
}

async function readPresent(uri: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(fileURLToPath(uri));
  } catch (error) {
    if (!isMissing(error)) throw error;
    return undefined;
  }
}

export function processIsAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
