// Items made of the state of the editor: changes, problems, the terminal, instruction files.
import * as vscode from 'vscode';
import { joinNotes, type ItemBuilder, type RawPart } from '../../core/context/buildItem.ts';
import type { Changes, ChangesRefusal, ChangesResult, ChangesSource } from '../../core/context/changesSource.ts';
import type { ContextItem, ContextNote, ContextRefusal } from '../../core/context/contextItem.ts';
import type { ContextReference } from '../../core/context/contextReference.ts';
import type { FileGate, GateReason } from '../../core/context/fileGate.ts';
import { formatGitDiff } from '../../core/context/gitDiff.ts';
import { hasChanged, instructionPathsFor, markSeen, type SeenInstructions } from '../../core/context/instructionFiles.ts';
import { displayPath, openDocument, readFileText } from './fileText.ts';
import type { TerminalCommand, TerminalWatch } from './terminalWatch.ts';

export interface StateCollector {
  changes(reference: Extract<ContextReference, { kind: 'changes' | 'staged' }>, budgetTokens: number, signal: AbortSignal): Promise<ContextItem>;
  problems(reference: Extract<ContextReference, { kind: 'problems' }>, budgetTokens: number): Promise<ContextItem>;
  terminal(budgetTokens: number): Promise<ContextItem>;
  instructions(reference: Extract<ContextReference, { kind: 'instructions' }>, budgetTokens: number): Promise<ContextItem>;
}

export interface StateCollectorDependencies {
  readonly gate: FileGate;
  readonly builder: ItemBuilder;
  readonly changes: ChangesSource;
  readonly terminals: TerminalWatch;
  readonly seen: SeenInstructions;
}

const maximumProblems = 200;

export function createStateCollector({ gate, builder, changes, terminals, seen }: StateCollectorDependencies): StateCollector {
  return {
    async changes(reference, budgetTokens, signal) {
      const results = await changes.readAll({ type: reference.kind === 'staged' ? 'staged' : 'working' }, signal);
      const read = results.flatMap((result) => (result.ok ? [result.changes] : []));
      const parts = read.flatMap((each) => toChangeParts(each, results.length > 1));
      const notes = joinNotes(read.flatMap((each) => each.notes));
      if (parts.length === 0) return builder.refuse(reference, '', leftOutReason(notes) ?? refusalOf(results));
      return builder.build({ reference, name: '', parts, notes }, budgetTokens);
    },

    async problems(reference, budgetTokens) {
      const all = reference.uri === undefined ? vscode.languages.getDiagnostics() : [[vscode.Uri.parse(reference.uri, true), vscode.languages.getDiagnostics(vscode.Uri.parse(reference.uri, true))] as const];
      const parts: RawPart[] = [];
      const leftOut: GateReason[] = [];
      let left = maximumProblems;
      for (const [uri, diagnostics] of all) {
        const worth = diagnostics.filter((diagnostic) => diagnostic.severity <= vscode.DiagnosticSeverity.Warning).slice(0, left);
        if (worth.length === 0) continue;
        const verdict = await gate.check(uri.toString());
        if (!verdict.open) leftOut.push(verdict.reason);
        else parts.push(describeProblems(uri, worth));
        left -= worth.length;
      }
      const name = reference.uri === undefined ? '' : displayPath(vscode.Uri.parse(reference.uri, true));
      return builder.build({ reference, name, parts, leftOut }, budgetTokens);
    },

    async terminal(budgetTokens) {
      const reference: ContextReference = { kind: 'terminal' };
      const last = await terminals.last();
      if (last === undefined) return builder.refuse(reference, '', 'no-terminal');
      const text = describeCommand(last);
      // The end of an output says what went wrong: it stays when the item is cut.
      return builder.build({ reference, name: '', parts: [{ text, aroundLine: text.split('\n').length - 1 }] }, budgetTokens);
    },

    async instructions(reference, budgetTokens) {
      if (!vscode.workspace.isTrusted) return builder.refuse(reference, '', 'untrusted-workspace');
      const parts: RawPart[] = [];
      const leftOut: GateReason[] = [];
      const notes: ContextNote[] = [];
      const used: { readonly uri: string; readonly text: string }[] = [];
      for (const uri of await findInstructions(reference.uri)) {
        const content = await readFileText(uri);
        if (content === undefined || content.text.trim() === '') continue;
        const verdict = await gate.check(uri.toString());
        if (!verdict.open) {
          leftOut.push(verdict.reason);
          continue;
        }
        parts.push({ path: displayPath(uri), uri: uri.toString(), text: content.text });
        used.push({ uri: uri.toString(), text: content.text });
        if (hasChanged(seen, uri.toString(), content.text)) notes.push({ type: 'changed-instructions', path: displayPath(uri) });
      }
      const item = builder.build({ reference, name: parts.map((part) => part.path).join(', '), parts, leftOut, notes }, budgetTokens);
      return { ...item, onSent: () => { for (const { uri, text } of used) markSeen(seen, uri, text); } };
    },
  };
}

function describeCommand({ command, output, isRunning, exitCode, folder }: TerminalCommand): string {
  const state = isRunning ? 'still running' : exitCode === undefined ? 'ended' : `exit code ${exitCode}`;
  return `$ ${command}\n${output}\n(${state}${folder === undefined ? '' : `, in ${folder}`})`;
}

/** Where there are several repositories, a path says which one it is in. */
function toChangeParts({ files, repository }: Changes, isOneOfSeveral: boolean): readonly RawPart[] {
  return files.map((file): RawPart => {
    const path = file.newPath ?? file.oldPath ?? '';
    return { path: isOneOfSeveral ? displayPath(vscode.Uri.joinPath(vscode.Uri.parse(repository.rootUri, true), ...path.split('/'))) : path, text: formatGitDiff([file]) };
  });
}

/** Of several repositories, the reason that says most: something failed rather than that there was nothing. */
function refusalOf(results: readonly ChangesResult[]): ContextRefusal {
  const reasons = results.flatMap((result) => (result.ok ? [] : [result.reason]));
  return toRefusal(reasons.find((reason) => reason !== 'no-changes') ?? 'no-changes');
}

function toRefusal(reason: ChangesRefusal): ContextRefusal {
  switch (reason) {
    case 'no-changes': return 'empty';
    case 'no-git':
    case 'no-repository': return 'no-repository';
    case 'untrusted-workspace': return 'untrusted-workspace';
    case 'failed': return 'failed';
  }
}

function leftOutReason(notes: readonly ContextNote[]): GateReason | undefined {
  return notes.find((note) => note.type === 'left-out')?.reason;
}

const severities = ['error', 'warning', 'information', 'hint'] as const;

/** One line each, and the line of code that it is about where the file is open. */
function describeProblems(uri: vscode.Uri, diagnostics: readonly vscode.Diagnostic[]): RawPart {
  const document = openDocument(uri);
  const path = displayPath(uri);
  const lines = diagnostics.flatMap(({ range, severity, source, code, message }) => {
    const { line } = range.start;
    const codeText = typeof code === 'object' ? code.value : code;
    const origin = [source, codeText].filter((part) => part !== undefined && part !== '').join(' ');
    const shown = document !== undefined && line < document.lineCount ? [`    ${document.lineAt(line).text.trim().slice(0, 200)}`] : [];
    return [`${path}:${line + 1} ${severities[severity]}${origin === '' ? '' : ` ${origin}`}: ${message.replaceAll(/\s*\n\s*/g, ' ').slice(0, 1000)}`, ...shown];
  });
  return { path, uri: uri.toString(), text: lines.join('\n') };
}

async function findInstructions(uri: string | undefined): Promise<readonly vscode.Uri[]> {
  const target = uri === undefined ? vscode.window.activeTextEditor?.document.uri : vscode.Uri.parse(uri, true);
  const own = target === undefined ? undefined : vscode.workspace.getWorkspaceFolder(target);
  const folders = own === undefined ? (vscode.workspace.workspaceFolders ?? []) : [own];
  return folders.flatMap((folder) => {
    const relative = own === undefined || target === undefined ? undefined : target.path.slice(folder.uri.path.replace(/\/$/, '').length + 1);
    return instructionPathsFor(relative).map((path) => vscode.Uri.joinPath(folder.uri, ...path.split('/')));
  });
}
