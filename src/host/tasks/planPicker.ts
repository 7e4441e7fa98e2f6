// The plan of a refactoring while it streams in and until it is agreed: steps can be unticked, reworded, added, or changed as a document.
import * as vscode from 'vscode';
import type { PlanStep, RefactorPlan } from '../../core/tasks/refactorPlan.ts';
import { acceptPlan, askAside, completePlan, createPlanList, drawPlan, noteTicks, rewordStep, showPlan, tickedSteps } from './planList.ts';

export type PlanDecision = { readonly kind: 'agreed'; readonly steps: readonly PlanStep[] } | { readonly kind: 'as-document'; readonly steps: readonly PlanStep[] } | { readonly kind: 'cancelled' };

export interface PlanPicker extends vscode.Disposable {
  /** Steps known so far. */
  show(plan: RefactorPlan): void;
  /** The plan is complete; `detail` says what it cost and what the edits will. */
  complete(detail: string): void;
  readonly decision: Promise<PlanDecision>;
}

export interface PlanPickerOptions {
  readonly title: string;
  /** The test command that will run after the edits, as a person reads it. */
  readonly testCommand: () => string | undefined;
  readonly nameTestCommand: () => Promise<void>;
}

export function createPlanPicker({ title, testCommand, nameTestCommand }: PlanPickerOptions): PlanPicker {
  const list = createPlanList(title);
  const { picker } = list;
  const documentButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('go-to-file'), tooltip: vscode.l10n.t('Change the plan as a document') };
  let tests = testsButton(testCommand());
  picker.buttons = [tests, documentButton];

  const decision = new Promise<PlanDecision>((resolve) => {
    picker.onDidChangeSelection((selected) => noteTicks(list, selected));
    picker.onDidChangeValue(() => drawPlan(list));
    picker.onDidAccept(() => {
      const steps = acceptPlan(list);
      if (steps === undefined) return;
      resolve({ kind: 'agreed', steps });
      picker.hide();
    });
    picker.onDidTriggerButton(async (button) => {
      if (button === tests) {
        await askAside(list, nameTestCommand);
        tests = testsButton(testCommand());
        picker.buttons = [tests, documentButton];
        return;
      }
      if (!list.isComplete) return;
      resolve({ kind: 'as-document', steps: tickedSteps(list) });
      picker.hide();
    });
    picker.onDidTriggerItemButton(async ({ item: { step } }) => {
      if (step !== undefined) await askAside(list, () => rewordStep(list, step));
    });
    picker.onDidHide(() => {
      if (!list.isAsking) resolve({ kind: 'cancelled' });
    });
  });

  picker.show();
  return {
    show: (plan) => showPlan(list, plan),
    complete: (detail) => completePlan(list, detail),
    decision,
    dispose: () => picker.dispose(),
  };
}

function testsButton(command: string | undefined): vscode.QuickInputButton {
  return { iconPath: new vscode.ThemeIcon('beaker'), tooltip: command === undefined ? vscode.l10n.t('Name a command that tests the result') : vscode.l10n.t('Tested with: {0}', command) };
}
