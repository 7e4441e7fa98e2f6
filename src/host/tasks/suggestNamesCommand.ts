// Suggest names: for the symbol at the cursor, from a quick model, as a list that grows; the language service then renames it everywhere,
// at once or after a look at every place.
import * as vscode from 'vscode';
import { formatCost } from '../../core/tasks/costLine.ts';
import { namesPrompt, parseNames, type SuggestedName } from '../../core/tasks/refactorNames.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { TaskDependencies } from './dependencies.ts';
import { collectGuidance } from './guidance.ts';
import { toLineRange } from './lineRanges.ts';
import { collectFile, replyLanguage, sayRefusal } from './materials.ts';
import { createNamePicker } from './namePicker.ts';
import { applyRename, findSymbol, reviewRename, type NamedSymbol } from './renameSymbol.ts';
import type { RunningTask, RunningTasks } from './runningTasks.ts';
import { isCancelled, showFailure } from './showFailure.ts';
import { streamAnswer } from './streamAnswer.ts';

export function registerSuggestNamesCommand(dependencies: TaskDependencies, running: RunningTasks): vscode.Disposable {
  return vscode.commands.registerCommand(commandIds.suggestNames, async () => {
    const symbol = await findSymbol(vscode.window.activeTextEditor);
    if (symbol !== undefined) await suggestNames(symbol, dependencies, running);
  });
}

/** A name needs less around it than an edit does. */
const budgetTokens = 6000;

async function suggestNames(symbol: NamedSymbol, dependencies: TaskDependencies, running: RunningTasks): Promise<void> {
  const { document, range, name } = symbol;
  const { reviewer, translate, log } = dependencies;
  const signal = new AbortController().signal;
  const collected = await collectFile({ document, focus: toLineRange(range), budgetTokens }, dependencies, signal);
  if (!collected.ok) {
    sayRefusal(collected.reason, document.uri, translate);
    return;
  }
  const guidance = await collectGuidance(document.uri, dependencies, signal);
  const place = `${reviewer.pathOf(document.uri.toString())}, line ${String(range.start.line + 1)}`;
  const prompt = namesPrompt({ name, place, context: collected.text, guidance: guidance.text, replyLanguage: replyLanguage() });
  const task = running.start(vscode.l10n.t('Names for {0}', name));
  const picker = createNamePicker(name);
  void picker.choice.then(() => task.cancel());
  try {
    await fill({ prompt, name, picker, task, dependencies });
  } catch (error) {
    if (isCancelled(error, task.signal)) return;
    picker.dispose();
    await showFailure(error, { translate, log, retry: () => void suggestNames(symbol, dependencies, running) });
    return;
  } finally {
    task.end();
    const choice = await picker.choice;
    picker.dispose();
    if (choice?.isPreview === true) await reviewRename(symbol, choice.name, reviewer);
    else if (choice !== undefined) await applyRename(symbol, choice.name);
  }
}

interface Filling {
  readonly prompt: ReturnType<typeof namesPrompt>;
  readonly name: string;
  readonly picker: { show(names: readonly SuggestedName[]): void; complete(detail: string): void };
  readonly task: RunningTask;
  readonly dependencies: TaskDependencies;
}

async function fill({ prompt, name, picker, task, dependencies: { runner, translate } }: Filling): Promise<void> {
  const answer = await streamAnswer({ task: 'rename', prompt, onText: (_, all) => picker.show(parseNames(all, name, false)) }, { runner, running: task, translate });
  picker.show(parseNames(answer.text, name, answer.finish === 'stop'));
  picker.complete(answer.cost === undefined ? '' : formatCost(answer.cost, translate));
}
