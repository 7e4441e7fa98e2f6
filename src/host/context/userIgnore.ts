// The ignore file that a person keeps for all repositories, where git looks for it: `core.excludesFile`, else `git/ignore` in the
// configuration folder. The repository's own configuration has no say in it. https://git-scm.com/docs/gitignore
import { readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Its text; undefined when there is none. */
export async function readUserIgnore(environment: Environment = process.env): Promise<string | undefined> {
  const home = environment['HOME'] ?? environment['USERPROFILE'];
  if (home === undefined || home === '') return undefined;
  const folder = join(environment['XDG_CONFIG_HOME'] || join(home, '.config'), 'git');
  // Git reads both, and what the second says counts.
  const named = excludesFileIn(await readText(join(home, '.gitconfig'))) ?? excludesFileIn(await readText(join(folder, 'config')));
  const path = named === undefined ? join(folder, 'ignore') : expandHome(named, home);
  return isAbsolute(path) ? readText(path) : undefined;
}

function excludesFileIn(config: string | undefined): string | undefined {
  let isCore = false;
  let found: string | undefined;
  for (const line of (config ?? '').split(/\r?\n/)) {
    const section = /^\s*\[([^\]]*)\]/.exec(line)?.[1];
    if (section !== undefined) isCore = section.trim().toLowerCase() === 'core';
    const value = /^(?:\s*\[[^\]]*\])?\s*excludesfile\s*=\s*(.*?)\s*$/i.exec(line)?.[1];
    if (isCore && value !== undefined) found = unquote(value);
  }
  return found === '' ? undefined : found;
}

function unquote(value: string): string {
  const quoted = /^"((?:[^"\\]|\\.)*)"/.exec(value)?.[1];
  return quoted === undefined ? value.replace(/\s*[#;].*$/, '') : quoted.replaceAll(/\\(.)/g, '$1');
}

function expandHome(path: string, home: string): string {
  return path.startsWith('~/') ? join(home, path.slice(2)) : path;
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return undefined;
  }
}
