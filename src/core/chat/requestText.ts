// "Show what is sent": the request as it goes over the wire, for people to read. The key is not known here, so it cannot be in it.
import type { WireOf } from '../api/wireRequest.ts';
import type { TaskRequest } from '../models/taskRunner.ts';
import type { RouteDecision } from '../../shared/chatTypes.ts';

export interface RequestTextOptions {
  readonly request: TaskRequest;
  readonly route: RouteDecision;
  readonly baseUrl: string;
  readonly wireOf: WireOf;
  /** What a reader should know of it. */
  readonly note?: string;
}

export function formatRequest({ request, route, baseUrl, wireOf, note }: RequestTextOptions): string {
  const { system, messages } = request;
  const { path, headers, body } = wireOf({ ...route, system, messages });
  return `${JSON.stringify({ note, method: 'POST', url: `${baseUrl.replace(/\/+$/, '')}${path}`, headers, body }, shortenImages, 2)}\n`;
}

/** The base64 text of an image says nothing to a reader. */
function shortenImages(_key: string, value: unknown): unknown {
  if (typeof value !== 'string' || value.length < 2_000) return value;
  const match = /^(data:image\/[a-z]+;base64,)?[A-Za-z0-9+/]{1900,}={0,2}$/.exec(value);
  return match === null ? value : `${match[1] ?? ''}… (${value.length} characters of base64)`;
}
