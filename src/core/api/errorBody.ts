// What a server says went wrong, in any of the shapes that gateways use (RunAPI's pages list six of them).
import { parseJson, readList, readRecord, readText, type JsonRecord } from './jsonValue.ts';

export interface ErrorBody {
  /** Not yet cleaned: pass it through cleanServerText before it is shown. */
  readonly message: string;
  readonly type?: string;
  readonly code?: string;
  /** The field that the server complains about. */
  readonly field?: string;
  /** A status inside the body, where the HTTP status says 200. */
  readonly status?: number;
}

export function parseErrorBody(text: string): ErrorBody {
  const value = parseJson(text);
  return (value === undefined ? undefined : readErrorBody(value)) ?? { message: messageIn(text) ?? text };
}

/** JSON that was cut still has its message near its start. */
function messageIn(text: string): string | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  const quoted = /"(?:message|detail|error)"\s*:\s*"((?:[^"\\]|\\.){1,2000})/.exec(text.slice(0, 4000))?.[1];
  return quoted?.replace(/\\u([0-9a-f]{4})|\\(.)/gi, (_whole, code?: string, letter?: string) => (code === undefined ? (/[ntrbf]/.test(letter ?? '') ? ' ' : (letter ?? '')) : String.fromCharCode(Number.parseInt(code, 16))));
}

/** Undefined when the value is not an error. */
export function readErrorBody(value: unknown): ErrorBody | undefined {
  if (Array.isArray(value)) return readErrorBody(value[0]);
  const record = readRecord(value);
  if (!record) return undefined;
  const error = record['error'] ?? firstOf(record['errors']);
  if (typeof error === 'string') return { ...bodyOf(record), message: withDescription(error, record) };
  const nested = readRecord(error);
  if (nested) return bodyOf(nested);
  const fields = fieldErrors(record['errors']);
  if (fields) return fields;
  return saysError(record) ? bodyOf(record) : undefined;
}

/** Some gateways write `"error": null` into good answers. */
export function hasError(value: JsonRecord): boolean {
  return value['error'] !== undefined && value['error'] !== null;
}

function firstOf(errors: unknown): unknown {
  return readList(errors)[0];
}

/** `{"errors":{"model":["is missing"]}}`. */
function fieldErrors(errors: unknown): ErrorBody | undefined {
  const entry = Object.entries(readRecord(errors) ?? {})[0];
  if (!entry) return undefined;
  const [field, problem] = entry;
  const words = readText(problem) ?? readText(readList(problem)[0]) ?? '';
  return { message: `${field} ${words}`.trim(), field };
}

/** `{"error":"invalid_request","error_description":"…"}` and the like. */
function withDescription(error: string, record: JsonRecord): string {
  const description = readText(record['error_description']) ?? readText(record['message']) ?? readText(record['detail']);
  return description === undefined ? error : `${error}: ${description}`;
}

function saysError(record: JsonRecord): boolean {
  const answers = 'choices' in record || 'content' in record;
  return !answers && (record['type'] === 'error' || 'message' in record || 'detail' in record || 'title' in record);
}

function bodyOf(record: JsonRecord): ErrorBody {
  const detail = record['detail'];
  const located = readRecord(readList(detail)[0]);
  const message = readText(record['message']) ?? readText(detail) ?? readText(located?.['msg']) ?? readText(record['title'])
    ?? readText(record['reason']) ?? '';
  const field = readText(record['param']) ?? readText(record['field']) ?? (located ? readList(located['loc']).map(String).join('.') : undefined);
  const code = typeof record['code'] === 'number' ? String(record['code']) : readText(record['code']);
  const status = statusOf(record['status']) ?? statusOf(record['code']);
  const type = readText(record['type']);
  return {
    message,
    ...(type !== undefined && { type }),
    ...(code !== undefined && { code }),
    ...(field !== undefined && { field }),
    ...(status !== undefined && { status }),
  };
}

function statusOf(value: unknown): number | undefined {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value;
  return typeof status === 'number' && Number.isInteger(status) && status >= 400 && status <= 599 ? status : undefined;
}
