// What only the editor can show about an inline edit in the buffer: one step of its undo, typing and saving in between, line ends, cells.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createFilePreview } from '../../../../src/core/edit/streamPreview.ts';
import { createEditWriter } from '../../../../src/host/edit/editWriter.ts';
import { createBufferJournal } from '../../../../src/host/edit/inline/bufferJournal.ts';
import { recoverBuffers } from '../../../../src/host/edit/inline/bufferRecovery.ts';
import { createInlineBoard, type InlineBoard } from '../../../../src/host/edit/inline/inlineBoard.ts';
import { createInlineSession, type InlineSession, type StopReason } from '../../../../src/host/edit/inline/inlineSession.ts';
import { createJournalFiles, type JournalFiles } from '../../../../src/host/edit/journalFiles.ts';
import { createProposalDocuments } from '../../../../src/host/edit/proposalDocuments.ts';
import { systemClock as clock } from '../../../../src/host/systemClock.ts';
import type { HostSuite, HostTestContext } from '../hostSuite.ts';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

interface Place {
  readonly document: vscode.TextDocument;
  readonly board: InlineBoard;
  readonly journal: JournalFiles;
  readonly onDisk: () => string;
  /** An inline edit that puts these lines in the place of the lines [start, end). */
  readonly begin: (start: number, end: number, newLines: readonly string[], showsParts?: boolean) => Begun;
}

interface Begun {
  readonly session: InlineSession;
  readonly stops: readonly StopReason[];
  /** The answer has come as far as `count` of its lines. */
  readonly show: (count: number) => Promise<void>;
  readonly land: () => Promise<boolean>;
}

async function inFile({ folder }: HostTestContext, text: string, test: (place: Place) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(folder, 'inline-'));
  const path = join(root, 'a.txt');
  writeFileSync(path, text);
  try {
    const { document } = await vscode.window.showTextDocument(vscode.Uri.file(path));
    await inDocument(document, () => readFileSync(path, 'utf8'), test);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

async function inDocument(document: vscode.TextDocument, onDisk: () => string, test: (place: Place) => Promise<void>): Promise<void> {
  const board = createInlineBoard();
  const folder = mkdtempSync(join(tmpdir(), 'journal-'));
  try {
    await test({ document, board, onDisk, journal: createJournalFiles(folder), begin: (...answer) => begin(board, document, answer) });
  } finally {
    board.dispose();
    for (const each of vscode.workspace.textDocuments.filter(({ isDirty, uri }) => isDirty && uri.scheme !== 'vscode-notebook-cell')) {
      await vscode.window.showTextDocument(each);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(folder, { recursive: true, force: true });
  }
}

function begin(board: InlineBoard, document: vscode.TextDocument, [start, end, newLines, showsParts = true]: readonly [number, number, readonly string[], boolean?]): Begun {
  const stops: StopReason[] = [];
  const sentText = document.getText();
  const sent = sentText.split(/\r\n|\n/);
  const session = createInlineSession({
    id: `${start}-${newLines.join()}`, document, sentText, selected: { start, end }, showsParts,
    beforeShow: () => Promise.resolve(),
    onChange: () => board.tell(),
    onStop: (reason) => stops.push(reason),
  });
  board.add({ session, asked: { prompt: { system: '', messages: [] }, sentText, instruction: '' }, model: '', answer: '', note: '' });
  const preview = createFilePreview(sentText);
  const open = (count: number): ReturnType<typeof preview.show> => preview.show({ kind: 'replace', path: 'a', answerLine: 0, oldLines: sent.slice(start, end), newLines: newLines.slice(0, count) });
  const whole = [...sent.slice(0, start), ...newLines, ...sent.slice(end)].join(document.eol === vscode.EndOfLine.CRLF ? '\r\n' : '\n');
  return {
    session, stops,
    show: (count) => session.show(open(count)),
    land: () => session.land({ original: sentText, proposed: whole }),
  };
}

const undo = (): Thenable<unknown> => vscode.commands.executeCommand('undo');
const redo = (): Thenable<unknown> => vscode.commands.executeCommand('redo');

async function type(document: vscode.TextDocument, line: number, text: string): Promise<void> {
  const editor = await vscode.window.showTextDocument(document);
  assert.equal(await editor.edit((builder) => builder.insert(new vscode.Position(line, 0), text)), true);
}

const six = 'zero\none\ntwo\nthree\nfour\nfive\n';

export const suite: HostSuite = {
  name: 'Inline edits in the buffer',
  timeoutMs: 40_000,
  tests: {
    'an answer comes in line by line and is one step of undo, whatever the line ends': async (context) => {
      for (const text of [six, six.replaceAll('\n', '\r\n'), '\tzero\n\tone\n\t\ttwo\n\tthree', six.slice(0, -1)]) {
        await inFile(context, text, async ({ document, begin: ask, onDisk }) => {
          const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
          const lines = text.split(lineEnd);
          const { show, land, session } = ask(1, 3, ['\tONE', 'ONE AND A HALF', 'TWO', '']);
          for (const [count, expected] of [[1, ['\tONE', lines[2]]], [2, ['\tONE', 'ONE AND A HALF']], [3, ['\tONE', 'ONE AND A HALF', 'TWO']]] as const) {
            await show(count);
            assert.equal(document.getText(), [lines[0], ...expected, ...lines.slice(3)].join(lineEnd));
          }
          assert.equal(await land(), true);
          assert.equal(session.view().state, 'pending');
          const landed = [lines[0], '\tONE', 'ONE AND A HALF', 'TWO', '', ...lines.slice(3)].join(lineEnd);
          assert.equal(document.getText(), landed);
          assert.equal(onDisk(), text, 'nothing is saved');
          await undo();
          assert.equal(document.getText(), text);
          assert.equal(session.view().state, 'closed', 'taken back by the editor it is decided');
          await redo();
          assert.equal(document.getText(), landed);
        });
      }
    },

    'a stream that ends early gives the buffer back, and the file counts as saved': (context) => inFile(context, six, async ({ document, begin: ask }) => {
      const { show, session } = ask(1, 4, ['x', 'y']);
      await show(1);
      assert.equal(document.isDirty, true);
      await session.discard();
      assert.equal(document.getText(), six);
      assert.equal(document.isDirty, false);
    }),

    'a whole edit that is discarded leaves the text and can be had back with undo': (context) => inFile(context, six, async ({ document, begin: ask }) => {
      const { land, session } = ask(0, 1, ['x']);
      await land();
      await session.discard();
      assert.equal(document.getText(), six);
      await undo();
      assert.equal(document.getText(), six.replace('zero', 'x'));
    }),

    'what is typed elsewhere stays, and one undo still takes the whole edit': (context) => inFile(context, six, async ({ document, begin: ask }) => {
      const { show, land, stops } = ask(3, 5, ['THREE', 'FOUR', 'MORE']);
      await show(1);
      await type(document, 0, 'typed\n');
      await show(2);
      assert.equal(document.getText(), 'typed\nzero\none\ntwo\nTHREE\nFOUR\nfive\n');
      await land();
      assert.equal(document.getText(), 'typed\nzero\none\ntwo\nTHREE\nFOUR\nMORE\nfive\n');
      assert.deepEqual(stops, []);
      await undo();
      assert.equal(document.getText(), `typed\n${six}`);
    }),

    'typing in its lines stops it; what was typed over the answer is one undo away': (context) => inFile(context, six, async ({ document, begin: ask }) => {
      const { show, stops, session } = ask(1, 4, ['ONE', 'TWO']);
      await show(1);
      await type(document, 1, '!');
      assert.deepEqual(stops, ['typed']);
      await session.discard();
      assert.equal(document.getText(), six);
      await undo();
      assert.match(document.getText(), /!ONE/);
    }),

    'typing in the lines that are still to come stops it and is kept': (context) => inFile(context, six, async ({ document, begin: ask }) => {
      const { show, stops, session } = ask(1, 4, ['ONE', 'TWO']);
      await show(1);
      await type(document, 3, '!');
      assert.deepEqual(stops, ['typed']);
      await session.discard();
      assert.equal(document.getText(), six.replace('three', '!three'));
    }),

    'typing in a whole edit becomes a part of it': (context) => inFile(context, six, async ({ document, begin: ask }) => {
      const { land, session } = ask(1, 2, ['ONE']);
      await land();
      await type(document, 1, '!');
      assert.equal(session.view().state, 'pending');
      await session.discard();
      assert.equal(document.getText(), six);
    }),

    'a save in the middle writes the file without it': (context) => inFile(context, six, async ({ document, begin: ask, onDisk }) => {
      const { show, session, stops } = ask(1, 4, ['ONE', 'TWO']);
      const saving = vscode.workspace.onWillSaveTextDocument((event) => event.waitUntil(session.giveWayTo('saved')));
      try {
        await type(document, 5, 'mine ');
        await show(1);
        assert.equal(await document.save(), true);
        assert.equal(onDisk(), six.replace('five', 'mine five'));
        assert.equal(document.getText(), onDisk());
        assert.deepEqual(stops, ['saved']);
      } finally {
        saving.dispose();
      }
    }),

    'a whole edit may be saved and discarded afterwards': (context) => inFile(context, six, async ({ document, begin: ask, onDisk }) => {
      const { land, session } = ask(1, 2, ['ONE']);
      await land();
      await document.save();
      assert.equal(onDisk(), six.replace('one', 'ONE'));
      assert.equal(session.view().state, 'pending');
      await session.discard();
      assert.equal(document.getText(), six);
    }),

    'where parts must not be shown, nothing is until the whole is there': (context) => inFile(context, six, async ({ document, begin: ask }) => {
      const { show, land } = ask(1, 3, ['ONE', 'TWO'], false);
      await show(1);
      assert.equal(document.getText(), six);
      assert.equal(document.isDirty, false);
      await land();
      await undo();
      assert.equal(document.getText(), six);
    }),

    'its places are taken and dropped one by one': (context) => inFile(context, six, async ({ document, begin: ask }) => {
      const { land, session } = ask(0, 6, ['ZERO', 'one', 'TWO', 'three', 'four', 'FIVE']);
      await land();
      assert.equal(session.view().shown.hunks.length, 3);
      const [first] = session.view().shown.hunks;
      if (first !== undefined) session.keepHunk(first);
      const [second] = session.view().shown.hunks;
      if (second !== undefined) await session.dropHunk(second);
      assert.equal(document.getText(), 'ZERO\none\ntwo\nthree\nfour\nFIVE\n');
      await session.discard();
      assert.equal(document.getText(), six.replace('zero', 'ZERO'));
    }),

    'two edits of one file are decided apart': (context) => inFile(context, six, async ({ document, begin: ask }) => {
      const below = ask(4, 5, ['FOUR', 'AND MORE']);
      await below.show(1);
      await below.land();
      const above = ask(0, 1, ['ZERO', 'AND MORE']);
      await above.show(1);
      await above.land();
      await below.session.discard();
      assert.equal(document.getText(), six.replace('zero', 'ZERO\nAND MORE'));
      assert.equal(above.session.view().state, 'pending');
      await above.session.discard();
      assert.equal(document.getText(), six);
    }),

    'an answer for a file that nobody looks at any longer comes in all the same': (context) => inFile(context, six, async ({ document, begin: ask }) => {
      const { show, land, session } = ask(1, 3, ['ONE', 'TWO']);
      await show(1);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: 'other' }));
      await show(2);
      assert.equal(await land(), true);
      assert.equal(document.getText(), six.replace('one\ntwo', 'ONE\nTWO'));
      await session.discard();
      assert.equal(document.getText(), six);
    }),

    'a text that was never saved has inline edits too': async () => {
      const document = await vscode.workspace.openTextDocument({ content: six });
      await vscode.window.showTextDocument(document);
      await inDocument(document, () => '', async ({ begin: ask }) => {
        const { show, land } = ask(1, 2, ['ONE', 'MORE']);
        await show(1);
        await land();
        assert.equal(document.getText(), six.replace('one', 'ONE\nMORE'));
        await undo();
        assert.equal(document.getText(), six);
      });
    },

    'a cell of a notebook has inline edits too': async () => {
      const notebook = await vscode.workspace.openNotebookDocument('jupyter-notebook', new vscode.NotebookData([new vscode.NotebookCellData(vscode.NotebookCellKind.Code, 'a = 1\nb = 2\n', 'python')]));
      await vscode.window.showNotebookDocument(notebook);
      const { document } = notebook.cellAt(0);
      await inDocument(document, () => '', async ({ begin: ask }) => {
        const { land, session } = ask(1, 2, ['b = 3']);
        await land();
        assert.equal(document.getText(), 'a = 1\nb = 3\n');
        await session.discard();
        assert.equal(document.getText(), 'a = 1\nb = 2\n');
        await vscode.window.showNotebookDocument(notebook);
        await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      });
    },

    'an accepted edit is taken back by us also after the file was saved and changed elsewhere': (context) => inFile(context, six, async ({ document, begin: ask, journal, onDisk }) => {
      const { land, session } = ask(1, 2, ['ONE', 'MORE']);
      await land();
      await createBufferJournal(journal, clock).accepted({ uri: document.uri.toString(), title: 't', before: session.baseText(), after: document.getText() });
      session.keep();
      await type(document, 6, 'typed later ');
      await document.save();
      const writer = createEditWriter({ journal, clock, log: silent });
      const entry = await writer.lastHere([]);
      if (entry === undefined) throw new Error('no entry');
      const outcome = await writer.undoEntry(entry);
      assert.equal(outcome.ok, true, JSON.stringify(outcome));
      assert.equal(document.getText(), six.replace('five', 'typed later five'));
      assert.equal(onDisk(), document.getText());
    }),

    'after a window that ended in the middle the buffer is given back, unless somebody typed in it': (context) => inFile(context, six, async ({ document, journal }) => {
      const documents = createProposalDocuments();
      const buffers = createBufferJournal(journal, clock);
      const uri = document.uri.toString();
      try {
        const record = await buffers.begin({ uri, title: 't', before: six });
        await record.shows(`half\n${six}`);
        await type(document, 0, 'half\n');
        await recoverBuffers({ journal, documents, log: silent });
        assert.equal(document.getText(), six);
        assert.deepEqual((await journal.list()).map(({ state }) => state), ['undone']);

        const again = await buffers.begin({ uri, title: 't', before: six });
        await again.shows(`half\n${six}`);
        await type(document, 0, 'half\n');
        await type(document, 3, 'mine ');
        await recoverBuffers({ journal, documents, log: silent });
        assert.equal(document.getText(), `half\n${six.replace('two', 'mine two')}`);

        await document.save();
        const saved = await buffers.begin({ uri, title: 't', before: six });
        await saved.shows(document.getText());
        await recoverBuffers({ journal, documents, log: silent });
        assert.equal(document.isDirty, false, 'whoever saved it wants it');
        assert.equal((await createEditWriter({ journal, clock, log: silent }).lastHere([]))?.state, 'applied');
      } finally {
        documents.dispose();
      }
    }),
  },
};
