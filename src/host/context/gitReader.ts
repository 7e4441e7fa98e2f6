// What is asked of git, and nothing else: where a repository is, what changed, how commits were worded. No vscode.
import type { ChangesScope } from '../../core/context/changesSource.ts';
import type { GitProcess } from './gitProcess.ts';

export interface GitReader {
  /** The repository that a folder lies in. */
  rootOf(folder: string, signal: AbortSignal): Promise<string | undefined>;
  branchOf(root: string, signal: AbortSignal): Promise<string | undefined>;
  /** Unified diff, and what it was compared with. Undefined: git failed or there is no such base. */
  diff(root: string, scope: ChangesScope, signal: AbortSignal): Promise<{ readonly text: string; readonly base: string } | undefined>;
  /** Files that git does not know and does not ignore, relative to the root. */
  untracked(root: string, signal: AbortSignal): Promise<readonly string[]>;
  /** Of the newest commits, merges left out: subject and body. */
  messages(root: string, count: number, signal: AbortSignal): Promise<readonly string[]>;
}

/** What git calls a tree without files: HEAD of a repository before its first commit. */
const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

const diffArgs = [
  'diff', '--no-ext-diff', '--no-textconv', '--no-color', '--find-renames', '--unified=3', '--ignore-submodules=dirty', '--src-prefix=a/', '--dst-prefix=b/', '--no-relative', '--diff-algorithm=histogram',
] as const;

/** A squashed merge can list a hundred commits in its body. */
const maximumMessageCharacters = 4000;

export function createGitReader(git: GitProcess): GitReader {
  const line = async (folder: string, args: readonly string[], signal: AbortSignal): Promise<string | undefined> => {
    const output = (await git.run({ folder, args, signal }))?.replace(/\r?\n$/, '');
    return output === '' ? undefined : output;
  };
  const commitOf = (root: string, name: string, signal: AbortSignal): Promise<string | undefined> => line(root, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`], signal);

  const compare = async (root: string, from: string, options: { readonly staged?: boolean; readonly base: string; readonly signal: AbortSignal }): Promise<{ readonly text: string; readonly base: string } | undefined> => {
    const text = await git.run({ folder: root, args: [...diffArgs, ...(options.staged === true ? ['--cached'] : []), from, '--'], signal: options.signal });
    return text === undefined ? undefined : { text, base: options.base };
  };

  const mainBranch = async (root: string, signal: AbortSignal): Promise<string | undefined> => {
    const remote = await line(root, ['symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD'], signal);
    for (const name of [remote, 'origin/main', 'origin/master', 'main', 'master', 'trunk', 'develop']) {
      if (name !== undefined && (await commitOf(root, name, signal)) !== undefined) return name;
    }
    return undefined;
  };

  return {
    rootOf: (folder, signal) => line(folder, ['rev-parse', '--show-toplevel'], signal),
    branchOf: (root, signal) => line(root, ['symbolic-ref', '--quiet', '--short', 'HEAD'], signal),
    async diff(root, scope, signal) {
      const head = (await commitOf(root, 'HEAD', signal)) ?? emptyTree;
      if (scope.type !== 'branch') return compare(root, head, { staged: scope.type === 'staged', base: 'HEAD', signal });
      const base = scope.base ?? (await mainBranch(root, signal));
      const commit = base === undefined ? undefined : await commitOf(root, base, signal);
      const fork = commit === undefined ? undefined : await line(root, ['merge-base', commit, head], signal);
      return base === undefined || fork === undefined ? undefined : compare(root, fork, { base, signal });
    },
    async untracked(root, signal) {
      const output = await git.run({ folder: root, args: ['ls-files', '--others', '--exclude-standard', '-z'], signal });
      return (output ?? '').split('\0').filter((path) => path !== '');
    },
    async messages(root, count, signal) {
      const output = await git.run({ folder: root, args: ['log', '--no-merges', '--format=%B', '-z', `--max-count=${Math.floor(count)}`, '--'], signal });
      return (output ?? '').split('\0').map((message) => message.trim().slice(0, maximumMessageCharacters)).filter((message) => message !== '');
    },
  };
}
