// The chat as a whole, without an editor: which conversation is shown, what its views see, what happens to a message that is sent.
// Knows no vscode and no files: they come in as ports.
import type { TaskId } from '../../shared/chatTypes.ts';
import type { HostMessage } from '../../shared/protocol.ts';
import type { OutgoingMessage } from './answerRequest.ts';
import { compose, sendMessage, type ComposeOptions } from './deskCompose.ts';
import { leave, openConversation, restoreLast, sendIn, show, startNew } from './deskConversations.ts';
import { keepDraft } from './deskDrafts.ts';
import { impliedReferences } from './impliedContext.ts';
import type { BannerCause, ChatDeskDependencies, DeskState } from './deskState.ts';
import { addView, broadcast, resync, setBanner, updateComposer } from './deskViews.ts';
import type { OpenConversation } from './openConversation.ts';
import type { ViewChannel } from './viewChannel.ts';

export interface ChatDesk {
  readonly current: OpenConversation;
  /** Resolves when the conversation of the last time is open. */
  readonly ready: Promise<void>;
  show(id: string): Promise<boolean>;
  startNew(): void;
  /** Lets go of a conversation that is about to be deleted; what streams in it is stopped. */
  leave(id: string): Promise<void>;
  isOpen(id: string): boolean;
  /** Sends text with what is attached; the draft is empty afterwards. `task` is set where the caller knows it. */
  send(text: string, task?: TaskId): Promise<void>;
  /** Shows a conversation and sends a message there, without what waits in its composer. False when it cannot be opened. */
  sendIn(id: string, message: OutgoingMessage): Promise<boolean>;
  /** Attachments and task of a text, as it would be sent now. */
  compose(text: string, options?: ComposeOptions): Promise<OutgoingMessage>;
  setDraft(text: string, scrollTop: number): void;
  /** Where the reader of an open conversation is. */
  setPlace(id: string, scrollTop: number): void;
  /** Puts text into the composer. */
  fillComposer(text: string, focus: boolean): void;
  addView(post: (message: HostMessage) => void, onDead: () => void): ViewChannel;
  removeView(channel: ViewChannel): void;
  broadcast(message: HostMessage): void;
  resync(): void;
  /** For what only an empty transcript shows. */
  resyncIfEmpty(): void;
  updateComposer(): void;
  /** Undefined takes it away. */
  setBanner(cause: BannerCause, banner: string | undefined): void;
  /** Ends all streams so that they can be continued later; resolves when that is in the files' hands. */
  close(): Promise<void>;
}

export function createChatDesk(dependencies: ChatDeskDependencies): ChatDesk {
  const state: DeskState = {
    dependencies, channels: new Set(), opened: new Map(), banners: new Map(), cancelComposer: undefined, isClosing: false,
    current: openConversation(dependencies.store.create(), dependencies, () => state),
  };
  state.opened.set(state.current.id, state.current);
  const stopOffers = dependencies.source.onOffersChange(() => updateComposer(state));
  const stopLines = dependencies.source.onLinesChange((uri, changes) => {
    for (const { attachments } of state.opened.values()) attachments.moveLines(uri, changes);
  });
  return {
    get current() { return state.current; },
    ready: restoreLast(state).catch((error: unknown) => dependencies.logger.error('the last conversation could not be opened', error)),
    show: (id) => show(state, id),
    startNew: () => startNew(state),
    leave: (id) => leave(state, id),
    isOpen: (id) => state.opened.has(id),
    send: (text, task) => sendMessage(state, text, task),
    sendIn: (id, message) => sendIn(state, id, message),
    compose: (text, options) => compose(state, text, options),
    setDraft: (text, scrollTop) => {
      state.current.scrollTop = scrollTop;
      setDraft(state, text);
    },
    setPlace: (id, scrollTop) => {
      const opened = state.opened.get(id);
      if (opened === undefined) return;
      opened.scrollTop = scrollTop;
      keepDraft(state, opened);
    },
    fillComposer: (text, focus) => {
      setDraft(state, text);
      broadcast(state, { type: 'set-draft', text, focus });
    },
    addView: (post, onDead) => addView(state, post, onDead),
    removeView: (channel) => {
      state.channels.delete(channel);
      channel.dispose();
    },
    broadcast: (message) => broadcast(state, message),
    resync: () => resync(state),
    resyncIfEmpty: () => {
      if (state.current.stored.log.session.messageCount === 0) resync(state);
    },
    updateComposer: () => updateComposer(state),
    setBanner: (cause, text) => setBanner(state, cause, text),
    close: () => {
      stopOffers();
      stopLines();
      return close(state);
    },
  };
}

function setDraft(state: DeskState, text: string): void {
  state.current.draft = text;
  keepDraft(state, state.current);
  updateComposer(state);
  const { attachments } = state.current;
  attachments.imply(impliedReferences(text, state.dependencies.source.offers())).catch((error: unknown) => state.dependencies.logger.error('context could not be read', error));
}

async function close(state: DeskState): Promise<void> {
  const { channels, opened, cancelComposer } = state;
  state.isClosing = true;
  cancelComposer?.();
  for (const channel of channels) channel.dispose();
  for (const { stopForeignWatch, stopDraftWatch } of opened.values()) {
    stopForeignWatch?.();
    stopDraftWatch?.();
  }
  const conversations = [...opened.values()].map(({ conversation }) => conversation);
  for (const conversation of conversations) conversation.interrupt();
  await Promise.all(conversations.map((conversation) => conversation.idle()));
}
