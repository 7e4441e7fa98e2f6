import * as vscode from 'vscode';
import type { Translate } from '../core/translate.ts';

/** Words in the display language of VS Code; the bundles are in l10n/. */
export const translate: Translate = (message, args) => (args === undefined ? vscode.l10n.t(message) : vscode.l10n.t(message, { ...args }));
