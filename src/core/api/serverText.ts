// Text that came from a server is data: no markup, no control characters, no key, no more than people read.

/** Enough for any honest message; a page is cut. */
const longestMessage = 500;

export function cleanServerText(text: string, key?: string): string {
  const plain = withoutMarkup(withoutControls(text)).replace(/\s+/g, ' ').trim();
  return cut(redactKeys(plain, key), longestMessage);
}

/** Masks the key in use and everything shaped like one. */
export function redactKeys(text: string, key?: string): string {
  let result = text;
  if (key !== undefined && key.length >= 4) {
    for (const form of formsOf(key)) result = replaceEvery(result, form, mask);
  }
  for (const shape of keyShapes) result = result.replace(shape, (_whole, before: string | undefined) => `${before ?? ''}${mask}`);
  return result;
}

/** A request id is shown and logged, so it may hold nothing but an id. */
export function cleanRequestId(value: string | null, key?: string): string | undefined {
  if (value === null) return undefined;
  const id = value.trim();
  if (!/^[\w.:/=+-]{1,128}$/.test(id)) return undefined;
  return redactKeys(id, key) === id ? id : undefined;
}

const mask = '•••';

const keyShapes: readonly RegExp[] = [
  /(\bbearer\s+)[^\s"',;]{6,}/gi,
  /(\b(?:x-)?api[-_ ]?key["']?\s*[:=]\s*["']?)[^\s"',;]{6,}/gi,
  /()\b(?:sk|rk|pk|ra|runapi|key)[-_][A-Za-z0-9_-]{10,}/g,
  /()\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)?/g,
  /()\b(?:gh[pousr]_|github_pat_|xox[abp]-|AKIA|AIza)[A-Za-z0-9_-]{12,}/g,
];

function formsOf(key: string): ReadonlySet<string> {
  const base64 = btoa(String.fromCharCode(...new TextEncoder().encode(key))).replace(/=+$/, '');
  return new Set([key, encodeURIComponent(key), JSON.stringify(key).slice(1, -1), base64]);
}

/** Case is ignored: some servers lower-case header values before they echo them. */
function replaceEvery(text: string, part: string, replacement: string): string {
  const lowerText = text.toLowerCase();
  const lowerPart = part.toLowerCase();
  let result = '';
  let from = 0;
  for (let at = lowerText.indexOf(lowerPart); at !== -1; at = lowerText.indexOf(lowerPart, from)) {
    result += text.slice(from, at) + replacement;
    from = at + part.length;
  }
  return result + text.slice(from);
}

function withoutControls(text: string): string {
  return text
    // ANSI: OSC strings first (they hold text of their own), then CSI and the two-character escapes.
    // oxlint-disable-next-line no-control-regex -- escape sequences are what is taken out
    .replace(/(?:\u001b\]|\u009d)[\s\S]*?(?:\u0007|\u001b\\|\u009c|$)/g, '')
    // oxlint-disable-next-line no-control-regex -- as above
    .replace(/(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]?|\u001b[ -~]?/g, '')
    .replace(/[\t\n\r]/g, ' ')
    // The rest of the controls, and all format characters: zero-width, bidi marks, tags.
    .replace(/[\p{Cc}\p{Cf}]/gu, '');
}

function withoutMarkup(text: string): string {
  if (!text.includes('<')) return text;
  const title = /<title[^>]*>([^<]{1,200})<\/title>/i.exec(text)?.[1];
  const body = text
    .replace(/<(script|style|head)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ')
    .replace(/<!--[\s\S]*?(?:-->|$)/g, ' ')
    .replace(/<\/?[a-z!][^>]*(?:>|$)/gi, ' ');
  return decodeEntities(title === undefined ? body : `${title} ${body}`);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,6})|#x([0-9a-f]{1,6})|(\w{2,6}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    const code = decimal !== undefined ? Number(decimal) : hex !== undefined ? Number.parseInt(hex, 16) : undefined;
    if (code !== undefined) return code >= 32 && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
    return entities[name?.toLowerCase() ?? ''] ?? whole;
  });
}

function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text.slice(0, length - 1).toWellFormed().replace(/\uFFFD$/, '')}…`;
}
