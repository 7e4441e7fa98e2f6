// Whether a file of the disk really lies in the workspace once links are followed. Asked before the review and again right before the write:
// a link may be put in the way in between.
import { lstat, realpath } from 'node:fs/promises';
import { dirname, join, relative, isAbsolute, sep } from 'node:path';
import { isMissing } from './atomicFile.ts';

export type RealPlace = { readonly ok: true; readonly path: string; readonly inRoot: string } | { readonly ok: false; readonly reason: 'outside' | 'dangling' | 'not-a-file' };

/** The real path of a file, or of where a new file would be, if it is inside one of the roots; `inRoot` is that path below the outermost root. */
export async function realPlaceOf(path: string, roots: readonly string[]): Promise<RealPlace> {
  const real = await realPathOf(path);
  if (typeof real !== 'string') return real;
  const realRoots = await Promise.all(roots.map(realRoot));
  const [root] = realRoots.filter((each) => contains(each, real)).toSorted((one, other) => one.length - other.length);
  return root === undefined ? { ok: false, reason: 'outside' } : { ok: true, path: real, inRoot: relative(root, real).split(sep).join('/') };
}

async function realPathOf(path: string): Promise<string | Extract<RealPlace, { ok: false }>> {
  try {
    const real = await realpath(path);
    return (await lstat(real)).isFile() ? real : { ok: false, reason: 'not-a-file' };
  } catch (error) {
    if (!isMissing(error)) return { ok: false, reason: 'dangling' };
  }
  // The name may be that of a link whose target is missing: writing through it would make the target.
  if (await exists(path)) return { ok: false, reason: 'dangling' };
  const missing: string[] = [];
  for (let folder = path; ; folder = dirname(folder)) {
    if (dirname(folder) === folder) return { ok: false, reason: 'outside' };
    missing.unshift(folder.slice(dirname(folder).length).replace(/^[\\/]/, ''));
    try {
      return join(await realpath(dirname(folder)), ...missing);
    } catch (error) {
      if (!isMissing(error) || (await exists(dirname(folder)))) return { ok: false, reason: 'dangling' };
    }
  }
}

async function realRoot(root: string): Promise<string> {
  try {
    return await realpath(root);
  } catch {
    return root;
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch {
    return false;
  }
}

function contains(root: string, path: string): boolean {
  const inside = relative(root, path);
  return inside !== '' && inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}
