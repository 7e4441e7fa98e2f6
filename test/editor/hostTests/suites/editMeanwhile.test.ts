// What gets in the way of an edit between its review and its write, and back: links, typing, the editor's own undo.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { createFileChange } from '../../../../src/core/edit/fileChange.ts';
import type { FileChange } from '../../../../src/core/edit/proposal.ts';
import { createAnswerStream, type AnswerResult } from '../../../../src/host/edit/answerStream.ts';
import { createEditWriter } from '../../../../src/host/edit/editWriter.ts';
import type { WriteOutcome } from '../../../../src/host/edit/writeOutcome.ts';
import { createBufferJournal } from '../../../../src/host/edit/inline/bufferJournal.ts';
import { recoverBuffers } from '../../../../src/host/edit/inline/bufferRecovery.ts';
import { createProposalDocuments } from '../../../../src/host/edit/proposalDocuments.ts';
import type { EditScope } from '../../../../src/host/edit/editReviewer.ts';
import { systemClock as clock } from '../../../../src/host/systemClock.ts';
import { accepts, head, inPlace, replacing, silent, undoes, type Place } from '../editPlace.ts';
import type { HostSuite } from '../hostSuite.ts';

/** The real stream, as a feature uses it. */
async function resolves(scope: EditScope, answer: string): Promise<AnswerResult> {
  const stream = createAnswerStream({ editId: 'edit', scope, view: undefined, clock, log: silent, restore: (text) => text, redact: (text) => ({ text }) });
  stream.push(answer);
  return stream.finish(true);
}

function block(path: string, oldText: string, newText: string): string {
  return `${path}\n<<<<<<< SEARCH\n${oldText}\n=======\n${newText}\n>>>>>>> REPLACE\n`;
}

function changesOf(result: AnswerResult): readonly FileChange[] {
  assert.equal(result.state, 'changes', JSON.stringify(result));
  return result.state === 'changes' ? result.changes : [];
}

function kindsOf(outcome: WriteOutcome): readonly string[] {
  return outcome.ok ? [] : outcome.problems.map(({ kind }) => kind);
}

/** The folder as an answer has to name it. */
function nameOf(place: Place): string {
  return vscode.workspace.asRelativePath(place.uri(''), false).replace(/\/$/, '');
}

/** The writer, with something that happens when the plan is made and the journal is being written. */
function writerWith({ journal }: Place, meanwhile: () => Promise<unknown>): ReturnType<typeof createEditWriter> {
  const prepare: typeof journal.prepare = async (draft) => {
    const entry = await journal.prepare(draft);
    await meanwhile();
    return entry;
  };
  return createEditWriter({ journal: { ...journal, prepare }, clock, log: silent });
}

export const suite: HostSuite = {
  name: 'Edits in the host, meanwhile',
  timeoutMs: 60_000,
  tests: {
    'a link to a protected file is as protected as the file': (context) => inPlace(context, async (place) => {
      const name = nameOf(place);
      mkdirSync(place.path('.vscode'));
      mkdirSync(place.path('docs'));
      place.write('.vscode/settings.json', '{}\n');
      symlinkSync('../.vscode/settings.json', place.path('docs/notes.txt'));
      symlinkSync('.vscode', place.path('conf'));
      const answer = block(`${name}/docs/notes.txt`, '{}', '{"a": 1}') + block(`${name}/conf/tasks.json`, '', '{"tasks": []}');
      const changes = changesOf(await resolves({ files: [], others: 'change' }, answer));
      assert.deepEqual(changes.map(({ path, protection }) => [path.slice(name.length), protection]), [['/docs/notes.txt', 'editor-settings'], ['/conf/tasks.json', 'editor-settings']]);
    }),

    'a link that leads to a protected file since the review is refused': (context) => inPlace(context, async (place) => {
      mkdirSync(place.path('.vscode'));
      place.write('.vscode/settings.json', 'a\n');
      place.write('a.txt', 'a\n');
      symlinkSync('a.txt', place.path('link.txt'));
      const change = await replacing(place.uri('link.txt'), 'a', 'A');
      const made = createFileChange({ kind: 'create', uri: place.uri('sub/tasks.json').toString(), path: 'sub/tasks.json', original: '', proposed: '{}\n' });
      rmSync(place.path('link.txt'));
      symlinkSync('.vscode/settings.json', place.path('link.txt'));
      symlinkSync('.vscode', place.path('sub'));
      assert.deepEqual(kindsOf(await place.writer.apply(head, [change])), ['relinked']);
      assert.deepEqual(kindsOf(await place.writer.apply(head, [made])), ['relinked']);
      assert.equal(place.read('.vscode/settings.json').toString(), 'a\n');
    }),

    'a link that is swapped in the last moment is refused': (context) => inPlace(context, async (place) => {
      place.write('a.txt', 'a\n');
      place.write('other.txt', 'a\n');
      symlinkSync('a.txt', place.path('link.txt'));
      const change = await replacing(place.uri('link.txt'), 'a', 'A');
      const writer = writerWith(place, async () => {
        rmSync(place.path('link.txt'));
        symlinkSync('other.txt', place.path('link.txt'));
      });
      assert.deepEqual(kindsOf(await writer.apply(head, [change])), ['relinked']);
      assert.deepEqual([place.read('a.txt').toString(), place.read('other.txt').toString()], ['a\n', 'a\n']);
    }),

    'a file is meant by its exact path before another one that ends like it': (context) => inPlace(context, async (place) => {
      const name = nameOf(place);
      mkdirSync(place.path(`docs/${name}`), { recursive: true });
      place.write(`docs/${name}/notes.txt`, 'one\n');
      const scope = (others: EditScope['others']): EditScope => ({ files: [{ uri: place.uri(`docs/${name}/notes.txt`).toString(), text: 'one\n' }], others });
      const where = async (others: EditScope['others'], answer: string): Promise<readonly (readonly string[])[] | string> => {
        const result = await resolves(scope(others), answer);
        return result.state === 'changes' ? result.changes.map(({ kind, path }) => [kind, path]) : result.state === 'refused' ? result.problems.map((problem) => problem.kind).join() : result.state;
      };
      const quoting = block(`${name}/notes.txt`, 'one', 'ONE');
      const whole = `${name}/notes.txt\n\`\`\`text\nnew\n\`\`\`\n`;
      const theScopeFile = ['modify', `${name}/docs/${name}/notes.txt`];
      assert.deepEqual(await where('change', quoting), [theScopeFile], 'no other file has that name');
      assert.deepEqual(await where('create', whole), [['create', `${name}/notes.txt`]], 'a new file may be meant');
      assert.deepEqual(await where('refuse', whole), [theScopeFile], 'no new file may be meant');
      place.write('notes.txt', 'one\nroot\n');
      assert.deepEqual(await where('change', quoting), [['modify', `${name}/notes.txt`]]);
      assert.deepEqual(await where('refuse', quoting), 'outside-scope');
      assert.deepEqual(await where('create', quoting), 'outside-scope');
    }),

    'a line typed while the journal is written is not written over': (context) => inPlace(context, async (place) => {
      place.write('a.txt', 'one\ntwo\nthree\n');
      const editor = await vscode.window.showTextDocument(place.uri('a.txt'));
      const change = await replacing(place.uri('a.txt'), 'two', 'TWO');
      const writer = writerWith(place, async () => editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'typed\n')));
      assert.deepEqual(kindsOf(await writer.apply(head, [change])), ['changed']);
      assert.equal(editor.document.getText(), 'typed\none\ntwo\nthree\n');
      assert.equal(place.read('a.txt').toString(), 'one\ntwo\nthree\n');
      assert.deepEqual((await place.journal.list()).map(({ state }) => state), ['undone']);
    }),

    'a file that somebody writes while the journal is written stays theirs': (context) => inPlace(context, async (place) => {
      place.write('a.txt', 'one\r\ntwo\nthree\n');
      place.write('b.txt', 'one\n');
      const changes = [await replacing(place.uri('a.txt'), 'two', 'TWO'), await replacing(place.uri('b.txt'), 'one', 'ONE')];
      const writer = writerWith(place, async () => place.write('a.txt', 'theirs\n'));
      assert.deepEqual(kindsOf(await writer.apply(head, changes)), ['changed']);
      assert.deepEqual([place.read('a.txt').toString(), place.read('b.txt').toString()], ['theirs\n', 'one\n']);
    }),

    'what is typed into one file outlives the failed write of another': (context) => inPlace(context, async (place) => {
      place.write('a.txt', 'one\ntwo\nthree\n');
      place.write('b.txt', 'b\n');
      const editor = await vscode.window.showTextDocument(place.uri('a.txt'));
      const changes = [await replacing(place.uri('b.txt'), 'b', 'B'), await replacing(place.uri('a.txt'), 'three', 'THREE')];
      const rude = vscode.workspace.onWillSaveTextDocument((event) => {
        if (!event.document.uri.path.endsWith('b.txt')) return;
        rmSync(place.path('b.txt'));
        mkdirSync(place.path('b.txt'));
        event.waitUntil(Promise.resolve(editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'typed\n'))).then(() => []));
      });
      await assert.rejects(place.writer.apply(head, changes));
      rude.dispose();
      assert.equal(editor.document.getText(), 'typed\none\ntwo\nthree\n');
      assert.equal(place.read('a.txt').toString(), 'one\ntwo\nthree\n');
    }),

    'an edit that the editor’s own undo took back is undone without a further write': (context) => inPlace(context, async (place) => {
      place.write('a.txt', 'one\ntwo\nthree\n');
      const editor = await vscode.window.showTextDocument(place.uri('a.txt'));
      await accepts(place, [await replacing(place.uri('a.txt'), 'two', 'TWO')]);
      await vscode.commands.executeCommand('undo');
      assert.equal(editor.document.getText(), 'one\ntwo\nthree\n');
      await undoes(place);
      assert.equal(editor.document.getText(), 'one\ntwo\nthree\n');
      assert.equal(await place.writer.lastApplied('edit'), undefined);
      await editor.document.save();
    }),

    'an edit taken file by file is undone as a whole or not at all': (context) => inPlace(context, async (place) => {
      place.write('a.txt', 'a\n');
      place.write('b.txt', 'b\n');
      await accepts(place, [await replacing(place.uri('a.txt'), 'a', 'A')]);
      await accepts(place, [await replacing(place.uri('b.txt'), 'b', 'B')]);
      place.write('a.txt', 'theirs\n');
      const outcome = await place.writer.undo('edit');
      assert.deepEqual([kindsOf(outcome), !outcome.ok && outcome.isPartly], [['changed'], false]);
      assert.deepEqual([place.read('a.txt').toString(), place.read('b.txt').toString()], ['theirs\n', 'B\n']);
      place.write('a.txt', 'A\n');
      await undoes(place);
      assert.deepEqual([place.read('a.txt').toString(), place.read('b.txt').toString()], ['a\n', 'b\n']);
    }),

    'the last edit of this window is undone, not that of another project, and one in the way is passed over': (context) => inPlace(context, async (place) => {
      const other = mkdtempSync(join(tmpdir(), 'other-project-'));
      const note = async (id: string, path: string): Promise<void> => {
        writeFileSync(path, 'after\n');
        const entry = await place.journal.prepare({ id, editId: id, title: id, createdAt: clock.date() + 60_000, files: [{ uri: vscode.Uri.file(path).toString(), before: Buffer.from('before\n'), after: Buffer.from('after\n') }] });
        await place.journal.settle(entry, 'applied');
      };
      await note('older', place.path('older.txt'));
      await note('newer', place.path('newer.txt'));
      await note('elsewhere', join(other, 'elsewhere.txt'));
      rmSync(place.path('newer.txt'));
      const last = await place.writer.lastHere([]);
      assert.equal(last?.title, 'newer');
      assert.deepEqual(last === undefined ? [] : kindsOf(await place.writer.undoEntry(last)), ['missing-file']);
      const before = await place.writer.lastHere(['newer']);
      assert.equal(before?.title, 'older');
      assert.equal(before === undefined ? false : (await place.writer.undoEntry(before)).ok, true);
      assert.equal(place.read('older.txt').toString(), 'before\n');
      assert.equal(await place.writer.lastHere(['newer']), undefined);
      rmSync(other, { recursive: true });
    }),

    'a buffer of another project waits for the window that has it': (context) => inPlace(context, async (place) => {
      const other = mkdtempSync(join(tmpdir(), 'other-project-'));
      writeFileSync(join(other, 'a.txt'), 'one\n');
      place.write('a.txt', 'one\n');
      const buffers = createBufferJournal(place.journal, clock);
      for (const uri of [vscode.Uri.file(join(other, 'a.txt')), place.uri('a.txt'), vscode.Uri.parse('untitled:Untitled-77')]) await buffers.begin({ uri: uri.toString(), title: uri.path, before: 'one\n' });
      const documents = createProposalDocuments();
      await recoverBuffers({ journal: place.journal, documents, log: silent });
      documents.dispose();
      const states = Object.fromEntries((await place.journal.list()).map(({ title, state }) => [title, state]));
      assert.deepEqual(states, { [join(other, 'a.txt')]: 'prepared', [place.uri('a.txt').path]: 'undone', 'Untitled-77': 'prepared' });
      assert.equal(vscode.workspace.textDocuments.some(({ uri }) => uri.path.startsWith(other) || uri.path === 'Untitled-77'), false);
      rmSync(other, { recursive: true });
    }),

    'a script that comes back is executable again': (context) => inPlace(context, async (place) => {
      place.write('run.sh', '#!/bin/sh\n');
      chmodSync(place.path('run.sh'), 0o755);
      await accepts(place, [createFileChange({ kind: 'delete', uri: place.uri('run.sh').toString(), path: 'run.sh', original: '#!/bin/sh\n', proposed: '' })]);
      await undoes(place);
      assert.equal(place.read('run.sh').toString(), '#!/bin/sh\n');
      assert.equal(statSync(place.path('run.sh')).mode & 0o777, 0o755);
    }),
  },
};
