// Installs the real VS Code (code-server, from the package registry) into test/editor/server, once. Without scripts, because its own
// post-install compiles parts that need system headers; then only the two native modules that the extension host uses are compiled.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { dataFolder, serverFolder } from './paths.ts';
import { runCommand } from './runCommand.ts';
import { ensureSystemPackages } from './systemPackages.ts';

const installed = join(serverFolder, 'node_modules');
const marker = '.complete';
const nativeModules = ['@vscode/spdlog', '@vscode/native-watchdog'];

/**
 * Returns the script that starts code-server. Each install works in a folder of its own that is moved into place when it is complete, so
 * one that is interrupted, or two at a time, leave nothing half done.
 */
export async function installEditor(report: (line: string) => void): Promise<string> {
  requireNode24();
  const wanted = await fingerprint();
  if (!(await isInstalled(wanted))) await install(wanted, report);
  return join(installed, 'code-server/out/node/entry.js');
}

async function isInstalled(wanted: string): Promise<boolean> {
  return (await readFile(join(installed, marker), 'utf8').catch(() => '')) === wanted;
}

async function install(wanted: string, report: (line: string) => void): Promise<void> {
  report('Installing VS Code for the browser (about 600 MB, once; half a minute) …');
  await removeLeftovers();
  const workplace = join(dataFolder, `install-${process.pid}`);
  await cp(serverFolder, workplace, { recursive: true, filter: (source) => source !== installed });
  await npm(workplace, ['install']);
  const vscode = join(workplace, 'node_modules/code-server/lib/vscode');
  await npm(vscode, ['install', '--omit=dev', '--ignore-scripts']);
  await npm(join(vscode, 'extensions'), ['install', '--omit=dev', '--ignore-scripts']);
  report(`Compiling ${nativeModules.join(' and ')} …`);
  await compileNativeModules(vscode);
  await writeFile(join(workplace, 'node_modules', marker), wanted);
  if (!(await isInstalled(wanted))) {
    await rm(installed, { recursive: true, force: true, maxRetries: 3 });
    await rename(join(workplace, 'node_modules'), installed);
  }
  await rm(workplace, { recursive: true, force: true, maxRetries: 3 });
}

/** Of installs that were interrupted. */
async function removeLeftovers(): Promise<void> {
  for (const name of await readdir(dataFolder).catch(() => [])) {
    const owner = Number(/^install-(\d+)$/.exec(name)?.[1]);
    // What npm still writes to is removed the next time.
    if (owner > 0 && !isRunning(owner)) await rm(join(dataFolder, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function compileNativeModules(vscode: string): Promise<void> {
  await ensureSystemPackages(
    [
      { program: 'g++', debian: 'g++' },
      { program: 'make', debian: 'make' },
      { program: 'python3', debian: 'python3' },
    ],
    'to compile two modules of the editor',
  );
  await npm(vscode, ['rebuild', ...nativeModules, '--ignore-scripts=false', ...headersOption()]);
}

/** The Node packages of the registry bring their headers along; without them node-gyp would download them from another host. */
function headersOption(): readonly string[] {
  const nodeFolder = dirname(dirname(process.execPath));
  return existsSync(join(nodeFolder, 'include/node/node.h')) ? [`--nodedir=${nodeFolder}`] : [];
}

async function npm(cwd: string, args: readonly string[]): Promise<void> {
  await runCommand('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd });
}

async function fingerprint(): Promise<string> {
  const lock = await readFile(join(serverFolder, 'package-lock.json'));
  return createHash('sha256').update(lock).update(process.versions.modules).update(process.platform + process.arch).digest('hex');
}

function requireNode24(): void {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 24) return;
  throw new Error(`The editor needs Node 24, this is ${process.version}. Run it through npm (npm start, npm test), which brings Node 24 on Linux and Windows; elsewhere install Node 24.`);
}

if (import.meta.main) await installEditor((line) => console.log(line));
