// Drafts: one small file for each conversation and window, replaced as a whole so that a kill leaves the old one or the new one. Two
// windows never write one file; what a window that is gone left behind goes to the next one that opens the conversation.
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { SavedImage } from '../../core/chat/attachments.ts';
import type { Draft, DraftReading } from '../../core/chat/chatStore.ts';
import { saysNothing } from '../../core/chat/deskDrafts.ts';
import type { Clock } from '../../core/clock.ts';
import { createDraftImages, type DraftImages } from './draftImages.ts';
import type { LiveMarks } from './liveMarks.ts';
import { isSafeId } from './sessionStore.ts';

export interface DraftFiles {
  read(id: string): Promise<DraftReading>;
  save(id: string, draft: Draft): void;
  flush(): Promise<void>;
  close(): Promise<void>;
}

const chip = z.object({
  id: z.string().max(400), kind: z.enum(['file', 'folder', 'symbol', 'selection', 'changes', 'staged', 'problems', 'terminal', 'open-editors', 'codebase', 'image', 'instructions']),
  label: z.string(), detail: z.string().optional(), tokens: z.number().optional(), thumbnail: z.string().optional(), warning: z.string().optional(),
});
const whole = z.object({ uri: z.string(), start: z.number(), end: z.number() });
const draftFile = z.object({
  text: z.string(), scrollTop: z.number().optional(),
  attachments: z.array(z.object({
    reference: z.string().optional(),
    /** Older versions kept the data here, too. */
    image: z.object({ id: z.string(), mediaType: z.string(), data: z.string().optional(), name: z.string().optional(), thumbnail: z.string().optional() }).optional(),
    sent: z.object({ chip, context: z.object({ chipId: z.string(), name: z.string(), text: z.string(), mediaType: z.string().optional(), uris: z.array(z.string()).optional(), wholes: z.array(whole).optional() }) }).optional(),
  })),
});

const saveDelayMs = 300;

interface DraftState {
  readonly folder: string;
  readonly clock: Clock;
  readonly marks: LiveMarks;
  readonly images: DraftImages;
  /** The name that this window had before it was loaded anew. */
  readonly lastWindow: string | undefined;
  readonly waiting: Map<string, Draft>;
  /** Conversations of which this window keeps a draft on disk: while there is one, other windows are told that it lives. */
  readonly kept: Set<string>;
  unmark: (() => Promise<void>) | undefined;
  cancel: (() => void) | undefined;
  work: Promise<void>;
}

export function createDraftFiles(storage: string, clock: Clock, marks: LiveMarks, lastWindow?: string): DraftFiles {
  const folder = join(storage, 'drafts');
  const state: DraftState = { folder, clock, marks, images: createDraftImages(join(folder, 'images')), lastWindow, waiting: new Map(), kept: new Set(), unmark: undefined, cancel: undefined, work: Promise.resolve() };
  return {
    read: (id) => (isSafeId(id) ? read(state, id) : Promise.resolve(undefined)),
    save: (id, draft) => {
      state.waiting.set(id, draft);
      state.cancel ??= clock.after(saveDelayMs, () => void flush(state));
    },
    flush: () => flush(state),
    close: async () => {
      await flush(state);
      await state.unmark?.();
    },
  };
}

async function read(state: DraftState, id: string): Promise<DraftReading> {
  const names = (await readdir(state.folder).catch((): string[] => [])).filter((name) => name.startsWith(`${id}.`) && name.endsWith('.json'));
  const own = fileName(state, id);
  const mine = names.includes(own) ? await parse(state, own) : undefined;
  if (mine !== undefined && !saysNothing(mine)) return mine;
  const free: string[] = [];
  let isElsewhere = false;
  for (const name of names.filter((other) => other !== own)) {
    if (await state.marks.isLiveElsewhere(ownerOf(id, name))) isElsewhere = true;
    else free.push(name);
  }
  for (const { name, draft } of await bestFirst(state, id, free)) {
    if (mine !== undefined && saysNothing(draft)) break;
    // Another window may have been faster.
    if (!(await rename(join(state.folder, name), join(state.folder, own)).then(() => true, () => false))) continue;
    keep(state, id);
    await state.images.replace(id, imagesOf(draft));
    return draft;
  }
  return mine ?? (isElsewhere ? 'in-another-window' : undefined);
}

function fileName({ marks }: DraftState, id: string): string {
  return `${id}.${marks.window}.json`;
}

/** The mark of the window that a file belongs to; of none for files of older versions. */
function ownerOf(id: string, name: string): string {
  return windowMark(name.slice(id.length + 1, -'.json'.length));
}

function windowMark(window: string): string {
  return `window-${window}`;
}

/** Those that say something before those that only tell where the reader was; of each the window's own, then the newest. */
async function bestFirst(state: DraftState, id: string, names: readonly string[]): Promise<readonly { readonly name: string; readonly draft: Draft }[]> {
  const found = await Promise.all(names.map(async (name) => ({ name, draft: await parse(state, name), at: await stat(join(state.folder, name)).then(({ mtimeMs }) => mtimeMs, () => 0) })));
  const isForeign = (name: string): number => (name === `${id}.${state.lastWindow}.json` ? 0 : 1);
  return found.flatMap(({ name, draft, at }) => (draft === undefined ? [] : [{ name, draft, at }]))
    .sort((a, b) => Number(saysNothing(a.draft)) - Number(saysNothing(b.draft)) || isForeign(a.name) - isForeign(b.name) || b.at - a.at);
}

async function parse({ folder, images }: DraftState, name: string): Promise<Draft | undefined> {
  try {
    const { attachments, ...draft } = draftFile.parse(JSON.parse(await readFile(join(folder, name), 'utf8')));
    const complete = await Promise.all(attachments.map(async (attachment) => ({ ...attachment, image: attachment.image && (await images.complete(attachment.image)) })));
    return { ...draft, attachments: complete };
  } catch {
    return undefined;
  }
}

function flush(state: DraftState): Promise<void> {
  state.cancel?.();
  state.cancel = undefined;
  // A draft that cannot be written is still in memory and in the view.
  state.work = state.work.then(() => writeAll(state)).catch(() => undefined);
  return state.work;
}

async function writeAll(state: DraftState): Promise<void> {
  const batch = [...state.waiting];
  state.waiting.clear();
  await mkdir(state.folder, { recursive: true, mode: 0o700 });
  for (const [id, draft] of batch) await writeOne(state, id, draft);
}

async function writeOne(state: DraftState, id: string, draft: Draft): Promise<void> {
  const path = join(state.folder, fileName(state, id));
  if (draft.text === '' && draft.attachments.length === 0 && (draft.scrollTop ?? 0) === 0) {
    await rm(path, { force: true });
    await state.images.replace(id, []);
    return await forget(state, id);
  }
  keep(state, id);
  await state.images.write(imagesOf(draft));
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, JSON.stringify(draft, (key, value: unknown) => (key === 'image' ? withoutData(value) : value)), { mode: 0o600 });
  await rename(temporary, path);
  await state.images.replace(id, imagesOf(draft));
}

function imagesOf({ attachments }: Draft): readonly SavedImage[] {
  return attachments.flatMap(({ image }) => image ?? []);
}

function withoutData(image: unknown): unknown {
  return typeof image === 'object' ? { ...image, data: undefined } : image;
}

function keep(state: DraftState, id: string): void {
  state.kept.add(id);
  state.unmark ??= state.marks.mark(windowMark(state.marks.window));
}

async function forget(state: DraftState, id: string): Promise<void> {
  state.kept.delete(id);
  if (state.kept.size > 0) return;
  const { unmark } = state;
  state.unmark = undefined;
  await unmark?.();
}
