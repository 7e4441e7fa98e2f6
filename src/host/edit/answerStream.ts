// Behind one streaming answer: reads its edits, shows them growing in a diff, and at the end holds them against the files. Nothing is written.
import * as vscode from 'vscode';
import { carryOver } from '../../core/edit/changeEditing.ts';
import { createEditParser, type ParsedAnswer } from '../../core/edit/editParser.ts';
import type { EditProblem, FileChange } from '../../core/edit/proposal.ts';
import { buildRepairPrompt, canRepair, type PresentFile } from '../../core/edit/repairPrompt.ts';
import { restoreSecrets } from '../../core/edit/parsedEdit.ts';
import { resolveAnswer } from '../../core/edit/resolveAnswer.ts';
import { createToolCallEdits } from '../../core/edit/toolCallEdit.ts';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import type { TaskPart } from '../../core/models/taskRunner.ts';
import { createAnswerFiles, loadPresent } from './answerFiles.ts';
import type { EditScope } from './editReviewer.ts';
import { createGrowingFiles, type GrowingView } from './growingFile.ts';
import { startDiffThrottle } from './throttle.ts';
import { pathOfUri } from './workspacePaths.ts';

export interface AnswerStreamOptions {
  readonly editId: string;
  readonly scope: EditScope;
  /** Where the edits are seen while they come in; undefined: nowhere. */
  readonly view: GrowingView | undefined;
  /** The text of a file without this edit, where its buffer shows the edit already. Undefined: the editor's text. */
  readonly presentText?: (uri: string) => string | undefined;
  readonly clock: Clock;
  readonly log: Logger;
  /** Puts back the secrets that were masked in a file's text when it was sent. */
  readonly restore: (text: string, fileUri: string) => string;
  /** Masks the secrets of a file's text before it is sent again. */
  readonly redact: (text: string, fileUri: string) => { readonly text: string };
}

export type AnswerResult =
  | { readonly state: 'changes'; readonly changes: readonly FileChange[] }
  | { readonly state: 'refused'; readonly problems: readonly EditProblem[]; readonly repairPrompt: string }
  | { readonly state: 'no-edits' };

export interface AnswerStream {
  push(text: string): void;
  pushPart(part: TaskPart): void;
  /** `isComplete` false: the answer was cut, filtered or stopped at its limit. */
  finish(isComplete: boolean): Promise<AnswerResult>;
  cancel(): void;
}

/** The diff is drawn anew at most this often while it grows: the editor needs 10 to 20 ms for each on a file of 5,000 lines. */
const redrawMs = 100;

export function createAnswerStream(options: AnswerStreamOptions): AnswerStream {
  const { scope, clock, log } = options;
  const files = createAnswerFiles(scope);
  const parser = createEditParser({ isKnownPath: files.isKnown });
  const tools = createToolCallEdits();
  const growing = options.view === undefined ? undefined : createGrowingFiles({ view: options.view, at: files.at, restore: options.restore });
  const throttle = startDiffThrottle(clock, redrawMs, async () => {
    await files.load(parser.edits, parser.open());
    await growing?.draw(parser.edits, parser.open());
  }, (error) => log.warn(`edit ${options.editId}: the growing diff could not be drawn (${error instanceof Error ? error.name : 'unknown'})`));

  const stream: AnswerStream = {
    push(text) {
      parser.push(text);
      if (growing !== undefined && (parser.edits.length > 0 || parser.open() !== undefined)) throttle.request();
    },
    pushPart(part) {
      if (part.type === 'text-delta') stream.push(part.text);
      else if (part.type === 'tool-call-start') tools.start(part.index, part.name);
      else if (part.type === 'tool-call-delta') tools.delta(part.index, part.json);
    },
    async finish(isComplete) {
      await throttle.stop();
      const read = parser.finish();
      const called = tools.finish();
      const answer: ParsedAnswer = { edits: [...read.edits, ...called.edits], problems: [...read.problems, ...called.problems] };
      if (!isComplete) return answer.edits.length + answer.problems.length === 0 ? { state: 'no-edits' } : { state: 'refused', problems: [{ kind: 'cut' }], repairPrompt: '' };
      await files.load(answer.edits);
      const edits = answer.edits.map((edit) => {
        const found = files.at(edit.path);
        return found.ok ? restoreSecrets(edit, (text) => options.restore(text, found.file.uri)) : edit;
      });
      const resolved = resolveAnswer({ ...answer, edits }, { fileAt: files.at, takesLooseCode: scope.files.length === 1 });
      if (resolved.state === 'no-edits') return resolved;
      if (resolved.state === 'refused') return refused(resolved.problems, options);
      return carryToPresent(resolved.changes, options);
    },
    cancel: () => void throttle.stop(),
  };
  return stream;
}

/** What was typed while the answer came is kept: the changes are carried over it, or all are refused. */
async function carryToPresent(changes: readonly FileChange[], options: AnswerStreamOptions): Promise<AnswerResult> {
  const carried: FileChange[] = [];
  const problems: EditProblem[] = [];
  for (const change of changes) {
    const present = await loadPresent(vscode.Uri.parse(change.uri, true), change.path);
    const text = options.presentText?.(change.uri) ?? (present.ok ? present.file.text : undefined);
    const next = change.kind === 'create' ? (text === undefined ? change : undefined) : text === undefined ? undefined : carryOver(change, text);
    if (next === undefined) problems.push({ kind: text === undefined && change.kind !== 'create' ? 'missing-file' : 'changed', path: change.path });
    else carried.push(next);
  }
  return problems.length > 0 ? refused(problems, options) : { state: 'changes', changes: carried };
}

/** The repair round shows the model the present text of the files that it was shown before, no others. */
async function refused(problems: readonly EditProblem[], { scope, redact, presentText }: AnswerStreamOptions): Promise<AnswerResult> {
  if (!canRepair(problems)) return { state: 'refused', problems, repairPrompt: '' };
  const files: PresentFile[] = [];
  for (const file of scope.files) {
    const uri = vscode.Uri.parse(file.uri, true);
    const document = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    const text = presentText?.(uri.toString()) ?? document?.getText() ?? file.text;
    const path = pathOfUri(uri);
    if (text !== undefined && problems.some((problem) => problem.path === undefined || problem.path === path)) files.push({ path, text: redact(text, uri.toString()).text });
  }
  return { state: 'refused', problems, repairPrompt: buildRepairPrompt(problems, files, (text) => redact(text, 'repair').text) };
}
