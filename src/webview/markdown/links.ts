// Which addresses of a model's text may be opened, and what a reader is told about them. Everything that is not http(s) or a
// path of the workspace is inert text.

export type LinkTarget =
  | { readonly kind: 'web'; readonly url: string; readonly host: string }
  | { readonly kind: 'file'; readonly path: string; readonly line?: number }
  | { readonly kind: 'inert' };

export function parseLink(href: string): LinkTarget {
  const trimmed = href.trim();
  if (/\p{Cc}/u.test(trimmed) || trimmed === '') return { kind: 'inert' };
  if (/^https?:/i.test(trimmed)) return parseWebLink(trimmed);
  return parseFileLink(trimmed);
}

function parseWebLink(href: string): LinkTarget {
  if (!/^https?:\/\//i.test(href) || !URL.canParse(href)) return { kind: 'inert' };
  const url = new URL(href);
  // user:password@ makes one host look like another.
  if (url.username !== '' || url.password !== '' || url.host === '') return { kind: 'inert' };
  return { kind: 'web', url: url.href, host: url.host };
}

function parseFileLink(href: string): LinkTarget {
  const match = /^(.*?)(?:#L(\d{1,7})(?:-L?\d{1,7})?|:(\d{1,7})(?:[:-]\d{1,7})?)?$/.exec(href);
  const path = decode(match?.[1] ?? '');
  if (path === undefined || !isRelativePath(path)) return { kind: 'inert' };
  const line = match?.[2] ?? match?.[3];
  return line === undefined ? { kind: 'file', path } : { kind: 'file', path, line: Number(line) };
}

/** No scheme, no drive, no network path, nothing that leaves the workspace; the host checks again. */
function isRelativePath(path: string): boolean {
  if (path === '' || path.startsWith('/') || path.startsWith('~') || path.startsWith('#') || path.startsWith('?')) return false;
  if (/[\\:*?"<>|\p{Cc}]/u.test(path) || path.length > 500) return false;
  return !path.split('/').includes('..');
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** True when the text itself already names the host, so that it need not be repeated beside the link. */
export function namesHost(text: string, host: string): boolean {
  const bare = text.trim().toLowerCase().replace(/^https?:\/\//, '');
  return bare === host || bare.startsWith(`${host}/`) || bare.startsWith(`${host}?`) || bare.startsWith(`${host}#`);
}
