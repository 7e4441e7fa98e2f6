// Which pieces a term occurs in, and how often, packed into typed arrays.

/** Term → its pieces. */
export interface PostingList {
  add(term: string, piece: number, count: number): void;
  /** How many pieces have the term. */
  sizeOf(term: string): number;
  visit(term: string, visit: (piece: number, count: number) => void): void;
  /** The same with pieces numbered anew; those without a new number are left out. */
  renumbered(numbers: ReadonlyMap<number, number>): PostingList;
  readonly bytes: number;
}

/**
 * Piece in 24 bits, count in 8: 16 million pieces, counts above 255 weigh no more. Most terms occur in one piece: they are a number, the
 * others an array that doubles.
 */
type Postings = number | { packed: Uint32Array; size: number };

export function createPostingList(): PostingList {
  const terms = new Map<string, Postings>();
  return {
    add: (term, piece, count) => addEntry(terms, term, pack(piece, count)),
    sizeOf: (term) => {
      const known = terms.get(term);
      return known === undefined ? 0 : typeof known === 'number' ? 1 : known.size;
    },
    visit: (term, visit) => visitEntries(terms.get(term), visit),
    renumbered: (numbers) => {
      const list = createPostingList();
      for (const [term, known] of terms) {
        visitEntries(known, (piece, count) => {
          const next = numbers.get(piece);
          if (next !== undefined) list.add(term, next, count);
        });
      }
      return list;
    },
    get bytes() {
      let bytes = 0;
      for (const known of terms.values()) bytes += typeof known === 'number' ? 8 : known.packed.byteLength;
      return bytes;
    },
  };
}

function addEntry(terms: Map<string, Postings>, term: string, entry: number): void {
  const known = terms.get(term);
  if (known === undefined) terms.set(term, entry);
  else if (typeof known === 'number') terms.set(term, { packed: Uint32Array.of(known, entry, 0, 0), size: 2 });
  else {
    if (known.size === known.packed.length) {
      const larger = new Uint32Array(known.size * 2);
      larger.set(known.packed);
      known.packed = larger;
    }
    known.packed[known.size++] = entry;
  }
}

function pack(piece: number, count: number): number {
  return ((piece << 8) | Math.min(255, count)) >>> 0;
}

function visitEntries(known: Postings | undefined, visit: (piece: number, count: number) => void): void {
  if (known === undefined) return;
  if (typeof known === 'number') {
    visit(known >>> 8, known & 0xff);
    return;
  }
  for (let index = 0; index < known.size; index++) {
    const entry = known.packed[index] ?? 0;
    visit(entry >>> 8, entry & 0xff);
  }
}
