import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { viewStrings } from '../../shared/viewStrings.ts';

/** Nothing but the extension's own script and style may load, and nothing may leave: no remote host stands in any directive. */
export function chatHtml(webview: vscode.Webview, extensionUri: vscode.Uri): string {
  const nonce = randomBytes(16).toString('base64');
  const script = webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview.js'));
  const style = webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'media', 'chat.css'));
  // By nonce, not by `webview.cspSource`: that names VS Code's content host, which others can put files on.
  // `data:` holds the thumbnails that the view itself made; nothing that a model writes becomes an image.
  const policy = [`default-src 'none'`, `img-src data:`, `script-src 'nonce-${nonce}'`, `style-src 'nonce-${nonce}'`, `form-action 'none'`, `base-uri 'none'`].join('; ');
  return `<!DOCTYPE html>
<html lang="${attribute(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" nonce="${nonce}" href="${attribute(style.toString())}">
<title>RunAPI</title>
</head>
<body>
<div id="runapi-chat"></div>
<script type="application/json" id="runapi-strings" nonce="${nonce}">${inlineJson(translatedStrings())}</script>
<script nonce="${nonce}" src="${attribute(script.toString())}"></script>
</body>
</html>`;
}

/** `media` and `dist` only: the view can fetch nothing else of the disk. */
export function chatWebviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, enableForms: false, enableCommandUris: false, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'media'), vscode.Uri.joinPath(extensionUri, 'dist')] };
}

function translatedStrings(): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(viewStrings).map(([key, sentence]) => [key, vscode.l10n.t(sentence)]));
}

/** JSON that cannot end its script element. */
function inlineJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

function attribute(value: string): string {
  return value.replaceAll(/[&"<>]/g, (character) => `&#${character.charCodeAt(0)};`);
}
