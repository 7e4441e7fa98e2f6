// What a person does in the editor, and what a person sees there. Everything goes through keyboard, mouse and DOM, except where a
// comment says that the extension host is asked.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame, Page } from 'playwright-core';
import { themeNames, type Theme } from './editorOptions.ts';
import { readGhostText } from './ghostText.ts';
import type { HostClient } from './hostClient.ts';
import { resultsFolder } from './paths.ts';
import { createQuickInput, type QuickInput } from './quickInput.ts';
import { waitFor } from './waitFor.ts';

export interface Notification {
  readonly text: string;
  readonly buttons: readonly string[];
}

export interface Driver {
  readonly quickInput: QuickInput;
  /** Through the command palette, by its full English title: "RunAPI: Open Chat". */
  runCommand(title: string): Promise<void>;
  press(keys: string): Promise<void>;
  /** Opens a file of the workspace (a path relative to the first folder) with the cursor at a place, both from 1. Asks the host. */
  openFile(path: string, at?: { readonly line: number; readonly column?: number }): Promise<void>;
  /** Selects whole lines, from 1, in the active editor. Asks the host. */
  selectLines(first: number, last: number): Promise<void>;
  typeText(text: string, delayMs?: number): Promise<void>;
  /** Whole text of the active editor. Asks the host, because the DOM holds visible lines only. */
  editorText(): Promise<string>;
  /** The inline suggestion that is drawn now; '' when none is. */
  ghostText(): Promise<string>;
  /** The frame of the webview that holds an element like this. */
  webviewFrame(selector: string, timeoutMs?: number): Promise<Frame>;
  notifications(): Promise<readonly Notification[]>;
  /** Presses a button of the notification that contains `text`. */
  answerNotification(text: string, button: string): Promise<void>;
  /** Texts of the status bar's items. */
  statusItems(): Promise<readonly string[]>;
  setTheme(theme: Theme): Promise<void>;
  setSidebarWidth(widthPx: number): Promise<void>;
  /** Sets a user setting; undefined removes it. Asks the host. */
  setSetting(key: string, value: unknown): Promise<void>;
  /** Into test/editor/results (or the folder given); returns the path. */
  screenshot(name: string, folder?: string): Promise<string>;
}

/** `translateTitle` turns a command's English title into that of the display language. */
export function createDriver(page: Page, host: HostClient, translateTitle: (title: string) => string): Driver {
  const quickInput = createQuickInput(page);
  return {
    quickInput,
    runCommand: (title) => runCommand(quickInput, translateTitle(title)),
    press: (keys) => page.keyboard.press(keys),
    openFile: (path, at = { line: 1 }) => openFile(host, path, { line: at.line, column: at.column ?? 1 }),
    selectLines: (first, last) => selectLines(host, first, last),
    typeText: (text, delayMs = 20) => page.keyboard.type(text, { delay: delayMs }),
    editorText: () => host.evaluate((vscode) => vscode.window.activeTextEditor?.document.getText() ?? ''),
    ghostText: () => readGhostText(page),
    webviewFrame: (selector, timeoutMs) => webviewFrame(page, selector, timeoutMs),
    notifications: () => notifications(page),
    answerNotification: (text, button) =>
      page.locator(notificationSelector, { hasText: text }).getByRole('button', { name: button, exact: true }).click(),
    statusItems: () => page.locator('.statusbar-item').allInnerTexts(),
    setTheme: (theme) => setTheme(page, host, theme),
    setSidebarWidth: (widthPx) => setSidebarWidth(page, widthPx),
    setSetting: async (key, value) => {
      await host.evaluate((vscode, setting) => vscode.workspace.getConfiguration().update(setting.key, setting.value, vscode.ConfigurationTarget.Global), { key, value });
    },
    screenshot: async (name, folder = resultsFolder) => {
      await mkdir(folder, { recursive: true });
      const path = join(folder, `${name}.png`);
      await page.screenshot({ path });
      return path;
    },
  };
}

/** Once more when something took the focus from the palette, as a person would. */
async function runCommand(quickInput: QuickInput, title: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    await quickInput.open();
    try {
      await quickInput.choose(`>${title}`, title);
      return;
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

async function openFile(host: HostClient, path: string, at: { readonly line: number; readonly column: number }): Promise<void> {
  await host.evaluate(
    async (vscode, target) => {
      const folder = vscode.workspace.workspaceFolders?.[0];
      if (folder === undefined) throw new Error('No folder is open');
      const position = new vscode.Position(target.line - 1, target.column - 1);
      const uri = vscode.Uri.joinPath(folder.uri, target.path);
      const document = await vscode.workspace.openTextDocument(uri);
      // VS Code reads a file that changed on disk a moment later; a caret put in before would be cut to the older text.
      const onDisk = await vscode.workspace.decode(await vscode.workspace.fs.readFile(uri), { uri });
      const lines = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/^\uFEFF/, '');
      for (let wait = 0; wait < 40 && !document.isDirty && lines(document.getText()) !== lines(onDisk); wait++) await new Promise((resolve) => setTimeout(resolve, 50));
      await vscode.window.showTextDocument(document, { preview: false, selection: new vscode.Range(position, position) });
      await vscode.commands.executeCommand('workbench.action.focusActiveEditorGroup');
    },
    { path, ...at },
  );
}

async function selectLines(host: HostClient, first: number, last: number): Promise<void> {
  await host.evaluate(
    (vscode, lines) => {
      const editor = vscode.window.activeTextEditor;
      if (editor === undefined) throw new Error('No editor is active');
      editor.selection = new vscode.Selection(lines.first - 1, 0, lines.last - 1, editor.document.lineAt(lines.last - 1).text.length);
      editor.revealRange(editor.selection);
    },
    { first, last },
  );
}

function webviewFrame(page: Page, selector: string, timeoutMs?: number): Promise<Frame> {
  const look = async (): Promise<Frame | undefined> => {
    for (const frame of page.frames()) {
      if (frame !== page.mainFrame() && (await frame.locator(selector).count().catch(() => 0)) > 0) return frame;
    }
    return undefined;
  };
  return waitFor(`a webview with ${selector}`, look, timeoutMs);
}

async function notifications(page: Page): Promise<readonly Notification[]> {
  // In one look: a toast goes when its time is over.
  return page.evaluate((selector) => [...document.querySelectorAll<HTMLElement>(selector)].map((shown) => ({
    text: shown.querySelector<HTMLElement>('.notification-list-item-message')?.innerText ?? '',
    buttons: [...shown.querySelectorAll<HTMLElement>('.notification-list-item-buttons-container .monaco-button')].map((button) => button.innerText),
  })), notificationSelector);
}

/** As a toast, or in the list behind the bell. */
const notificationSelector = '.notification-toast-container, .notifications-center.visible .monaco-list-row';

const themeClasses: Readonly<Record<Theme, string>> = { dark: 'vs-dark', light: 'vs', 'high-contrast-dark': 'hc-black', 'high-contrast-light': 'hc-light' };

async function setTheme(page: Page, host: HostClient, theme: Theme): Promise<void> {
  await host.evaluate((vscode, name) => vscode.workspace.getConfiguration().update('workbench.colorTheme', name, vscode.ConfigurationTarget.Global), themeNames[theme]);
  await page.locator(`.monaco-workbench.${themeClasses[theme]}`).waitFor();
}

async function setSidebarWidth(page: Page, widthPx: number): Promise<void> {
  const sidebar = await page.locator('.part.sidebar').boundingBox();
  if (sidebar === null) throw new Error('The sidebar is not open');
  const edge = sidebar.x + sidebar.width;
  const middle = sidebar.y + sidebar.height / 2;
  await page.mouse.move(edge, middle);
  await page.mouse.down();
  await page.mouse.move(sidebar.x + widthPx, middle, { steps: 8 });
  await page.mouse.up();
}
