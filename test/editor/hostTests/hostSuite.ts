// The shape of a suite that runs inside the extension host, with the real `vscode` module at hand.

export interface HostTestContext {
  /** The workspace folder's path. */
  readonly folder: string;
  /** Address of the local RunAPI of this run. */
  readonly gatewayUrl: string;
}

export interface HostSuite {
  readonly name: string;
  /** Sentence → test. A test fails by throwing. */
  readonly tests: Readonly<Record<string, (context: HostTestContext) => Promise<void> | void>>;
  /** Per test; default 20 s. */
  readonly timeoutMs?: number;
}
