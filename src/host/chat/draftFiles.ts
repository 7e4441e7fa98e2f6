// Drafts: one small file for each conversation, replaced as a whole so that a kill leaves the old one or the new one.
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { Draft } from '../../core/chat/chatStore.ts';
import type { Clock } from '../../core/clock.ts';
import { isSafeId } from './sessionStore.ts';

export interface DraftFiles {
  read(id: string): Promise<Draft | undefined>;
  save(id: string, draft: Draft): void;
  flush(): Promise<void>;
}

const chip = z.object({
  id: z.string().max(400), kind: z.enum(['file', 'folder', 'symbol', 'selection', 'changes', 'staged', 'problems', 'terminal', 'open-editors', 'codebase', 'image', 'instructions']),
  label: z.string(), detail: z.string().optional(), tokens: z.number().optional(), warning: z.string().optional(),
});
const draftFile = z.object({
  text: z.string(), scrollTop: z.number().optional(),
  attachments: z.array(z.object({
    reference: z.string().optional(),
    image: z.object({ id: z.string(), mediaType: z.string(), data: z.string() }).optional(),
    sent: z.object({ chip, context: z.object({ chipId: z.string(), name: z.string(), text: z.string(), mediaType: z.string().optional() }) }).optional(),
  })),
});

const saveDelayMs = 300;

export function createDraftFiles(folder: string, clock: Clock): DraftFiles {
  const drafts = join(folder, 'drafts');
  const waiting = new Map<string, Draft>();
  let cancel: (() => void) | undefined;
  let work: Promise<void> = Promise.resolve();

  const writeAll = async (): Promise<void> => {
    const batch = [...waiting];
    waiting.clear();
    await mkdir(drafts, { recursive: true, mode: 0o700 });
    for (const [id, draft] of batch) await writeOne(join(drafts, `${id}.json`), draft);
  };
  const flush = (): Promise<void> => {
    cancel?.();
    cancel = undefined;
    // A draft that cannot be written is still in memory and in the view.
    work = work.then(writeAll).catch(() => undefined);
    return work;
  };

  return {
    read: async (id) => {
      if (!isSafeId(id)) return undefined;
      try {
        return draftFile.parse(JSON.parse(await readFile(join(drafts, `${id}.json`), 'utf8')));
      } catch {
        return undefined;
      }
    },
    save: (id, draft) => {
      waiting.set(id, draft);
      cancel ??= clock.after(saveDelayMs, () => void flush());
    },
    flush,
  };
}

async function writeOne(path: string, draft: Draft): Promise<void> {
  if (draft.text === '' && draft.attachments.length === 0 && (draft.scrollTop ?? 0) === 0) return await rm(path, { force: true });
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, JSON.stringify(draft), { mode: 0o600 });
  await rename(temporary, path);
}
