// Git itself is the judge of where a person's own ignore file is.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readUserIgnore } from '../../../../src/host/context/userIgnore.ts';

let home: string;
beforeEach(() => { home = mkdtempSync(join(tmpdir(), 'home-')); });
afterEach(() => { rmSync(home, { recursive: true, force: true }); });

/** Whether git ignores a file called `marked`, and whether what we read says so. */
async function check(files: Readonly<Record<string, string>>, environment: Readonly<Record<string, string>> = {}): Promise<readonly [git: boolean, ours: boolean]> {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(home, path)), { recursive: true });
    writeFileSync(join(home, path), text.replaceAll('$HOME', home));
  }
  const expanded = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, value.replaceAll('$HOME', home)]));
  const folder = join(home, 'repository');
  mkdirSync(folder);
  const git = { cwd: folder, env: { PATH: process.env['PATH'], HOME: home, GIT_CONFIG_NOSYSTEM: '1', ...expanded } };
  spawnSync('git', ['init', '-q'], git);
  const isIgnored = spawnSync('git', ['check-ignore', '-q', '--no-index', 'marked'], git).status === 0;
  return [isIgnored, ((await readUserIgnore({ HOME: home, ...expanded })) ?? '').split('\n').includes('marked')];
}

describe("a person's own ignore file", () => {
  it.each<readonly [string, Readonly<Record<string, string>>, Readonly<Record<string, string>>, boolean]>([
    ['is none', {}, {}, false],
    ['is in the configuration folder', { '.config/git/ignore': 'marked\n' }, {}, true],
    ['is in a configuration folder elsewhere', { 'elsewhere/git/ignore': 'marked\n' }, { XDG_CONFIG_HOME: '$HOME/elsewhere' }, true],
    ['is named by its path', { '.gitconfig': '[core]\n\texcludesFile = $HOME/my ignores\n', 'my ignores': 'marked\n' }, {}, true],
    ['is named from the home folder', { '.gitconfig': '[core]\n\texcludesfile = ~/.ignore_all\n', '.ignore_all': 'marked\n' }, {}, true],
    ['is named in quotes', { '.gitconfig': '[core]\n  excludesFile="~/a b"\n', 'a b': 'marked\n' }, {}, true],
    ['is named on the line of its section', { '.gitconfig': '[core] excludesFile = ~/all\n', all: 'marked\n' }, {}, true],
    ['is named with a comment behind it', { '.gitconfig': '[CORE]\nexcludesFile = ~/all # mine\n', all: 'marked\n' }, {}, true],
    ['is named in the configuration folder', { '.config/git/config': '[core]\nexcludesFile = ~/all\n', all: 'marked\n' }, {}, true],
    ['is the one that the file at home names, when both do', { '.gitconfig': '[core]\nexcludesFile = ~/all\n', '.config/git/config': '[core]\nexcludesFile = ~/other\n', all: 'marked\n', other: 'x\n' }, {}, true],
    ['is not what another section names', { '.gitconfig': '[other]\nexcludesFile = ~/all\n', all: 'marked\n' }, {}, false],
    ['is not the usual one, once another is named', { '.gitconfig': '[core]\nexcludesFile = ~/gone\n', '.config/git/ignore': 'marked\n' }, {}, false],
    ['is not named in a comment', { '.gitconfig': '[core]\n# excludesFile = ~/all\n', all: 'marked\n' }, {}, false],
  ])('%s', async (_name, files, environment, expected) => {
    expect(await check(files, environment)).toEqual([expected, expected]);
  });

  it('is none where there is no home', async () => {
    expect(await readUserIgnore({})).toBeUndefined();
  });
});
