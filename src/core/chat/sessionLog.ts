// A session that is kept: each event changes the tree, goes to the file and is told to whoever looks.
import type { ChatEvent } from './chatEvent.ts';
import { emptyBody, type MessageBody } from './messageBody.ts';
import type { Session } from './session.ts';
import type { SessionChange } from './sessionState.ts';

/** The port to where sessions are stored. Never throws: what cannot be written stays in memory and is tried again. */
export interface SessionFile {
  write(event: ChatEvent): void;
  /** Texts of messages; those that cannot be read are missing in the result. */
  read(ids: readonly string[]): Promise<ReadonlyMap<string, MessageBody>>;
  /** Resolves when everything so far is written, or known to be not writable now. */
  flush(): Promise<void>;
}

export interface SessionLog {
  readonly session: Session;
  append(event: ChatEvent): void;
  /** Applies what another window wrote to the same file. */
  applyForeign(event: ChatEvent): void;
  /** Makes the texts of these messages available. */
  load(ids: readonly string[]): Promise<void>;
  flush(): Promise<void>;
  /** The result stops the listening. */
  onChange(listener: (changes: readonly SessionChange[]) => void): () => void;
}

export function createSessionLog(session: Session, file: SessionFile): SessionLog {
  const listeners = new Set<(changes: readonly SessionChange[]) => void>();
  const applyAndTell = (event: ChatEvent): void => {
    const changes = session.apply(event);
    if (changes.length === 0) return;
    for (const listener of listeners) listener(changes);
  };
  return {
    session,
    append: (event) => {
      file.write(event);
      applyAndTell(event);
    },
    applyForeign: applyAndTell,
    load: async (ids) => {
      const missing = ids.filter((id) => session.head(id) !== undefined && session.body(id) === undefined);
      if (missing.length === 0) return;
      const bodies = await file.read(missing);
      for (const id of missing) if (session.body(id) === undefined) session.setBody(id, bodies.get(id) ?? emptyBody);
    },
    flush: () => file.flush(),
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
