// The ModelClient that talks to a gateway: picks the wire format, retries, and learns once what a model does not take.
import type { Logger } from '../logger.ts';
import { RunApiError } from '../errors.ts';
import type { ModelCapabilities } from '../models/catalog.ts';
import { readAnswerParts } from './answerParts.ts';
import { chatCompletions } from './chatCompletions.ts';
import { createHttp, toHeaders, type Http, type HttpDependencies } from './http.ts';
import { messages } from './messages.ts';
import type { ModelClient, ModelRequest, StreamPart } from './modelClient.ts';
import { otherSpelling } from './modelSpelling.ts';
import { learnQuirk, readQuirks, type Memory, type Quirks } from './quirks.ts';
import { withRetries } from './retry.ts';
import { createStopFilter } from './stopSequences.ts';
import type { WireOf } from './wireRequest.ts';

export interface ModelClientDependencies extends HttpDependencies {
  /** 0 to 1, spreads retries. */
  readonly random: () => number;
  readonly logger: Logger;
  readonly memory: Memory;
  readonly capabilities: (model: string) => ModelCapabilities;
}

export function createModelClient(dependencies: ModelClientDependencies): ModelClient {
  const http = createHttp(dependencies);
  return { stream: (request, signal) => streamAdapting({ dependencies, http }, request, signal) };
}

/** What the client would send, without sending it. */
export function createWireOf(dependencies: Pick<ModelClientDependencies, 'memory' | 'settings' | 'capabilities'>): WireOf {
  return (request) => {
    const known = createModelMemory(dependencies, request.model);
    const { format, body } = toWire({ ...request, model: known.spelling() ?? request.model }, known.quirks(), dependencies);
    const accept = request.stream === false ? 'application/json' : 'text/event-stream';
    return { path: format.path, body, headers: toHeaders({ method: 'POST', path: format.path, headers: format.headers, body, accept }, '…') };
  };
}

function toWire(request: ModelRequest, quirks: Quirks, { capabilities }: Pick<ModelClientDependencies, 'capabilities'>) {
  const format = request.protocol === 'messages' && !quirks.has('no-messages') ? messages : chatCompletions;
  return { format, body: format.toBody(withinCapabilities(request, capabilities(request.model)), quirks) };
}

interface Parts {
  readonly dependencies: ModelClientDependencies;
  readonly http: Http;
}

/** One other spelling and a few parameters left out: more would be guessing. */
const mostAdaptations = 4;

async function* streamAdapting(parts: Parts, request: ModelRequest, signal: AbortSignal): AsyncGenerator<StreamPart, void, undefined> {
  const { dependencies } = parts;
  const known = createModelMemory(dependencies, request.model);
  let adapted: Adapted = { model: known.spelling() ?? request.model, quirks: known.quirks() };
  for (let adaptations = 0; ; adaptations += 1) {
    const current = adapted;
    let answered = false;
    try {
      const retrying = withRetries(
        { clock: dependencies.clock, random: dependencies.random, maxRetries: () => dependencies.settings.current().network.maxRetries },
        () => attempt(parts, { ...request, model: current.model }, current.quirks, signal),
        signal,
      );
      for await (const part of retrying) {
        if (!answered && part.type !== 'retry-wait') {
          answered = true;
          if (adaptations > 0) known.remember(current);
        }
        yield part;
      }
      return;
    } catch (error) {
      const next = answered || adaptations >= mostAdaptations ? undefined : adapt(error, request, current);
      if (!next) throw error;
      dependencies.logger.info(`model ${request.model}: sent again as ${next.model} with ${[...next.quirks].join(', ') || 'the same parameters'}`);
      adapted = next;
    }
  }
}

interface Adapted {
  readonly model: string;
  readonly quirks: Quirks;
}

function adapt(error: unknown, request: ModelRequest, current: Adapted): Adapted | undefined {
  if (error instanceof RunApiError && error.kind === 'model-not-found') {
    const other = current.model === request.model ? otherSpelling(request.model) : undefined;
    return other === undefined ? undefined : { ...current, model: other };
  }
  const quirk = learnQuirk(error, request, current.quirks);
  return quirk === undefined ? undefined : { ...current, quirks: new Set([...current.quirks, quirk]) };
}

function createModelMemory({ memory, settings }: Pick<ModelClientDependencies, 'memory' | 'settings'>, model: string) {
  // By address: another gateway may take what this one does not.
  const name = `${settings.current().baseUrl}|${model}`;
  return {
    quirks: () => readQuirks(memory, `quirks|${name}`),
    spelling: () => {
      const value = memory.get(`spelling|${name}`);
      return typeof value === 'string' && value === otherSpelling(model) ? value : undefined;
    },
    remember: (adapted: Adapted) => {
      if (adapted.quirks.size > 0) memory.set(`quirks|${name}`, [...adapted.quirks]);
      if (adapted.model !== model) memory.set(`spelling|${name}`, adapted.model);
    },
  };
}

async function* attempt({ dependencies, http }: Parts, request: ModelRequest, quirks: Quirks, signal: AbortSignal): AsyncGenerator<StreamPart, void, undefined> {
  const { format, body } = toWire(request, quirks, dependencies);
  const answer = await http.send({
    method: 'POST',
    path: format.path,
    headers: format.headers,
    body,
    accept: request.stream === false ? 'application/json' : 'text/event-stream',
    model: request.model,
  }, signal);
  yield* readAnswerParts({
    answer,
    format,
    hasTools: (request.tools?.length ?? 0) > 0,
    stopFilter: createStopFilter(request, quirks.has('no-stop')),
    clock: dependencies.clock,
  });
}

function withinCapabilities(request: ModelRequest, capabilities: ModelCapabilities): ModelRequest {
  const { thinkingTokens, ...rest } = request;
  return {
    ...rest,
    maxTokens: Math.max(1, Math.min(request.maxTokens, capabilities.maxOutputTokens)),
    ...(thinkingTokens !== undefined && capabilities.thinking && { thinkingTokens }),
  };
}
