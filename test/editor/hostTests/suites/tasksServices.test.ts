// What the tasks ask of VS Code itself: targets, callers, exact refactorings, problems, programs, plans, findings.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { commandIds } from '../../../../src/shared/commandIds.ts';
import { findCallers } from '../../../../src/host/tasks/callers.ts';
import { runInTerminal } from '../../../../src/host/tasks/commandRun.ts';
import { describeTarget, findTarget, type EditorTarget } from '../../../../src/host/tasks/editorTarget.ts';
import { createFindingsView } from '../../../../src/host/tasks/findingsView.ts';
import { exactOfferFor, exactOffers } from '../../../../src/host/tasks/languageServiceOffers.ts';
import { listProject } from '../../../../src/host/tasks/projectListing.ts';
import { problemsAfter, snapshotProblems } from '../../../../src/host/tasks/verifyEdits.ts';
import { detectFramework } from '../../../../src/core/tasks/testFrameworks.ts';
import { findTestPlace } from '../../../../src/core/tasks/testPlace.ts';
import type { HostSuite } from '../hostSuite.ts';

const never = new AbortController().signal;

export const suite: HostSuite = {
  name: 'Tasks, services',
  timeoutMs: 60_000,
  tests: {
    'a selection is the target, in whole lines, with the symbol around it': async () => {
      const editor = await open('src/tariff.ts');
      editor.selection = new vscode.Selection(20, 4, 24, 0);
      const target = await symbolTarget(() => findTarget({}));
      assert.deepEqual([target.kind, target.range.start.line, target.range.start.character, target.range.end.line], ['selection', 20, 0, 23]);
      assert.equal(describeTarget(target, 'src/tariff.ts'), 'the selection in src/tariff.ts, lines 21 to 24 (in `quote`)');
    },

    'without a selection the symbol at the caret is the target': async () => {
      const editor = await open('src/tariff.ts');
      editor.selection = new vscode.Selection(25, 6, 25, 6);
      const target = await symbolTarget(() => findTarget({ symbolAtCaret: true }));
      assert.deepEqual([target.kind, target.symbol], ['symbol', 'quote']);
    },

    'a task on the whole file does not mind the selection': async () => {
      const editor = await open('src/tariff.ts');
      editor.selection = new vscode.Selection(20, 4, 24, 0);
      const target = await findTarget({ wholeFile: true });
      assert.deepEqual([target?.kind, target?.range.start.line, target?.range.end.line], ['file', 0, editor.document.lineCount - 1]);
    },

    'an untitled document is a target, an output channel and an empty file are not': async () => {
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'typescript', content: 'const a = 1;\n' }));
      assert.equal((await findTarget({}))?.document.isUntitled, true);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'typescript', content: ' \n' }));
      assert.equal(await findTarget({}), undefined);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      assert.equal(await findTarget({ uri: vscode.Uri.parse('output:nothing') }).catch(() => undefined), undefined);
    },

    'callers in other files are found': async () => {
      const editor = await open('src/tariff.ts');
      editor.selection = new vscode.Selection(16, 20, 16, 20);
      const target = await symbolTarget(() => findTarget({ symbolAtCaret: true }));
      const names = await until(async () => {
        const callers = await findCallers(target);
        return callers.length > 1 ? callers.map(({ uri }) => uri.path.slice(uri.path.lastIndexOf('/') + 1)).sort() : undefined;
      });
      assert.ok(names.includes('booking.ts'), names.join());
      assert.ok(names.includes('tariff.test.ts'), names.join());
    },

    'files that implement an interface, and those that call it through one, belong to its callers': async () => {
      const texts = {
        'src/shape.ts': 'export interface Shape {\n  area(): number;\n}\n',
        'src/square.ts': "import type { Shape } from './shape.ts';\nexport const square: Shape = {\n  area: () => 1,\n};\n",
        'src/draw.ts': "import { square } from './square.ts';\nexport const drawn = square.area();\n",
      };
      for (const [path, text] of Object.entries(texts)) await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(root(), path), new TextEncoder().encode(text));
      try {
        const editor = await open('src/shape.ts');
        const target: EditorTarget = { document: editor.document, kind: 'symbol', range: new vscode.Range(1, 4, 1, 4), symbol: 'area' };
        const names = await until(async () => {
          const callers = await findCallers(target);
          return callers.length > 1 ? callers.map(({ uri }) => uri.path.slice(uri.path.lastIndexOf('/') + 1)).sort() : undefined;
        });
        assert.deepEqual(names, ['draw.ts', 'square.ts']);
      } finally {
        await vscode.commands.executeCommand('workbench.action.closeAllEditors');
        for (const path of Object.keys(texts)) await vscode.workspace.fs.delete(vscode.Uri.joinPath(root(), path));
      }
    },

    'the language service offers to extract a function': async () => {
      const editor = await open('src/tariff.ts');
      // Two whole statements: what is cut in the middle of one cannot be extracted.
      editor.selection = new vscode.Selection(20, 0, 22, 0);
      const target = await symbolTarget(() => findTarget({}));
      const titles = await until(async () => {
        const offers = await exactOffers(target);
        return offers.some(({ title }) => /extract/i.test(title)) ? offers.map(({ title }) => title) : undefined;
      });
      assert.ok(titles.length <= 8);
    },

    'a rename in words is done exactly, in every file, and undone at once': async () => {
      const editor = await open('src/money.ts');
      const before = editor.document.getText();
      const target = await symbolTarget(() => findTarget({ wholeFile: true }));
      const offer = await until(() => exactOfferFor({ kind: 'rename', from: 'percent', to: 'share' }, target));
      assert.match(offer.title, /Rename percent to share in \d+ files/);
      assert.equal(await offer.apply(), true);
      assert.match(editor.document.getText(), /function share\(/);
      const user = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(root(), 'src/tariff.ts'));
      assert.match(user.getText(), /share\(base, 80\)/);
      await vscode.commands.executeCommand('undo');
      assert.equal(editor.document.getText(), before);
    },

    'a name that is not there has no exact rename': async () => {
      await open('src/money.ts');
      const target = await symbolTarget(() => findTarget({ wholeFile: true }));
      assert.equal(await exactOfferFor({ kind: 'rename', from: 'nothingLikeIt', to: 'other' }, target), undefined);
    },

    'problems that an edit brings are told from those that were there, in files that use it too': async () => {
      // In a tab: the TypeScript of VS Code 1.139 checks only files that have one.
      await open('src/tariff.ts');
      const editor = await open('src/money.ts');
      const user = vscode.Uri.joinPath(root(), 'src/tariff.ts');
      const watched = [editor.document.uri, user];
      const before = snapshotProblems(watched);
      const at = editor.document.getText().indexOf('function percent');
      await editor.edit((edit) => edit.replace(new vscode.Range(editor.document.positionAt(at), editor.document.positionAt(at + 'function percent'.length)), 'function share'));
      const problems = await problemsAfter(watched, before, never, { firstMs: 20_000, quietMs: 10_000, limitMs: 40_000 });
      assert.ok(problems.some((problem) => problem.uri === user.toString() && /percent/.test(problem.message)), JSON.stringify(problems));
      assert.equal(problems.some((problem) => before.problems.some((old) => old.message === problem.message && old.uri === problem.uri)), false);
    },

    'a project is listed and its test framework, place and neighbour are found': async () => {
      const listing = await listProject(root());
      const choice = detectFramework('src/tracking.ts', listing);
      assert.equal(choice?.framework, 'node-test');
      assert.ok(choice);
      const place = findTestPlace('src/tracking.ts', choice, listing);
      assert.equal(place.path, 'test/tracking.test.ts');
      assert.match(place.neighbour ?? '', /^test\/\w+\.test\.ts$/);
    },

    'a program gets its arguments as they are, and no shell reads them': async () => {
      const hostile = ['$(touch pwn)', '`touch pwn`', '; touch pwn', "it's", 'a b', '--flag=$HOME'];
      const result = await runInTerminal({ program: process.execPath, arguments: ['-e', 'console.log(JSON.stringify(process.argv.slice(1))); console.error("err"); process.exitCode = 3', '--', ...hostile], folder: root(), title: 'test' }, never);
      assert.equal(result.exitCode, 3);
      assert.deepEqual(JSON.parse(result.output.split('\n')[0] ?? ''), hostile);
      assert.match(result.output, /err/);
      await assert.rejects(Promise.resolve(vscode.workspace.fs.stat(vscode.Uri.joinPath(root(), 'pwn'))));
    },

    'a program that is missing is said to be, one that is stopped ends': async () => {
      const missing = await runInTerminal({ program: 'no-such-program-at-all', arguments: [], folder: root(), title: 'test' }, never);
      assert.deepEqual([missing.exitCode, missing.stopped], [undefined, false]);
      const stop = new AbortController();
      setTimeout(() => stop.abort(), 300);
      const started = Date.now();
      const stopped = await runInTerminal({ program: process.execPath, arguments: ['-e', 'setInterval(() => {}, 1000)'], folder: root(), title: 'test' }, stop.signal);
      assert.equal(stopped.stopped, true);
      assert.ok(Date.now() - started < 5000);
    },

    'a finding stays at its line while the file is typed in': async () => {
      const editor = await open('src/money.ts');
      const view = createFindingsView();
      try {
        view.add({ id: 'f1', path: 'src/money.ts', startLine: 5, endLine: 5, severity: 'error', title: 'Wrong', reason: 'Because.' }, editor.document, { startLine: 5, endLine: 5 });
        await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), '// one\n// two\n'));
        assert.deepEqual(view.all().map(({ range }) => range), [{ startLine: 7, endLine: 7 }]);
        const own = vscode.languages.getDiagnostics(editor.document.uri).filter(({ code }) => code === 'f1');
        assert.deepEqual(own.map(({ range, severity, code }) => [range.start.line, severity, code]), [[6, vscode.DiagnosticSeverity.Warning, 'f1']]);
        view.remove('f1');
        assert.equal(vscode.languages.getDiagnostics(editor.document.uri).filter(({ code }) => code === 'f1').length, 0);
      } finally {
        view.dispose();
      }
    },

    'every command of the tasks is there': async () => {
      const existing = new Set(await vscode.commands.getCommands(true));
      const own = [commandIds.refactorCode, commandIds.reviewBranch, commandIds.applyFinding, commandIds.writeCommitMessage, commandIds.fixTerminal, commandIds.resolveConflict, commandIds.applyPlan, commandIds.cancelTask];
      assert.deepEqual(own.filter((id) => !existing.has(id)), []);
    },
  },
};

function root(): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder);
  return folder.uri;
}

async function open(path: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(vscode.Uri.joinPath(root(), path), { preview: false });
}

/** TypeScript needs a moment after it was started: until then it knows no symbols. */
async function symbolTarget(find: () => Promise<EditorTarget | undefined>): Promise<EditorTarget> {
  return until(async () => {
    const target = await find();
    return target !== undefined && (target.kind === 'file' || target.symbol !== undefined) ? target : undefined;
  });
}

async function until<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  for (const start = Date.now(); Date.now() - start < 25_000; ) {
    const value = await look();
    if (value !== undefined) return value;
    await sleep(250);
  }
  throw new Error('It did not come to be.');
}
