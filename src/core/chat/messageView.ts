import type { ChatMessageView } from '../../shared/chatTypes.ts';
import type { Session } from './session.ts';

/** What the view draws for a message. The text is empty while it is not loaded. */
export function toMessageView(session: Session, id: string): ChatMessageView | undefined {
  const head = session.head(id);
  if (head === undefined) return undefined;
  const body = session.body(id);
  const { role, status, createdAt, chips, route, receipt, error, thinkingMs, edit } = head;
  return {
    id, role, status, createdAt, chips, route, receipt, error, thinkingMs, edit,
    text: body?.text ?? '',
    thinking: body?.thinking || undefined,
    branch: branchOf(session, id),
    compaction: head.compaction,
  };
}

export function toMessageViews(session: Session, ids: readonly string[]): readonly ChatMessageView[] {
  return ids.map((id) => toMessageView(session, id)).filter((view) => view !== undefined);
}

export function branchOf(session: Session, id: string): ChatMessageView['branch'] {
  const alternatives = session.alternatives(id);
  return alternatives.length < 2 ? undefined : { index: alternatives.indexOf(id), count: alternatives.length };
}

/** Until there is a title: the first line of the first question. `firstText` is that question's beginning where it is not loaded. */
export function shownTitle(session: Session, firstText?: string): string {
  return session.title ?? fallbackTitle(session.body(session.path[0] ?? '')?.text ?? firstText);
}

export function fallbackTitle(firstText: string | undefined): string {
  const line = (firstText ?? '').trim().split('\n', 1)[0]?.trim() ?? '';
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
