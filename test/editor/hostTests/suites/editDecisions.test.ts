// What is asked before a write, and what of a review is left after the answers.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import * as vscode from 'vscode';
import { createFileChange } from '../../../../src/core/edit/fileChange.ts';
import { createCodeActions } from '../../../../src/host/chat/codeActions.ts';
import { createEditBoard } from '../../../../src/host/edit/editBoard.ts';
import { createEditReviewer, type ReviewActions } from '../../../../src/host/edit/createEditReviewer.ts';
import { createProposalDocuments } from '../../../../src/host/edit/proposalDocuments.ts';
import { systemClock as clock } from '../../../../src/host/systemClock.ts';
import { translate } from '../../../../src/host/translate.ts';
import { head, inPlace, silent, type Place } from '../editPlace.ts';
import type { HostSuite, HostTestContext } from '../hostSuite.ts';

interface Asked {
  readonly questions: string[];
  /** What is picked, question by question; undefined closes the dialog. */
  readonly answers: (string | undefined)[];
}

/** The real reviewer, whose dialogs are answered from a list. */
function inReview(context: HostTestContext, test: (place: Place, actions: ReviewActions, asked: Asked) => Promise<void>): Promise<void> {
  return inPlace(context, async (place) => {
    const asked: Asked = { questions: [], answers: [] };
    const documents = createProposalDocuments();
    const { showWarningMessage } = vscode.window;
    const answer = async (question: string): Promise<string | undefined> => {
      asked.questions.push(question);
      return asked.answers.shift();
    };
    Object.assign(vscode.window, { showWarningMessage: answer });
    try {
      await test(place, createEditReviewer({ board: createEditBoard(), writer: place.writer, documents, clock, log: silent, translate, restore: (text) => text, redact: (text) => ({ text }) }), asked);
    } finally {
      Object.assign(vscode.window, { showWarningMessage });
      documents.dispose();
    }
  });
}

/** A review of a plain file, a protected one and another plain one. */
async function review(place: Place, actions: ReviewActions): Promise<string> {
  mkdirSync(place.path('.vscode'), { recursive: true });
  for (const name of ['a.txt', '.vscode/settings.json', 'b.txt']) place.write(name, 'old\n');
  const outcome = await actions.propose({ task: 'edit', title: 'Test', changes: ['a.txt', '.vscode/settings.json', 'b.txt'].map((name) => ({ kind: 'write', uri: place.uri(name).toString(), text: 'new\n' })) });
  assert.equal(outcome.state, 'pending', JSON.stringify(outcome));
  return outcome.state === 'pending' ? outcome.editId : '';
}

const texts = (place: Place): readonly string[] => ['a.txt', '.vscode/settings.json', 'b.txt'].map((name) => place.read(name).toString().trim());

export const suite: HostSuite = {
  name: 'Edits in the host, decisions',
  timeoutMs: 60_000,
  tests: {
    'a protected file that is left unchanged stays to be decided, the others are written': (context) => inReview(context, async (place, actions, { questions, answers }) => {
      const editId = await review(place, actions);
      answers.push(translate('Leave unchanged'));
      assert.equal(await actions.accept(editId), true);
      assert.deepEqual(texts(place), ['new', 'old', 'new']);
      assert.match(questions.join(), /protected file .*settings\.json/);
      assert.deepEqual([actions.summary(editId)?.state, actions.changes(editId).map(({ uri }) => uri.endsWith('settings.json'))], ['pending', [true]]);
      answers.push(translate('Apply'));
      assert.equal(await actions.accept(editId), true);
      assert.deepEqual([texts(place), actions.summary(editId)?.state], [['new', 'new', 'new'], 'accepted']);
      assert.equal(await actions.undo(editId), true);
      assert.deepEqual(texts(place), ['old', 'old', 'old']);
    }),

    'closing the question writes nothing, and asks nothing more': (context) => inReview(context, async (place, actions, { questions }) => {
      const editId = await review(place, actions);
      assert.equal(await actions.accept(editId), false);
      assert.deepEqual([texts(place), actions.changes(editId).length, questions.length], [['old', 'old', 'old'], 3, 1]);
    }),

    'a refusal is said once': (context) => inReview(context, async (place, actions, { questions }) => {
      const lines = `${Array.from({ length: 20 }, (_, index) => `line ${index}`).join('\n')}\n`;
      place.write('a.txt', lines);
      const code = createCodeActions({ translate, reviewer: actions });
      await code.applyCode({ text: 'one line for all of them\n', path: vscode.workspace.asRelativePath(place.uri('a.txt'), false) });
      assert.deepEqual([questions.length, place.read('a.txt').toString()], [1, lines], questions.join(' | '));
      assert.match(questions.join(), /leaves lines out/);
    }),

    'a new file whose characters its encoding does not have is refused': (context) => inPlace(context, async (place) => {
      const make = async (name: string, text: string): Promise<readonly string[]> => {
        const outcome = await place.writer.apply(head, [createFileChange({ kind: 'create', uri: place.uri(name).toString(), path: name, original: '', proposed: text })]);
        return outcome.ok ? [] : outcome.problems.map(({ kind }) => kind);
      };
      const files = vscode.workspace.getConfiguration('files');
      await files.update('encoding', 'windows1252', vscode.ConfigurationTarget.Global);
      try {
        assert.deepEqual(await make('han.txt', 'café 漢\n'), ['encoding']);
        assert.deepEqual(await make('latin.txt', 'café\n'), []);
        assert.deepEqual(place.read('latin.txt'), Buffer.from('café\n', 'latin1'));
        await files.update('autoGuessEncoding', true, vscode.ConfigurationTarget.Global);
        assert.deepEqual(await make('guess.txt', 'é\n'), []);
      } finally {
        await files.update('encoding', undefined, vscode.ConfigurationTarget.Global);
        await files.update('autoGuessEncoding', undefined, vscode.ConfigurationTarget.Global);
      }
    }),
  },
};
