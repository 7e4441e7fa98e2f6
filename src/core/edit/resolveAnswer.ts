// Holds the edits of an answer against the files: all of them apply, or none does. Knows no disk: the caller has loaded the files.
import { createFileChange } from './fileChange.ts';
import { dropsWhatFollows } from './fenceEnd.ts';
import { createFileDraft, type DraftResult, type FileDraft } from './fileDraft.ts';
import { applyHunks } from './hunks.ts';
import { diffLines } from './lineDiff.ts';
import { joinLines, toText } from './lineText.ts';
import type { ParsedEdit, RenameEdit, ReplaceEdit, ReplaceTextEdit, WriteEdit } from './parsedEdit.ts';
import type { ParsedAnswer } from './editParser.ts';
import { fillPlaceholders, placeholderTest } from './placeholders.ts';
import type { ChangeWarning, EditProblem, EditProblemKind, FileChange } from './proposal.ts';
import { withGapsFilled, type FilledEdit } from './quotedGaps.ts';
import { resolveSnippet } from './snippet.ts';
import { toWholeLines } from './wholeLines.ts';

/** A file that an edit names: `text` is undefined when there is none yet. */
export interface AnswerFile {
  readonly uri: string;
  readonly path: string;
  readonly text: string | undefined;
  /** Where links on the way lead, relative to the workspace, if they lead elsewhere. */
  readonly realPath?: string;
}

export type FileLookup = { readonly ok: true; readonly file: AnswerFile } | { readonly ok: false; readonly kind: EditProblemKind; readonly detail?: string };

export interface ResolveOptions {
  /** The file that a path means; without a path, the only file that was asked about. */
  readonly fileAt: (path: string | undefined) => FileLookup;
  /** Whether loose code (no path) may mean the only file. */
  readonly takesLooseCode: boolean;
}

export type Resolved =
  | { readonly state: 'changes'; readonly changes: readonly FileChange[] }
  | { readonly state: 'refused'; readonly problems: readonly EditProblem[] }
  | { readonly state: 'no-edits' };

/** Nothing applies after the first problem: the others are looked for to be told at once, within bounds. */
const mostProblems = 50;

export function resolveAnswer(answer: ParsedAnswer, options: ResolveOptions): Resolved {
  const edits = withoutIllustrations(answer.edits, options.takesLooseCode);
  const problems: EditProblem[] = [...answer.problems];
  const files = new Map<string, FileState>();
  for (const edit of edits) {
    if (problems.length >= mostProblems) break;
    if (edit.kind === 'write' && edit.about !== undefined && !isOnlyFile(edit.about, options)) continue;
    const found = options.fileAt(edit.path);
    if (!found.ok) {
      problems.push({ kind: found.kind, answerLine: edit.answerLine, ...(edit.path === undefined ? {} : { path: edit.path }), ...(found.detail === undefined ? {} : { detail: found.detail }) });
      continue;
    }
    const state = stateOf(files, found.file);
    const problem = applyEdit(state, edit, options);
    if (problem !== undefined) problems.push({ path: found.file.path, answerLine: edit.answerLine, ...problem });
  }
  problems.push(...sameNames([...files.values()]));
  if (problems.length > 0) return { state: 'refused', problems };
  const changes = [...files.values()].flatMap(toChange);
  return changes.length > 0 ? { state: 'changes', changes } : { state: 'no-edits' };
}

interface FileState {
  readonly file: AnswerFile;
  draft: FileDraft;
  exists: boolean;
  isWhole: boolean;
  renamedTo?: AnswerFile;
  readonly warnings: ChangeWarning[];
}

type Problem = Pick<EditProblem, 'kind' | 'nearest' | 'places' | 'soughtLine' | 'detail'>;

/**
 * Code shown beside edits is an illustration: loose code counts only when the answer has nothing else, a whole file only when no edit
 * quotes it.
 */
function withoutIllustrations(edits: readonly ParsedEdit[], takesLooseCode: boolean): readonly ParsedEdit[] {
  const isLoose = (edit: ParsedEdit): boolean => edit.kind === 'write' && edit.isLoose === true;
  const meant = edits.filter((edit) => !isLoose(edit));
  if (meant.length === 0) return takesLooseCode && edits.length === 1 ? edits : [];
  const quoted = new Set(meant.filter((edit) => edit.kind === 'replace' || edit.kind === 'replace-text').map((edit) => edit.path));
  return meant.filter((edit) => edit.kind !== 'write' || edit.mustBeNew === true || !quoted.has(edit.path));
}

function isOnlyFile(path: string, { fileAt }: ResolveOptions): boolean {
  const [named, only] = [fileAt(path), fileAt(undefined)];
  return named.ok && only.ok && named.file.uri === only.file.uri;
}

function stateOf(files: Map<string, FileState>, file: AnswerFile): FileState {
  const renamed = [...files.values()].find((state) => state.renamedTo?.uri === file.uri);
  const known = renamed ?? files.get(file.uri);
  if (known !== undefined) return known;
  const state: FileState = { file, draft: createFileDraft(file.text ?? ''), exists: file.text !== undefined, isWhole: false, warnings: [] };
  files.set(file.uri, state);
  return state;
}

function applyEdit(state: FileState, edit: ParsedEdit, options: ResolveOptions): Problem | undefined {
  if (!state.exists && edit.kind !== 'write' && !(edit.kind === 'replace' && isBlank(edit.oldLines))) return { kind: 'missing-file' };
  switch (edit.kind) {
    case 'replace':
      return replace(state, edit);
    case 'replace-text':
      return replaceText(state, edit);
    case 'insert':
      if (edit.newLines.some(placeholderTest(state.file.path, state.draft.lines().lines))) return { kind: 'placeholder' };
      return told(state, state.draft.insert(edit.afterLines, edit.newLines));
    case 'write':
      return write(state, edit);
    case 'delete':
      state.exists = false;
      state.draft = createFileDraft('');
      return undefined;
    case 'rename':
      return rename(state, edit, options);
  }
}

function replace(state: FileState, edit: ReplaceEdit): Problem | undefined {
  if (isBlank(edit.oldLines) && (!state.exists || isBlank(state.draft.lines().lines))) return create(state, edit.newLines);
  const readings = [edit, ...(edit.otherReadings ?? [])];
  // The longest quotation that stands in the file is the one that was meant: a separator line in it cannot be there by chance.
  const fitting = readings.length === 1 ? edit : (readings.toSorted((one, other) => other.oldLines.length - one.oldLines.length).find(({ oldLines }) => !isBlank(oldLines) && state.draft.locate(oldLines) !== undefined) ?? edit);
  const { line, anchors, atEnd } = edit;
  const filled = gapsFilled(state, fitting);
  if (filled === undefined) return { kind: 'placeholder' };
  const result = state.draft.replace({ oldLines: filled.oldLines, newLines: filled.newLines, ...(line === undefined ? {} : { line }), ...(anchors === undefined ? {} : { anchors }), ...(atEnd === undefined ? {} : { atEnd }) });
  if (result.ok && filled.filledLines > 0) state.warnings.push({ kind: 'placeholder-filled', line: result.line, filledLines: filled.filledLines });
  return told(state, result);
}

/** The lines of the draft are put together only for an edit that leaves lines out. */
function gapsFilled({ file, draft }: FileState, { oldLines, newLines }: Pick<ReplaceEdit, 'oldLines' | 'newLines'>): FilledEdit | undefined {
  const mayStandForOthers = placeholderTest(file.path, []);
  if (!oldLines.some(mayStandForOthers) && !newLines.some(mayStandForOthers)) return { oldLines, newLines, filledLines: 0 };
  const { lines } = draft.lines();
  return withGapsFilled({ oldLines, newLines, lines, isPlaceholder: placeholderTest(file.path, lines) });
}

function replaceText(state: FileState, { oldText, newText }: ReplaceTextEdit): Problem | undefined {
  const whole = toWholeLines(state.draft.text(), oldText, newText);
  const filled = gapsFilled(state, whole);
  if (filled === undefined) return { kind: 'placeholder' };
  if (filled.newLines === whole.newLines) return told(state, state.draft.replaceText(oldText, newText));
  const result = state.draft.replace({ oldLines: filled.oldLines, newLines: filled.newLines });
  if (result.ok && filled.filledLines > 0) state.warnings.push({ kind: 'placeholder-filled', line: result.line, filledLines: filled.filledLines });
  return told(state, result);
}

function create(state: FileState, newLines: readonly string[]): Problem | undefined {
  const isPlaceholder = placeholderTest(state.file.path, []);
  if (newLines.some(isPlaceholder)) return { kind: 'placeholder' };
  const lines = newLines.at(-1) === '' || newLines.length === 0 ? newLines : [...newLines, ''];
  state.draft = createFileDraft(toText(lines));
  state.exists = true;
  return undefined;
}

function write(state: FileState, edit: WriteEdit): Problem | undefined {
  const base = state.draft.lines();
  if (edit.mustBeNew === true && state.exists && !isBlank(base.lines)) return { kind: 'exists' };
  if (edit.isEndDoubtful === true) return endsTooEarly;
  const lines = edit.pathLine !== undefined && base.lines[0] === edit.pathLine ? [edit.pathLine, ...edit.lines] : edit.lines;
  if (!state.exists || isBlank(base.lines)) return create(state, lines);
  const isPlaceholder = placeholderTest(state.file.path, base.lines);
  const filled = lines.some(isPlaceholder) ? fillPlaceholders(lines, base.lines, isPlaceholder) : { lines, filledLines: 0 };
  if (filled === undefined) return { kind: 'placeholder' };
  const snippet = filled.filledLines > 0 ? undefined : resolveSnippet(base.lines, filled.lines);
  const whole = snippet ?? filled.lines;
  const withFinalEnd = base.lines.at(-1) === '' ? whole : whole.slice(0, whole.at(-1) === '' ? -1 : undefined);
  if (dropsWhatFollows(base.lines, whole, edit.linesAfter ?? [])) return endsTooEarly;
  // As a change of lines: a line that stays keeps its line end in a file of mixed ones.
  state.draft = createFileDraft(joinLines(applyHunks(base, diffLines(base.lines, withFinalEnd))));
  state.isWhole = snippet === undefined;
  if (filled.filledLines > 0) state.warnings.push({ kind: 'placeholder-filled', line: 0, filledLines: filled.filledLines });
  return undefined;
}

const endsTooEarly: Problem = {
  kind: 'unclear-end',
  detail: 'the code block may end too early, at a fence line inside of the file. Send the changes as blocks, or use a fence around the file that is longer than every fence in it.',
};

function rename(state: FileState, edit: RenameEdit, options: ResolveOptions): Problem | undefined {
  const target = options.fileAt(edit.newPath);
  if (!target.ok) return { kind: target.kind, detail: target.detail ?? edit.newPath };
  if (target.file.text !== undefined) return { kind: 'exists', detail: edit.newPath };
  state.renamedTo = target.file;
  return undefined;
}

/** Files that the answer renames or makes, where another ends up under the same name. Files that stay are seen at the rename itself. */
function sameNames(states: readonly FileState[]): readonly EditProblem[] {
  const taken = new Set<string>();
  return states.filter(({ exists }) => exists).flatMap(({ file, renamedTo }): readonly EditProblem[] => {
    const { uri, path } = renamedTo ?? file;
    if (taken.has(uri)) return [{ kind: 'same-name', path }];
    taken.add(uri);
    return [];
  });
}

function told(state: FileState, result: DraftResult): Problem | undefined {
  if (!result.ok) return result.problem;
  if (result.rung !== 'exact') state.warnings.push({ kind: 'rung', rung: result.rung, line: result.line });
  return undefined;
}

function toChange(state: FileState): readonly FileChange[] {
  const { file, draft, exists, isWhole, renamedTo, warnings } = state;
  const original = file.text ?? '';
  const proposed = exists ? draft.text() : '';
  const realPaths = [file.realPath, renamedTo?.realPath].filter((path) => path !== undefined);
  const where = { uri: file.uri, path: file.path, realPaths, original, proposed, warnings, isWhole };
  if (file.text === undefined) return exists ? [createFileChange({ kind: 'create', ...where })] : [];
  if (!exists) return [createFileChange({ kind: 'delete', ...where })];
  if (renamedTo !== undefined) return [createFileChange({ kind: 'rename', newUri: renamedTo.uri, newPath: renamedTo.path, ...where })];
  return proposed === original ? [] : [createFileChange({ kind: 'modify', ...where })];
}

function isBlank(lines: readonly string[]): boolean {
  return lines.every((line) => line.trim() === '');
}
