// code-server as a process: install extensions into a folder, start it on a folder, end it.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './freePort.ts';
import { writeLanguagePack } from './languagePack.ts';
import { runCommand } from './runCommand.ts';

export interface ServerOptions {
  /** The script that installEditor returned. */
  readonly entry: string;
  /** Holds user data, settings, logs. */
  readonly dataFolder: string;
  readonly extensionsFolder: string;
  /** A folder, or a .code-workspace file. */
  readonly workspace: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly trusted: boolean;
  /** Display language. */
  readonly locale?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly port?: number;
}

export interface EditorServer {
  readonly url: string;
  close(): Promise<void>;
}

export async function startEditorServer(options: ServerOptions): Promise<EditorServer> {
  const userFolder = join(options.dataFolder, 'User');
  await mkdir(userFolder, { recursive: true });
  await writeFile(join(userFolder, 'settings.json'), JSON.stringify(options.settings, undefined, 2));
  if (options.locale !== undefined) await writeLanguagePack(options.dataFolder, options.locale);
  const port = options.port ?? (await freePort());
  const child = spawn(process.execPath, [join(import.meta.dirname, 'guard.ts'), process.execPath, ...serverArguments(options, port)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...options.env },
  });
  const log = createWriteStream(join(options.dataFolder, 'server.log'));
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  const close = async (): Promise<void> => {
    child.stdin.end();
    await ended;
    log.end();
  };
  const url = `http://127.0.0.1:${port}/`;
  const ready = await Promise.race([waitForServer(url), ended.then(() => false)]);
  if (!ready) {
    await close();
    throw new Error(`code-server did not start; see ${join(options.dataFolder, 'server.log')}`);
  }
  return { url, close };
}

/** Installs .vsix files as a user would from the command line. */
export async function installExtensions(entry: string, extensionsFolder: string, files: readonly string[]): Promise<void> {
  if (files.length === 0) return;
  await runCommand(process.execPath, [entry, ...folders(`${extensionsFolder}-install`, extensionsFolder), ...files.flatMap((file) => ['--install-extension', file])]);
}

function serverArguments(options: ServerOptions, port: number): readonly string[] {
  return [
    options.entry,
    '--bind-addr',
    `127.0.0.1:${port}`,
    '--auth',
    'none',
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
    ...folders(options.dataFolder, options.extensionsFolder),
    ...(options.trusted ? ['--disable-workspace-trust'] : []),
    ...(options.locale === undefined ? [] : ['--locale', options.locale]),
    options.workspace,
  ];
}

function folders(dataFolder: string, extensionsFolder: string): readonly string[] {
  return ['--config', join(dataFolder, 'config.yaml'), '--user-data-dir', dataFolder, '--extensions-dir', extensionsFolder];
}

async function waitForServer(url: string): Promise<boolean> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const healthy = await fetch(`${url}healthz`).then((response) => response.ok, () => false);
    if (healthy) return true;
    await sleep(100);
  }
  return false;
}
