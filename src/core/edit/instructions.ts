// How a model is told to write edits: part of the system prompt of every task that changes files. One format is asked for; the parser
// understands others too.

export interface InstructionOptions {
  /** Whether files may be created, renamed and deleted. */
  readonly allowsOtherFiles: boolean;
  /**
   * In a transcript the blocks are read as well as applied: a fence keeps their lines together, and Markdown from reading "=======" as a
   * heading. The path stands on the fence then.
   */
  readonly inFences?: boolean;
}

export function editFormatInstructions({ allowsOtherFiles, inFences = false }: InstructionOptions): string {
  return [...base, ...(allowsOtherFiles ? otherFiles : [onlyGiven]), ...rules, inFences ? fenced : unfenced].join('\n');
}

const base = [
  '# How to write changes',
  'Write every change as a block. On the line before a block stands the path of the file, as it was given to you.',
  '',
  'src/example.ts',
  '<<<<<<< SEARCH',
  'lines of the file as they are now',
  '=======',
  'lines that take their place',
  '>>>>>>> REPLACE',
  '',
];

const otherFiles = [
  'A new file is a block whose SEARCH part is empty. To delete or rename a file:',
  '',
  'src/old.ts',
  '<<<<<<< DELETE',
  '>>>>>>> DELETE',
  '',
  'src/old.ts',
  '<<<<<<< RENAME',
  'src/new.ts',
  '>>>>>>> RENAME',
  '',
];

const onlyGiven = 'Change only the files that were given to you.';

const rules = [
  'Rules:',
  '- The SEARCH part is copied from the file letter for letter: whole lines, with their indentation, comments and blank lines.',
  '- It must stand in the file at exactly one place. Quote as many neighbouring lines as make it unique, and no more.',
  '- Keep blocks small: one block for each place that changes, in the order of the file. Never repeat a whole file to change a part of it.',
  '- All blocks refer to the file as it was given, not to the result of earlier blocks.',
  '- Write every line out. Never abbreviate with "..." or a comment such as "existing code" or "rest unchanged".',
  '- If the text itself has a line of seven equal signs, use eight or more signs in all three marker lines of that block.',
];

const unfenced = '- Do not wrap blocks in code fences. Say in one or two sentences before the blocks what you change; nothing after them.';
const fenced = '- Put the blocks of one file together into one fenced code block that has the language and the path on its first line, as in ```ts src/example.ts, and leave the line with the path inside out. Use a longer fence where the text has fences itself.';
