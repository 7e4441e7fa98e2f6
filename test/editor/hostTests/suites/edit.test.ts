// What only the editor can show about applying edits: encodings, line ends, saves, undo, and what happens when something is in the way.
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { FileChange } from '../../../../src/core/edit/proposal.ts';
import { createFileChange } from '../../../../src/core/edit/fileChange.ts';
import { readPresent } from '../../../../src/host/edit/presentFile.ts';
import { resolvePath } from '../../../../src/host/edit/workspacePaths.ts';
import { accepts, head, inPlace, replacing, undoes } from '../editPlace.ts';
import type { HostSuite, HostTestContext } from '../hostSuite.ts';

const utf16 = (text: string, bigEndian = false): Buffer => {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};

/** Name, bytes before, old text, new text, bytes after, and the encoding where it has to be set. */
const files: readonly (readonly [string, Buffer, string, string, Buffer, string?])[] = [
  ['LF', Buffer.from('a\nb\nc\n'), 'b', 'B\nB2', Buffer.from('a\nB\nB2\nc\n')],
  ['CRLF', Buffer.from('a\r\nb\r\nc\r\n'), 'b', 'B', Buffer.from('a\r\nB\r\nc\r\n')],
  ['no final line end', Buffer.from('a\nb'), 'b', 'B', Buffer.from('a\nB')],
  ['tabs and trailing spaces', Buffer.from('\tif (x) {  \n\t\ty\n\t}\t\n'), 'y', 'z', Buffer.from('\tif (x) {  \n\t\tz\n\t}\t\n')],
  ['mixed line ends', Buffer.from('a\r\nb\nc\rd\r\n'), 'b', 'B', Buffer.from('a\r\nB\nc\rd\r\n')],
  ['lone carriage returns', Buffer.from('a\rb\rc\r'), 'b', 'B', Buffer.from('a\rB\rc\r')],
  ['a byte order mark', Buffer.from('\uFEFFa\nb\n'), 'b', 'ü', Buffer.from('\uFEFFa\nü\n')],
  ['UTF-16 LE', utf16('a\r\nb\r\n'), 'b', '😀', utf16('a\r\n😀\r\n')],
  ['UTF-16 BE', utf16('a\nb\n', true), 'b', 'ü', utf16('a\nü\n', true)],
  ['emoji, NFD', Buffer.from('e\u0301 😀\nb\n'), 'b', 'B', Buffer.from('e\u0301 😀\nB\n')],
  ['bytes that are no UTF-8', Buffer.from([0x61, 0xff, 0xfe, 10, 0x62, 10]), 'b', 'B', Buffer.from([0x61, 0xff, 0xfe, 10, 0x42, 10])],
  ['GBK', Buffer.from([0xd6, 0xd0, 10, 0x62, 10]), 'b', '文', Buffer.from([0xd6, 0xd0, 10, 0xce, 0xc4, 10]), 'gbk'],
  ['Shift JIS', Buffer.from([0x83, 0x5c, 10, 0x62, 10]), 'b', '表', Buffer.from([0x83, 0x5c, 10, 0x95, 0x5c, 10]), 'shiftjis'],
  ['EUC-KR', Buffer.from([0xb0, 0xa1, 10, 0x62, 10]), 'b', '각', Buffer.from([0xb0, 0xa1, 10, 0xb0, 0xa2, 10]), 'euckr'],
  ['Windows 1252 with stray bytes', Buffer.from([0xe9, 0x81, 10, 0x62, 10]), 'b', '€', Buffer.from([0xe9, 0x81, 10, 0x80, 10]), 'windows1252'],
];

const encodingTests = Object.fromEntries(files.map(([name, before, oldText, newText, after, encoding]) => [
  `${name}: accept changes those lines only, undo gives the same bytes back`,
  (context: HostTestContext) => inPlace(context, async (place) => {
    place.write('f.txt', before);
    if (encoding !== undefined) await vscode.workspace.openTextDocument(place.uri('f.txt'), { encoding });
    await accepts(place, [await replacing(place.uri('f.txt'), oldText, newText)]);
    assert.deepEqual(place.read('f.txt'), after);
    await undoes(place);
    assert.deepEqual(place.read('f.txt'), before);
  }),
]));

export const suite: HostSuite = {
  name: 'Edits in the host',
  timeoutMs: 60_000,
  tests: {
    ...encodingTests,

    'a character that the encoding does not have is refused': (context) => inPlace(context, async (place) => {
      const before = Buffer.from([0xe9, 10]);
      place.write('f.txt', before);
      await vscode.workspace.openTextDocument(place.uri('f.txt'), { encoding: 'windows1252' });
      const outcome = await place.writer.apply(head, [await replacing(place.uri('f.txt'), 'é', '漢')]);
      assert.deepEqual(outcome.ok ? [] : outcome.problems.map(({ kind }) => kind), ['encoding']);
      assert.deepEqual(place.read('f.txt'), before);
    }),

    'the mode of a file stays': (context) => inPlace(context, async (place) => {
      place.write('run.sh', 'a\rb\nc\n');
      chmodSync(place.path('run.sh'), 0o755);
      await accepts(place, [await replacing(place.uri('run.sh'), 'c', 'C')]);
      assert.equal(vscode.workspace.fs.isWritableFileSystem('file'), true);
      assert.equal((await import('node:fs')).statSync(place.path('run.sh')).mode & 0o777, 0o755);
    }),

    'several files are one step of the editor and one undo of ours': (context) => inPlace(context, async (place) => {
      place.write('a.txt', 'a\n');
      place.write('b.txt', 'b\r\n');
      place.write('old.txt', 'moved\n');
      place.write('gone.txt', 'gone\n');
      const rename = { ...(await replacing(place.uri('old.txt'), 'moved', 'moved on')), kind: 'rename' as const, newUri: place.uri('new.txt').toString(), newPath: 'new.txt' };
      const gone = createFileChange({ kind: 'delete', uri: place.uri('gone.txt').toString(), path: 'gone.txt', original: 'gone\n', proposed: '' });
      const made = createFileChange({ kind: 'create', uri: place.uri('sub/made.txt').toString(), path: 'sub/made.txt', original: '', proposed: 'made\n' });
      await accepts(place, [await replacing(place.uri('a.txt'), 'a', 'A'), await replacing(place.uri('b.txt'), 'b', 'B'), rename, gone, made]);
      const after = (): readonly string[] => ['a.txt', 'b.txt', 'old.txt', 'new.txt', 'gone.txt', 'sub/made.txt'].map((name) => (existsSync(place.path(name)) ? place.read(name).toString() : '-'));
      assert.deepEqual(after(), ['A\n', 'B\r\n', '-', 'moved on\n', '-', 'made\n']);
      await undoes(place);
      assert.deepEqual(after(), ['a\n', 'b\r\n', 'moved\n', '-', 'gone\n', '-']);
      assert.equal((await place.writer.redo('edit')).ok, true);
      assert.deepEqual(after(), ['A\n', 'B\r\n', '-', 'moved on\n', '-', 'made\n']);
      await undoes(place);
      assert.deepEqual(after(), ['a\n', 'b\r\n', 'moved\n', '-', 'gone\n', '-']);
    }),

    'a file that is only made, only moved or only deleted is': (context) => inPlace(context, async (place) => {
      place.write('old.txt', 'moved\n');
      place.write('gone.txt', 'gone\n');
      const change = (kind: FileChange['kind'], name: string, original: string, proposed: string): FileChange => createFileChange({ kind, uri: place.uri(name).toString(), path: name, original, proposed });
      await accepts(place, [change('create', 'made.txt', '', 'made\n')]);
      await accepts(place, [{ ...change('rename', 'old.txt', 'moved\n', 'moved\n'), newUri: place.uri('new.txt').toString(), newPath: 'new.txt' }]);
      await accepts(place, [change('delete', 'gone.txt', 'gone\n', '')]);
      const there = (): readonly boolean[] => ['made.txt', 'old.txt', 'new.txt', 'gone.txt'].map((name) => existsSync(place.path(name)));
      assert.deepEqual(there(), [true, false, true, false]);
      await undoes(place);
      assert.deepEqual(there(), [false, true, false, true]);
    }),

    'one file that cannot be written keeps all others as they are': (context) => inPlace(context, async (place) => {
      place.write('a.txt', 'a\n');
      place.write('locked.txt', 'b\n');
      const changes = [await replacing(place.uri('a.txt'), 'a', 'A'), await replacing(place.uri('locked.txt'), 'b', 'B')];
      chmodSync(place.path('locked.txt'), 0o444);
      const outcome = await place.writer.apply(head, changes);
      assert.deepEqual(outcome.ok ? [] : outcome.problems.map(({ kind }) => kind), ['read-only']);
      assert.equal(place.read('a.txt').toString(), 'a\n');
    }),

    'a write that fails half-way is taken back as a whole': (context) => inPlace(context, async (place) => {
      place.write('a.txt', 'a\n');
      place.write('b.txt', 'b\n');
      const changes = [await replacing(place.uri('a.txt'), 'a', 'A'), await replacing(place.uri('b.txt'), 'b', 'B')];
      // A participant of the save that throws the second file's folder away is the rudest thing that can happen in between.
      const rude = vscode.workspace.onWillSaveTextDocument((event) => {
        if (event.document.uri.path.endsWith('b.txt')) {
          rmSync(place.path('b.txt'));
          mkdirSync(place.path('b.txt'));
        }
      });
      await assert.rejects(place.writer.apply(head, changes));
      rude.dispose();
      assert.equal(place.read('a.txt').toString(), 'a\n');
    }),

    'a text that is not saved stays unsaved, and undo gives it back': (context) => inPlace(context, async (place) => {
      place.write('a.txt', 'a\nb\nc\n');
      const editor = await vscode.window.showTextDocument(place.uri('a.txt'));
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'typed\n'));
      await accepts(place, [await replacing(place.uri('a.txt'), 'c', 'C')]);
      assert.equal(editor.document.getText(), 'typed\na\nb\nC\n');
      assert.equal(editor.document.isDirty, true);
      assert.equal(place.read('a.txt').toString(), 'a\nb\nc\n');
      await undoes(place);
      assert.equal(editor.document.getText(), 'typed\na\nb\nc\n');
    }),

    'what is typed after an edit outlives its undo; what is typed over it stops the undo': (context) => inPlace(context, async (place) => {
      place.write('a.txt', 'a\nb\nc\nd\ne\n');
      const editor = await vscode.window.showTextDocument(place.uri('a.txt'));
      await accepts(place, [await replacing(place.uri('a.txt'), '\ne\n', '\nE\n')]);
      await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'typed\n'));
      await undoes(place);
      assert.equal(editor.document.getText(), 'typed\na\nb\nc\nd\ne\n');
      await editor.document.save();
      await accepts(place, [await replacing(place.uri('a.txt'), '\ne\n', '\nE\n')]);
      await editor.edit((edit) => edit.insert(new vscode.Position(5, 1), '!'));
      const outcome = await place.writer.undo('edit');
      assert.deepEqual(outcome.ok ? [] : outcome.problems.map(({ kind }) => kind), ['changed']);
      assert.equal(editor.document.getText(), 'typed\na\nb\nc\nd\nE!\n');
    }),

    'a file that changed since the review is refused': (context) => inPlace(context, async (place) => {
      place.write('a.txt', 'a\n');
      const change = await replacing(place.uri('a.txt'), 'a', 'A');
      place.write('a.txt', 'other\n');
      const outcome = await place.writer.apply(head, [change]);
      assert.deepEqual(outcome.ok ? [] : outcome.problems.map(({ kind }) => kind), ['changed']);
      assert.equal(place.read('a.txt').toString(), 'other\n');
    }),

    'a link that was put in the way since the review is refused': (context) => inPlace(context, async (place) => {
      const outside = join(tmpdir(), `outside-${process.pid}.txt`);
      writeFileSync(outside, 'a\n');
      place.write('a.txt', 'a\n');
      const change = await replacing(place.uri('a.txt'), 'a', 'A');
      rmSync(place.path('a.txt'));
      symlinkSync(outside, place.path('a.txt'));
      const outcome = await place.writer.apply(head, [change]);
      assert.deepEqual(outcome.ok ? [] : outcome.problems.map(({ kind }) => kind), ['bad-path']);
      assert.equal(readFileSync(outside, 'utf8'), 'a\n');
      rmSync(outside);
    }),

    'a formatter that runs at save is told, and undo gives the bytes from before both': (context) => inPlace(context, async (place) => {
      place.write('a.txt', 'a\nb\n');
      const formatter = vscode.languages.registerDocumentFormattingEditProvider({ scheme: 'file', pattern: '**/edit-*/a.txt' }, {
        provideDocumentFormattingEdits: (document) => [vscode.TextEdit.replace(new vscode.Range(0, 0, document.lineCount, 0), document.getText().toUpperCase())],
      });
      await vscode.workspace.getConfiguration('editor').update('formatOnSave', true, vscode.ConfigurationTarget.Global);
      try {
        await vscode.window.showTextDocument(place.uri('a.txt'));
        const outcome = await place.writer.apply(head, [await replacing(place.uri('a.txt'), 'b', 'new')]);
        assert.equal(place.read('a.txt').toString(), 'A\nNEW\n');
        assert.equal(outcome.ok && outcome.changedBySave.length, 1);
        await undoes(place);
        assert.equal(place.read('a.txt').toString(), 'a\nb\n');
        // The editor's own undo takes both in one press, and its redo brings both.
        await accepts(place, [await replacing(place.uri('a.txt'), 'b', 'new')]);
        const editor = await vscode.window.showTextDocument(place.uri('a.txt'));
        assert.equal(editor.document.getText(), 'A\nNEW\n');
        await vscode.commands.executeCommand('undo');
        assert.equal(editor.document.getText(), 'a\nb\n');
        await vscode.commands.executeCommand('redo');
        assert.equal(editor.document.getText(), 'A\nNEW\n');
      } finally {
        formatter.dispose();
        await vscode.workspace.getConfiguration('editor').update('formatOnSave', undefined, vscode.ConfigurationTarget.Global);
      }
    }),

    'the editor’s own undo takes back one edit, its redo brings it again': (context) => inPlace(context, async (place) => {
      place.write('a.txt', 'one\ntwo\nthree\n');
      const editor = await vscode.window.showTextDocument(place.uri('a.txt'));
      const change = await replacing(place.uri('a.txt'), 'one\ntwo', 'ONE\nTWO');
      await accepts(place, [change]);
      await vscode.commands.executeCommand('undo');
      assert.equal(editor.document.getText(), 'one\ntwo\nthree\n');
      await vscode.commands.executeCommand('redo');
      assert.equal(editor.document.getText(), 'ONE\nTWO\nthree\n');
      await vscode.commands.executeCommand('undo');
      await editor.document.save();
    }),

    'an untitled document is changed in memory': (context) => inPlace(context, async (place) => {
      const document = await vscode.workspace.openTextDocument({ content: 'a\nb\n' });
      await accepts(place, [await replacing(document.uri, 'b', 'B')]);
      assert.equal(document.getText(), 'a\nB\n');
      await undoes(place);
      assert.equal(document.getText(), 'a\nb\n');
    }),

    'what is no file of a workspace is refused with its kind': async () => {
      const kindOf = async (uri: vscode.Uri): Promise<string> => {
        const present = await readPresent(uri);
        return present.state === 'refused' ? present.kind : present.state;
      };
      assert.equal(await kindOf(vscode.Uri.parse('git:/x.ts?{}')), 'read-only');
      assert.equal(await kindOf(vscode.Uri.parse('unheard-of:/x.ts')), 'unsupported');
    },

    'binary, huge and minified files are refused': (context) => inPlace(context, async (place) => {
      place.write('bin.dat', Buffer.from([0, 1, 2, 0, 255, 0, 3]));
      place.write('huge.txt', 'x\n'.repeat(3_000_000));
      place.write('min.js', 'x'.repeat(300_000));
      const kinds = await Promise.all(['bin.dat', 'huge.txt', 'min.js'].map(async (name) => {
        const present = await readPresent(place.uri(name));
        return present.state === 'refused' ? present.kind : present.state;
      }));
      assert.deepEqual(kinds, ['binary', 'too-large', 'too-large']);
    }),

    'paths that lead out of the workspace are refused': async () => {
      for (const path of ['../x', '/etc/passwd', 'file:///etc/passwd', 'C:\\x', '~/x', 'a/%2e%2e/b']) {
        const result = await resolvePath(path);
        assert.equal(result.ok, false, path);
      }
    },
  },
};
