// Whether a file's text may leave the machine. Every feature that puts file text into a request asks here first.

export type GateReason = 'secret-file' | 'ignored' | 'excluded' | 'outside-workspace' | 'untrusted-workspace' | 'too-large' | 'binary';

export type GateVerdict = { readonly open: true } | { readonly open: false; readonly reason: GateReason };

export interface FileGate {
  /** `uri` is a whole URI string. Links are followed: the verdict is that of the real file. */
  check(uri: string): Promise<GateVerdict>;
  /** The last verdict, for the typing path: undefined means ask `check` first and send nothing until then. */
  known(uri: string): GateVerdict | undefined;
}
