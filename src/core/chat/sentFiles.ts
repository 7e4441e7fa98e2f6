// The files that went along with a message, with their text as it was sent where all of it was: what an answer was written for.
import type { ContextItem } from '../context/contextItem.ts';
import type { SentContext, WholeFile } from './messageBody.ts';

export interface SentFile {
  /** A whole URI string. */
  readonly uri: string;
  /** With `\n` at line ends and secrets masked. Undefined where only pieces were sent. */
  readonly text?: string;
}

/** Where whole files stand in the text of an item. */
export function findWholes({ reference, notes, parts, text }: ContextItem): readonly WholeFile[] {
  const isOfFiles = reference.kind === 'folder' || reference.kind === 'open-editors' || (reference.kind === 'file' && reference.range === undefined);
  if (!isOfFiles || notes.some((note) => note.type === 'shortened')) return [];
  const found: WholeFile[] = [];
  let from = 0;
  for (const part of parts) {
    // Behind the mark that begins a piece, of which no text holds a copy (contextText.ts).
    const start = text.indexOf(`>\n${part.text}`, from) + 2;
    if (part.text === '' || start < 2) continue;
    from = start + part.text.length;
    if (part.uri !== undefined && part.startLine === 1) found.push({ uri: part.uri, start, end: from });
  }
  return found;
}

export function sentFiles(context: readonly SentContext[]): readonly SentFile[] {
  const texts = new Map<string, string | undefined>();
  for (const { uris = [], wholes = [], text } of context) {
    for (const uri of uris) texts.set(uri, texts.get(uri));
    for (const { uri, start, end } of wholes) texts.set(uri, texts.get(uri) ?? text.slice(start, end));
  }
  return [...texts].map(([uri, text]) => (text === undefined ? { uri } : { uri, text }));
}
