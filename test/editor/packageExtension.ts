import { cp, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { projectRoot } from './paths.ts';
import { runCommand } from './runCommand.ts';

const leftOut = new Set(['.git', '.ci', 'node_modules', 'dist', 'test', 'src']);

/**
 * Builds and packages the working tree into `folder` and returns the .vsix. It works on a copy, as `npm run package` works on the
 * root: two runs at a time do not meet in dist/.
 */
export async function packageExtension(folder: string): Promise<string> {
  const staging = join(folder, 'package');
  const file = join(folder, 'runapi-assistant.vsix');
  await mkdir(staging, { recursive: true });
  await cp(projectRoot, staging, { recursive: true, filter: (source) => source === projectRoot || !isLeftOut(source) });
  await runCommand(process.execPath, ['esbuild.js', '--production', `--outdir=${join(staging, 'dist')}`], { cwd: projectRoot });
  await packageFolder(staging, file);
  return file;
}

/** Runs vsce on a folder that holds a package.json and what it ships. */
export async function packageFolder(folder: string, file: string): Promise<void> {
  const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
  await runCommand(process.execPath, [vsce, 'package', '--no-dependencies', '--no-rewrite-relative-links', '--allow-missing-repository', '--skip-license', '-o', file], { cwd: folder });
}

function isLeftOut(source: string): boolean {
  return leftOut.has(basename(source)) || source.endsWith('.vsix');
}
