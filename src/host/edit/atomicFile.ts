// Writes a file so that a kill at any moment leaves it wholly before or wholly after: a neighbour is written, flushed, and renamed over it.
import { randomBytes } from 'node:crypto';
import { chmod, lstat, mkdir, open, readdir, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export interface AtomicOptions {
  /** Permission bits; default: those of the file that is replaced. */
  readonly mode?: number | undefined;
}

export async function writeFileAtomic(path: string, bytes: Uint8Array, { mode }: AtomicOptions = {}): Promise<void> {
  // A rename would replace a link by a file: the file that it leads to is written.
  const target = await linkTarget(path);
  const wanted = mode ?? (await modeOf(target));
  const neighbour = join(dirname(target), `.${basename(target).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = await open(neighbour, 'wx', wanted ?? 0o666);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    // The mode given to open is cut by the umask.
    if (wanted !== undefined) await chmod(neighbour, wanted & 0o7777);
    await rename(neighbour, target);
  } catch (error) {
    await rm(neighbour, { force: true });
    throw error;
  }
  await syncFolder(dirname(target));
}

/** Removes what a killed write left beside a file. */
export async function removeNeighbours(path: string): Promise<void> {
  const ours = `.${basename(path).slice(0, 100)}.`;
  const names = await readdir(dirname(path)).catch(() => []);
  for (const name of names) {
    if (name.startsWith(ours) && /^[0-9a-f]{12}\.tmp$/.test(name.slice(ours.length))) await rm(join(dirname(path), name), { force: true });
  }
}

export async function ensureFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
}

async function linkTarget(path: string): Promise<string> {
  try {
    if (!(await lstat(path)).isSymbolicLink()) return path;
    await readlink(path);
    return await realpath(path);
  } catch (error) {
    if (isMissing(error)) return path;
    throw error;
  }
}

async function modeOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mode;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Makes the rename itself outlive a power cut. Folders cannot be opened on Windows, which needs no such step. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch {
    // Some network file systems refuse to flush a folder: the file itself is flushed.
  } finally {
    await folder.close();
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
