// The local RunAPI: a server on loopback that speaks what the real one speaks, refuses what it refuses, and does as scripts say.
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Answer } from './answer.ts';
import { createBilling, type LedgerEntry } from './billing.ts';
import { controlPath, createControl } from './control.ts';
import { standardDefaults, type GatewayDefaults } from './defaults.ts';
import { createExchangeHandler } from './exchange.ts';
import { playModel } from './player/playModel.ts';
import type { RequestRecord } from './requestRecord.ts';
import { createRules, type AnswerFunction, type FaultRule, type ScriptOptions } from './script.ts';

export interface GatewayOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  readonly host?: string;
  readonly key?: string;
  readonly balanceCents?: number;
  readonly defaults?: Partial<GatewayDefaults>;
}

export interface Gateway {
  /** Base URL as the product's setting takes it: scheme, host and port. */
  readonly url: string;
  readonly origin: string;
  readonly key: string;
  readonly requests: readonly RequestRecord[];
  readonly ledger: readonly LedgerEntry[];
  script(answer: Answer | AnswerFunction, options?: ScriptOptions): () => void;
  fault(rule: string | FaultRule): () => void;
  setDefaults(defaults: Partial<GatewayDefaults>): void;
  setBalance(cents: number): void;
  /** Resolves with the next request that comes from now on; the body is read by then. */
  nextRequest(test?: (record: RequestRecord) => boolean): Promise<RequestRecord>;
  /** Resolves when no request is open. */
  idle(): Promise<void>;
  /** Forgets scripts, faults, requests and the ledger, and sets the defaults back. */
  reset(): void;
  close(): Promise<void>;
}

export async function startGateway(options: GatewayOptions = {}): Promise<Gateway> {
  const startDefaults = { ...standardDefaults, ...options.defaults };
  const rules = createRules();
  const billing = createBilling(options.balanceCents ?? 10_000);
  const requests: RequestRecord[] = [];
  const watchers = new Set<(record: RequestRecord) => void>();
  const key = options.key ?? 'runapi-local-key';
  const closing = new AbortController();
  const startMs = performance.now();
  let defaults = startDefaults;

  const exchange = createExchangeHandler({
    rules, billing, requests, key, play: playModel,
    defaults: () => defaults,
    origin: () => gateway.origin,
    now: () => performance.now() - startMs,
    closing: closing.signal,
    announce: (record) => { for (const watch of watchers) watch(record); },
  });
  const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0, headersTimeout: 0 });
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket.setNoDelay(true));
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  });
  server.on('request', (request, response) => {
    void (request.url?.startsWith(controlPath) === true ? control(request, response) : exchange.handle(request, response));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host ?? '127.0.0.1', resolve);
  });
  // A TCP server's address is never a string or null while it listens.
  const { port } = server.address() as AddressInfo;
  const origin = `http://${options.host ?? '127.0.0.1'}:${port}`;

  const gateway: Gateway = {
    url: origin, origin, key, requests,
    ledger: billing.ledger,
    script: (answer, options) => rules.script(answer, options),
    fault: (rule) => rules.fault(rule),
    setDefaults: (changed) => { defaults = { ...defaults, ...changed }; },
    setBalance: (cents) => billing.setBalance(cents),
    nextRequest: (test = () => true) => new Promise((resolve) => {
      const watch = (record: RequestRecord): void => {
        if (!test(record)) return;
        watchers.delete(watch);
        resolve(record);
      };
      watchers.add(watch);
    }),
    idle: () => exchange.idle(),
    reset() {
      rules.clear();
      billing.clear();
      billing.setBalance(options.balanceCents ?? 10_000);
      requests.length = 0;
      defaults = startDefaults;
    },
    async close() {
      closing.abort(new Error('The gateway is closing.'));
      const closed = new Promise<void>((resolve) => { server.close(() => resolve()); });
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  const control = createControl(gateway);
  return gateway;
}
