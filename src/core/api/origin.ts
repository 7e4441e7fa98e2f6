// Which addresses may get a key. Plain http is for this machine only; a key belongs to scheme + host + port and to nothing wider.

export type BaseUrlProblem = 'not-a-url' | 'not-http' | 'insecure' | 'credentials';

export interface BaseUrl {
  /** Scheme, host and port, with the host as it goes over the wire: a look-alike name shows its punycode. */
  readonly origin: string;
  /** Whole address of a path that starts at the API's root: "/v1/models", "/api/v1/me". */
  address(path: string, query?: Readonly<Record<string, string>>): string;
}

export type BaseUrlResult = { readonly ok: true; readonly baseUrl: BaseUrl } | { readonly ok: false; readonly problem: BaseUrlProblem };

/** Takes what people paste: with or without a closing slash, `/v1`, or a whole endpoint's path. */
export function parseBaseUrl(text: string): BaseUrlResult {
  const url = URL.parse(text.trim());
  if (!url || url.hostname === '') return { ok: false, problem: 'not-a-url' };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { ok: false, problem: 'not-http' };
  if (url.username !== '' || url.password !== '') return { ok: false, problem: 'credentials' };
  url.hostname = withoutTrailingDot(url.hostname);
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return { ok: false, problem: 'insecure' };
  const root = url.origin + withoutEndpoint(url.pathname);
  return { ok: true, baseUrl: { origin: url.origin, address: (path, query) => root + path + toQuery(query) } };
}

/** "runapi.ai." and "runapi.ai" are one host to DNS but two origins to a browser. */
function withoutTrailingDot(hostname: string): string {
  return hostname.replace(/\.+$/, '');
}

function isLoopback(hostname: string): boolean {
  // The URL parser has already turned 127.1, 0x7f.1 and the like into four decimal numbers.
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function withoutEndpoint(path: string): string {
  return path
    .replace(/\/+$/, '')
    .replace(/\/(chat\/completions|messages|models)$/, '')
    .replace(/\/v1$/, '')
    .replace(/\/+$/, '');
}

function toQuery(query: Readonly<Record<string, string>> | undefined): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? '' : `?${text}`;
}
