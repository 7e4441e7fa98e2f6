// The chat's files as one store: sessions, drafts, and the marks of windows at work.
import { watch } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChatStore } from '../../core/chat/chatStore.ts';
import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/logger.ts';
import { createDraftFiles } from './draftFiles.ts';
import { createLiveMarks } from './liveMarks.ts';
import type { UnreadableReason } from './sessionFormat.ts';
import { createSessionStore } from './sessionStore.ts';

export interface ChatStorage {
  readonly store: ChatStore;
  close(): Promise<void>;
}

export interface ChatStorageOptions {
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly createId: () => string;
  readonly workspace: string | undefined;
  /** Where the window's name outlives a reload: its own drafts come back to it, not those of others that are gone. */
  readonly windowName: { read(): string | undefined; write(name: string): void };
  readonly onProblem: (problem: Error | undefined) => void;
  readonly onSetAside: (name: string, reason: UnreadableReason | 'huge') => void;
}

/** Several events of another window come in one reading. */
const syncDelayMs = 150;

export function createChatStorage(options: ChatStorageOptions): ChatStorage {
  const { folder, clock } = options;
  const sessions = createSessionStore(options);
  const marks = createLiveMarks(folder, clock);
  const drafts = createDraftFiles(folder, clock, marks, options.windowName.read());
  options.windowName.write(marks.window);
  const stopWatching = watchFolder(join(folder, 'sessions'), clock, () => void sessions.syncForeign().catch(() => undefined));
  return {
    store: {
      create: () => sessions.create(),
      open: (id) => sessions.open(id),
      list: (query) => sessions.list(query),
      remove: (id) => sessions.remove(id),
      restore: (id) => sessions.restore(id),
      release: (id) => sessions.release(id),
      readDraft: (id) => drafts.read(id),
      saveDraft: (id, draft) => drafts.save(id, draft),
      isLiveElsewhere: (id) => marks.isLiveElsewhere(id),
      markLive: (id) => marks.mark(id),
    },
    close: async () => {
      stopWatching();
      await Promise.all([sessions.close(), drafts.close()]);
    },
  };
}

/** Without a watcher (some network file systems have none) other windows show up when a conversation is opened again. */
function watchFolder(folder: string, clock: Clock, onChange: () => void): () => void {
  let cancel: (() => void) | undefined;
  let close = (): void => undefined;
  let isStopped = false;
  const start = async (): Promise<void> => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    if (isStopped) return;
    const watcher = watch(folder, { persistent: false }, () => {
      cancel ??= clock.after(syncDelayMs, () => {
        cancel = undefined;
        onChange();
      });
    });
    watcher.on('error', () => watcher.close());
    close = () => watcher.close();
  };
  void start().catch(() => undefined);
  return () => {
    isStopped = true;
    cancel?.();
    close();
  };
}
