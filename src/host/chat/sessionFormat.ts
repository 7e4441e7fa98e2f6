/** What keeps a file from being shown. It is set aside, never deleted. */
export type UnreadableReason = 'empty' | 'corrupt' | 'newer-version';

export const sessionSuffix = '.jsonl';

/** No conversation that a person had reaches this; reading more would only fill the memory. */
export const longestFile = 512 * 1024 * 1024;

/** A file that another window has just created is empty for a moment. */
export function isFresh(modifiedMs: number, nowMs: number): boolean {
  return nowMs - modifiedMs < 60_000;
}
