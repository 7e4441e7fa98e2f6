// A subject from what a diff shows: what was added, in which file.
import { parseGitDiff, type DiffFile } from '../../../src/core/context/gitDiff.ts';
import { findDeclarations, toWords } from './codeFacts.ts';

export function writeCommitMessage(diff: string, rules: string): string {
  const files = parseGitDiff(diff);
  const subject = subjectOf(files);
  const isConventional = /Conventional Commits/.test(rules);
  const type = files.every((file) => /test/.test(pathOf(file))) ? 'test' : files.every((file) => pathOf(file).endsWith('.md')) ? 'docs' : files.some((file) => file.status === 'added') ? 'feat' : 'fix';
  const worded = isConventional ? `${type}: ${subject.charAt(0).toLowerCase()}${subject.slice(1)}` : subject;
  return `${worded.slice(0, 72)}\n\nWritten by the local RunAPI, which is not a model: it read the names\nin the diff.`;
}

function subjectOf(files: readonly DiffFile[]): string {
  const [first] = files;
  if (first === undefined) return 'Change nothing';
  const names = files.map((file) => stem(pathOf(file)));
  const list = names.length <= 2 ? names.join(' and ') : `${names[0]} and ${names.length - 1} more files`;
  if (files.every((file) => file.status === 'added')) return `Add ${list}`;
  if (files.every((file) => file.status === 'deleted')) return `Remove ${list}`;
  if (files.every((file) => file.status === 'renamed')) return `Rename ${stem(first.oldPath ?? '')} to ${stem(first.newPath ?? '')}`;
  const added = files.flatMap((file) => addedNames(file));
  return added.length > 0 ? `Add ${toWords(added[0] ?? '')} to ${list}` : `Change ${list}`;
}

function addedNames(file: DiffFile): readonly string[] {
  const lines = file.hunks.flatMap((hunk) => hunk.lines);
  const declared = (type: 'added' | 'removed'): readonly string[] => findDeclarations(lines.filter((line) => line.type === type).map((line) => line.text.trim()).join('\n')).map(({ name }) => name);
  const before = declared('removed');
  return declared('added').filter((name) => !before.includes(name));
}

function pathOf(file: DiffFile): string {
  return file.newPath ?? file.oldPath ?? '';
}

function stem(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
}
