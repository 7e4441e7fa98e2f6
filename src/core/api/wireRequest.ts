import type { ModelRequest } from './modelClient.ts';

/** A request as it goes over the wire, for people to read; the key is not in it. */
export interface WireRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** With everything that was learnt of the model at this address: the same request that the client would send now. */
export type WireOf = (request: ModelRequest) => WireRequest;
