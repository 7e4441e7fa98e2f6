import * as vscode from 'vscode';
import { changesOnlyComments, documentPrompt } from '../../core/tasks/document.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { EditCheck } from '../edit/editReviewer.ts';
import type { TaskDependencies } from './dependencies.ts';
import { describeTarget, findTarget, shortName, type EditorTarget } from './editorTarget.ts';
import { runFollowedEdit } from './followEdit.ts';
import { prepare } from './prepare.ts';
import type { RunningTasks } from './runningTasks.ts';
import { readWish } from './taskArguments.ts';

/** Documents the selection, else the symbol at the caret, else the file. */
export function registerDocumentCommand(dependencies: TaskDependencies, running: RunningTasks): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.documentCode, async (...args: readonly unknown[]) => {
    const target = await findTarget({ ...readWish(args), symbolAtCaret: true });
    if (target !== undefined) await documentTarget(target, dependencies, running);
  });
}

async function documentTarget(target: EditorTarget, dependencies: TaskDependencies, running: RunningTasks): Promise<void> {
  const prepared = await prepare(target, dependencies, { edits: true, allowsOtherFiles: false });
  if (prepared === undefined) return;
  const { reviewer, translate } = dependencies;
  const { languageId, uri } = target.document;
  const prompt = documentPrompt({ ...prepared, languageId, target: describeTarget(target, prepared.path) });
  const onlyComments = (editId: string): readonly EditCheck[] => {
    const same = reviewer.changes(editId).every((change) => changesOnlyComments(change.original, change.proposed, languageId));
    return [same ? { ok: true, text: translate('only comments change') } : { ok: false, text: translate('code changes too: look closely') }];
  };
  await runFollowedEdit(
    { task: 'document', title: translate('Document: {name}', { name: shortName(target) }), prompt, guidanceFiles: prepared.guidanceFiles, scope: { files: [prepared.file], others: 'refuse' }, place: { uri, line: target.range.start.line }, check: onlyComments },
    { dependencies, running, retry: () => void documentTarget(target, dependencies, running) },
  );
}
