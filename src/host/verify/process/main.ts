// The process of the type check: started by the extension host, answers one request after the other, ends with it.
import type { DocumentRegistry } from 'typescript-pin';
import type { CheckReply, CheckRequest } from '../checkMessages.ts';
import { loadTypeScript, type TypeScript } from './loadTypeScript.ts';
import { runCheck, type CheckDependencies } from './runCheck.ts';

interface Loaded {
  readonly ts: TypeScript;
  readonly registry: DocumentRegistry;
  readonly keep: CheckDependencies['keep'];
}

let loaded: Loaded | undefined;

// Sent by our own extension host only: the channel is a pipe that nobody else holds.
process.on('message', (request: CheckRequest) => {
  process.send?.(answer(request));
});
process.on('disconnect', () => process.exit());

function answer(request: CheckRequest): CheckReply {
  loaded ??= load(request);
  if (loaded === undefined) return { id: request.id, failure: 'no-typescript' };
  try {
    return { id: request.id, result: runCheck(request, { ...loaded, now: () => performance.now() }) };
  } catch (error) {
    return { id: request.id, failure: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown' };
  }
}

function load({ libraries, locale }: CheckRequest): Loaded | undefined {
  const ts = loadTypeScript(libraries, locale);
  if (ts === undefined) return undefined;
  let kept: Parameters<Loaded['keep']>[0] = [];
  const keep: Loaded['keep'] = (services) => {
    for (const service of kept) service.dispose();
    kept = services;
  };
  return { ts, registry: ts.createDocumentRegistry(ts.sys.useCaseSensitiveFileNames), keep };
}
