import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runCommand } from './runCommand.ts';

export interface SystemPackage {
  readonly program: string;
  readonly debian: string;
}

/** Installs Debian packages for programs that are missing, when this is root and apt is there; else says what to install. */
export async function ensureSystemPackages(packages: readonly SystemPackage[], purpose: string): Promise<void> {
  const missing = packages.filter(({ program }) => findProgram(program) === undefined);
  if (missing.length === 0) return;
  const names = missing.map(({ debian }) => debian);
  if (!canInstall()) throw new Error(`Missing ${purpose}: ${missing.map(({ program }) => program).join(', ')}. Install them (on Debian or Ubuntu: sudo apt-get install ${names.join(' ')}) and run the command again.`);
  await installDebianPackages(names);
}

export async function installDebianPackages(names: readonly string[]): Promise<void> {
  console.log(`Installing ${names.join(', ')} with apt …`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await runCommand('apt-get', ['update', '-q'], { env });
  await runCommand('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...names], { env });
}

export function canInstall(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && findProgram('apt-get') !== undefined;
}

export function findProgram(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
