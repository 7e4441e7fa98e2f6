// The journal of original bytes: what each file was before we wrote it and what we made of it, kept outside the workspace. Undo and the
// recovery after a crash follow from it alone.
import * as z from 'zod';

const blob = z.object({
  /** File name inside the entry's folder. */
  name: z.string().regex(/^\d+\.(?:before|after)$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().nonnegative(),
});

const file = z.object({
  uri: z.string().max(4000),
  /** Where a renamed file went. */
  newUri: z.string().max(4000).optional(),
  /** Absent: there was no file. */
  before: blob.optional(),
  /** Absent: there is no file afterwards. */
  after: blob.optional(),
  mode: z.number().int().optional(),
  /** Kept in the editor, not on the disk: the blobs hold the editor's text as UTF-8. */
  unsaved: z.boolean().default(false),
});

const entry = z.object({
  version: z.literal(1),
  id: z.string().regex(/^[\w-]{1,100}$/),
  editId: z.string().max(200),
  title: z.string().max(500),
  createdAt: z.number(),
  /** `prepared`: written before the first byte of a file; a crash leaves it. */
  state: z.enum(['prepared', 'applied', 'undone']),
  /** The process that writes: while it lives, a prepared entry is work in progress and no crash. */
  owner: z.number().int().nonnegative(),
  files: z.array(file).max(10_000),
});

export type JournalBlob = z.infer<typeof blob>;
export type JournalFile = z.infer<typeof file>;
export type JournalEntry = z.infer<typeof entry>;

/** Undefined for anything that is not an entry of a version that we know: the caller sets it aside and never deletes it. */
export function parseJournalEntry(text: string): JournalEntry | undefined {
  try {
    const result = entry.safeParse(JSON.parse(text));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}

export function formatJournalEntry(value: JournalEntry): string {
  return `${JSON.stringify(value, undefined, 1)}\n`;
}

/** What stands on the disk, next to what the journal says. */
export type PresentState = 'before' | 'after' | 'torn' | 'foreign';

export interface PresentFile {
  /** Undefined: there is no file. */
  readonly sha256: string | undefined;
  /** The bytes are the first part of what was to be written, or nothing. */
  readonly isStartOfAfter: boolean;
}

/** `torn`: a write that was ended half-way, by us; everything else that is neither is somebody else's. */
export function presentState({ before, after }: Pick<JournalFile, 'before' | 'after'>, present: PresentFile): PresentState {
  if (present.sha256 === after?.sha256) return 'after';
  if (present.sha256 === before?.sha256) return 'before';
  return present.sha256 !== undefined && after !== undefined && present.isStartOfAfter ? 'torn' : 'foreign';
}

/** Entries to delete: only the oldest, beyond a number, an age or a size. Prepared ones stay: they await recovery. */
export function expiredEntries(entries: readonly JournalEntry[], now: number): readonly JournalEntry[] {
  const newestFirst = entries.filter((each) => each.state !== 'prepared').toSorted((one, other) => other.createdAt - one.createdAt);
  let bytes = 0;
  return newestFirst.filter((each, index) => {
    bytes += each.files.reduce((sum, { before, after }) => sum + (before?.bytes ?? 0) + (after?.bytes ?? 0), 0);
    return index >= keptEntries || bytes > keptBytes || now - each.createdAt > keptMs;
  });
}

const keptEntries = 100;
const keptBytes = 200_000_000;
const keptMs = 30 * 24 * 3_600_000;
