// One running VS Code with our extension, a browser page on it, a workspace and a local RunAPI of its own.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startGateway, type Gateway } from '../gateway/gateway.ts';
import { launchBrowser } from './browser.ts';
import { readTitles } from './commandTitles.ts';
import { createDriver, type Driver } from './driver.ts';
import { quietSettings, themeSettings, type EditorOptions } from './editorOptions.ts';
import { readEditorLogs, type EditorLogs } from './editorLogs.ts';
import { installExtensions, startEditorServer } from './editorServer.ts';
import { createHostClient, type HostClient } from './hostClient.ts';
import { packageHostExtension } from './hostExtension.ts';
import { installEditor } from './install.ts';
import { packageExtension } from './packageExtension.ts';
import { resetEditor } from './resetEditor.ts';
import { createWorkspace } from './workspace.ts';

export interface Editor {
  readonly page: Page;
  readonly driver: Driver;
  /** The extension host, with the real `vscode` module. */
  readonly host: HostClient;
  readonly gateway: Gateway;
  /** The first workspace folder on disk. */
  readonly folder: string;
  /** Files, open editors, notifications, user settings and the gateway as they were at the start. */
  reset(): Promise<void>;
  /** As a person's reload of the window: the extension starts again, what it stored stays. */
  reload(): Promise<void>;
  logs(): Promise<EditorLogs>;
  close(): Promise<void>;
}

export interface EditorHouse {
  /** Where this run keeps everything; removed at its end. */
  readonly folder: string;
  open(options?: EditorOptions): Promise<Editor>;
  close(): Promise<void>;
}

/** Packages the extension once and starts the browser once, for any number of editors. */
export async function createEditorHouse(options: { readonly keep?: boolean; readonly report?: (line: string) => void } = {}): Promise<EditorHouse> {
  const entry = await installEditor(options.report ?? ((line) => console.log(line)));
  const folder = await mkdtemp(join(tmpdir(), 'runapi-editor-'));
  if (options.keep !== true) process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  const extensionsFolder = join(folder, 'extensions');
  await installExtensions(entry, extensionsFolder, await Promise.all([packageExtension(folder), packageHostExtension(folder)]));
  const browser = await launchBrowser();
  const open: Editor[] = [];
  let count = 0;
  return {
    folder,
    open: async (editorOptions = {}) => {
      count += 1;
      const editor = await openEditor({ entry, extensionsFolder, browser, folder: join(folder, `editor-${count}`) }, editorOptions);
      open.push(editor);
      return editor;
    },
    close: async () => {
      await Promise.all(open.map((editor) => editor.close()));
      await browser.close();
      if (options.keep !== true) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

interface Premises {
  readonly entry: string;
  readonly extensionsFolder: string;
  readonly browser: Browser;
  readonly folder: string;
}

async function openEditor({ entry, extensionsFolder, browser, folder }: Premises, options: EditorOptions): Promise<Editor> {
  const dataFolder = join(folder, 'data');
  const portFile = join(folder, 'test-host-port');
  await mkdir(folder, { recursive: true });
  const gateway = await startGateway();
  const workspace = await createWorkspace(join(folder, 'work'), options.workspace ?? 'sample');
  const settings = { ...quietSettings, ...themeSettings(options.theme ?? 'dark'), 'runapi.baseUrl': gateway.url, ...options.settings };
  const server = await startEditorServer({
    entry, extensionsFolder, dataFolder, settings,
    workspace: workspace.path,
    trusted: options.trusted ?? true,
    ...(options.locale === undefined || options.locale === 'en' ? {} : { locale: options.locale }),
    env: { RUNAPI_TEST_HOST_FILE: portFile, XDG_CONFIG_HOME: join(folder, 'config'), ...keyEnvironment(gateway, options.key ?? 'valid') },
  });
  const page = await browser.newPage({ viewport: { width: options.width ?? 1280, height: options.height ?? 800 } });
  const host = createHostClient(portFile);
  const driver = createDriver(page, host, await readTitles(options.locale ?? 'en'));
  const load = async (): Promise<void> => {
    await rm(portFile, { force: true });
    await page.goto(`${server.url}?${workspace.query}`);
    await waitForExtension(page, host);
  };
  let isClosed = false;
  const close = async (): Promise<void> => {
    if (isClosed) return;
    isClosed = true;
    await page.close();
    await server.close();
    await gateway.close();
  };
  try {
    await load();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    page, driver, host, gateway,
    folder: workspace.folder,
    reset: () => resetEditor({ page, host, gateway, workspace, settingsFile: join(dataFolder, 'User/settings.json'), settings }),
    reload: load,
    logs: () => readEditorLogs(dataFolder),
    close,
  };
}

/** RUNAPI_BASE_URL says which origin the key of the environment belongs to. An empty key counts as none. */
function keyEnvironment(gateway: Gateway, key: 'valid' | 'invalid' | 'none'): Readonly<Record<string, string>> {
  const value = key === 'valid' ? gateway.key : key === 'invalid' ? 'a-key-that-is-not-known' : '';
  return { RUNAPI_API_KEY: value, RUNAPI_BASE_URL: gateway.url };
}

async function waitForExtension(page: Page, host: HostClient): Promise<void> {
  await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
  await host.evaluate(async (vscode) => {
    // The features are loaded after activation; what is typed before is nobody's.
    const api: { readonly whenReady: () => Promise<void> } | undefined = await vscode.extensions.getExtension('runapi.runapi-assistant')?.activate();
    await api?.whenReady();
  });
}

