// Stands for the package `entities` in the view's bundle (see esbuild.js): the browser has the table of names itself, 23 kB less to load.

const known = new Map<string, string>();

/** "&copy;" → "©"; what is no name stays as it is. The document that is parsed holds a name and nothing else, and is never shown. */
export function decodeHTMLStrict(text: string): string {
  if (!/^&[a-z][a-z0-9]{1,31};$/i.test(text)) return text;
  const found = known.get(text);
  if (found !== undefined) return found;
  const decoded = new DOMParser().parseFromString(text, 'text/html').body.textContent;
  // "&notit;" is "¬it;" to a browser, and no entity to Markdown.
  const character = decoded.endsWith(';') && text !== '&semi;' ? text : decoded;
  known.set(text, character);
  return character;
}
