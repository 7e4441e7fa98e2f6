// The one status item of completion: whether it is on, whether it works, and on hover why there is nothing and what the day cost.
import * as vscode from 'vscode';
import type { Clock } from '../../core/clock.ts';
import type { CompletionEngine } from '../../core/completion/engine.ts';
import type { LedgerSum } from '../../core/models/ledgerSum.ts';
import { commandIds } from '../../shared/commandIds.ts';
import type { OutcomeWords } from './outcomeWords.ts';

export interface CompletionStatusDependencies {
  readonly engine: CompletionEngine;
  readonly words: OutcomeWords;
  readonly isOn: () => boolean;
  readonly clock: Clock;
  /** What completion did today, in all windows. */
  readonly today: () => LedgerSum;
}

export interface CompletionStatus extends vscode.Disposable {
  refresh(): void;
}

export function createCompletionStatus({ engine, words, isOn, clock, today }: CompletionStatusDependencies): CompletionStatus {
  const item = vscode.window.createStatusBarItem('runapi.completion', vscode.StatusBarAlignment.Right, 100);
  item.name = vscode.l10n.t('RunAPI completion');
  item.command = commandIds.showCompletionMenu;
  let stopTimer: (() => void) | undefined;
  const refresh = (): void => {
    const state = engine.state();
    stopTimer?.();
    // A pause ends by itself: nobody has to type to see it.
    stopTimer = state.pause?.untilMs === undefined ? undefined : clock.after(state.pause.untilMs - clock.now() + 10, refresh);
    item.text = `${iconOf(state, isOn())} RunAPI`;
    item.tooltip = words.hover(state, { isOn: isOn(), today: today() });
    item.backgroundColor = needsAttention(state.pause?.why) ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
  };
  const stopListening = engine.onChange(refresh);
  refresh();
  item.show();
  return {
    refresh,
    dispose() {
      stopListening();
      stopTimer?.();
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
  return why === 'key-rejected' || why === 'credits' || why === 'no-key' || why === 'insecure-url';
}
