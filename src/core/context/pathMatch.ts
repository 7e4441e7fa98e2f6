// Ranks paths for what was typed behind "@": letters in order, better at the starts of words and in the file's own name.

export interface PathMatch {
  readonly path: string;
  readonly score: number;
}

/** Best first. An empty query keeps the order. */
export function matchPaths(paths: readonly string[], query: string, limit: number): readonly PathMatch[] {
  const wanted = query.normalize('NFC').toLowerCase().replaceAll(/[\s\\]+/g, (run) => (run.includes('\\') ? '/' : ''));
  if (wanted === '') return paths.slice(0, limit).map((path) => ({ path, score: 0 }));
  const matches = paths.flatMap((path) => {
    const score = scorePath(path, wanted);
    return score === undefined ? [] : [{ path, score }];
  });
  return matches.sort((left, right) => right.score - left.score || left.path.length - right.path.length || (left.path < right.path ? -1 : 1)).slice(0, limit);
}

/** Undefined when the letters do not occur in this order. Some disks keep names with their syllables and accents taken apart; nobody types them so. */
export function scorePath(name: string, query: string): number | undefined {
  const path = name.normalize('NFC');
  const lower = path.toLowerCase();
  const nameStart = path.lastIndexOf('/') + 1;
  const inName = query.includes('/') ? undefined : scoreFrom(path, lower, query, nameStart);
  const anywhere = scoreFrom(path, lower, query, 0);
  if (inName === undefined) return anywhere;
  return Math.max(anywhere ?? 0, inName + 30 + (lower.startsWith(query, nameStart) ? 40 : 0) + (stem(lower.slice(nameStart)) === query ? 40 : 0));
}

function stem(name: string): string {
  return name.replace(/(?<=.)\..*$/, '');
}

function scoreFrom(path: string, lower: string, query: string, start: number): number | undefined {
  const whole = lower.indexOf(query, start);
  if (whole >= 0) return 50 + query.length * 4 + (startsWord(path, whole) ? 20 : 0);
  // Reaching for the starts of words may jump over a letter that is needed.
  return scoreLetters({ path, lower, start, reach: 40 }, query) ?? scoreLetters({ path, lower, start, reach: 0 }, query);
}

interface Field {
  readonly path: string;
  readonly lower: string;
  readonly start: number;
  /** How far a letter may be looked for at the start of a word when it occurs nearer inside one. */
  readonly reach: number;
}

function scoreLetters(field: Field, query: string): number | undefined {
  let score = 0;
  let at = field.start;
  let previous = -2;
  for (const letter of query) {
    const found = nextPlace(field, letter, at, previous);
    if (found < 0) return undefined;
    score += found === previous + 1 ? 4 : startsWord(field.path, found) ? 3 : 1;
    previous = found;
    at = found + letter.length;
  }
  return score;
}

function nextPlace({ path, lower, reach }: Field, letter: string, from: number, previous: number): number {
  const first = lower.indexOf(letter, from);
  if (first < 0 || first === previous + 1 || startsWord(path, first)) return first;
  for (let at = first; at >= 0 && at < first + reach; at = lower.indexOf(letter, at + 1)) if (startsWord(path, at)) return at;
  return first;
}

function startsWord(path: string, at: number): boolean {
  if (at === 0) return true;
  const before = path.charAt(at - 1);
  return /[/._\- ]/.test(before) || (/[A-Z]/.test(path.charAt(at)) && !/[A-Z]/.test(before));
}
