// What the readers of the formats have in common: they take an answer line by line and hand over edits and problems.
import type { OpenEdit, ParsedEdit } from './parsedEdit.ts';
import type { EditProblem } from './proposal.ts';

/** `done`: the line was the last of the section. `not-mine`: the section ended before this line, which is to be read anew. */
export type Taken = 'more' | 'done' | 'not-mine';

export interface SectionReader {
  take(line: string, answerLine: number): Taken;
  /** The answer ended inside the section. */
  end(): void;
  open(): OpenEdit | undefined;
}

export interface ParserSink {
  edit(edit: ParsedEdit): void;
  problem(problem: EditProblem): void;
}
