// Asks what to refactor: typed words, what the code smells of, or what the language service does exactly.
import * as vscode from 'vscode';
import { findSmells } from '../../core/tasks/codeSmells.ts';
import { suggestRefactorings } from '../../core/tasks/refactorSuggestions.ts';
import type { Translate } from '../../core/translate.ts';
import type { EditorTarget } from './editorTarget.ts';
import { exactOffers, type ExactOffer } from './languageServiceOffers.ts';

export type RefactorChoice = { readonly kind: 'instruction'; readonly text: string } | { readonly kind: 'exact'; readonly offer: ExactOffer };

type Item = vscode.QuickPickItem & { readonly choice?: RefactorChoice };

export function pickRefactoring(target: EditorTarget, title: string, translate: Translate): Promise<RefactorChoice | undefined> {
  const picker = vscode.window.createQuickPick<Item>();
  picker.title = title;
  picker.placeholder = vscode.l10n.t('What should change? Type it or pick a suggestion');
  picker.matchOnDescription = true;
  // What is typed must not be lost when the review of another task opens meanwhile and takes the focus.
  picker.ignoreFocusOut = true;
  const suggestions = suggestionItems(target, translate);
  let exact: readonly Item[] = [];
  const draw = (): void => {
    picker.items = [...typedItem(picker.value), ...suggestions, ...exact];
  };
  draw();
  picker.busy = true;
  void exactOffers(target).then((offers) => {
    exact = exactItems(offers);
    picker.busy = false;
    draw();
  });
  return new Promise((resolve) => {
    picker.onDidChangeValue(draw);
    picker.onDidAccept(() => {
      const [picked] = picker.selectedItems;
      const typed = picker.value.trim();
      if (picked?.choice === undefined && typed === '') return;
      resolve(picked?.choice ?? { kind: 'instruction', text: typed });
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

function typedItem(value: string): readonly Item[] {
  const text = value.trim();
  return text === '' ? [] : [{ label: text.replace(/\$\(/g, '$ ('), description: vscode.l10n.t('as typed'), alwaysShow: true, choice: { kind: 'instruction', text } }];
}

function suggestionItems({ document, range }: EditorTarget, translate: Translate): readonly Item[] {
  const suggestions = suggestRefactorings(findSmells(document.getText(range), document.languageId), translate);
  if (suggestions.length === 0) return [];
  return [
    { label: vscode.l10n.t('Suggested by the code'), kind: vscode.QuickPickItemKind.Separator },
    ...suggestions.map(({ instruction, detail, line }): Item => ({
      label: instruction.replace(/\$\(/g, '$ ('),
      description: vscode.l10n.t('{0}, line {1}', detail, range.start.line + line + 1),
      choice: { kind: 'instruction', text: instruction },
    })),
  ];
}

function exactItems(offers: readonly ExactOffer[]): readonly Item[] {
  if (offers.length === 0) return [];
  return [
    { label: vscode.l10n.t('Exact, by the language service: no model, no cost'), kind: vscode.QuickPickItemKind.Separator },
    ...offers.map((offer): Item => ({ label: offer.title.replace(/\$\(/g, '$ ('), iconPath: new vscode.ThemeIcon('wrench'), choice: { kind: 'exact', offer } })),
  ];
}
