// A model client of the product against an address, with everything that it says on the side collected.
import { createModelClient } from '../../src/core/api/httpModelClient.ts';
import type { ModelRequest, StreamPart } from '../../src/core/api/modelClient.ts';
import type { Fetch } from '../../src/core/api/http.ts';
import type { Memory } from '../../src/core/api/quirks.ts';
import type { Clock } from '../../src/core/clock.ts';
import { capabilitiesOf } from '../../src/core/models/catalog.ts';
import type { Logger } from '../../src/core/logger.ts';
import { defaultSettings, type Settings, type SettingsSource } from '../../src/core/settings.ts';
import { createConnectionWatch } from '../../src/host/connectionWatch.ts';
import { systemClock } from '../../src/host/systemClock.ts';

export interface HarnessOptions {
  readonly baseUrl: string;
  readonly key?: string | undefined;
  readonly clock?: Clock;
  readonly fetch?: Fetch;
  readonly settings?: Partial<Settings>;
  readonly memory?: Map<string, unknown>;
}

export interface Outcome {
  readonly parts: readonly StreamPart[];
  readonly text: string;
  readonly error: unknown;
}

export interface ClientHarness {
  ask(request?: Partial<ModelRequest>, signal?: AbortSignal): Promise<Outcome>;
  stream(request?: Partial<ModelRequest>, signal?: AbortSignal): AsyncIterable<StreamPart>;
  readonly log: readonly string[];
  readonly memory: ReadonlyMap<string, unknown>;
}

export const testKey = 'sk-canary-7f3a91c2d4e5b6a798';

export function createClientHarness(options: HarnessOptions): ClientHarness {
  const log: string[] = [];
  const memory = options.memory ?? new Map<string, unknown>();
  const client = createModelClient({
    fetch: options.fetch ?? ((address, init) => globalThis.fetch(address, init)),
    clock: options.clock ?? systemClock,
    random: () => 0.5,
    settings: fixedSettings({ baseUrl: options.baseUrl, ...options.settings }),
    keyFor: () => Promise.resolve('key' in options ? options.key : testKey),
    logger: collectingLogger(log),
    memory: mapMemory(memory),
    capabilities: capabilitiesOf,
    // Only with the real fetch: its reports are what is watched.
    ...(options.fetch === undefined && { observeConnection: (start: () => Promise<Response>, onConnected: () => void) => watch.observe(start, onConnected) }),
  });
  const stream = (request: Partial<ModelRequest> = {}, signal = new AbortController().signal): AsyncIterable<StreamPart> => client.stream({ ...plainRequest, ...request }, signal);
  return { log, memory, stream, ask: (request, signal) => collect(stream(request, signal)) };
}

const watch = createConnectionWatch();

export const plainRequest: ModelRequest = {
  protocol: 'chat_completions',
  model: 'claude-haiku-4.5',
  system: 'You are terse.',
  messages: [{ role: 'user', content: 'Say hello.' }],
  maxTokens: 500,
};

export async function collect(stream: AsyncIterable<StreamPart>): Promise<Outcome> {
  const parts: StreamPart[] = [];
  let error: unknown;
  try {
    for await (const part of stream) parts.push(part);
  } catch (thrown) {
    error = thrown;
  }
  return { parts, text: textOf(parts), error };
}

function textOf(parts: readonly StreamPart[]): string {
  return parts.map((part) => (part.type === 'text-delta' ? part.text : '')).join('');
}

/** Neighbouring texts joined: how the bytes are cut must not show in anything else. */
export function joinTexts(parts: readonly StreamPart[]): readonly StreamPart[] {
  const result: StreamPart[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (part.type === 'text-delta' && last?.type === 'text-delta') result[result.length - 1] = { type: 'text-delta', text: last.text + part.text };
    else result.push(part);
  }
  return result;
}

export function fixedSettings(changed: Partial<Settings>): SettingsSource {
  return { current: () => ({ ...defaultSettings, ...changed }), onChange: () => () => undefined };
}

export function collectingLogger(lines: string[]): Logger {
  const add = (message: string, error?: unknown): void => {
    lines.push(message, describeDeeply(error));
  };
  return { debug: add, info: add, warn: add, error: add };
}

export function mapMemory(map: Map<string, unknown>): Memory {
  return { get: (key) => map.get(key), set: (key, value) => void map.set(key, value) };
}

/** Everything that an error could show anywhere: its fields, its stack, its chain of causes. */
export function describeDeeply(value: unknown): string {
  if (!(value instanceof Error)) return JSON.stringify(value) ?? '';
  return [String(value), value.stack, JSON.stringify(Object.getOwnPropertyDescriptors(value)), describeDeeply(value.cause)].join('\n');
}
