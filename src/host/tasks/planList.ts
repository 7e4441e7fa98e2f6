// The steps of a plan as a list that is ticked: what it shows, and what a person's choice, typing and rewording do to it.
import * as vscode from 'vscode';
import { toStep, type PlanStep, type RefactorPlan } from '../../core/tasks/refactorPlan.ts';

export interface PlanItem extends vscode.QuickPickItem {
  readonly step?: PlanStep;
}

export interface PlanList {
  readonly picker: vscode.QuickPick<PlanItem>;
  readonly title: string;
  steps: readonly PlanStep[];
  /** The unticked ones. */
  off: ReadonlySet<PlanStep>;
  isComplete: boolean;
  /** Another input stands in its place. */
  isAsking: boolean;
  drawnAt: number;
}

export function createPlanList(title: string): PlanList {
  const picker = vscode.window.createQuickPick<PlanItem>();
  picker.title = title;
  picker.canSelectMany = true;
  picker.ignoreFocusOut = true;
  picker.busy = true;
  picker.placeholder = vscode.l10n.t('The plan is being written');
  return { picker, title, steps: [], off: new Set(), isComplete: false, isAsking: false, drawnAt: 0 };
}

export function drawPlan(list: PlanList): void {
  const { picker, steps, off, isComplete } = list;
  const editButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Reword this step') };
  const items = steps.map((step): PlanItem => ({ label: plain(step.text), step, buttons: [editButton], alwaysShow: true }));
  const typed = picker.value.trim();
  const added: readonly PlanItem[] = typed === '' || !isComplete ? [] : [{ label: plain(typed), description: vscode.l10n.t('add this step'), alwaysShow: true, step: toStep(typed) }];
  picker.items = [...items, ...added];
  picker.selectedItems = picker.items.filter((item) => item.step !== undefined && !off.has(item.step));
  list.drawnAt = performance.now();
}

/** A step that was shown before stays the same object, so that it stays unticked. */
export function showPlan(list: PlanList, plan: RefactorPlan): void {
  const known = new Map(list.steps.map((step) => [step.text, step]));
  list.steps = plan.steps.map((step) => known.get(step.text) ?? step);
  drawPlan(list);
}

export function completePlan(list: PlanList, detail: string): void {
  const { picker, title } = list;
  list.isComplete = true;
  picker.busy = false;
  picker.title = detail === '' ? title : `${title} · ${detail}`;
  picker.placeholder = vscode.l10n.t('Untick, reword or type steps. Enter writes the edits');
  drawPlan(list);
}

export function noteTicks(list: PlanList, selected: readonly PlanItem[]): void {
  // New items bring events of their own, first with nothing ticked: those are not the user's.
  if (!list.isComplete || performance.now() - list.drawnAt < echoMs) return;
  list.off = new Set(list.picker.items.flatMap(({ step }) => (step === undefined || selected.some((item) => item.step === step) ? [] : [step])));
}

export function tickedSteps({ steps, off }: PlanList): readonly PlanStep[] {
  return steps.filter((step) => !off.has(step));
}

/** What Enter agrees to; undefined when it added what was typed, or when there is nothing to agree to. */
export function acceptPlan(list: PlanList): readonly PlanStep[] | undefined {
  if (!list.isComplete) return undefined;
  const { picker } = list;
  if (picker.value.trim() !== '') {
    list.steps = [...list.steps, toStep(picker.value)];
    picker.value = '';
    drawPlan(list);
    return undefined;
  }
  const chosen = tickedSteps(list);
  return chosen.length === 0 ? undefined : chosen;
}

/** Another input takes the place of the list, which then comes back. */
export async function askAside(list: PlanList, ask: () => Promise<void>): Promise<void> {
  list.isAsking = true;
  await ask();
  list.isAsking = false;
  drawPlan(list);
  list.picker.show();
}

export async function rewordStep(list: PlanList, before: PlanStep): Promise<void> {
  const text = await vscode.window.showInputBox({ title: list.title, value: before.text, prompt: vscode.l10n.t('Reword this step'), ignoreFocusOut: true });
  if (text !== undefined && text.trim() !== '') list.steps = list.steps.map((step) => (step === before ? toStep(text) : step));
}

/** The editor echoes a change of the list within a few milliseconds; a person does not untick that fast. */
const echoMs = 150;

function plain(text: string): string {
  return text.replace(/\$\(/g, '$ (');
}
