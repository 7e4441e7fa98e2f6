// Reads the theme variables of a webview in the real editor and stores those that our style sheet uses, for the harness.
// Run after a change of media/chat.css that uses a new variable: `npx node test/helpers/viewHarness/dumpThemes.ts`.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { createEditorHouse } from '../../editor/editor.ts';
import { themeNames, type Theme } from '../../editor/editorOptions.ts';
import { waitFor } from '../../editor/waitFor.ts';

const root = join(import.meta.dirname, '../../..');
const defaults = ['--vscode-sideBar-background', '--vscode-font-weight', '--vscode-scrollbarSlider-background', '--vscode-scrollbarSlider-hoverBackground', '--vscode-textPreformat-foreground', '--vscode-textPreformat-background'];

const used = new Set([...defaults, ...((await readFile(join(root, 'media/chat.css'), 'utf8')).match(/--vscode-[\w-]+/g) ?? [])]);
const house = await createEditorHouse();
const themes: Record<string, { readonly bodyClass: string; readonly variables: Record<string, string> }> = {};
try {
  const { driver, host } = await house.open({ theme: 'dark' });
  await host.evaluate((vscode) => {
    vscode.window.createWebviewPanel('themes', 'Themes', vscode.ViewColumn.One, { enableScripts: true }).webview.html = '<div id="themes">Themes</div>';
  });
  for (const theme of Object.keys(themeNames) as Theme[]) {
    await driver.setTheme(theme);
    const frame = await driver.webviewFrame('#themes');
    await waitFor(`the variables of ${theme}`, async () => (await bodyClass(frame)).includes(classOf(theme)));
    const read = await frame.evaluate(() => ({ bodyClass: document.body.className, style: document.documentElement.style.cssText }));
    themes[theme] = { bodyClass: read.bodyClass, variables: variablesOf(read.style) };
  }
} finally {
  await house.close();
}
await writeFile(join(import.meta.dirname, 'themes.json'), `${JSON.stringify(themes, undefined, 2)}\n`);

function bodyClass(frame: Frame): Promise<string> {
  return frame.evaluate(() => document.body.className);
}

function classOf(theme: Theme): string {
  return { dark: 'vscode-dark', light: 'vscode-light', 'high-contrast-dark': 'vscode-high-contrast', 'high-contrast-light': 'vscode-high-contrast-light' }[theme];
}

function variablesOf(style: string): Record<string, string> {
  const entries = [...style.matchAll(/(--[\w-]+)\s*:\s*([^;]+);/g)].map((match): [string, string] => [match[1] ?? '', (match[2] ?? '').trim()]);
  return Object.fromEntries(entries.filter(([name]) => used.has(name)));
}
