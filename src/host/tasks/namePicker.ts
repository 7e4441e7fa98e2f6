// The list of suggested names while it grows. A name of one's own can be typed; each can be looked at before anything is renamed.
import * as vscode from 'vscode';
import type { SuggestedName } from '../../core/tasks/refactorNames.ts';

export interface ChosenName {
  readonly name: string;
  /** Every place is shown first. */
  readonly isPreview: boolean;
}

export interface NamePicker extends vscode.Disposable {
  show(names: readonly SuggestedName[]): void;
  /** The answer is complete; `detail` says what it cost. */
  complete(detail: string): void;
  /** Undefined: closed without a choice. */
  readonly choice: Promise<ChosenName | undefined>;
}

interface Item extends vscode.QuickPickItem {
  readonly name: string;
}

export function createNamePicker(present: string): NamePicker {
  const picker = vscode.window.createQuickPick<Item>();
  const previewButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('open-preview'), tooltip: vscode.l10n.t('Preview the places') };
  const title = vscode.l10n.t('Rename {0}', present);
  let names: readonly SuggestedName[] = [];
  picker.title = title;
  picker.placeholder = vscode.l10n.t('Pick a name or type one. The language service renames it everywhere');
  picker.matchOnDescription = true;
  picker.busy = true;
  const draw = (): void => {
    const typed = picker.value.trim();
    const own: readonly Item[] = typed === '' || names.some(({ name }) => name === typed) ? [] : [{ label: typed.replace(/\$\(/g, '$ ('), name: typed, description: vscode.l10n.t('as typed'), buttons: [previewButton], alwaysShow: true }];
    picker.items = [...own, ...names.map(({ name, reason }): Item => ({ label: name, name, description: reason, buttons: [previewButton] }))];
  };
  picker.onDidChangeValue(draw);
  const choice = new Promise<ChosenName | undefined>((resolve) => {
    const choose = (name: string | undefined, isPreview: boolean): void => {
      if (name === undefined) return;
      resolve({ name, isPreview });
      picker.hide();
    };
    picker.onDidAccept(() => choose(picker.selectedItems[0]?.name, false));
    picker.onDidTriggerItemButton(({ item }) => choose(item.name, true));
    picker.onDidHide(() => resolve(undefined));
  });
  picker.show();
  return {
    show(next) {
      // A list that is drawn anew loses the row that the user is on.
      if (next.length === names.length) return;
      names = next;
      draw();
    },
    complete(detail) {
      picker.busy = false;
      picker.title = detail === '' ? title : `${title} · ${detail}`;
      if (names.length === 0) picker.placeholder = vscode.l10n.t('The answer holds no name. Type one');
    },
    choice,
    dispose: () => picker.dispose(),
  };
}
