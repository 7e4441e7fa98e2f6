// "Show what is sent": the request as it goes over the wire, for people to read. The key is not known here, so it cannot be in it.
import { toChatBody } from '../api/chatCompletionsBody.ts';
import { toMessagesBody } from '../api/messagesBody.ts';
import type { ModelRequest } from '../api/modelClient.ts';
import type { Quirks } from '../api/quirks.ts';
import type { TaskRequest } from '../models/taskRunner.ts';
import type { RouteDecision } from '../../shared/chatTypes.ts';

export interface RequestTextOptions {
  readonly request: TaskRequest;
  readonly route: RouteDecision;
  readonly baseUrl: string;
  /** What is known of the model's dislikes, as the client will heed it. */
  readonly quirks?: Quirks;
}

export function formatRequest({ request, route, baseUrl, quirks = new Set() }: RequestTextOptions): string {
  const { system, messages } = request;
  const modelRequest: ModelRequest = { ...route, system, messages };
  const isMessages = route.protocol === 'messages';
  const body = isMessages ? toMessagesBody(modelRequest, quirks) : toChatBody(modelRequest, quirks);
  const shown = {
    method: 'POST',
    url: `${baseUrl.replace(/\/+$/, '')}${isMessages ? '/v1/messages' : '/v1/chat/completions'}`,
    headers: { authorization: 'Bearer …', 'content-type': 'application/json', ...(isMessages ? { 'anthropic-version': '2023-06-01' } : {}) },
    body,
  };
  return `${JSON.stringify(shown, shortenImages, 2)}\n`;
}

/** The base64 text of an image says nothing to a reader. */
function shortenImages(_key: string, value: unknown): unknown {
  if (typeof value !== 'string' || value.length < 2_000) return value;
  const match = /^(data:image\/[a-z]+;base64,)?[A-Za-z0-9+/]{1900,}={0,2}$/.exec(value);
  return match === null ? value : `${match[1] ?? ''}… (${value.length} characters of base64)`;
}
