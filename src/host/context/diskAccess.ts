// Files of the machine's own disks as the gate sees them. No vscode: the tests run it on real folders with real links.
import { lstat, open, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { FileAccess, FileFacts } from '../../core/context/gateKeeper.ts';
import { looksBinary } from '../../core/context/looksBinary.ts';
import { readUserIgnore } from './userIgnore.ts';

export const diskAccess: FileAccess = {
  realPath: async (path) => toSlashes(await realPathOf(toNative(path))),
  exists: (path) => isThere(toNative(path)),
  async readText(path) {
    try {
      return await readFile(toNative(path), 'utf8');
    } catch {
      return undefined;
    }
  },
  facts: (path) => factsOf(toNative(path)),
  otherNames: (path, folders) => findOtherNames(toNative(path), folders.map(toNative)),
  userIgnore: () => readUserIgnore(),
};

/** `/c:/x` of a URI is `c:\x` of Windows. */
function toNative(path: string): string {
  return process.platform === 'win32' ? path.replace(/^\/([A-Za-z]:)/, '$1').replaceAll('/', '\\') : path;
}

function toSlashes(path: string | undefined): string | undefined {
  return path === undefined || process.platform !== 'win32' ? path : `/${path.replaceAll('\\', '/')}`;
}

/** Of a file that is not there: the real path of its nearest folder and the rest. A dangling link is no such file. */
async function realPathOf(path: string): Promise<string | undefined> {
  try {
    return await realpath(path);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing || dirname(path) === path || (await isLink(path))) return undefined;
    const folder = await realPathOf(dirname(path));
    return folder === undefined ? undefined : join(folder, basename(path));
  }
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch {
    return false;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

async function factsOf(path: string): Promise<FileFacts | undefined> {
  let file;
  try {
    file = await open(path, 'r');
    const { size, nlink } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8192), 0, 8192, 0);
    return { size, linkCount: nlink, isBinary: looksBinary(buffer.subarray(0, bytesRead)) };
  } catch {
    return undefined;
  } finally {
    await file?.close();
  }
}

/** Files that are looked at for a file with several names: about a second on a cold disk. */
const maximumEntries = 50_000;
/** Package folders hold thousands of hard links to a common store; no secret of the project is in there. */
const skippedFolders: ReadonlySet<string> = new Set(['node_modules', '.git', '.pnpm-store', '.venv', 'target']);

async function findOtherNames(path: string, folders: readonly string[]): Promise<readonly string[] | undefined> {
  const { ino, dev, nlink } = await stat(path);
  const names: string[] = [];
  const waiting = [...folders];
  let seen = 0;
  while (waiting.length > 0 && names.length < nlink - 1) {
    const folder = waiting.pop() ?? '';
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      if ((seen += 1) > maximumEntries) return undefined;
      const entryPath = join(folder, entry.name);
      if (entry.isDirectory() && !skippedFolders.has(entry.name)) waiting.push(entryPath);
      if (!entry.isFile() || entryPath === path) continue;
      const facts = await lstat(entryPath).catch(() => undefined);
      if (facts?.ino === ino && facts.dev === dev) names.push(toSlashes(entryPath) ?? entryPath);
    }
  }
  return names;
}
