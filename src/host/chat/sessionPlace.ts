// Where the file of a session is: among the others, or in the trash, where this window or another one has put it meanwhile. It is opened for
// appending, so two windows never overwrite each other.
import { constants } from 'node:fs';
import { mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { WriteWorth } from './writeWorth.ts';

export interface SessionPlaces {
  readonly path: string;
  /** Where the file is while the conversation is deleted. */
  readonly trashPath: string;
}

/** The part of a file handle that is needed: tests give one that fails. */
export interface AppendTarget {
  write(buffer: Uint8Array): Promise<{ readonly bytesWritten: number }>;
  read(buffer: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
  stat(): Promise<{ readonly size: number }>;
  datasync(): Promise<void>;
  close(): Promise<void>;
  /** False when the name leads to another file by now, or to none: what is written here would not be found again. */
  isInPlace(worth: WriteWorth): Promise<boolean>;
}

/** Undefined when there is no such file any more. */
export type OpenSessionFile = (places: SessionPlaces, worth: WriteWorth) => Promise<AppendTarget | undefined>;

const appendFlags = constants.O_APPEND | constants.O_RDWR;

export const openSessionFile: OpenSessionFile = async (places, worth) => {
  const { path, trashPath } = places;
  switch (worth) {
    case 'header': return await createFile(places);
    case 'work': return (await openAt(path, places)) ?? (await bringBack(places));
    case 'remark': return (await openAt(path, places)) ?? (await openAt(trashPath, places));
  }
};

/** The folder is made where it is missing: by the first write, or after somebody cleaned up. */
async function createFile(places: SessionPlaces): Promise<AppendTarget | undefined> {
  await mkdir(dirname(places.path), { recursive: true, mode: 0o700 });
  return await openAt(places.path, places, appendFlags | constants.O_CREAT);
}

/** Another window may do the same at this moment: whoever comes second finds the file in its place. */
async function bringBack(places: SessionPlaces): Promise<AppendTarget | undefined> {
  await mkdir(dirname(places.path), { recursive: true, mode: 0o700 });
  await rename(places.trashPath, places.path).catch(unlessMissing);
  return await openAt(places.path, places);
}

async function openAt(openedPath: string, { path }: SessionPlaces, flags = appendFlags): Promise<AppendTarget | undefined> {
  const file = await open(openedPath, flags, 0o600).catch(unlessMissing);
  if (file === undefined) return undefined;
  return {
    write: (buffer) => file.write(buffer),
    read: (buffer, offset, length, position) => file.read(buffer, offset, length, position),
    stat: () => file.stat(),
    datasync: () => file.datasync(),
    close: () => file.close(),
    isInPlace: async (worth) => {
      const [here, there] = await Promise.all([file.stat(), stat(worth === 'remark' ? openedPath : path).catch(unlessMissing)]);
      return there !== undefined && there.ino === here.ino && there.dev === here.dev;
    },
  };
}

function unlessMissing(error: unknown): undefined {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  return undefined;
}
