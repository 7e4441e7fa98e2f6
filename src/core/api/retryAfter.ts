/** The wait a server asks for, in milliseconds. Garbage, negative numbers and dates in the past are no request at all. */
export function parseRetryAfter(headers: Headers, nowDate: number): number | undefined {
  const exact = headers.get('retry-after-ms');
  const exactMs = exact === null ? undefined : parseNumber(exact);
  if (exactMs !== undefined) return Math.round(exactMs);
  const value = headers.get('retry-after')?.trim();
  if (value === undefined) return undefined;
  const seconds = parseNumber(value);
  if (seconds !== undefined) return Math.round(seconds * 1000);
  return parseDateWait(value, headers.get('date'), nowDate);
}

function parseNumber(text: string): number | undefined {
  return /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}

/** Against the server's own clock where it tells it: a machine whose clock is a year off then still waits as meant. */
function parseDateWait(text: string, serverDate: string | null, nowDate: number): number | undefined {
  // HTTP dates only: Date.parse takes "-1" and "abc 1" for dates too.
  if (!/^[A-Za-z]{3,9},? .*\d{2}:\d{2}:\d{2}/.test(text)) return undefined;
  const at = Date.parse(text);
  if (Number.isNaN(at)) return undefined;
  const serverNow = Date.parse(serverDate ?? '');
  const waitMs = at - (Number.isNaN(serverNow) ? nowDate : serverNow);
  return waitMs >= 0 ? waitMs : undefined;
}
