// Failures below HTTP. Node's fetch says "fetch failed" and hides the reason in a chain of causes; VS Code's Electron fetch says
// "net::ERR_…". Codes: nodejs.org/api/errors.html, undici's docs/api/Errors.md, OpenSSL's verify codes.
import { RunApiError, type ErrorKind, type RequestPhase } from '../errors.ts';
import { readList, readRecord, readText } from './jsonValue.ts';
import { redactKeys } from './serverText.ts';

export interface FailureContext {
  readonly origin: string;
  readonly model?: string;
  readonly requestId?: string;
  readonly key?: string;
}

export function toNetworkError(failure: unknown, phase: RequestPhase, context: FailureContext): RunApiError {
  if (failure instanceof RunApiError) return failure;
  const links = causeChain(failure);
  const found = classify(links, phase);
  return new RunApiError({
    kind: found.kind,
    retryable: found.retryable,
    phase,
    origin: context.origin,
    ...(context.model !== undefined && { model: context.model }),
    ...(context.requestId !== undefined && { requestId: context.requestId }),
    // Not the failure itself: fetch puts header values, and so the key, into some of its messages.
    cause: new Error(redactKeys(links.map((link) => `${link.code} ${link.message}`.trim()).join(' ← ').slice(0, 1000), context.key)),
  });
}

interface Link {
  readonly code: string;
  readonly message: string;
}

/** Deep enough for any real chain, and safe against one that leads back to itself. */
const longestChain = 12;

function causeChain(failure: unknown): readonly Link[] {
  const links: Link[] = [];
  const pending: unknown[] = [failure];
  while (pending.length > 0 && links.length < longestChain) {
    const record = readRecord(pending.shift());
    if (!record) continue;
    // undici's parser errors have a code of their own only sometimes.
    links.push({ code: readText(record['code']) ?? (record['name'] === 'HTTPParserError' ? 'HPE_UNKNOWN' : ''), message: readText(record['message']) ?? '' });
    pending.push(record['cause'], ...readList(record['errors']));
  }
  return links;
}

interface Finding {
  readonly kind: ErrorKind;
  readonly retryable: boolean;
}

function classify(links: readonly Link[], phase: RequestPhase): Finding {
  for (const rule of rules) {
    if (links.some((link) => rule.pattern.test(link.code) || rule.pattern.test(netCode(link.message)))) return ruleFor(rule, phase);
  }
  return phase === 'body' ? { kind: 'interrupted', retryable: true } : { kind: 'network', retryable: true };
}

/** "net::ERR_CONNECTION_REFUSED" and OpenSSL's "…:wrong version number:…" have their code in the message only. */
function netCode(message: string): string {
  if (/wrong version number|packet length too long/i.test(message)) return 'ERR_SSL_WRONG_VERSION_NUMBER';
  // A tunnel that was refused, and a window that may ask for a sign-in.
  if (/proxy response \(\d+\)|proxy authentication required/i.test(message)) return 'ERR_PROXY_REFUSED';
  return /net::(\w+)/.exec(message)?.[1] ?? '';
}

interface Rule extends Finding {
  readonly pattern: RegExp;
  /** What it means once an answer has begun. */
  readonly inBody?: ErrorKind;
}

function ruleFor(rule: Rule, phase: RequestPhase): Finding {
  return phase === 'body' && rule.inBody !== undefined ? { kind: rule.inBody, retryable: true } : { kind: rule.kind, retryable: rule.retryable };
}

const rules: readonly Rule[] = [
  { pattern: /^(ENOTFOUND|EAI_\w+|ENODATA|ERR_NAME_NOT_RESOLVED|ERR_NAME_RESOLUTION_FAILED|ERR_DNS_\w+)$/, kind: 'dns', retryable: true },
  { pattern: /^(ECONNREFUSED|ERR_CONNECTION_REFUSED|ERR_ADDRESS_UNREACHABLE)$/, kind: 'refused', retryable: true },
  { pattern: /^(UND_ERR_CONNECT_TIMEOUT|ERR_CONNECTION_TIMED_OUT|ETIMEDOUT)$/, kind: 'timeout', retryable: true, inBody: 'interrupted' },
  { pattern: /^(UND_ERR_HEADERS_TIMEOUT|ERR_TIMED_OUT)$/, kind: 'timeout', retryable: true, inBody: 'stalled' },
  { pattern: /^UND_ERR_BODY_TIMEOUT$/, kind: 'stalled', retryable: true },
  { pattern: /^(UND_ERR_HEADERS_OVERFLOW|HPE_HEADER_OVERFLOW|ERR_RESPONSE_HEADERS_TOO_BIG)$/, kind: 'not-an-api', retryable: false },
  { pattern: /^(ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG|ERR_SSL_HTTP_REQUEST|ERR_SSL_UNKNOWN_PROTOCOL|ERR_SSL_PROTOCOL_ERROR|EPROTO)$/, kind: 'not-an-api', retryable: false },
  { pattern: /^(HPE_\w+|ERR_INVALID_HTTP_RESPONSE|ERR_HTTP2?_PROTOCOL_ERROR)$/, kind: 'not-an-api', retryable: false, inBody: 'interrupted' },
  { pattern: /^(\w*SELF_SIGNED_CERT\w*|UNABLE_TO_\w+|CERT_\w+|ERR_TLS_\w+|ERR_SSL_\w+|ERR_CERT_\w+|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/, kind: 'tls', retryable: false },
  { pattern: /^(Z_BUF_ERROR)$/, kind: 'bad-reply', retryable: true, inBody: 'interrupted' },
  { pattern: /^(Z_\w+|ERR__ERROR_FORMAT_\w+|ERR_BROTLI_\w+|ERR_CONTENT_DECODING_FAILED)$/, kind: 'bad-reply', retryable: true },
  { pattern: /^(ERR_TUNNEL_CONNECTION_FAILED|ERR_PROXY_\w+|UND_ERR_PRX_TLS)$/, kind: 'proxy', retryable: false },
];
