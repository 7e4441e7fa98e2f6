// What the block driver tells whoever draws.
import type { Token } from './parser.ts';

export interface BlockSink {
  /** Final tokens. `continues`: their first block is more items or rows of the container committed last. */
  commit(tokens: readonly Token[], continues: boolean): void;
  /** What stands below the final blocks for now; the next commit or show replaces it. */
  show(tokens: readonly Token[], continues: boolean): void;
  openFence(info: string): void;
  appendCode(text: string): void;
  closeFence(): void;
  /** Text of a line too long to be parsed. */
  appendPlain(text: string): void;
  endPlain(): void;
}
