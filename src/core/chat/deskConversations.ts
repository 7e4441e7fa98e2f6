// Which conversation is shown, and what becomes of the others.
import { RunApiError } from '../errors.ts';
import { capabilitiesOf } from '../models/catalog.ts';
import type { OutgoingMessage } from './answerRequest.ts';
import { createAttachments } from './attachments.ts';
import type { OpenedSession } from './chatStore.ts';
import { createConversation } from './conversation.ts';
import { keepDraft, readDraft } from './deskDrafts.ts';
import type { ChatDeskDependencies, DeskState } from './deskState.ts';
import { broadcast, resync, roomInViews, setBanner, tellChanges, tellWaiting, updateComposer } from './deskViews.ts';
import type { OpenConversation } from './openConversation.ts';

/** Of one attachment; larger ones are shortened, and say so. */
const attachmentTokens = 50_000;
/** A mark of a living window is touched more often than that. */
const foreignLookMs = 5_000;

/** `desk` is asked for later: the first conversation is a part of it. */
export function openConversation(stored: OpenedSession, dependencies: ChatDeskDependencies, desk: () => DeskState): OpenConversation {
  const { log } = stored;
  const { store, translate, runner } = dependencies;
  const conversation = createConversation({
    ...dependencies,
    log,
    room: () => roomInViews(desk(), log.session.id),
    inputBudget: (task, model) => {
      const route = runner.route({ task, model });
      return capabilitiesOf(route.model).contextTokens - route.maxTokens;
    },
    onWaiting: (answerId, wait) => tellWaiting(desk(), opened, answerId, dependencies.waitingText(wait)),
    onStart: () => { opened.unmarkLive = store.markLive(opened.id); },
    onEnd: (answerId, outcome) => {
      opened.unmarkLive?.();
      watchForeignAnswer(desk(), opened);
      dependencies.onEnd?.(opened, answerId, outcome);
    },
    onBusyElsewhere: () => broadcast(desk(), { type: 'notice', text: translate('Another window is writing an answer in this conversation. Stop it or wait for its end.') }),
    onOmitted: (count) => {
      if (opened === desk().current) setBanner(desk(), 'history', count === 0 ? undefined : translate('The oldest messages ({count}) do not fit and are not sent. Compact the conversation to keep what they say.', { count }));
    },
  });
  const opened: OpenConversation = {
    id: log.session.id, stored, conversation, draft: '', unsent: [], sending: Promise.resolve(), scrollTop: undefined, unmarkLive: undefined, stopForeignWatch: undefined, stopDraftWatch: undefined,
    attachments: createAttachments({
      source: dependencies.source, translate, createId: dependencies.createId, budgetTokens: () => attachmentTokens,
      onChange: () => {
        keepDraft(desk(), opened);
        if (opened === desk().current) updateComposer(desk());
      },
    }),
  };
  log.onChange((changes) => {
    tellChanges(desk(), opened, changes);
    watchForeignAnswer(desk(), opened);
  });
  return opened;
}

/** False when there is none, or it cannot be read. */
export async function show(desk: DeskState, id: string): Promise<boolean> {
  const known = desk.opened.get(id);
  if (known !== undefined) {
    become(desk, known);
    return true;
  }
  const { store, describeError } = desk.dependencies;
  const stored = await store.open(id);
  if (stored === undefined) return false;
  if (!(await store.isLiveElsewhere(id))) closeUnfinished(stored, describeError);
  const opened = add(desk, stored);
  await readDraft(desk, opened);
  become(desk, opened);
  watchForeignAnswer(desk, opened);
  return true;
}

/** Another window that is killed while it writes an answer must not leave one that never ends. */
function watchForeignAnswer(desk: DeskState, opened: OpenConversation): void {
  const { clock, store, describeError } = desk.dependencies;
  if (opened.stopForeignWatch !== undefined || !hasForeignAnswer(opened)) return;
  opened.stopForeignWatch = clock.after(foreignLookMs, () => {
    opened.stopForeignWatch = undefined;
    const look = async (): Promise<void> => {
      if (!hasForeignAnswer(opened) || desk.opened.get(opened.id) !== opened) return;
      if (await store.isLiveElsewhere(opened.id)) return watchForeignAnswer(desk, opened);
      closeUnfinished(opened.stored, describeError);
      if (desk.current === opened) resync(desk);
      opened.conversation.lookElsewhere();
    };
    look().catch((error: unknown) => desk.dependencies.logger.error('an answer of another window could not be watched', error));
  });
}

function hasForeignAnswer({ conversation, stored: { log: { session } } }: OpenConversation): boolean {
  return !conversation.isStreaming && session.path.slice(-3).some((id) => session.head(id)?.status === 'streaming');
}

function closeUnfinished({ log }: OpenedSession, describeError: ChatDeskDependencies['describeError']): void {
  log.session.closeUnfinished(describeError(new RunApiError({ kind: 'interrupted', retryable: true }), true));
}

export function startNew(desk: DeskState): void {
  const { stored, unsent } = desk.current;
  if (stored.log.session.messageCount === 0 && unsent.length === 0) return resync(desk);
  become(desk, add(desk, desk.dependencies.store.create()));
}

/** Lets go of a conversation that is about to be deleted; what streams in it is stopped. */
export async function leave(desk: DeskState, id: string): Promise<void> {
  const opened = desk.opened.get(id);
  opened?.conversation.stop();
  desk.opened.delete(id);
  await opened?.conversation.idle();
  if (desk.current.id === id) become(desk, add(desk, desk.dependencies.store.create()));
}

export async function sendIn(desk: DeskState, id: string, message: OutgoingMessage): Promise<boolean> {
  if (desk.current.id !== id && !(await show(desk, id))) return false;
  desk.current.conversation.send(message);
  return true;
}

export async function restoreLast(desk: DeskState): Promise<void> {
  const id = desk.dependencies.currentId.read();
  if (id === undefined || (await show(desk, id))) return;
  await readDraft(desk, desk.current, id);
  resync(desk);
}

function add(desk: DeskState, stored: OpenedSession): OpenConversation {
  const known = desk.opened.get(stored.log.session.id);
  if (known !== undefined) return known;
  const opened = openConversation(stored, desk.dependencies, () => desk);
  desk.opened.set(opened.id, opened);
  return opened;
}

function become(desk: DeskState, next: OpenConversation): void {
  const before = desk.current;
  desk.current = next;
  desk.banners.delete('history');
  desk.dependencies.currentId.write(next.id);
  resync(desk);
  if (before !== next) void letGo(desk, before);
}

/** A conversation that streams goes on unseen. */
async function letGo(desk: DeskState, opened: OpenConversation): Promise<void> {
  await opened.sending;
  await opened.conversation.idle();
  if (opened === desk.current) return;
  desk.opened.delete(opened.id);
  await desk.dependencies.store.release(opened.id);
}
