// Replaces secrets in text by marks before it goes into a request. The marks are numbered by secret, so that the same secret gives the
// same mark, and `restore` can put a secret back where an edit of the same file quotes the mark. Behind the mark of a secret of several
// lines stand as many line ends as it had: lines keep their numbers.
import { namedSecretKinds } from './namedSecrets.ts';
import { secretKinds, type SecretKind } from './secretKinds.ts';

export interface SecretMatch {
  readonly kind: string;
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
}

export interface Redacted {
  readonly text: string;
  readonly matches: readonly SecretMatch[];
}

/** A secret and what stands in its place. */
export interface MaskedSecret extends SecretMatch {
  readonly mark: string;
}

export interface Redactor {
  /** The secrets of a text of which only a piece goes into a request: they are found in the whole, where their beginning and end are. */
  mask(text: string, scope: string): readonly MaskedSecret[];
  /** `scope` says where the text is from: a file's URI. Marks made for one scope are restored in that scope only. */
  redact(text: string, scope: string): Redacted;
  restore(text: string, scope: string): string;
}

/** In order, apart from each other. */
export function findSecrets(text: string, known: readonly string[] = []): readonly SecretMatch[] {
  const lower = text.toLowerCase();
  const found = [...findKnown(text, known), ...[...secretKinds, ...namedSecretKinds].flatMap((kind) => findKind(kind, text, lower))];
  return withoutOverlaps(found);
}

/** More secrets than this are masked all the same, but cannot be put back. */
const maximumRemembered = 2000;

/** `known` are secrets that need no shape: the key in use. */
export function createRedactor(known: () => readonly string[] = () => []): Redactor {
  const numbers = new Map<string, number>();
  const secrets = new Map<string, { readonly secret: string; readonly scopes: Set<string> }>();

  const markOf = (secret: string, kind: string, scope: string): string => {
    const number = numbers.get(secret) ?? numbers.size + 1;
    const mark = `[masked-${kind}-${number}]`;
    if (number > maximumRemembered) return mark;
    numbers.set(secret, number);
    const entry = secrets.get(mark) ?? { secret, scopes: new Set<string>() };
    entry.scopes.add(scope);
    secrets.set(mark, entry);
    return mark;
  };

  return {
    mask: (text, scope) => findSecrets(text, known()).map((match) => ({ ...match, mark: markOf(text.slice(match.start, match.end), match.kind, scope) })),
    redact(text, scope) {
      const matches = findSecrets(text, known());
      if (matches.length === 0) return { text, matches };
      let masked = '';
      let end = 0;
      for (const match of matches) {
        const secret = text.slice(match.start, match.end);
        masked += text.slice(end, match.start) + markOf(secret, match.kind, scope) + '\n'.repeat(countLineEnds(secret));
        end = match.end;
      }
      return { text: masked + text.slice(end), matches };
    },
    restore: (text, scope) => text.replaceAll(/(\[masked-[a-z-]{2,30}-\d{1,4}\])(\n*)/g, (whole, mark: string, lineEnds: string) => {
      const entry = secrets.get(mark);
      return entry?.scopes.has(scope) === true ? entry.secret + lineEnds.slice(countLineEnds(entry.secret)) : whole;
    }),
  };
}

function countLineEnds(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}

function findKnown(text: string, known: readonly string[]): readonly SecretMatch[] {
  return known.filter((secret) => secret.length >= 8).flatMap((secret) => {
    const found: SecretMatch[] = [];
    for (let start = text.indexOf(secret); start >= 0; start = text.indexOf(secret, start + secret.length)) found.push({ kind: 'runapi-key', start, end: start + secret.length });
    return found;
  });
}

function findKind(kind: SecretKind, text: string, lower: string): readonly SecretMatch[] {
  if (!kind.hints.some((hint) => lower.includes(hint))) return [];
  const found: SecretMatch[] = [];
  for (const match of text.matchAll(kind.pattern)) {
    const secret = match.at(-1) ?? match[0];
    if (kind.accept?.(secret, match) === false) continue;
    const start = match.index + match[0].lastIndexOf(secret);
    found.push({ kind: kind.name, start, end: start + secret.length });
  }
  return found;
}

/** Of two that overlap the earlier kind is the more exact one; what it leaves over of the later one is masked with it. */
function withoutOverlaps(found: readonly SecretMatch[]): readonly SecretMatch[] {
  const kept: SecretMatch[] = [];
  for (const match of found.toSorted((left, right) => left.start - right.start || right.end - left.end)) {
    const last = kept.at(-1);
    if (last === undefined || match.start >= last.end) kept.push(match);
    else if (match.end > last.end) kept[kept.length - 1] = { ...last, end: match.end };
  }
  return kept;
}
