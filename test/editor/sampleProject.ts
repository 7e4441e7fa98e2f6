// Copies the sample project and gives the copy a git history of its own, with changes in the working tree to review.
import { cp, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sampleChangesFolder, sampleFolder } from './paths.ts';
import { runCommand } from './runCommand.ts';
import { ensureSystemPackages } from './systemPackages.ts';

interface Commit {
  readonly message: string;
  readonly date: string;
  readonly paths: readonly string[];
}

const commits: readonly Commit[] = [
  { message: 'Describe parcels, money and zones', date: '2026-02-02T09:12:00Z', paths: ['package.json', 'tsconfig.json', '.gitignore', 'types', 'src/money.ts', 'src/parcel.ts', 'src/zones.ts', 'test/money.test.ts', 'test/zones.test.ts'] },
  { message: 'Quote parcels by zone and weight', date: '2026-02-03T14:40:00Z', paths: ['src/tariff.ts', 'test/tariff.test.ts'] },
  { message: 'Add tracking numbers', date: '2026-02-05T10:05:00Z', paths: ['src/tracking.ts'] },
  { message: 'Book, cancel and list parcels', date: '2026-02-09T16:20:00Z', paths: ['src/booking.ts', 'test/booking.test.ts'] },
  { message: 'Find the first pickup day', date: '2026-02-11T08:55:00Z', paths: ['.'] },
];

/** Replaces whatever `folder` holds. `changes: false` leaves the working tree clean. */
export async function createSampleProject(folder: string, options: { readonly changes?: boolean } = {}): Promise<void> {
  await ensureSystemPackages([{ program: 'git', debian: 'git' }], 'for the sample project');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await git(folder, ['init', '-q', '-b', 'main']);
  for (const commit of commits) {
    for (const path of commit.paths) await copyPath(sampleFolder, folder, path);
    await git(folder, ['add', ...commit.paths]);
    await git(folder, ['commit', '-q', '-m', commit.message], commit.date);
  }
  if (options.changes !== false) await layChanges(folder);
}

/** Writes the uncommitted changes over the files. */
export async function layChanges(folder: string): Promise<void> {
  await cp(join(sampleChangesFolder, 'src'), join(folder, 'src'), { recursive: true });
}

async function copyPath(from: string, to: string, path: string): Promise<void> {
  await mkdir(dirname(join(to, path)), { recursive: true });
  await cp(join(from, path), join(to, path), { recursive: true });
}

async function git(cwd: string, args: readonly string[], date = '2026-02-01T00:00:00Z'): Promise<void> {
  const author = ['-c', 'user.name=Parcel Desk', '-c', 'user.email=desk@example.com', '-c', 'commit.gpgsign=false', '-c', 'core.autocrlf=false'];
  await runCommand('git', [...author, ...args], { cwd, env: { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' } });
}
