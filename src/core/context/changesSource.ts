// The port to version control: what changed, as text that may be sent, and how commits are usually worded here.
import type { ContextNote } from './contextItem.ts';
import type { DiffFile } from './gitDiff.ts';

export type ChangesScope =
  /** Everything that is not committed, staged or not; new files included. */
  | { readonly type: 'working' }
  | { readonly type: 'staged' }
  /** From where HEAD left `base` on; without `base` the branch that the repository calls its main one. */
  | { readonly type: 'branch'; readonly base?: string };

export interface Changes {
  readonly repository: { readonly rootUri: string; readonly branch?: string };
  /** What was compared with, for people: a branch name, "HEAD". */
  readonly base: string;
  /** Parsed, gated and masked. Files that may not be sent are in `notes` only. */
  readonly files: readonly DiffFile[];
  /** The same as unified diff. */
  readonly text: string;
  readonly notes: readonly ContextNote[];
}

export type ChangesRefusal = 'no-repository' | 'untrusted-workspace' | 'no-git' | 'no-changes' | 'failed';

export type ChangesResult = { readonly ok: true; readonly changes: Changes } | { readonly ok: false; readonly reason: ChangesRefusal };

export interface ChangesSource {
  /** `nearUri` picks the repository where there are several. Rejects only with the signal's reason. */
  read(scope: ChangesScope, options: { readonly nearUri?: string; readonly signal: AbortSignal }): Promise<ChangesResult>;
  /** Of every repository of the workspace; one result where there is none. Rejects only with the signal's reason. */
  readAll(scope: ChangesScope, signal: AbortSignal): Promise<readonly ChangesResult[]>;
  /** Subject and body of the newest commits, newest first; merges are left out. Empty where there is no history. */
  recentMessages(count: number, options: { readonly nearUri?: string; readonly signal: AbortSignal }): Promise<readonly string[]>;
}
