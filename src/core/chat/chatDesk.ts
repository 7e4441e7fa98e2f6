// The chat as a whole, without an editor: which conversation is shown, what its views see, what happens to a message that is sent.
// Knows no vscode and no files: they come in as ports.
import type { ContextSource } from '../context/contextSource.ts';
import type { Logger } from '../logger.ts';
import { capabilitiesOf } from '../models/catalog.ts';
import type { ChatSnapshot, HostMessage } from '../../shared/protocol.ts';
import { createAttachments } from './attachments.ts';
import type { ChatStore, OpenedSession } from './chatStore.ts';
import { chooseTask, reasonOf, toComposerState, type ComposerDependencies } from './composer.ts';
import type { OutgoingMessage } from './answerRequest.ts';
import { createConversation, type ConversationDependencies } from './conversation.ts';
import { toMessageViews } from './messageView.ts';
import type { OpenConversation } from './openConversation.ts';
import { idsForPrompt } from './promptAssembly.ts';
import { createViewChannel, type ViewChannel } from './viewChannel.ts';
import { feedChanges, shownIds } from './viewFeed.ts';

type FromConversation = Pick<ConversationDependencies, 'runner' | 'clock' | 'describeError' | 'describeFinish' | 'createId' | 'systemPrompt' | 'editFormat' | 'edits'>;

export interface ChatDeskDependencies extends FromConversation, ComposerDependencies {
  readonly store: ChatStore;
  readonly source: ContextSource;
  readonly logger: Logger;
  readonly key: () => ChatSnapshot['key'];
  readonly isRestricted: () => boolean;
  readonly starters: () => ChatSnapshot['starters'];
  /** Remembered for this workspace. */
  readonly currentId: { read(): string | undefined; write(id: string): void };
  readonly onEnd?: (open: OpenConversation, answerId: string, outcome: Parameters<NonNullable<ConversationDependencies['onEnd']>>[1]) => void;
  readonly waitingText: (wait: { readonly waitMs: number; readonly kind: string }) => string;
}

export interface ChatDesk {
  readonly current: OpenConversation;
  /** Resolves when the conversation of the last time is open. */
  readonly ready: Promise<void>;
  show(id: string): Promise<boolean>;
  startNew(): Promise<void>;
  /** Sends text with what is attached; the draft is empty afterwards. */
  send(text: string): Promise<void>;
  /** Attachments and task of a text, as it would be sent now. */
  compose(text: string): Promise<OutgoingMessage>;
  setDraft(text: string, scrollTop: number): void;
  /** Puts text into the composer. */
  fillComposer(text: string, focus: boolean): void;
  addView(post: (message: HostMessage) => void, onDead: () => void): ViewChannel;
  removeView(channel: ViewChannel): void;
  broadcast(message: HostMessage): void;
  resync(): void;
  updateComposer(): void;
  setBanner(banner: string | undefined): void;
  dispose(): void;
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
  let banner: string | undefined;
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
      onEnd: (answerId, outcome) => dependencies.onEnd?.(opened, answerId, outcome),
    });
    const opened: OpenConversation = {
      id: log.session.id, stored, conversation, draft: '', scrollTop: undefined, waiting: undefined,
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

  const onAttachmentsChange = (opened: OpenConversation): void => {
    saveDraft(opened);
    if (opened === current) desk.updateComposer();
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
      key: dependencies.key(), starters: dependencies.starters(), banner, restricted: dependencies.isRestricted(),
    };
  };

  const resync = (): void => {
    for (const channel of channels) void channel.resync();
  };

  const become = (next: OpenConversation): void => {
    const before = current;
    current = next;
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
    resync();
  };

  const compose = async (text: string): Promise<OutgoingMessage> => {
    const { session } = current.stored.log;
    const { attachments } = current;
    const choice = chooseTask(text, session, dependencies);
    const { chips, context } = await attachments.collect(new AbortController().signal);
    return { text, chips, context, task: choice.task, model: session.override.model, reason: reasonOf(choice, session.override.model, translate) };
  };

  let sending: Promise<void> = Promise.resolve();
  const sendNow = async (text: string): Promise<void> => {
    const target = current;
    const message = await compose(text);
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
    send: (text) => {
      sending = sending.then(() => sendNow(text)).catch((error: unknown) => dependencies.logger.error('a message could not be sent', error));
      return sending;
    },
    compose,
    setDraft: (text, scrollTop) => {
      current.draft = text;
      current.scrollTop = scrollTop;
      saveDraft(current);
      desk.updateComposer();
    },
    fillComposer: (text, focus) => {
      current.draft = text;
      saveDraft(current);
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
    updateComposer: () => {
      cancelComposer ??= clock.after(composerDelayMs, () => {
        cancelComposer = undefined;
        desk.broadcast({ type: 'composer-changed', composer: composerState() });
      });
    },
    setBanner: (text) => {
      banner = text;
      desk.broadcast({ type: 'banner-changed', banner: text });
    },
    dispose: () => {
      cancelComposer?.();
      for (const opened of openConversations.values()) opened.conversation.stop();
      for (const channel of channels) channel.dispose();
    },
  };
  return desk;
}
