// The journal of inline edits: what the buffer was before the first line of an answer came in, and which texts it has held since. Whatever
// ends the window, the next one can tell what stands in the restored buffer.
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../core/clock.ts';
import type { JournalEntry } from '../../../core/edit/journal.ts';
import { sha256, type JournalFiles } from '../journalFiles.ts';

export interface BufferTexts {
  readonly uri: string;
  readonly title: string;
  readonly before: string;
}

export interface BufferRecord {
  /** The buffer is about to hold this text. */
  shows(text: string): Promise<void>;
  end(): Promise<void>;
}

export interface BufferJournal {
  /** Kept on the disk when this resolves. */
  begin(texts: BufferTexts): Promise<BufferRecord>;
  /** What "undo the last edit" takes back. */
  accepted(texts: BufferTexts & { readonly after: string }): Promise<void>;
}

const mark = 'inline:';

export function isOfBuffer(entry: JournalEntry): boolean {
  return entry.editId.startsWith(mark);
}

export function createBufferJournal(journal: JournalFiles, clock: Clock): BufferJournal {
  const prepare = ({ uri, title, before }: BufferTexts, after: string): Promise<JournalEntry> => {
    const id = randomUUID();
    return journal.prepare({ id, editId: mark + id, title, createdAt: clock.date(), files: [{ uri, before: Buffer.from(before), after: Buffer.from(after), unsaved: true }] });
  };
  return {
    async begin(texts) {
      const entry = await prepare(texts, texts.before);
      return {
        shows: (text) => journal.note(entry, sha256(Buffer.from(text))),
        end: async () => void (await journal.settle(entry, 'undone')),
      };
    },
    async accepted({ after, ...texts }) {
      await journal.settle(await prepare(texts, after), 'applied');
    },
  };
}
