import type { Usage } from '../../shared/chatTypes.ts';
import type { Session } from './session.ts';

export interface LastRequest {
  readonly usage: Usage;
  /** Messages that came after its answer. */
  readonly since: readonly string[];
}

/** What the last request on the shown path came to. Undefined where the next one will be another: nothing was answered yet, or not since the last compaction. */
export function lastRequest(session: Session): LastRequest | undefined {
  const { path } = session;
  for (let index = path.length - 1; index >= 0; index--) {
    const message = session.head(path[index] ?? '');
    if (message?.lastUsage !== undefined) return { usage: message.lastUsage, since: path.slice(index + 1) };
    if (message?.compaction?.undone === false) return undefined;
  }
  return undefined;
}
