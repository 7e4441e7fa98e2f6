// Tells all attached views what changed in the session that they show. They see the same conversation at all times.
import type { ChatMessageView } from '../../shared/chatTypes.ts';
import type { MessagePatch } from '../../shared/protocol.ts';
import { shownTitle, toMessageView, toMessageViews } from './messageView.ts';
import type { Session } from './session.ts';
import type { SessionChange } from './sessionState.ts';
import type { Transcript, ViewChannel } from './viewChannel.ts';

/** Longer replacements are sent as a snapshot, which has a window. */
const longestReplacement = 60;

/** `firstText` stands in for a title where the first question is not loaded. */
export function feedChanges(session: Session, changes: readonly SessionChange[], channels: Iterable<ViewChannel>, firstText?: string): void {
  for (const change of changes) {
    const message = toTranscript(session, change, firstText);
    for (const channel of channels) {
      if (change.type === 'delta') channel.delta({ messageId: change.id, part: change.part, offset: change.offset, text: change.text });
      else if (message === 'too-long') void channel.resync();
      else if (message !== undefined) channel.transcript(message);
    }
  }
}

function toTranscript(session: Session, change: SessionChange, firstText: string | undefined): Transcript | 'too-long' | undefined {
  switch (change.type) {
    case 'added': {
      const message = toMessageView(session, change.id);
      return message === undefined ? undefined : { type: 'message-added', index: change.index, message };
    }
    case 'replaced': {
      const ids = shownIds(session).slice(change.from);
      if (ids.length > longestReplacement || ids.some((id) => session.body(id) === undefined)) return 'too-long';
      return { type: 'messages-replaced', from: change.from, total: change.from + ids.length, messages: toMessageViews(session, ids) };
    }
    case 'changed': {
      const view = toMessageView(session, change.id);
      return view === undefined ? undefined : { type: 'message-changed', messageId: change.id, patch: toPatch(view) };
    }
    case 'header':
      return { type: 'session-changed', title: shownTitle(session, firstText), priceUsd: session.priceUsd };
    case 'delta':
    case 'stop-asked':
      return undefined;
  }
}

/** The path, then what waits in the queue. */
export function shownIds(session: Session): readonly string[] {
  return session.queued.length === 0 ? session.path : [...session.path, ...session.queued];
}

function toPatch({ status, route, thinkingMs, receipt, error, branch, edit, compaction }: ChatMessageView): MessagePatch {
  return { status, route, thinkingMs, receipt, error, branch, edit, compaction };
}
