// What the user can point at, and its form as one string: what a suggestion carries to the composer and back.
import { digestText } from './digestText.ts';
import { moveRangeBy, type LineRange, type LinesChange } from './lineRange.ts';

export type ContextReference =
  | { readonly kind: 'file'; readonly uri: string; readonly range?: LineRange; /** The user was warned that the file holds secrets. */ readonly evenIfSecret?: boolean }
  | { readonly kind: 'folder'; readonly uri: string }
  | { readonly kind: 'symbol'; readonly uri: string; readonly name: string; readonly range: LineRange }
  /** Absent place: the active editor's, as it is when it is collected. */
  | { readonly kind: 'selection'; readonly uri?: string; readonly range?: LineRange }
  | { readonly kind: 'changes' }
  | { readonly kind: 'staged' }
  /** Without a file: of the whole workspace. */
  | { readonly kind: 'problems'; readonly uri?: string }
  | { readonly kind: 'terminal' }
  | { readonly kind: 'open-editors' }
  /** Without a query: what the message says. */
  | { readonly kind: 'codebase'; readonly query?: string }
  | { readonly kind: 'instructions'; readonly uri?: string };

/** `kind`, then what it is about behind a colon: `file:file:///a/b.ts#L3-9`, `codebase:where are prices rounded`. */
export function formatReference(reference: ContextReference): string {
  switch (reference.kind) {
    case 'file': return `file:${place(reference.uri, reference.range)}${reference.evenIfSecret === true ? '!' : ''}`;
    case 'folder': return `folder:${reference.uri}`;
    case 'symbol': return `symbol:${place(reference.uri, reference.range)}=${reference.name}`;
    case 'selection': return reference.uri === undefined ? 'selection' : `selection:${place(reference.uri, reference.range)}`;
    case 'problems': return reference.uri === undefined ? 'problems' : `problems:${reference.uri}`;
    case 'codebase': return reference.query === undefined ? 'codebase' : `codebase:${reference.query}`;
    case 'instructions': return reference.uri === undefined ? 'instructions' : `instructions:${reference.uri}`;
    case 'changes':
    case 'staged':
    case 'terminal':
    case 'open-editors': return reference.kind;
  }
}

/** Ids have at most 200 characters in messages and files; `offer:` may stand before one. */
const longestId = 190;

/** The same for the same reference and another for any other. A Hangul syllable of a path has nine characters in a URI: long ones end in a digest. */
export function referenceId(reference: ContextReference): string {
  const text = formatReference(reference);
  return text.length <= longestId ? text : `${text.slice(0, longestId - 41)}~${digestText(text)}`;
}

/** Undefined for anything that `formatReference` does not write: the text comes from the chat view. */
export function parseReference(text: string): ContextReference | undefined {
  const colon = text.indexOf(':');
  const kind = colon < 0 ? text : text.slice(0, colon);
  const rest = colon < 0 ? '' : text.slice(colon + 1);
  switch (kind) {
    case 'file': return parseFile(rest);
    case 'folder': return isUri(rest) ? { kind, uri: rest } : undefined;
    case 'symbol': return parseSymbol(rest);
    case 'selection': return rest === '' ? { kind } : parsePlaced(rest, kind);
    case 'problems': return rest === '' ? { kind } : isUri(rest) ? { kind, uri: rest } : undefined;
    case 'codebase': return colon < 0 ? { kind } : rest.trim() === '' ? undefined : { kind, query: rest };
    case 'instructions': return rest === '' ? { kind } : isUri(rest) ? { kind, uri: rest } : undefined;
    case 'changes':
    case 'staged':
    case 'terminal':
    case 'open-editors': return rest === '' ? { kind } : undefined;
    default: return undefined;
  }
}

/** The same reference after its document was edited; itself where it names no lines of it. */
export function moveReference(reference: ContextReference, uri: string, changes: readonly LinesChange[]): ContextReference {
  if (!('range' in reference) || reference.range === undefined || reference.uri !== uri) return reference;
  const range = moveRangeBy(reference.range, changes);
  return range.startLine === reference.range.startLine && range.endLine === reference.range.endLine ? reference : { ...reference, range };
}

function place(uri: string, range: LineRange | undefined): string {
  return range === undefined ? uri : `${uri}#L${range.startLine}-${range.endLine}`;
}

function parsePlaced<Kind extends 'file' | 'selection'>(text: string, kind: Kind): { readonly kind: Kind; readonly uri: string; readonly range?: LineRange } | undefined {
  const { uri, range } = splitPlace(text);
  if (!isUri(uri)) return undefined;
  return range === undefined ? { kind, uri } : { kind, uri, range };
}

function parseFile(text: string): ContextReference | undefined {
  const evenIfSecret = text.endsWith('!');
  const placed = parsePlaced(evenIfSecret ? text.slice(0, -1) : text, 'file');
  return placed === undefined || !evenIfSecret ? placed : { ...placed, evenIfSecret };
}

function parseSymbol(text: string): ContextReference | undefined {
  const match = /^(.*)#L(\d{1,9})-(\d{1,9})=(.+)$/s.exec(text);
  const [, uri = '', start, end, name = ''] = match ?? [];
  const range = toRange(start, end);
  return range === undefined || !isUri(uri) ? undefined : { kind: 'symbol', uri, name, range };
}

function splitPlace(text: string): { readonly uri: string; readonly range?: LineRange } {
  const match = /^(.*)#L(\d{1,9})-(\d{1,9})$/s.exec(text);
  const range = toRange(match?.[2], match?.[3]);
  return range === undefined ? { uri: text } : { uri: match?.[1] ?? '', range };
}

function toRange(start: string | undefined, end: string | undefined): LineRange | undefined {
  if (start === undefined || end === undefined) return undefined;
  const range = { startLine: Number(start), endLine: Number(end) };
  return range.startLine >= 1 && range.endLine >= range.startLine ? range : undefined;
}

function isUri(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\S+$/i.test(text);
}
