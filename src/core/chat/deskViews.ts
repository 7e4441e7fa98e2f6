// What all views are told at once.
import type { ChatSnapshot, HostMessage } from '../../shared/protocol.ts';
import { composerState, readSnapshot, shownBanner, windowIds } from './deskSnapshot.ts';
import type { BannerCause, DeskState } from './deskState.ts';
import type { OpenConversation } from './openConversation.ts';
import type { SessionChange } from './sessionState.ts';
import { createViewChannel, type ViewChannel } from './viewChannel.ts';
import { feedChanges } from './viewFeed.ts';

/** How far a view may fall behind before its stream is no longer read. */
const longestBehind = 32_000;
/** Typing is followed by the route and the price, but not at each key. */
const composerDelayMs = 60;

export function addView(desk: DeskState, post: (message: HostMessage) => void, onDead: () => void): ViewChannel {
  const channel = createViewChannel({
    post, onDead,
    clock: desk.dependencies.clock,
    readSnapshot: (): Omit<ChatSnapshot, 'sequence'> => readSnapshot(desk),
    prepareSnapshot: () => desk.current.stored.log.load(windowIds(desk.current.stored.log.session)),
  });
  desk.channels.add(channel);
  return channel;
}

export function broadcast({ channels }: DeskState, message: HostMessage): void {
  for (const channel of channels) channel.post(message);
}

export function resync({ channels }: DeskState): void {
  for (const channel of channels) void channel.resync();
}

export function updateComposer(desk: DeskState): void {
  desk.cancelComposer ??= desk.dependencies.clock.after(composerDelayMs, () => {
    desk.cancelComposer = undefined;
    broadcast(desk, { type: 'composer-changed', composer: composerState(desk) });
  });
}

export function tellChanges(desk: DeskState, opened: OpenConversation, changes: readonly SessionChange[]): void {
  if (desk.current !== opened) return;
  feedChanges(opened.stored.log.session, changes, desk.channels, opened.stored.firstText);
  if (changes.some((change) => change.type !== 'delta')) updateComposer(desk);
}

export function tellWaiting(desk: DeskState, opened: OpenConversation, answerId: string, waiting: string): void {
  if (desk.current !== opened) return;
  for (const channel of desk.channels) channel.transcript({ type: 'message-changed', messageId: answerId, patch: { waiting } });
}

/** What is not looked at waits for nobody. */
export async function roomInViews(desk: DeskState, sessionId: string): Promise<void> {
  if (desk.current.id === sessionId) await Promise.all([...desk.channels].map((channel) => channel.room(longestBehind)));
}

export function setBanner(desk: DeskState, cause: BannerCause, text: string | undefined): void {
  if (desk.banners.get(cause) === text) return;
  if (text === undefined) desk.banners.delete(cause);
  else desk.banners.set(cause, text);
  broadcast(desk, { type: 'banner-changed', banner: shownBanner(desk) });
}
