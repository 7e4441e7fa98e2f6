// What the chat holds while it runs. The functions over it stand in desk*.ts; chatDesk.ts puts them together.
import type { ContextSource } from '../context/contextSource.ts';
import type { Logger } from '../logger.ts';
import type { ChatSnapshot } from '../../shared/protocol.ts';
import type { ChatStore } from './chatStore.ts';
import type { ComposerDependencies } from './composer.ts';
import type { ConversationDependencies } from './conversation.ts';
import type { OpenConversation } from './openConversation.ts';
import type { OwnCommandSource } from './ownCommand.ts';
import type { TurnOutcome } from './turn.ts';
import type { ViewChannel } from './viewChannel.ts';

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

export interface DeskState {
  readonly dependencies: ChatDeskDependencies;
  readonly channels: Set<ViewChannel>;
  /** Those at work: the shown one, and others that stream. */
  readonly opened: Map<string, OpenConversation>;
  readonly banners: Map<BannerCause, string>;
  current: OpenConversation;
  cancelComposer: (() => void) | undefined;
  /** What is still being composed is not sent any more, and stays a draft. */
  isClosing: boolean;
}
