import type { SendRecord } from './sendReply.ts';

/** What the gateway noted about one request. Fields without `readonly` are filled as it goes on. */
export interface RequestRecord extends SendRecord {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** With the query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or the text where it is none. */
  body: unknown;
  bodyBytes: number;
  /** Milliseconds after the start of the gateway. */
  readonly atMs: number;
  /** Answered with these, when it was answered. */
  status?: number;
  fault?: string;
  /** When the answer was complete, cut, or given up by the client. */
  endMs?: number;
  /** The client closed the connection before the end of the answer. */
  aborted: boolean;
}
