// Why an edit was refused, and what to know before accepting one, in words for people.
import type { Translate } from '../translate.ts';
import type { ChangeWarning, EditProblem, FileChange, MatchRung, ProtectionReason } from './proposal.ts';

export function describeProblem(problem: EditProblem, translate: Translate): string {
  const sentence = reason(problem, translate);
  const place = problem.nearest === undefined ? '' : ` ${translate('The closest place is line {start} to {end}.', { start: problem.nearest.startLine + 1, end: problem.nearest.endLine })}`;
  return problem.path === undefined ? sentence + place : `${problem.path}: ${sentence}${place}`;
}

function reason({ kind, places = [], answerLine, detail }: EditProblem, translate: Translate): string {
  const line = (answerLine ?? 0) + 1;
  switch (kind) {
    case 'parse':
      return translate('The edit at line {line} of the answer cannot be read.', { line });
    case 'unclear-end':
      return translate('It is not clear where the edit at line {line} of the answer ends: its end mark is missing, or its text has such marks too. Ask again for the changed lines only.', { line });
    case 'cut':
      return translate('The answer was cut, so nothing was applied.');
    case 'no-path':
      return detail === undefined ? translate('The edit at line {line} of the answer names no file.', { line }) : translate('It is not clear in which of the open folders this file is.');
    case 'bad-path':
      return translate('This path leads out of the workspace or is not a file name, so it was refused.');
    case 'outside-scope':
      return translate('The answer changes a file that was not part of the request.');
    case 'missing-file':
      return translate('There is no such file.');
    case 'exists':
      return translate('The file exists already.');
    case 'same-name':
      return translate('The answer gives two files the same name. Ask again with another name for one of them.');
    case 'no-match':
      return translate('The text to replace is not in the file.');
    case 'ambiguous':
      return places.length > 0
        ? translate('The text to replace stands at several places: lines {lines}.', { lines: places.map((each) => each + 1).join(', ') })
        : translate('The text to replace stands at several places.');
    case 'overlap':
      return translate('Two edits change the same lines.');
    case 'placeholder':
      return translate('The answer leaves lines out, and it is not certain which.');
    case 'empty-search':
      return translate('The edit does not say which lines to replace.');
    case 'too-large':
      return translate('The file is too large to edit safely.');
    case 'binary':
      return translate('This is not a text file.');
    case 'encoding':
      return translate('The new text cannot be written in the encoding of the file.');
    case 'read-only':
      return translate('The file is read-only.');
    case 'changed':
      return translate('The same lines were changed in the meantime.');
    case 'relinked':
      return translate('A link on the way to this file leads elsewhere by now.');
    case 'unsupported':
      return detail === undefined ? translate('Files of this kind cannot be edited here.') : translate('Files of this kind cannot be edited here ({scheme}).', { scheme: detail });
  }
}

export function describeWarning(warning: ChangeWarning, translate: Translate): string {
  switch (warning.kind) {
    case 'rung':
      return translate('Line {line} was found {how}.', { line: warning.line + 1, how: describeRung(warning.rung, translate) });
    case 'drops-most':
      return translate('Drops most of the file: {dropped} of {all} lines.', { dropped: warning.droppedLines, all: warning.droppedLines + warning.keptLines });
    case 'placeholder-filled':
      return translate('Lines that the answer left out were taken from the file: {count}.', { count: warning.filledLines });
    case 'invisible':
      return translate('Invisible characters at line {line} and on: {count}.', { line: warning.line + 1, count: warning.count });
    case 'rebased':
      return translate('Carried over what was typed since.');
  }
}

function describeRung(rung: MatchRung, translate: Translate): string {
  switch (rung) {
    case 'exact':
      return translate('exactly');
    case 'line-ends':
      return translate('with other line ends');
    case 'trailing-space':
      return translate('with other spaces at line ends');
    case 'indentation':
      return translate('with another indentation');
    case 'blank-lines':
      return translate('with other blank lines, quotes or dashes');
  }
}

export function describeProtection(reason: ProtectionReason, translate: Translate): string {
  switch (reason) {
    case 'editor-settings':
      return translate('Settings of the editor can run programs.');
    case 'git':
      return translate('Files of git can run programs.');
    case 'hooks':
      return translate('Hooks run on this machine at each commit.');
    case 'dev-container':
      return translate('Container settings run commands when the folder is opened.');
    case 'pipeline':
      return translate('Pipelines run with the secrets of the repository.');
    case 'scripts':
      return translate('The scripts of this package run on this machine.');
    case 'package-source':
      return translate('This file decides where packages come from.');
    case 'shell':
      return translate('Shells run this file when they start.');
    case 'agent-rules':
      return translate('This file steers what assistants do.');
    case 'own-settings':
      return translate('This file decides what RunAPI may read.');
    case 'remote-schema':
      return translate('The change makes the editor load a schema from another address.');
    case 'notebook-output':
      return translate('The change adds output that the notebook runs when it is shown.');
  }
}

/** "src/a.ts +3 −1". */
export function describeCounts({ path, newPath, counts }: FileChange): string {
  return `${newPath === undefined ? path : `${path} → ${newPath}`} +${counts.added} −${counts.removed}`;
}
