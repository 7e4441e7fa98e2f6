// The chat as a whole, without an editor: which conversation is shown, what its views see, what happens to a message that is sent.
// Knows no vscode and no files: they come in as ports.
import type { ContextSource } from '../context/contextSource.ts';
import { RunApiError } from '../errors.ts';
import type { Logger } from '../logger.ts';
import { capabilitiesOf } from '../models/catalog.ts';
import type { TaskId } from '../../shared/chatTypes.ts';
import type { ChatSnapshot, HostMessage } from '../../shared/protocol.ts';
import { createAttachments, type ChosenContext } from './attachments.ts';
import type { ChatStore, OpenedSession } from './chatStore.ts';
import { chooseTask, reasonOf, toComposerState, type ComposerDependencies } from './composer.ts';
import type { OutgoingMessage } from './answerRequest.ts';
import { createConversation, type ConversationDependencies } from './conversation.ts';
import { toMessageViews } from './messageView.ts';
import { newInstructions } from './instructionFiles.ts';
import type { OpenConversation } from './openConversation.ts';
import { expandOwnCommand, type OwnCommandSource } from './ownCommand.ts';
import { idsForPrompt } from './promptAssembly.ts';
import type { SessionLog } from './sessionLog.ts';
import type { TurnOutcome } from './turn.ts';
import { createViewChannel, type ViewChannel } from './viewChannel.ts';
import { feedChanges, shownIds } from './viewFeed.ts';

type FromConversation = Pick<ConversationDependencies, 'runner' | 'clock' | 'describeError' | 'describeFinish' | 'createId' | 'systemPrompt' | 'editFormat' | 'edits'>;

export interface ChatDeskDependencies extends FromConversation, ComposerDependencies {
  readonly store: ChatStore;
  readonly source: ContextSource;
  readonly logger: Logger;
  readonly key: () => ChatSnapshot['key'];
  readonly isRestricted: () => boolean;
  readonly ownCommands: OwnCommandSource;
  readonly starters: () => ChatSnapshot['starters'];
  /** Remembered for this workspace. */
  readonly currentId: { read(): string | undefined; write(id: string): void };
  readonly onEnd?: (open: OpenConversation, answerId: string, outcome: TurnOutcome) => void;
  readonly waitingText: (wait: { readonly waitMs: number; readonly kind: string }) => string;
}

/** Storage fails; the history does not fit into a request. */
export type BannerCause = 'storage' | 'history';

export interface ChatDesk {
  readonly current: OpenConversation;
  /** Resolves when the conversation of the last time is open. */
  readonly ready: Promise<void>;
  show(id: string): Promise<boolean>;
  startNew(): Promise<void>;
  /** Lets go of a conversation that is about to be deleted; what streams in it is stopped. */
  leave(id: string): Promise<void>;
  isOpen(id: string): boolean;
  /** Sends text with what is attached; the draft is empty afterwards. `task` is set where the caller knows it. */
  send(text: string, task?: TaskId): Promise<void>;
  /** Attachments and task of a text, as it would be sent now. */
  compose(text: string, task?: TaskId): Promise<OutgoingMessage>;
  setDraft(text: string, scrollTop: number): void;
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

/** The end of a transcript that a view gets at first: more than a screen, far from all. */
const windowMessages = 40;
const windowLength = 400_000;
/** How far a view may fall behind before its stream is no longer read. */
const longestBehind = 32_000;
/** Typing is followed by the route and the price, but not at each key. */
const composerDelayMs = 60;
const systemTokens = 400;

export function createChatDesk(dependencies: ChatDeskDependencies): ChatDesk {
  const { store, clock, translate } = dependencies;
  const channels = new Set<ViewChannel>();
  const openConversations = new Map<string, OpenConversation>();
  const banners = new Map<BannerCause, string>();
  let cancelComposer: (() => void) | undefined;

  const roomInViews = async (): Promise<void> => {
    await Promise.all([...channels].map((channel) => channel.room(longestBehind)));
  };

  const open = (stored: OpenedSession): OpenConversation => {
    const { log } = stored;
    const known = openConversations.get(log.session.id);
    if (known !== undefined) return known;
    const conversation = createConversation({
      ...dependencies,
      log,
      room: async () => {
        if (current.id === log.session.id) await roomInViews();
      },
      inputBudget: (task, model) => {
        const route = dependencies.runner.route({ task, model });
        return capabilitiesOf(route.model).contextTokens - route.maxTokens;
      },
      onWaiting: (answerId, wait) => tellWaiting(opened, answerId, dependencies.waitingText(wait)),
      onStart: () => { opened.unmarkLive = store.markLive(opened.id); },
      onEnd: (answerId, outcome) => {
        opened.unmarkLive?.();
        dependencies.onEnd?.(opened, answerId, outcome);
      },
      onOmitted: (count) => setBanner('history', translate('The oldest messages ({count}) do not fit and are not sent. Compact the conversation to keep what they say.', { count })),
    });
    const opened: OpenConversation = {
      id: log.session.id, stored, conversation, draft: '', scrollTop: undefined, unmarkLive: undefined, 
      attachments: createAttachments({ source: dependencies.source, translate, createId: dependencies.createId, budgetTokens: () => 50_000, onChange: () => onAttachmentsChange(opened) }),
    };
    openConversations.set(opened.id, opened);
    log.onChange((changes) => {
      if (current !== opened) return;
      feedChanges(log.session, changes, channels);
      if (changes.some((change) => change.type !== 'delta')) desk.updateComposer();
    });
    return opened;
  };

  let current = open(store.create());

  const setBanner = (cause: BannerCause, text: string | undefined): void => {
    if (banners.get(cause) === text) return;
    if (text === undefined) banners.delete(cause);
    else banners.set(cause, text);
    desk.broadcast({ type: 'banner-changed', banner: shownBanner() });
  };
  const shownBanner = (): string | undefined => banners.get('storage') ?? banners.get('history');

  const onAttachmentsChange = (opened: OpenConversation): void => {
    keepDraft(opened);
    if (opened === current) desk.updateComposer();
  };

  /** Whatever is worth keeping is found again by the next window, also before the first message. */
  const keepDraft = (opened: OpenConversation): void => {
    saveDraft(opened);
    if (opened === current && dependencies.currentId.read() !== opened.id) dependencies.currentId.write(opened.id);
  };

  const saveDraft = (opened: OpenConversation): void => store.saveDraft(opened.id, { text: opened.draft, scrollTop: opened.scrollTop, attachments: opened.attachments.save() });

  const tellWaiting = (opened: OpenConversation, answerId: string, waiting: string): void => {
    if (opened !== current) return;
    for (const channel of channels) channel.transcript({ type: 'message-changed', messageId: answerId, patch: { waiting } });
  };

  const composerState = () => {
    const { session } = current.stored.log;
    return toComposerState({ session, draft: current.draft, chips: current.attachments.chips(), attachedTokens: current.attachments.tokens, historyTokens: historyTokens(current) }, dependencies);
  };

  /** By size alone: texts that are not loaded count by their bytes. */
  const historyTokens = (opened: OpenConversation): number => {
    const { session } = opened.stored.log;
    const last = session.path.map((id) => session.head(id)?.receipt?.usage).findLast((usage) => usage !== undefined);
    const bySize = idsForPrompt(session, session.path, 10_000_000).reduce((sum, id) => sum + (session.head(id)?.size ?? 0), 0) / 3.6;
    const told = last === undefined ? 0 : last.inputTokens + last.cacheReadTokens + last.cacheWriteTokens + last.outputTokens;
    const isCompacted = session.path.some((id) => session.head(id)?.compaction?.undone === false);
    return systemTokens + Math.round(told > 0 && !isCompacted ? Math.max(told - systemTokens, 0) : bySize);
  };

  const windowIds = (): readonly string[] => {
    const { session } = current.stored.log;
    const ids = shownIds(session).slice(-windowMessages);
    let length = 0;
    const start = ids.findLastIndex((id) => (length += session.head(id)?.size ?? 0) > windowLength);
    return ids.slice(Math.min(start + 1, ids.length - 1));
  };

  const readSnapshot = (): Omit<ChatSnapshot, 'sequence'> => {
    const { session } = current.stored.log;
    const ids = windowIds();
    const total = shownIds(session).length;
    return {
      session: { id: session.id, title: session.title ?? current.stored.firstText?.slice(0, 60) ?? '', priceUsd: session.priceUsd },
      total, from: total - ids.length, messages: toMessageViews(session, ids),
      composer: composerState(), draft: current.draft, scrollTop: current.scrollTop,
      key: dependencies.key(), starters: dependencies.starters(), banner: shownBanner(), restricted: dependencies.isRestricted(),
    };
  };

  const resync = (): void => {
    for (const channel of channels) void channel.resync();
  };

  const become = (next: OpenConversation): void => {
    const before = current;
    current = next;
    banners.delete('history');
    dependencies.currentId.write(next.id);
    resync();
    if (before !== next) void letGo(before);
  };

  /** A conversation that streams goes on unseen. */
  const letGo = async (opened: OpenConversation): Promise<void> => {
    await opened.conversation.idle();
    if (opened === current) return;
    openConversations.delete(opened.id);
    await store.release(opened.id);
  };

  const readDraft = async (opened: OpenConversation): Promise<void> => {
    const draft = await store.readDraft(opened.id);
    if (draft === undefined) return;
    opened.draft = draft.text;
    opened.scrollTop = draft.scrollTop;
    await opened.attachments.restore(draft.attachments);
  };

  const show = async (id: string): Promise<boolean> => {
    const known = openConversations.get(id);
    if (known !== undefined) {
      become(known);
      return true;
    }
    const stored = await store.open(id);
    if (stored === undefined) return false;
    if (!(await store.isLiveElsewhere(id))) stored.log.session.closeUnfinished(dependencies.describeError(new RunApiError({ kind: 'interrupted', retryable: true }), true));
    const opened = open(stored);
    await readDraft(opened);
    become(opened);
    return true;
  };

  const restoreLast = async (): Promise<void> => {
    const id = dependencies.currentId.read();
    if (id === undefined) return;
    if (await show(id)) return;
    // A conversation without a message has no file, but it may have a draft.
    const draft = await store.readDraft(id);
    if (draft === undefined) return;
    current.draft = draft.text;
    await current.attachments.restore(draft.attachments);
    store.saveDraft(id, { text: '', attachments: [] });
    keepDraft(current);
    resync();
  };

  const compose = async (text: string, task?: TaskId): Promise<OutgoingMessage> => {
    const { session } = current.stored.log;
    const { attachments } = current;
    const fileCount = attachments.chips().filter((chip) => chip.offered !== true && chip.kind !== 'instructions').length;
    const choice = task === undefined ? chooseTask({ text, session, fileCount }, dependencies) : { task };
    const signal = new AbortController().signal;
    const [chosen, standing] = await Promise.all([attachments.collect(signal), collectStanding(text, current.stored.log, signal)]);
    const chips = [...standing.chips, ...chosen.chips];
    const context = [...standing.context, ...chosen.context];
    return { text, chips, context, task: choice.task, model: session.override.model, reason: reasonOf(choice, session.override.model, translate) };
  };

  /** What goes along without being chosen, listed like the rest: instruction files where they are new, the prompt behind `/name`. */
  const collectStanding = async (text: string, log: SessionLog, signal: AbortSignal): Promise<ChosenContext> => {
    const parts = await Promise.all([newInstructions(log, dependencies.source, translate, signal), expandOwnCommand(text, dependencies.ownCommands)]);
    return { chips: parts.flatMap((part) => part.chips), context: parts.flatMap((part) => part.context) };
  };

  let sending: Promise<void> = Promise.resolve();
  const sendNow = async (text: string, task?: TaskId): Promise<void> => {
    const target = current;
    const message = await compose(text, task);
    target.conversation.send(message);
    target.draft = '';
    target.attachments.clear();
    dependencies.currentId.write(target.id);
  };

  const desk: ChatDesk = {
    get current() { return current; },
    ready: restoreLast(),
    show,
    startNew: async () => {
      if (current.stored.log.session.messageCount === 0) return resync();
      become(open(store.create()));
    },
    leave: async (id) => {
      const opened = openConversations.get(id);
      opened?.conversation.stop();
      await opened?.conversation.idle();
      if (current.id === id) become(open(store.create()));
      openConversations.delete(id);
    },
    isOpen: (id) => openConversations.has(id),
    send: (text, task) => {
      sending = sending.then(() => sendNow(text, task)).catch((error: unknown) => dependencies.logger.error('a message could not be sent', error));
      return sending;
    },
    compose,
    setDraft: (text, scrollTop) => {
      current.draft = text;
      current.scrollTop = scrollTop;
      keepDraft(current);
      desk.updateComposer();
    },
    fillComposer: (text, focus) => {
      current.draft = text;
      keepDraft(current);
      desk.broadcast({ type: 'set-draft', text, focus });
      desk.updateComposer();
    },
    addView: (post, onDead) => {
      const channel = createViewChannel({ post, clock, onDead, readSnapshot, prepareSnapshot: () => current.stored.log.load(windowIds()) });
      channels.add(channel);
      return channel;
    },
    removeView: (channel) => {
      channels.delete(channel);
      channel.dispose();
    },
    broadcast: (message) => {
      for (const channel of channels) channel.post(message);
    },
    resync,
    resyncIfEmpty: () => {
      if (current.stored.log.session.messageCount === 0) resync();
    },
    updateComposer: () => {
      cancelComposer ??= clock.after(composerDelayMs, () => {
        cancelComposer = undefined;
        desk.broadcast({ type: 'composer-changed', composer: composerState() });
      });
    },
    setBanner,
    close: async () => {
      cancelComposer?.();
      stopOffers();
      for (const channel of channels) channel.dispose();
      const streaming = [...openConversations.values()].map(({ conversation }) => conversation);
      for (const conversation of streaming) conversation.interrupt();
      await Promise.all(streaming.map((conversation) => conversation.idle()));
    },
  };
  const stopOffers = dependencies.source.onOffersChange(() => desk.updateComposer());
  return desk;
}
