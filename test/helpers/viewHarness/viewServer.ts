// Serves the built chat view over loopback as the editor would show it: the same policy, the theme's variables on the root
// element, the editor's own default styles, and a host inside the page.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import type { Page } from 'playwright-core';
import { viewStrings } from '../../../src/shared/viewStrings.ts';
import themes from './themes.json' with { type: 'json' };

export type ViewTheme = keyof typeof themes;
export const viewThemes = Object.keys(themes) as readonly ViewTheme[];

export interface ViewServer {
  readonly url: string;
  /** Size of the view's script as shipped. */
  readonly scriptBytes: number;
  close(): Promise<void>;
}

const root = join(import.meta.dirname, '../../..');
// Our own build script: it exports how the view is bundled.
const { webview } = createRequire(import.meta.url)('../../../esbuild.js') as { readonly webview: BuildOptions };

export async function startViewServer(): Promise<ViewServer> {
  const files = new Map<string, { readonly type: string; readonly body: string }>([
    ['/webview.js', { type: 'text/javascript', body: await bundle(join(root, 'src/webview/main.tsx')) }],
    ['/host.js', { type: 'text/javascript', body: await bundle(join(import.meta.dirname, 'fakeHost.ts')) }],
    ['/chat.css', { type: 'text/css', body: await readFile(join(root, 'media/chat.css'), 'utf8') }],
    ['/editor.css', { type: 'text/css', body: await readFile(join(import.meta.dirname, 'editorDefaults.css'), 'utf8') }],
  ]);
  const korean: unknown = JSON.parse(await readFile(join(root, 'l10n/bundle.l10n.ko.json'), 'utf8'));
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const file = files.get(url.pathname) ?? { type: 'text/html', body: page(url.searchParams, korean) };
    response.writeHead(200, { 'content-type': `${file.type}; charset=utf-8`, 'cache-control': 'no-store' });
    response.end(file.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // listen() on a port gives an AddressInfo.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    scriptBytes: Buffer.byteLength(files.get('/webview.js')?.body ?? ''),
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

/** As the editor changes its theme under a view. */
export async function switchTheme(page: Page, name: ViewTheme): Promise<void> {
  const theme = themes[name];
  await page.evaluate(([style, bodyClass]) => {
    const element = document.getElementById('theme');
    if (element !== null) element.textContent = style;
    document.body.className = bodyClass;
    return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }, [styleOf(theme), theme.bodyClass] as const);
}

async function bundle(entry: string): Promise<string> {
  const options: BuildOptions = {
    ...webview, entryPoints: [entry], write: false, minify: true, sourcemap: false, define: { 'process.env.NODE_ENV': '"production"' },
  };
  const result = await build(options);
  return result.outputFiles?.[0]?.text ?? '';
}

function page(query: URLSearchParams, korean: unknown): string {
  const theme = themes[(query.get('theme') ?? 'dark') as ViewTheme];
  const lang = query.get('lang') ?? 'en';
  const strings = lang === 'ko' ? translate(korean) : viewStrings;
  const policy = "default-src 'none'; script-src 'nonce-n'; style-src 'self' 'nonce-n'; img-src data:; form-action 'none'; base-uri 'none'";
  return `<!DOCTYPE html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Chat view</title>
<style nonce="n" id="theme">${styleOf(theme)}</style>
<link rel="stylesheet" href="/editor.css">
<link rel="stylesheet" href="/chat.css">
</head>
<body class="${theme.bodyClass}">
<div id="runapi-chat"></div>
<script type="application/json" id="runapi-strings" nonce="n">${JSON.stringify(strings).replaceAll('<', '\\u003c')}</script>
<script nonce="n" src="/host.js"></script>
<script nonce="n">window.startView = () => new Promise((done) => { const script = document.createElement('script'); script.nonce = 'n'; script.src = '/webview.js'; script.onload = done; document.head.append(script); });</script>
</body>
</html>`;
}

function styleOf({ variables }: (typeof themes)[ViewTheme]): string {
  const lines = Object.entries(variables).map(([name, value]) => `${name}: ${value};`);
  return `:root { ${lines.join('\n')} } html { background: ${variables['--vscode-sideBar-background']}; }`;
}

function translate(bundle: unknown): Readonly<Record<string, string>> {
  // The file of translations: English sentence → Korean sentence.
  const sentences = bundle as Readonly<Record<string, string>>;
  return Object.fromEntries(Object.entries(viewStrings).map(([key, sentence]) => [key, sentences[sentence] ?? sentence]));
}
