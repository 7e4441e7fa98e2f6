// Images of drafts stand beside them, each in a file of its own that is written once: a draft is written at each pause in typing.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SavedImage } from '../../core/chat/attachments.ts';
import { isSafeId } from './sessionStore.ts';

export interface DraftImages {
  write(images: readonly SavedImage[]): Promise<void>;
  /** Deletes those that the draft of a conversation had and has no more. */
  replace(conversation: string, images: readonly SavedImage[]): Promise<void>;
  /** With its data; undefined when that is gone. */
  complete(image: Omit<SavedImage, 'data'> & { readonly data?: string | undefined }): Promise<SavedImage | undefined>;
}

export function createDraftImages(folder: string): DraftImages {
  const written = new Map<string, readonly string[]>();
  const done = new Set<string>();
  return {
    write: async (images) => {
      for (const { id, data } of images) {
        if (done.has(id) || !isSafeId(id)) continue;
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(join(folder, id), data, { mode: 0o600 });
        done.add(id);
      }
    },
    replace: async (conversation, images) => {
      const ids = images.map(({ id }) => id);
      for (const id of written.get(conversation) ?? []) if (!ids.includes(id)) await rm(join(folder, id), { force: true });
      written.set(conversation, ids);
    },
    complete: async (image) => {
      if (image.data !== undefined) return { ...image, data: image.data };
      if (!isSafeId(image.id)) return undefined;
      const data = await readFile(join(folder, image.id), 'utf8').catch(() => undefined);
      if (data === undefined) return undefined;
      done.add(image.id);
      return { ...image, data };
    },
  };
}
