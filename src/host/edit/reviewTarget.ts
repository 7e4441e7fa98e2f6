/** What a command of a review is about: an edit and its file, in the tree, a lens or a hover. */
export interface ReviewTarget {
  readonly editId: string;
  readonly fileUri: string;
  /** Line of the proposed text. */
  readonly line?: number;
}

/** Commands may be called by anyone with anything. */
export function readReviewTarget(value: unknown): ReviewTarget | undefined {
  if (typeof value !== 'object' || value === null || !('editId' in value) || !('fileUri' in value)) return undefined;
  const { editId, fileUri } = value;
  if (typeof editId !== 'string' || typeof fileUri !== 'string') return undefined;
  const line = 'line' in value && typeof value.line === 'number' ? value.line : undefined;
  return { editId, fileUri, ...(line === undefined ? {} : { line }) };
}
