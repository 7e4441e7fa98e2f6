// Installs the real VS Code (code-server, from the package registry) into test/editor/server, once. Without scripts, because its own
// post-install compiles parts that need system headers; then only the two native modules that the extension host uses are compiled.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withFileLock } from './fileLock.ts';
import { serverFolder } from './paths.ts';
import { runCommand } from './runCommand.ts';
import { ensureSystemPackages } from './systemPackages.ts';

const codeServer = join(serverFolder, 'node_modules/code-server');
const markerFile = join(serverFolder, 'node_modules/.complete');
const nativeModules = ['@vscode/spdlog', '@vscode/native-watchdog'];

/** Returns the script that starts code-server. The marker is written last, so an install that was interrupted starts anew. */
export async function installEditor(report: (line: string) => void): Promise<string> {
  requireNode24();
  const entry = join(codeServer, 'out/node/entry.js');
  const wanted = await fingerprint();
  if ((await readFile(markerFile, 'utf8').catch(() => '')) === wanted) return entry;
  await withFileLock(
    join(serverFolder, 'node_modules.lock'),
    async () => {
      if ((await readFile(markerFile, 'utf8').catch(() => '')) !== wanted) await install(wanted, report);
    },
    () => report('Another process installs the editor: waiting for it …'),
  );
  return entry;
}

async function install(wanted: string, report: (line: string) => void): Promise<void> {
  report('Installing VS Code for the browser (about 600 MB, once; half a minute) …');
  await rm(join(serverFolder, 'node_modules'), { recursive: true, force: true });
  await npm(serverFolder, ['install']);
  const vscode = join(codeServer, 'lib/vscode');
  await npm(vscode, ['install', '--omit=dev', '--ignore-scripts']);
  await npm(join(vscode, 'extensions'), ['install', '--omit=dev', '--ignore-scripts']);
  report(`Compiling ${nativeModules.join(' and ')} …`);
  await compileNativeModules(vscode);
  await writeFile(markerFile, wanted);
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
