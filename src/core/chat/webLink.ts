export interface WebLink {
  /** What is opened: normalised, punycode for names that only look familiar. */
  readonly href: string;
  readonly host: string;
  /** The whole address for people, cut when it is very long. */
  readonly shown: string;
}

/** Undefined for anything but http and https (ATTACKS rows 17 and 18). */
export function parseWebLink(text: string): WebLink | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if ((url.protocol !== 'https:' && url.protocol !== 'http:') || url.username !== '' || url.password !== '') return undefined;
  return { href: url.href, host: url.host, shown: url.href.length > 500 ? `${url.href.slice(0, 499)}…` : url.href };
}
