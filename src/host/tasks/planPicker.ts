// The plan of a refactoring while it streams in and until it is agreed: steps can be unticked, reworded, added, or changed as a document.
import * as vscode from 'vscode';
import { toStep, type PlanStep, type RefactorPlan } from '../../core/tasks/refactorPlan.ts';

export type PlanDecision = { readonly kind: 'agreed'; readonly steps: readonly PlanStep[] } | { readonly kind: 'as-document'; readonly steps: readonly PlanStep[] } | { readonly kind: 'cancelled' };

export interface PlanPicker extends vscode.Disposable {
  /** Steps known so far. */
  show(plan: RefactorPlan): void;
  /** The plan is complete; `detail` says what it cost and what the edits will. */
  complete(detail: string): void;
  readonly decision: Promise<PlanDecision>;
}

interface Item extends vscode.QuickPickItem {
  readonly step?: PlanStep;
}

export interface PlanPickerOptions {
  readonly title: string;
  /** The test command that will run after the edits, as a person reads it. */
  readonly testCommand: () => string | undefined;
  readonly nameTestCommand: () => Promise<void>;
}

export function createPlanPicker({ title, testCommand, nameTestCommand }: PlanPickerOptions): PlanPicker {
  const picker = vscode.window.createQuickPick<Item>();
  const editButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Reword this step') };
  const documentButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('go-to-file'), tooltip: vscode.l10n.t('Change the plan as a document') };
  const testsButton = (): vscode.QuickInputButton => ({ iconPath: new vscode.ThemeIcon('beaker'), tooltip: testCommand() === undefined ? vscode.l10n.t('Name a command that tests the result') : vscode.l10n.t('Tested with: {0}', testCommand() ?? '') });
  let tests = testsButton();
  let steps: PlanStep[] = [];
  let off = new Set<PlanStep>();
  let isComplete = false;
  let isAsking = false;
  let drawnAt = 0;
  picker.title = title;
  picker.canSelectMany = true;
  picker.ignoreFocusOut = true;
  picker.busy = true;
  picker.placeholder = vscode.l10n.t('The plan is being written');
  picker.buttons = [tests, documentButton];

  const draw = (): void => {
    const items = steps.map((step): Item => ({ label: plain(step.text), step, buttons: [editButton], alwaysShow: true }));
    const typed = picker.value.trim();
    const added: readonly Item[] = typed === '' || !isComplete ? [] : [{ label: plain(typed), description: vscode.l10n.t('add this step'), alwaysShow: true, step: toStep(typed) }];
    picker.items = [...items, ...added];
    picker.selectedItems = picker.items.filter((item) => item.step !== undefined && !off.has(item.step));
    drawnAt = performance.now();
  };

  /** Another input takes the place of the list, which then comes back. */
  const aside = async (ask: () => Promise<void>): Promise<void> => {
    isAsking = true;
    await ask();
    isAsking = false;
    draw();
    picker.show();
  };

  const decision = new Promise<PlanDecision>((resolve) => {
    picker.onDidChangeSelection((selected) => {
      // New items bring events of their own, first with nothing ticked: those are not the user's.
      if (!isComplete || performance.now() - drawnAt < echoMs) return;
      off = new Set(picker.items.flatMap(({ step }) => (step === undefined || selected.some((item) => item.step === step) ? [] : [step])));
    });
    picker.onDidChangeValue(draw);
    picker.onDidAccept(() => {
      const chosen = steps.filter((step) => !off.has(step));
      if (!isComplete) return;
      if (picker.value.trim() !== '') {
        steps = [...steps, toStep(picker.value)];
        picker.value = '';
        draw();
        return;
      }
      if (chosen.length === 0) return;
      resolve({ kind: 'agreed', steps: chosen });
      picker.hide();
    });
    picker.onDidTriggerButton(async (button) => {
      if (button === tests) {
        await aside(nameTestCommand);
        tests = testsButton();
        picker.buttons = [tests, documentButton];
        return;
      }
      if (!isComplete) return;
      resolve({ kind: 'as-document', steps: steps.filter((step) => !off.has(step)) });
      picker.hide();
    });
    picker.onDidTriggerItemButton(async ({ item }) => {
      if (item.step === undefined) return;
      const before = item.step;
      await aside(async () => {
        const text = await vscode.window.showInputBox({ title, value: before.text, prompt: vscode.l10n.t('Reword this step'), ignoreFocusOut: true });
        if (text !== undefined && text.trim() !== '') steps = steps.map((step) => (step === before ? toStep(text) : step));
      });
    });
    picker.onDidHide(() => {
      if (!isAsking) resolve({ kind: 'cancelled' });
    });
  });

  picker.show();
  return {
    show(plan) {
      const known = new Map(steps.map((step) => [step.text, step]));
      steps = plan.steps.map((step) => known.get(step.text) ?? step);
      draw();
    },
    complete(detail) {
      isComplete = true;
      picker.busy = false;
      picker.title = detail === '' ? title : `${title} · ${detail}`;
      picker.placeholder = vscode.l10n.t('Untick, reword or type steps. Enter writes the edits');
      draw();
    },
    decision,
    dispose: () => picker.dispose(),
  };
}

/** The editor echoes a change of the list within a few milliseconds; a person does not untick that fast. */
const echoMs = 150;

function plain(text: string): string {
  return text.replace(/\$\(/g, '$ (');
}
