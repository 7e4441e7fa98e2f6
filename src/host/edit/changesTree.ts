// The view "Changes to Review": edits that wait or come in, their files, and the lines each adds and removes.
import * as vscode from 'vscode';
import { describeProtection, describeWarning } from '../../core/edit/problemWords.ts';
import type { Translate } from '../../core/translate.ts';
import { commandIds } from '../../shared/commandIds.ts';
import { openFiles, type EditBoard, type EditRecord, type FileReview } from './editBoard.ts';
import type { ReviewTarget } from './reviewTarget.ts';

type Node = { readonly kind: 'edit'; readonly record: EditRecord } | ({ readonly kind: 'file'; readonly record: EditRecord; readonly file: FileReview } & ReviewTarget);

export function registerChangesTree(board: EditBoard, translate: Translate): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getChildren(node) {
      if (node === undefined) return board.pending().toReversed().map((record) => ({ kind: 'edit', record }));
      if (node.kind === 'file') return [];
      return openFiles(node.record).map((file) => ({ kind: 'file', record: node.record, file, editId: node.record.id, fileUri: file.change.uri }));
    },
    getParent: (node) => (node.kind === 'edit' ? undefined : { kind: 'edit', record: node.record }),
    getTreeItem: (node) => (node.kind === 'edit' ? editItem(node.record) : fileItem(node, translate)),
  };
  const view = vscode.window.createTreeView('runapi.changes', { treeDataProvider: provider, showCollapseAll: false });
  /** Edits of several files that were brought into view once. */
  const revealed = new Set<string>();
  const stop = board.onDidChange((record) => {
    changed.fire();
    revealOnce(record);
    const count = board.pending().reduce((sum, record) => sum + openFiles(record).length, 0);
    view.badge = count === 0 ? undefined : { value: count, tooltip: count === 1 ? vscode.l10n.t('1 file to review') : vscode.l10n.t('{0} files to review', count) };
  });
  const revealOnce = (record: EditRecord): void => {
    if (record.state !== 'pending' || record.isQuiet || openFiles(record).length < 2 || revealed.has(record.id)) return;
    revealed.add(record.id);
    void reveal(record);
  };
  const reveal = async (record: EditRecord): Promise<void> => {
    // The view is there only once the key has come through.
    await vscode.commands.executeCommand('setContext', 'runapi.reviewPending', true);
    try {
      await view.reveal({ kind: 'edit', record }, { focus: false, select: false, expand: true });
    } catch {
      // Hidden by the user: the multi-file editor is there all the same.
    }
  };
  return vscode.Disposable.from(view, changed, { dispose: stop });
}

function editItem(record: EditRecord): vscode.TreeItem {
  const item = new vscode.TreeItem(record.title, vscode.TreeItemCollapsibleState.Expanded);
  item.id = record.id;
  item.contextValue = 'runapi.edit';
  item.iconPath = new vscode.ThemeIcon('diff-multiple');
  const failed = record.checks.filter(({ ok }) => !ok);
  const told = failed.length > 0 ? failed : record.checks.filter(({ owner }) => owner === 'verification');
  item.description = told.map(({ text }) => text).join(' · ');
  if (failed.some(({ owner }) => owner === 'verification')) {
    item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    item.command = { command: commandIds.showNewErrors, title: vscode.l10n.t('Show errors'), arguments: [{ editId: record.id }] };
  }
  item.tooltip = [record.title, record.note, ...record.checks.map(({ text }) => text)].filter((part) => part !== undefined).join('\n');
  return item;
}

function fileItem({ record, file: { change, conflict }, editId, fileUri }: Extract<Node, { kind: 'file' }>, translate: Translate): vscode.TreeItem {
  const path = change.newPath ?? change.path;
  const item = new vscode.TreeItem(path.split('/').at(-1) ?? path, vscode.TreeItemCollapsibleState.None);
  item.id = `${record.id} ${fileUri}`;
  item.contextValue = 'runapi.editFile';
  item.resourceUri = vscode.Uri.parse(fileUri, true);
  item.description = [`+${change.counts.added} −${change.counts.removed}`, kindWord(change.kind), path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : undefined].filter((part) => part !== undefined).join(' · ');
  const hints = [...(change.protection === undefined ? [] : [describeProtection(change.protection, translate)]), ...change.warnings.map((warning) => describeWarning(warning, translate)), ...(conflict === true ? [translate('The same lines were changed in the meantime.')] : []), ...hiddenCounts(change.counts)];
  item.tooltip = [path, ...hints].join('\n');
  item.iconPath = hints.length > 0 ? new vscode.ThemeIcon(conflict === true ? 'error' : 'warning') : vscode.ThemeIcon.File;
  item.command = { command: commandIds.openReview, title: vscode.l10n.t('Review'), arguments: [{ editId, fileUri } satisfies ReviewTarget] };
  item.accessibilityInformation = { label: vscode.l10n.t('{0}, lines added: {1}, removed: {2}', path, change.counts.added, change.counts.removed) };
  return item;
}

/** What a diff hides is said beside it. */
function hiddenCounts({ whiteSpaceOnly, longestLine }: FileReview['change']['counts']): readonly string[] {
  return [
    ...(whiteSpaceOnly > 0 ? [vscode.l10n.t('Lines that change in white space only: {0}', whiteSpaceOnly)] : []),
    ...(longestLine > longLine ? [vscode.l10n.t('The longest new line has {0} characters.', longestLine)] : []),
  ];
}

/** Beyond this the end of a line is outside any viewport. */
const longLine = 500;

function kindWord(kind: FileReview['change']['kind']): string | undefined {
  switch (kind) {
    case 'create':
      return vscode.l10n.t('new');
    case 'delete':
      return vscode.l10n.t('deleted');
    case 'rename':
      return vscode.l10n.t('renamed');
    case 'modify':
      return undefined;
  }
}
