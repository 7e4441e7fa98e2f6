// What most tasks begin with: may the file be changed, may its text be sent, what do the instruction files say. The answer is ready for
// a prompt, or the user has been told why not.
import * as vscode from 'vscode';
import { editFormatInstructions } from '../../core/edit/instructions.ts';
import type { EditPromptContext } from '../../core/tasks/taskPrompt.ts';
import type { EditScopeFile } from '../edit/editReviewer.ts';
import type { TaskDependencies } from './dependencies.ts';
import { sayIfUnchangeable } from './editDocument.ts';
import type { EditorTarget } from './editorTarget.ts';
import { toLineRange } from './lineRanges.ts';
import { collectGuidance } from './guidance.ts';
import { collectFile, replyLanguage, sayRefusal, type MaterialSource } from './materials.ts';

export interface Prepared extends EditPromptContext {
  /** The file as it was when its text was collected. */
  readonly file: EditScopeFile;
  readonly path: string;
  /** Instruction files that the guidance comes from. */
  readonly guidanceFiles: readonly string[];
}

export interface PrepareOptions {
  /** The task ends in edits of the file itself. */
  readonly edits: boolean;
  /** Other files may be changed or made too. */
  readonly allowsOtherFiles: boolean;
}

export async function prepare(target: EditorTarget, dependencies: TaskDependencies, { edits, allowsOtherFiles }: PrepareOptions): Promise<Prepared | undefined> {
  const { document, range } = target;
  if (edits && (await sayIfUnchangeable(document.uri))) return undefined;
  const { signal } = new AbortController();
  const uri = document.uri.toString();
  const text = document.getText();
  const collected = await collectFile({ document, focus: toLineRange(range) }, dependencies, signal);
  if (!collected.ok) {
    sayRefusal(collected.reason, document.uri, dependencies.translate);
    return undefined;
  }
  const guidance = await collectGuidance(document.uri, dependencies, signal);
  return {
    file: { uri, text },
    path: dependencies.reviewer.pathOf(uri),
    context: collected.text,
    guidance: guidance.text,
    guidanceFiles: guidance.files,
    replyLanguage: replyLanguage(),
    editFormat: editFormatInstructions({ allowsOtherFiles }),
  };
}

/** Other files of a task; those that may not be sent are left out in silence, because the task is not about them. */
export async function collectOthers(uris: readonly vscode.Uri[], budgetTokens: number, dependencies: MaterialSource): Promise<readonly { readonly file: EditScopeFile; readonly text: string }[]> {
  const { signal } = new AbortController();
  const each = Math.floor(budgetTokens / Math.max(1, uris.length));
  const others: { file: EditScopeFile; text: string }[] = [];
  for (const uri of uris) {
    const document = await openQuietly(uri);
    if (document === undefined) continue;
    const collected = await collectFile({ document, budgetTokens: each }, dependencies, signal);
    if (collected.ok) others.push({ file: { uri: uri.toString(), text: document.getText() }, text: collected.text });
  }
  return others;
}

async function openQuietly(uri: vscode.Uri): Promise<vscode.TextDocument | undefined> {
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    // Binary, gone, or too large to open: nothing that could go along.
    return undefined;
  }
}
