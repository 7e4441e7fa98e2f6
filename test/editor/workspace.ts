import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EditorOptions } from './editorOptions.ts';
import { runCommand } from './runCommand.ts';
import { createSampleProject, layChanges } from './sampleProject.ts';

export interface Workspace {
  /** The folder or .code-workspace file to open. */
  readonly path: string;
  /** What the address of the page says to open it. */
  readonly query: string;
  /** The first folder in it. */
  readonly folder: string;
  /** The files as they were. */
  restore(): Promise<void>;
}

export async function createWorkspace(parent: string, kind: NonNullable<EditorOptions['workspace']>): Promise<Workspace> {
  const folder = join(parent, 'parcel-desk');
  await mkdir(folder, { recursive: true });
  if (kind === 'empty') return open(folder, folder, () => emptyFolder(folder));
  await createSampleProject(folder);
  const start = (await runCommand('git', ['rev-parse', 'HEAD'], { cwd: folder })).trim();
  const restoreSample = async (): Promise<void> => {
    await runCommand('git', ['reset', '-q', '--hard', start], { cwd: folder });
    await runCommand('git', ['clean', '-q', '-f', '-d', '-x'], { cwd: folder });
    await layChanges(folder);
  };
  if (kind === 'sample') return open(folder, folder, restoreSample);
  const second = join(parent, 'price-list');
  const file = join(parent, 'desk.code-workspace');
  await writeSecondFolder(second);
  await writeFile(file, JSON.stringify({ folders: [{ path: folder }, { path: second }] }));
  return open(file, folder, async () => {
    await restoreSample();
    await writeSecondFolder(second);
  });
}

function open(path: string, folder: string, restore: () => Promise<void>): Workspace {
  const query = new URLSearchParams({ [path === folder ? 'folder' : 'workspace']: path }).toString();
  return { path, query, folder, restore };
}

async function emptyFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
}

async function writeSecondFolder(folder: string): Promise<void> {
  await emptyFolder(folder);
  await writeFile(join(folder, 'prices.py'), 'def total(lines):\n    return sum(line["cents"] for line in lines)\n');
}
