// What a view is told when it opens: the end of the transcript and what stands around it.
import type { ComposerState } from '../../shared/chatTypes.ts';
import type { ChatSnapshot } from '../../shared/protocol.ts';
import { toComposerState } from './composer.ts';
import type { DeskState } from './deskState.ts';
import { lastRequest } from './lastRequest.ts';
import type { MessageHead } from './messageTree.ts';
import { shownTitle, toMessageViews } from './messageView.ts';
import { idsForPrompt } from './promptAssembly.ts';
import type { Session } from './session.ts';
import { shownIds } from './viewFeed.ts';

/** More than a screen, far from all. */
const windowMessages = 40;
const windowLength = 400_000;
/** The system prompt with its task. */
const systemTokens = 400;
/** Of prose and code mixed; the exact figure comes with the first answer. */
const bytesPerToken = 3.6;

export function readSnapshot({ current, dependencies, banners }: DeskState): Omit<ChatSnapshot, 'sequence'> {
  const { session } = current.stored.log;
  const ids = windowIds(session);
  const total = shownIds(session).length;
  return {
    session: { id: session.id, title: shownTitle(session, current.stored.firstText), priceUsd: session.priceUsd },
    total, from: total - ids.length, messages: toMessageViews(session, ids),
    composer: composerState({ current, dependencies }), draft: current.draft, scrollTop: current.scrollTop,
    key: dependencies.key(), starters: dependencies.starters(), banner: shownBanner({ banners }), restricted: dependencies.isRestricted(),
  };
}

/** The messages at the end, as many as are drawn at first; always the last one, however long. */
export function windowIds(session: Session): readonly string[] {
  const ids = shownIds(session).slice(-windowMessages);
  let length = 0;
  const start = ids.findLastIndex((id) => {
    length += session.head(id)?.size ?? 0;
    return length > windowLength;
  });
  return ids.slice(Math.min(start + 1, ids.length - 1));
}

export function shownBanner({ banners }: Pick<DeskState, 'banners'>): string | undefined {
  return banners.get('storage') ?? banners.get('history');
}

export function composerState({ current, dependencies }: Pick<DeskState, 'current' | 'dependencies'>): ComposerState {
  const { session } = current.stored.log;
  const { attachments, draft } = current;
  return toComposerState({ session, draft, chips: attachments.chips(), attachedTokens: attachments.tokens, historyTokens: historyTokens(session) }, dependencies);
}

/** What the last answer's request came to, where that still is what would be sent; else by size. */
function historyTokens(session: Session): number {
  const last = lastRequest(session);
  if (last === undefined) return systemTokens + tokensBySize(session, idsForPrompt(session, session.path, Number.MAX_SAFE_INTEGER));
  const { inputTokens, cacheReadTokens, cacheWriteTokens, outputTokens } = last.usage;
  return inputTokens + cacheReadTokens + cacheWriteTokens + outputTokens + tokensBySize(session, last.since);
}

function tokensBySize(session: Session, ids: readonly string[]): number {
  return Math.round(ids.reduce((sum, id) => sum + sentSize(session.head(id)), 0) / bytesPerToken);
}

/** Notices are not sent, but for the summary that counts. */
function sentSize(head: MessageHead | undefined): number {
  return head === undefined || (head.role === 'notice' && head.compaction?.undone !== false) ? 0 : head.size;
}
