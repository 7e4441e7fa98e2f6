// What was typed and not sent: kept for the next window, and taken over from a window that is gone.
import type { Draft } from './chatStore.ts';
import type { DeskState } from './deskState.ts';
import { broadcast, resync } from './deskViews.ts';
import type { OpenConversation } from './openConversation.ts';

/** A window that is loaded anew begins before its old self has ended; a mark of a killed one is believed for ten seconds. */
const lookAgainAfterMs: readonly number[] = [1_500, 4_000, 8_000];

/** Whatever is worth keeping is found again by the next window, also before the first message. */
export function keepDraft({ current, dependencies: { store, currentId } }: DeskState, opened: OpenConversation): void {
  const text = [...opened.unsent, opened.draft].filter((part) => part.trim() !== '').join('\n\n');
  store.saveDraft(opened.id, { text, scrollTop: opened.scrollTop, attachments: opened.attachments.save() });
  if (opened === current && currentId.read() !== opened.id) currentId.write(opened.id);
}

/** The draft of a conversation, or the one that an empty conversation `from` left behind: it had no file, so it cannot be opened again. */
export async function readDraft(desk: DeskState, opened: OpenConversation, from = opened.id): Promise<void> {
  const draft = await desk.dependencies.store.readDraft(from);
  if (draft === 'in-another-window') return lookAgain(desk, opened, { from, attempt: 0 });
  if (draft !== undefined) await take(desk, opened, { from, draft });
}

async function take(desk: DeskState, opened: OpenConversation, { from, draft }: { readonly from: string; readonly draft: Draft }): Promise<void> {
  opened.draft = draft.text;
  opened.scrollTop ??= draft.scrollTop;
  await opened.attachments.restore(draft.attachments);
  if (from === opened.id) return;
  desk.dependencies.store.saveDraft(from, { text: '', attachments: [] });
  keepDraft(desk, opened);
}

interface Look {
  readonly from: string;
  readonly attempt: number;
}

function lookAgain(desk: DeskState, opened: OpenConversation, { from, attempt }: Look): void {
  const { clock, logger, store } = desk.dependencies;
  const delayMs = lookAgainAfterMs[attempt];
  if (delayMs === undefined) return;
  const look = async (): Promise<void> => {
    if (desk.opened.get(opened.id) !== opened || !isEmpty(opened)) return;
    const draft = await store.readDraft(from);
    // After a scroll in this window its own place is read: the words of the other may still come.
    const isOwn = opened.scrollTop !== undefined && draft !== undefined && draft !== 'in-another-window' && saysNothing(draft);
    if (draft === 'in-another-window' || isOwn) return lookAgain(desk, opened, { from, attempt: attempt + 1 });
    if (draft === undefined || !isEmpty(opened)) return;
    await take(desk, opened, { from, draft });
    if (desk.current !== opened) return;
    resync(desk);
    broadcast(desk, { type: 'set-draft', text: draft.text, focus: false, unlessTyped: true });
  };
  opened.stopDraftWatch = clock.after(delayMs, () => {
    look().catch((error: unknown) => logger.error('a draft could not be taken over', error));
  });
}

/** Tells only where the reader was. */
export function saysNothing({ text, attachments }: Draft): boolean {
  return text === '' && attachments.length === 0;
}

function isEmpty({ draft, attachments }: OpenConversation): boolean {
  return draft === '' && attachments.save().length === 0;
}
