// What a model is told when its edits could not be applied: which, why, what stands there, and the present text. Asked once.
import type { EditProblem } from './proposal.ts';

export interface PresentFile {
  readonly path: string;
  /** With its secrets masked, line for line. */
  readonly text: string;
}

/** Reasons that the model can cure. A cut answer, a read-only file or a refused path stay what they are. */
export function canRepair(problems: readonly EditProblem[]): boolean {
  return problems.length > 0 && problems.every(({ kind }) => curable.has(kind));
}

const curable: ReadonlySet<EditProblem['kind']> = new Set(['parse', 'unclear-end', 'no-path', 'missing-file', 'exists', 'same-name', 'no-match', 'ambiguous', 'overlap', 'placeholder', 'empty-search']);

/** `mask` takes secrets out of what is quoted of answer and files: there is no prompt without it. */
export function buildRepairPrompt(problems: readonly EditProblem[], files: readonly PresentFile[], mask: (text: string) => string): string {
  const prompt = [
    'Your changes could not be applied, so none of them was. The reasons:',
    '',
    ...problems.map((problem, index) => `${index + 1}. ${describe(problem, linesOf(problem, files))}`),
    '',
    ...files.flatMap(({ path, text }) => [`The present text of ${path}:`, '', fenceFor(text), text, fenceFor(text), '']),
    'Send all changes again, complete, in the same format. Copy each SEARCH part from the present text above.',
  ].join('\n');
  return mask(prompt);
}

/** A line of a key that spans lines is no secret by its looks: lines are quoted from the masked text. */
function linesOf({ path }: EditProblem, files: readonly PresentFile[]): readonly string[] {
  return files.find((file) => file.path === path)?.text.split(/\r\n|\r|\n/) ?? [];
}

function describe(problem: EditProblem, lines: readonly string[]): string {
  const place = [problem.path, problem.answerLine === undefined ? undefined : `line ${problem.answerLine + 1} of your answer`].filter((part) => part !== undefined).join(', ');
  return `${place === '' ? '' : `${place}: `}${reason(problem)}${nearest(problem, lines)}`;
}

function reason({ kind, soughtLine, places = [], detail }: EditProblem): string {
  const sought = soughtLine === undefined ? 'the SEARCH part' : `the SEARCH part that begins with \`${soughtLine.trim()}\``;
  switch (kind) {
    case 'no-match':
      return `${sought} does not stand in the file.`;
    case 'ambiguous':
      return `${sought} stands at ${places.length > 0 ? `lines ${places.map((line) => line + 1).join(', ')}` : 'several places'}. Quote more lines so that it fits one place.`;
    case 'overlap':
      return `${sought} overlaps a change of an earlier block. Join the two into one block.`;
    case 'placeholder':
      return 'a line stands for lines that were left out, and it is not certain which. Write them out.';
    case 'empty-search':
      return 'the SEARCH part is empty, but the file exists and has text.';
    case 'no-path':
      return detail === undefined ? 'no path stands before the block.' : 'several folders are open, and it is not clear whose file this is. Begin the path with the name of its folder.';
    case 'missing-file':
      return 'there is no such file.';
    case 'exists':
      return 'the file exists already.';
    case 'same-name':
      return 'two files of your answer end up under this name. Give one of them another.';
    default:
      return detail ?? 'the block cannot be read.';
  }
}

function nearest({ nearest: place }: EditProblem, lines: readonly string[]): string {
  if (place === undefined) return '';
  const shown = (line: number, found: string | undefined): string | undefined => (lines.length === 0 || found === undefined || lines.includes(found) ? found : lines[line]);
  const differences = place.differences.map(({ line, expected, found }) => `\n   line ${line + 1}: the file has ${quote(shown(line, found))}, you wrote ${quote(expected)}`);
  return ` The closest place is lines ${place.startLine + 1} to ${place.endLine}.${differences.join('')}`;
}

function quote(line: string | undefined): string {
  return line === undefined ? 'no such line' : `\`${line.slice(0, 200)}\``;
}

/** Longer than any run of backticks in the text. */
function fenceFor(text: string): string {
  const longest = [...text.matchAll(/`{3,}/g)].reduce((length, [run]) => Math.max(length, run.length), 2);
  return '`'.repeat(longest + 1);
}
