// What the buttons of a code block do: copy, insert, apply, open as a new file. Characters that a reader cannot see are named first.
import * as vscode from 'vscode';
import { describeInvisible, findInvisible } from '../../core/context/invisibleCharacters.ts';
import type { Translate } from '../../core/translate.ts';
import type { EditReviewer } from '../edit/editReviewer.ts';
import { languageOf } from './languageIds.ts';
import { resolveWorkspaceFile } from './workspaceFiles.ts';

export interface CodeActions {
  copy(text: string): Promise<void>;
  insertCode(text: string): Promise<void>;
  applyCode(code: { readonly text: string; readonly path?: string }): Promise<void>;
  newFile(text: string, language: string | undefined): Promise<void>;
}

export interface CodeActionDependencies {
  readonly translate: Translate;
  readonly reviewer: EditReviewer | undefined;
}

export function createCodeActions({ translate, reviewer }: CodeActionDependencies): CodeActions {
  const confirmed = async (text: string, action: string): Promise<boolean> => {
    const hidden = describeInvisible(findInvisible(text), translate);
    if (hidden === '') return true;
    const detail = vscode.l10n.t('They may make code look other than it is. Found: {0}', hidden);
    return (await vscode.window.showWarningMessage(vscode.l10n.t('This text has characters that cannot be seen.'), { modal: true, detail }, action)) === action;
  };

  return {
    copy: async (text) => {
      await vscode.env.clipboard.writeText(text);
      const hidden = describeInvisible(findInvisible(text), translate);
      if (hidden !== '') void vscode.window.showWarningMessage(vscode.l10n.t('The copied text has characters that cannot be seen: {0}', hidden));
    },
    insertCode: async (text) => {
      const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors.find((candidate) => candidate.document.uri.scheme !== 'output');
      if (editor === undefined) return void vscode.window.showInformationMessage(vscode.l10n.t('Open a file and put the cursor where the code goes.'));
      if (!(await confirmed(text, vscode.l10n.t('Insert anyway')))) return;
      const isDone = await editor.edit((builder) => { for (const selection of editor.selections) builder.replace(selection, text); });
      if (!isDone) return void vscode.window.showWarningMessage(vscode.l10n.t('The code could not be inserted: the file cannot be changed.'));
      await vscode.window.showTextDocument(editor.document, { viewColumn: editor.viewColumn, selection: editor.selection });
    },
    applyCode: async ({ text, path }) => {
      if (reviewer === undefined) return;
      const uri = path === undefined ? await pickTarget() : await resolveWorkspaceFile(path);
      if (uri === undefined) {
        if (path !== undefined) void vscode.window.showWarningMessage(vscode.l10n.t('{0} is not a file of this workspace.', path));
        return;
      }
      const change = (await exists(uri)) ? { kind: 'apply-code' as const, uri: uri.toString(), text } : { kind: 'write' as const, uri: uri.toString(), text };
      const outcome = await reviewer.propose({ task: 'edit', title: vscode.l10n.t('Apply to {0}', reviewer.pathOf(uri.toString())), changes: [change] });
      if (outcome.state === 'pending') await reviewer.review(outcome.editId);
    },
    newFile: async (text, language) => {
      if (!(await confirmed(text, vscode.l10n.t('Open anyway')))) return;
      const document = await vscode.workspace.openTextDocument({ content: text, language: await languageOf(language) });
      await vscode.window.showTextDocument(document);
    },
  };
}

/** A block without a path goes to the file that is open. */
async function pickTarget(): Promise<vscode.Uri | undefined> {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors.find((candidate) => candidate.document.uri.scheme === 'file');
  if (editor !== undefined) return editor.document.uri;
  return (await vscode.window.showOpenDialog({ canSelectMany: false, openLabel: vscode.l10n.t('Apply') }))?.[0];
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  if (vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString())) return true;
  return await Promise.resolve(vscode.workspace.fs.stat(uri)).then(() => true, () => false);
}
