// What the language service of the file can do exactly, at no cost: offered before a model is asked.
import * as vscode from 'vscode';
import type { ExactRefactoring } from '../../core/tasks/exactRefactorings.ts';
import type { EditorTarget } from './editorTarget.ts';
import { withPatience } from './patience.ts';

export interface ExactOffer {
  readonly title: string;
  /** True when the service really did something. */
  readonly apply: () => Promise<boolean>;
}

/** In the order they are listed. Not `refactor.surround`: those are snippets, and there are more of them than the list has places. */
const offeredKinds = ['refactor.extract', 'refactor.inline', 'refactor.rewrite', 'refactor.move', 'source.organizeImports'] as const;
const maxOffers = 8;
/** Providers resolve an edit each: more would make the list wait. */
const resolved = 20;
/** The list is open meanwhile: a slow service only fills its last part later. */
const patienceMs = 5000;

export async function exactOffers({ document, range }: EditorTarget): Promise<readonly ExactOffer[]> {
  const actions = await codeActions(document, range);
  return actions.slice(0, maxOffers).map((action) => ({ title: action.title, apply: () => applyAction(action) }));
}

/** What fits the words that the user typed; undefined when the service has nothing for them. */
export async function exactOfferFor(wanted: ExactRefactoring, target: EditorTarget): Promise<ExactOffer | undefined> {
  if (wanted.kind === 'rename') return renameOffer(wanted, target);
  const actions = await codeActions(target.document, target.range);
  for (const kind of wanted.kinds) {
    const fitting = actions.find((action) => action.kind !== undefined && vscode.CodeActionKind.Empty.append(kind).contains(action.kind));
    if (fitting !== undefined) return { title: fitting.title, apply: () => applyAction(fitting) };
  }
  return undefined;
}

async function codeActions(document: vscode.TextDocument, range: vscode.Range): Promise<readonly vscode.CodeAction[]> {
  const asked = offeredKinds.map((kind) => vscode.commands.executeCommand<readonly (vscode.CodeAction | vscode.Command)[] | undefined>('vscode.executeCodeActionProvider', document.uri, range, kind, resolved));
  const answers = await Promise.all(asked.map((answer) => withPatience(answer, patienceMs)));
  const actions = answers.flatMap((answer) => answer ?? []).filter((action) => action instanceof vscode.CodeAction);
  const usable = actions.filter((action) => action.disabled === undefined && action.command?.command.startsWith('runapi.') !== true);
  return [...new Map(usable.map((action) => [action.title, action])).values()];
}

async function applyAction(action: vscode.CodeAction): Promise<boolean> {
  const edited = action.edit === undefined || (await vscode.workspace.applyEdit(action.edit, { isRefactoring: true }));
  if (!edited) return false;
  if (action.command !== undefined) await vscode.commands.executeCommand(action.command.command, ...(action.command.arguments ?? []));
  return true;
}

async function renameOffer({ from, to }: { readonly from: string; readonly to: string }, { document, range }: EditorTarget): Promise<ExactOffer | undefined> {
  const position = findName(document, range, from);
  if (position === undefined) return undefined;
  try {
    const edit = await vscode.commands.executeCommand<vscode.WorkspaceEdit | undefined>('vscode.executeDocumentRenameProvider', document.uri, position, to);
    if (edit === undefined || edit.size === 0) return undefined;
    return { title: vscode.l10n.t('Rename {0} to {1} in {2} files', from, to, edit.size), apply: async () => vscode.workspace.applyEdit(edit, { isRefactoring: true }) };
  } catch {
    // No rename provider, or the name is not one that can be renamed.
    return undefined;
  }
}

/** In the target first, then anywhere in the file. */
function findName(document: vscode.TextDocument, range: vscode.Range, name: string): vscode.Position | undefined {
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}_$])${name.replace(/\$/g, '\\$')}(?![\\p{L}\\p{N}_$])`, 'u');
  const start = document.offsetAt(range.start);
  const inside = pattern.exec(document.getText(range));
  if (inside !== null) return document.positionAt(start + inside.index);
  const anywhere = pattern.exec(document.getText());
  return anywhere === null ? undefined : document.positionAt(anywhere.index);
}
