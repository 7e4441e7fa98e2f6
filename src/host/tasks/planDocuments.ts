// A plan as a document in memory: changed like any text, agreed with the button in its title or the line above it, gone when closed.
import * as vscode from 'vscode';
import { formatPlanDocument, readPlanDocument, type PlanStep, type RefactorPlan } from '../../core/tasks/refactorPlan.ts';
import { commandIds } from '../../shared/commandIds.ts';

export interface PlanDocuments extends vscode.Disposable {
  /** Undefined when the document was closed without being agreed. */
  edit(plan: RefactorPlan, title: string): Promise<readonly PlanStep[] | undefined>;
}

const scheme = 'runapi-plan';

export function createPlanDocuments(): PlanDocuments {
  const files = new Map<string, Uint8Array>();
  const waiting = new Map<string, (steps: readonly PlanStep[] | undefined) => void>();
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  let nextId = 1;

  const settle = (uri: vscode.Uri, steps: readonly PlanStep[] | undefined): void => {
    waiting.get(uri.toString())?.(steps);
    waiting.delete(uri.toString());
  };
  const agree = async (given?: unknown): Promise<void> => {
    const uri = given instanceof vscode.Uri ? given : vscode.window.activeTextEditor?.document.uri;
    const document = vscode.workspace.textDocuments.find((candidate) => candidate.uri.toString() === uri?.toString());
    if (document === undefined || document.uri.scheme !== scheme) return;
    const steps = readPlanDocument(document.getText());
    if (steps.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('The plan has no step.'));
      return;
    }
    await document.save();
    settle(document.uri, steps);
    await closeTabs(document.uri);
  };

  const parts = vscode.Disposable.from(
    changed,
    vscode.workspace.registerFileSystemProvider(scheme, memoryFiles(files, changed), { isCaseSensitive: true }),
    vscode.commands.registerCommand(commandIds.applyPlan, agree),
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (document.uri.scheme !== scheme) return;
      settle(document.uri, undefined);
      files.delete(document.uri.path);
    }),
    vscode.languages.registerCodeLensProvider({ scheme }, {
      provideCodeLenses: ({ uri }) => [new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), { title: `$(check) ${vscode.l10n.t('Write the edits of this plan')}`, command: commandIds.applyPlan, arguments: [uri] })],
    }),
  );

  return {
    async edit(plan, title) {
      const uri = vscode.Uri.from({ scheme, path: `/${String(nextId++)}/${vscode.l10n.t('Refactor plan')}.md` });
      const notes = [vscode.l10n.t('Each list item is a step. Reword, move, remove or add steps, then write the edits with the button above.')];
      files.set(uri.path, new TextEncoder().encode(formatPlanDocument(plan, title, notes)));
      const agreed = new Promise<readonly PlanStep[] | undefined>((resolve) => waiting.set(uri.toString(), resolve));
      await vscode.window.showTextDocument(uri, { preview: false });
      return agreed;
    },
    dispose() {
      for (const resolve of waiting.values()) resolve(undefined);
      parts.dispose();
    },
  };
}

async function closeTabs(uri: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter((tab) => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === uri.toString());
  await vscode.window.tabGroups.close(tabs);
}

function memoryFiles(files: Map<string, Uint8Array>, changed: vscode.EventEmitter<vscode.FileChangeEvent[]>): vscode.FileSystemProvider {
  const refuse = (uri: vscode.Uri): never => {
    throw vscode.FileSystemError.NoPermissions(uri);
  };
  return {
    onDidChangeFile: changed.event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: (uri) => {
      const bytes = files.get(uri.path);
      if (bytes === undefined) throw vscode.FileSystemError.FileNotFound(uri);
      return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: bytes.length };
    },
    readFile: (uri) => {
      const bytes = files.get(uri.path);
      if (bytes === undefined) throw vscode.FileSystemError.FileNotFound(uri);
      return bytes;
    },
    writeFile: (uri, bytes) => {
      if (!files.has(uri.path)) refuse(uri);
      files.set(uri.path, bytes);
    },
    readDirectory: () => [],
    createDirectory: refuse,
    delete: refuse,
    rename: refuse,
  };
}
