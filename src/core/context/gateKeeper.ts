// Decides whether a file's text may leave the machine. Knows rules, not disks: how files are reached comes in as FileAccess. Paths are
// absolute, with slashes.
import type { GateReason, GateVerdict } from './fileGate.ts';
import { createIgnoreRules, ignoreFileNames, type IgnoreFile, type IgnoreRules } from './ignoreRules.ts';
import { isSecretFile } from './secretFiles.ts';

export interface FileFacts {
  readonly size: number;
  /** Names that this file has on its disk. */
  readonly linkCount: number;
  readonly isBinary: boolean;
}

export interface FileAccess {
  /** With links followed and in the case of the disk; of a file that is not there yet, where it would be. Undefined: cannot be told. */
  realPath(path: string): Promise<string | undefined>;
  exists(path: string): Promise<boolean>;
  /** Undefined when there is no such file. */
  readText(path: string): Promise<string | undefined>;
  facts(path: string): Promise<FileFacts | undefined>;
  /** The other names of a file with hard links inside these folders. Undefined: there were too many files to look at. */
  otherNames(path: string, folders: readonly string[]): Promise<readonly string[] | undefined>;
  /** The ignore file that the person keeps for all repositories. */
  userIgnore(): Promise<string | undefined>;
}

export interface GateRules {
  isTrusted(): boolean;
  /** Absolute paths of the workspace's folders. Empty: single files are open, and the user opened them. */
  folders(): readonly string[];
  /** The setting runapi.exclude. */
  exclude(): readonly string[];
}

export interface GateKeeper {
  check(path: string): Promise<GateVerdict>;
  /** Ignore files, settings or folders have changed. */
  forget(): void;
}

/** Larger files are data; a model's window would not hold them either. */
const maximumBytes = 5_000_000;

interface Place {
  /** The workspace folder; undefined when no folder is open. */
  readonly folder: string | undefined;
  readonly path: string;
}

export function createGateKeeper(access: FileAccess, rules: GateRules): GateKeeper {
  let ignores = createIgnoreFiles(access);

  const reasonFor = async (path: string): Promise<GateReason | undefined> => {
    if (!rules.isTrusted()) return 'untrusted-workspace';
    const folders = await realFolders(access, rules.folders());
    const real = await access.realPath(path);
    if (isSecretFile(inside(rules.folders(), path) ?? path)) return 'secret-file';
    if (real === undefined) return 'outside-workspace';
    const folder = containing(folders, real);
    if (folder === undefined && folders.length > 0) return 'outside-workspace';
    const lexicalFolder = containing(rules.folders(), path);
    return (await nameReason({ folder, path: real }, rules, ignores))
      ?? (lexicalFolder === undefined ? undefined : await nameReason({ folder: lexicalFolder, path }, rules, ignores))
      ?? factsReason(real, folders);
  };

  const factsReason = async (path: string, folders: readonly string[]): Promise<GateReason | undefined> => {
    const facts = await access.facts(path);
    if (facts === undefined) return undefined;
    if (facts.size > maximumBytes) return 'too-large';
    if (facts.isBinary) return 'binary';
    return facts.linkCount > 1 ? linkReason(path, folders) : undefined;
  };

  const linkReason = async (path: string, folders: readonly string[]): Promise<GateReason | undefined> => {
    const names = await access.otherNames(path, folders);
    if (names === undefined) return 'outside-workspace';
    for (const name of names) {
      const reason = await nameReason({ folder: containing(folders, name), path: name }, rules, ignores);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };

  return {
    async check(path) {
      const reason = await reasonFor(path);
      return reason === undefined ? { open: true } : { open: false, reason };
    },
    forget: () => { ignores = createIgnoreFiles(access); },
  };
}

async function realFolders(access: FileAccess, folders: readonly string[]): Promise<readonly string[]> {
  return Promise.all(folders.map(async (folder) => (await access.realPath(folder)) ?? folder));
}

async function nameReason({ folder, path }: Place, rules: GateRules, ignores: IgnoreFiles): Promise<GateReason | undefined> {
  if (folder === undefined) return isSecretFile(path) ? 'secret-file' : undefined;
  const relative = path.slice(folder.length + 1);
  if (isSecretFile(relative)) return 'secret-file';
  // Git's own files hold addresses with passwords and are nobody's context.
  if (relative.split('/').includes('.git')) return 'ignored';
  if (await ignores.ignores(folder, path)) return 'ignored';
  return createIgnoreRules([], rules.exclude()).ignores(relative);
}

/** The innermost folder that has the path in it. */
function containing(folders: readonly string[], path: string): string | undefined {
  return folders.filter((folder) => path.startsWith(`${folder}/`)).toSorted((left, right) => right.length - left.length)[0];
}

function inside(folders: readonly string[], path: string): string | undefined {
  const folder = containing(folders, path);
  return folder === undefined ? undefined : path.slice(folder.length + 1);
}

interface IgnoreFiles {
  ignores(folder: string, path: string): Promise<boolean>;
}

/** Reads the ignore files on the way from the repository's root to a path, each folder once. */
function createIgnoreFiles(access: FileAccess): IgnoreFiles {
  const roots = new Map<string, Promise<string>>();
  const loaded = new Map<string, Promise<readonly IgnoreFile[]>>();
  const built = new Map<string, IgnoreRules>();

  const load = (root: string, folder: string): Promise<readonly IgnoreFile[]> => {
    const key = `${root}\0${folder}`;
    const known = loaded.get(key) ?? readIgnoreFiles(access, root, folder);
    loaded.set(key, known);
    return known;
  };

  return {
    async ignores(folder, path) {
      const known = roots.get(folder) ?? repositoryRoot(access, folder);
      roots.set(folder, known);
      const root = await known;
      const segments = path.slice(root.length + 1).split('/').slice(0, -1);
      const folders = ['', ...segments.map((_, index) => segments.slice(0, index + 1).join('/'))];
      const files = (await Promise.all(folders.map((each) => load(root, each)))).flat();
      const key = `${root}\0${files.map((file) => `${file.folder}/${file.name}`).join('\0')}`;
      const rules = built.get(key) ?? createIgnoreRules(files, []);
      built.set(key, rules);
      return rules.ignores(path.slice(root.length + 1)) !== undefined;
    },
  };
}

async function readIgnoreFiles(access: FileAccess, root: string, folder: string): Promise<readonly IgnoreFile[]> {
  const base = folder === '' ? root : `${root}/${folder}`;
  const texts = await Promise.all(ignoreFileNames.map(async (name): Promise<IgnoreFile | undefined> => {
    const text = await access.readText(`${base}/${name}`);
    return text === undefined ? undefined : { name, folder, text };
  }));
  // Git's order: what stands nearer to the file is asked last and counts most.
  const wide: readonly (string | undefined)[] = folder === '' ? await Promise.all([access.userIgnore(), access.readText(`${root}/.git/info/exclude`)]) : [];
  const ofClone = wide.filter((text) => text !== undefined).map((text): IgnoreFile => ({ name: '.gitignore', folder: '', text }));
  return [...ofClone, ...texts.filter((file) => file !== undefined)];
}

/** A folder of the workspace may lie deep in its repository: the ignore files above it count too. */
async function repositoryRoot(access: FileAccess, folder: string): Promise<string> {
  for (let candidate = folder; candidate.includes('/'); candidate = candidate.slice(0, candidate.lastIndexOf('/'))) {
    if (candidate !== '' && (await access.exists(`${candidate}/.git`))) return candidate;
  }
  return folder;
}
