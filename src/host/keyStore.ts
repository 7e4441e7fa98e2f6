// Where the key lives: secret storage, else the environment. A key belongs to the one origin it was entered for and is handed out for
// no other (ATTACKS rows 1 to 4).
import * as vscode from 'vscode';
import { parseBaseUrl } from '../core/api/origin.ts';
import type { Logger } from '../core/logger.ts';

export type KeySource = 'stored' | 'memory' | 'environment';

export interface KeyStore extends vscode.Disposable {
  /** Undefined when there is none for this origin. Never throws: a keyring that is locked or missing counts as empty. */
  keyFor(origin: string): Promise<string | undefined>;
  source(origin: string): Promise<KeySource | undefined>;
  /** Keys that were handed out or found so far: whoever prepares text for a request masks them. */
  seen(): readonly string[];
  /** False when secret storage refused and the key is kept in memory until the window closes. */
  store(origin: string, key: string): Promise<boolean>;
  remove(origin: string): Promise<void>;
  /** True when RUNAPI_API_KEY is set but was not yet allowed for this origin. */
  needsConsent(origin: string): boolean;
  allowEnvironmentKey(origin: string): Promise<void>;
  readonly onDidChange: vscode.Event<void>;
}

export interface KeyStoreDependencies {
  readonly secrets: vscode.SecretStorage;
  readonly globalState: vscode.Memento;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly log: Logger;
}

const defaultOrigin = 'https://runapi.ai';
const allowedOriginsState = 'runapi.environmentKeyOrigins';

export function createKeyStore({ secrets, globalState, environment, log }: KeyStoreDependencies): KeyStore {
  const changed = new vscode.EventEmitter<void>();
  const memory = new Map<string, string>();
  const seen = new Set<string>();
  const subscription = secrets.onDidChange((event) => {
    if (event.key.startsWith('runapi.key:')) changed.fire();
  });

  const environmentKey = environment['RUNAPI_API_KEY']?.trim() || undefined;
  const allowedOrigins = (): readonly string[] => [defaultOrigin, ...environmentOrigin(environment), ...globalState.get<readonly string[]>(allowedOriginsState, [])];
  const stored = async (origin: string): Promise<string | undefined> => {
    try {
      return (await secrets.get(secretName(origin))) || undefined;
    } catch (error) {
      log.warn(`secret storage cannot be read: ${error instanceof Error ? error.name : 'unknown failure'}`);
      return undefined;
    }
  };
  const find = async (origin: string): Promise<{ readonly key: string; readonly source: KeySource } | undefined> => {
    const inMemory = memory.get(origin);
    if (inMemory !== undefined) return { key: inMemory, source: 'memory' };
    const inStorage = await stored(origin);
    if (inStorage !== undefined) return { key: inStorage, source: 'stored' };
    if (environmentKey !== undefined && allowedOrigins().includes(origin)) return { key: environmentKey, source: 'environment' };
    return undefined;
  };

  return {
    onDidChange: changed.event,
    keyFor: async (origin) => {
      const key = (await find(origin))?.key;
      if (key !== undefined) seen.add(key);
      return key;
    },
    seen: () => [...seen, ...(environmentKey === undefined ? [] : [environmentKey])],
    source: async (origin) => (await find(origin))?.source,
    needsConsent: (origin) => environmentKey !== undefined && !allowedOrigins().includes(origin),
    allowEnvironmentKey: async (origin) => {
      await globalState.update(allowedOriginsState, [...globalState.get<readonly string[]>(allowedOriginsState, []), origin]);
      changed.fire();
    },
    store: async (origin, key) => {
      const isStored = await storeSecret(secrets, origin, key, log);
      if (isStored) memory.delete(origin);
      else memory.set(origin, key);
      changed.fire();
      return isStored;
    },
    remove: async (origin) => {
      memory.delete(origin);
      await Promise.resolve(secrets.delete(secretName(origin))).catch(() => log.warn('secret storage refused to remove the key'));
      changed.fire();
    },
    dispose: () => {
      subscription.dispose();
      changed.dispose();
    },
  };
}

/** Reads back what was written: some keyrings accept a secret and lose it (https://github.com/microsoft/vscode/issues/115248). */
async function storeSecret(secrets: vscode.SecretStorage, origin: string, key: string, log: Logger): Promise<boolean> {
  try {
    await secrets.store(secretName(origin), key);
    return (await secrets.get(secretName(origin))) === key;
  } catch (error) {
    log.warn(`secret storage cannot be written: ${error instanceof Error ? error.name : 'unknown failure'}`);
    return false;
  }
}

/** RUNAPI_BASE_URL and RUNAPI_API_KEY are set together by whoever started VS Code, so that key belongs to that origin. It never sets the address. */
function environmentOrigin(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const result = parseBaseUrl(environment['RUNAPI_BASE_URL'] ?? '');
  return result.ok ? [result.baseUrl.origin] : [];
}

function secretName(origin: string): string {
  return `runapi.key:${origin}`;
}
