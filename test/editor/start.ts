// `npm start [-- FOLDER] [--port N] [--no-open]`: the extension as users get it, in a real VS Code in the browser, on a copy of the sample
// project (or on FOLDER), with the real RunAPI when RUNAPI_API_KEY is set and the local one when not.
import { spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startGateway, type Gateway } from '../gateway/gateway.ts';
import { quietSettings } from './editorOptions.ts';
import { installExtensions, startEditorServer } from './editorServer.ts';
import { isFreePort } from './freePort.ts';
import { installEditor } from './install.ts';
import { packageExtension } from './packageExtension.ts';
import { createSampleProject } from './sampleProject.ts';
import { findProgram } from './systemPackages.ts';

interface Models {
  readonly description: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string>>;
  readonly gateway?: Gateway;
}

const preferredPort = 8123;
/** Of the local RunAPI: about what a fast model writes. */
const localPace = { firstTokenMs: 300, tokensPerSecond: 80 };

try {
  await start();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

async function start(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { 'port': { type: 'string' }, 'no-open': { type: 'boolean', default: false } } });
  const entry = await installEditor((line) => console.log(line));
  const home = await mkdtemp(join(tmpdir(), 'runapi-start-'));
  process.on('exit', () => rmSync(home, { recursive: true, force: true, maxRetries: 3 }));
  const project = await openProject(positionals[0], home);
  console.log('Building and installing the extension …');
  const extensionsFolder = join(home, 'extensions');
  await installExtensions(entry, extensionsFolder, [await packageExtension(home)]);
  const models = await chooseModels();
  const port = await choosePort(values.port);
  const server = await startEditorServer({
    entry,
    extensionsFolder,
    dataFolder: join(home, 'data'),
    workspace: project.folder,
    settings: { ...quietSettings, 'editor.cursorBlinking': 'blink', 'workbench.startupEditor': 'readme', ...models.settings },
    trusted: project.isSample,
    env: models.env,
    ...(port === undefined ? {} : { port }),
  });
  const address = `${server.url}?${new URLSearchParams({ folder: project.folder }).toString()}`;
  stopOnSignals(async () => {
    await server.close();
    await models.gateway?.close();
  });
  console.log(`\nRunAPI Assistant runs in VS Code.\n\n  Models   ${models.description}\n  Project  ${project.description}\n  Open     ${address}\n\nCtrl+C stops everything.`);
  if (!values['no-open']) openBrowser(address);
}

async function openProject(chosen: string | undefined, home: string): Promise<{ readonly folder: string; readonly isSample: boolean; readonly description: string }> {
  if (chosen !== undefined) {
    const folder = resolve(chosen);
    if (!existsSync(folder)) throw new Error(`There is no folder ${folder}.`);
    return { folder, isSample: false, description: folder };
  }
  const folder = join(home, 'parcel-desk');
  await createSampleProject(folder);
  return { folder, isSample: true, description: `${folder} (a copy of the sample, removed when this stops)` };
}

async function chooseModels(): Promise<Models> {
  const baseUrl = process.env['RUNAPI_BASE_URL'];
  if ((process.env['RUNAPI_API_KEY'] ?? '') !== '') {
    return {
      description: `the real RunAPI at ${baseUrl ?? 'https://runapi.ai'}, with the key from RUNAPI_API_KEY: answers are billed`,
      settings: baseUrl === undefined ? {} : { 'runapi.baseUrl': baseUrl },
      env: {},
    };
  }
  const gateway = await startGateway({ defaults: localPace });
  return {
    description: `the local RunAPI at ${gateway.url}: no model, it plays one. Set RUNAPI_API_KEY to use the real RunAPI.`,
    settings: { 'runapi.baseUrl': gateway.url },
    env: { RUNAPI_API_KEY: gateway.key, RUNAPI_BASE_URL: gateway.url },
    gateway,
  };
}

/** Undefined leaves the choice to the system. */
async function choosePort(wanted: string | undefined): Promise<number | undefined> {
  if (wanted === undefined) return (await isFreePort(preferredPort)) ? preferredPort : undefined;
  const port = Number(wanted);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`--port wants a number from 1 to 65535, not "${wanted}".`);
  if (!(await isFreePort(port))) throw new Error(`Port ${port} is in use. Choose another with --port.`);
  return port;
}

function stopOnSignals(close: () => Promise<void>): void {
  let isStopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (isStopping) return;
      isStopping = true;
      console.log('\nStopping …');
      void close().finally(() => process.exit(0));
    });
  }
}

function openBrowser(address: string): void {
  const command = browserCommand();
  if (command === undefined) return;
  const child = spawn(command, process.platform === 'win32' ? ['/c', 'start', '', address.replaceAll('&', '^&')] : [address], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

function browserCommand(): string | undefined {
  if (process.platform === 'darwin') return 'open';
  if (process.platform === 'win32') return 'cmd';
  const hasDisplay = (process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'] ?? '') !== '';
  return hasDisplay ? findProgram('xdg-open') : undefined;
}
