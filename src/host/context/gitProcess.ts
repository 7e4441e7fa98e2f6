// Runs git for reading only. A repository's own configuration and attributes can name programs for almost everything that git does; none of
// them is run: not the file system monitor, hooks, external diffs, text conversions, pagers or filters. No shell: arguments go as they are.
import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';

export interface GitRequest {
  readonly folder: string;
  readonly args: readonly string[];
  readonly signal: AbortSignal;
  /** Exit codes besides 0 that are an answer. */
  readonly accept?: readonly number[];
}

export interface GitProcess {
  /** Standard output; undefined when git failed. Rejects only with the signal's reason. */
  run(request: GitRequest): Promise<string | undefined>;
}

/** Undefined when there is no git on this machine. `known` is the path that the editor's own git extension found. */
export async function createGitProcess(known?: string): Promise<GitProcess | undefined> {
  const program = known !== undefined && isAbsolute(known) ? known : await findProgram();
  if (program === undefined) return undefined;
  return {
    async run(request) {
      // Read each time, for some milliseconds: a filter that was configured a moment ago must not run either.
      const filtersOff = await readFilters(program, request.folder);
      return execute(program, { ...request, args: [...safeArgs, ...filtersOff, ...request.args] });
    },
  };
}

const safeArgs: readonly string[] = [
  '--no-pager', '--no-optional-locks', '--literal-pathspecs',
  ...[
    'core.fsmonitor=false', 'core.untrackedCache=false', 'core.hooksPath=/dev/null', 'core.pager=cat', 'core.editor=true', 'core.askPass=', 'core.sshCommand=false', 'core.gitProxy=',
    'core.quotePath=false', 'core.alternateRefsCommand=', 'credential.helper=', 'diff.external=', 'diff.noprefix=false', 'diff.mnemonicPrefix=false', 'diff.submodule=short',
    'color.ui=false', 'gpg.program=false', 'log.showSignature=false', 'protocol.allow=never', 'submodule.recurse=false',
  ].flatMap((setting) => ['-c', setting]),
];

/** On Windows `git` alone would also be looked for in the current folder, which is the repository: only absolute places are taken. */
async function findProgram(): Promise<string | undefined> {
  const name = process.platform === 'win32' ? 'git.exe' : 'git';
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const program = join(folder, name);
    if (isAbsolute(folder) && (await access(program, constants.X_OK).then(() => true, () => false))) return program;
  }
  return undefined;
}

/** `git diff` runs the clean filters of the repository's configuration: each is switched off by name, but for the one of Git LFS. */
async function readFilters(program: string, folder: string): Promise<readonly string[]> {
  const listed = await execute(program, { folder, signal: AbortSignal.timeout(5000), args: [...safeArgs, 'config', '--null', '--show-scope', '--get-regexp', '^filter\\..*\\.(clean|smudge|process|required)$'] }).catch(() => undefined);
  const fields = (listed ?? '').split('\0');
  const names = new Set<string>();
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const [key = '', ...value] = (fields[index + 1] ?? '').split('\n');
    const isOwn = fields[index] === 'global' || fields[index] === 'system';
    if (isOwn || /^git-lfs (?:clean|smudge|filter-process)(?: -- %f)?$/.test(value.join('\n'))) continue;
    if (!key.endsWith('.required')) names.add(key.replace(/^filter\.(.*)\.[a-z]+$/s, '$1'));
  }
  return [...names].flatMap((name) => ['clean=', 'smudge=', 'process=', 'required=false'].flatMap((setting) => ['-c', `filter.${name}.${setting}`]));
}

const timeoutMs = 15_000;
const maximumOutputBytes = 30_000_000;

function execute(program: string, { folder, args, signal, accept = [] }: GitRequest): Promise<string | undefined> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    execFile(program, [...args], { cwd: folder, env: environment(), signal, timeout: timeoutMs, maxBuffer: maximumOutputBytes, windowsHide: true, encoding: 'utf8' }, (error, output) => {
      if (signal.aborted) reject(signal.reason as Error);
      else resolve(error === null || (typeof error.code === 'number' && accept.includes(error.code)) ? output : undefined);
    }).stdin?.end();
  });
}

const passedOn = ['PATH', 'HOME', 'USERPROFILE', 'HOMEDRIVE', 'HOMEPATH', 'XDG_CONFIG_HOME', 'APPDATA', 'LOCALAPPDATA', 'PROGRAMDATA', 'PROGRAMFILES', 'SYSTEMROOT', 'WINDIR', 'COMSPEC', 'TEMP', 'TMP', 'TMPDIR'];

/** Nothing of ours goes along, least of all a key; nothing of git's that points at another repository or program. */
function environment(): Record<string, string> {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined && passedOn.includes(entry[0].toUpperCase()));
  return {
    ...Object.fromEntries(entries),
    // Git for Windows keeps its line end rule in the system's configuration: without it every file would be changed.
    ...(process.platform === 'win32' ? {} : { GIT_CONFIG_NOSYSTEM: '1' }),
    GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', GIT_PAGER: 'cat', GIT_ASKPASS: 'false', SSH_ASKPASS: 'false', GIT_EDITOR: 'true', GIT_NO_LAZY_FETCH: '1', LC_ALL: 'C.UTF-8',
  };
}
