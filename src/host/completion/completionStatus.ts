// The one status item of completion: whether it is on, whether it works, and on hover why there is nothing and what the day cost.
import * as vscode from 'vscode';
import type { CompletionEngine } from '../../core/completion/engine.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { OutcomeWords } from './outcomeWords.ts';

export interface CompletionStatusDependencies {
  readonly engine: CompletionEngine;
  readonly words: OutcomeWords;
  readonly isOn: () => boolean;
}

export interface CompletionStatus extends vscode.Disposable {
  refresh(): void;
}

export function createCompletionStatus({ engine, words, isOn }: CompletionStatusDependencies): CompletionStatus {
  const item = vscode.window.createStatusBarItem('runapi.completion', vscode.StatusBarAlignment.Right, 100);
  item.name = vscode.l10n.t('RunAPI completion');
  item.command = commandIds.showCompletionMenu;
  const refresh = (): void => {
    const state = engine.state();
    item.text = `${iconOf(state, isOn())} RunAPI`;
    item.tooltip = words.hover(state, isOn());
    item.backgroundColor = needsAttention(state.pause?.why) ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  };
  const stopListening = engine.onChange(refresh);
  refresh();
  item.show();
  return {
    refresh,
    dispose() {
      stopListening();
      item.dispose();
    },
  };
}

function iconOf({ busy, pause }: ReturnType<CompletionEngine['state']>, isOn: boolean): string {
  if (!isOn) return '$(circle-slash)';
  if (pause !== undefined) return pause.why === 'snoozed' ? '$(bell-slash)' : '$(warning)';
  return busy ? '$(loading~spin)' : '$(sparkle)';
}

function needsAttention(why: string | undefined): boolean {
  return why === 'key-rejected' || why === 'credits' || why === 'no-key';
}
