// Where the block driver stands in its text. One object that the steps of blocks, fences and long lines change.
import type { BlockSink } from './blockSink.ts';
import type { FenceOpening } from './fences.ts';
import type { MarkdownParser, ReferenceStore } from './parser.ts';

export interface DriverState {
  readonly parser: MarkdownParser;
  readonly sink: BlockSink;
  readonly references: ReferenceStore;
  /** Not taken by any step yet. */
  incoming: string;
  /** A return at the end of what was pushed: the first half of a line break, or a whole one. */
  heldReturn: string;
  /** The source of the blocks that are not final. */
  tail: string;
  mode: 'blocks' | 'fence' | 'plain';
  fence: FenceOpening | undefined;
  /** The fence's last line has begun and was given to the sink so far. */
  insideLine: boolean;
  continues: boolean;
  finished: boolean;
  shown: string | undefined;
  referencesAtFirstUse: number;
  stepLimit: number;
}

/** Characters of complete lines that one step parses: about 1 ms. Fewer where they make many nodes. */
export const stepCharacters = 4_096;

export function createDriverState(parser: MarkdownParser, sink: BlockSink, references: ReferenceStore): DriverState {
  return {
    parser, sink, references,
    incoming: '', heldReturn: '', tail: '', mode: 'blocks', fence: undefined, insideLine: false, continues: false, finished: false,
    shown: undefined, referencesAtFirstUse: Number.POSITIVE_INFINITY, stepLimit: stepCharacters,
  };
}
