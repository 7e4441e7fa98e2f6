// A lexical index of the workspace in memory: BM25 over pieces of files, postings packed into typed arrays. Nothing of it is on a disk.
import { splitTerms } from './searchTerms.ts';

export interface IndexedFile {
  /** Any name that is unique: a URI. */
  readonly id: string;
  readonly path: string;
  readonly text: string;
}

export interface SearchHit {
  readonly id: string;
  readonly path: string;
  /** From 1, both ends included. */
  readonly startLine: number;
  readonly endLine: number;
  readonly score: number;
}

export interface SearchIndex {
  /** Replaces what was known of the file. */
  add(file: IndexedFile): void;
  remove(id: string): void;
  /** Best first. Neighbouring pieces of a file come as one hit. */
  search(query: string, limit: number): readonly SearchHit[];
  readonly fileCount: number;
  /** Of the postings; texts are not kept. */
  readonly bytes: number;
}

/** Lines of a piece: about what fits a screen and a thought. */
const pieceLines = 40;
/** The usual constants of BM25 (Robertson and others, TREC-3). */
const k1 = 1.2;
const b = 0.75;

interface Piece {
  readonly file: StoredFile;
  readonly startLine: number;
  readonly endLine: number;
  readonly length: number;
}

interface StoredFile {
  readonly id: string;
  readonly path: string;
  isRemoved: boolean;
}

export function createSearchIndex(): SearchIndex {
  const files = new Map<string, StoredFile>();
  let postings = new Map<string, Postings>();
  let pieces: Piece[] = [];
  let totalLength = 0;
  let removedPieces = 0;

  const add = ({ id, path, text }: IndexedFile): void => {
    remove(id);
    const file: StoredFile = { id, path, isRemoved: false };
    files.set(id, file);
    const lines = text.split('\n');
    const pathTerms = splitTerms(path);
    for (let start = 0; start < lines.length; start += pieceLines) {
      const terms = [...splitTerms(lines.slice(start, start + pieceLines).join('\n')), ...pathTerms];
      if (terms.length === 0) continue;
      addPiece({ file, startLine: start + 1, endLine: Math.min(start + pieceLines, lines.length), length: terms.length }, terms);
    }
  };
  const addPiece = (piece: Piece, terms: readonly string[]): void => {
    const number = pieces.push(piece) - 1;
    totalLength += piece.length;
    const counts = new Map<string, number>();
    for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
    for (const [term, count] of counts) addPosting(postings, term, pack(number, count));
  };
  const remove = (id: string): void => {
    const file = files.get(id);
    if (file === undefined) return;
    file.isRemoved = true;
    files.delete(id);
    for (const piece of pieces) if (piece.file === file) removedPieces += 1;
    if (removedPieces > 200 && removedPieces > pieces.length / 3) sweep();
  };
  /** Numbers of pieces are given anew, without those of files that are gone. */
  const sweep = (): void => {
    const numbers = new Map<number, number>();
    const kept = pieces.filter((piece, number) => {
      if (!piece.file.isRemoved) numbers.set(number, numbers.size);
      return !piece.file.isRemoved;
    });
    const renumbered = new Map<string, Postings>();
    for (const [term, known] of postings) {
      visitPostings(known, (number, count) => {
        const next = numbers.get(number);
        if (next !== undefined) addPosting(renumbered, term, pack(next, count));
      });
    }
    postings = renumbered;
    pieces = kept;
    totalLength = kept.reduce((sum, piece) => sum + piece.length, 0);
    removedPieces = 0;
  };

  const search = (query: string, limit: number): readonly SearchHit[] => {
    const scores = new Map<number, number>();
    const averageLength = totalLength / Math.max(1, pieces.length);
    for (const term of new Set(splitTerms(query))) {
      const known = postings.get(term);
      if (known === undefined) continue;
      const frequency = sizeOf(known);
      const rarity = Math.log(1 + (pieces.length - frequency + 0.5) / (frequency + 0.5));
      visitPostings(known, (number, count) => {
        const piece = pieces[number];
        if (piece === undefined || piece.file.isRemoved) return;
        const weight = (count * (k1 + 1)) / (count + k1 * (1 - b + (b * piece.length) / averageLength));
        scores.set(number, (scores.get(number) ?? 0) + rarity * weight);
      });
    }
    const best = [...scores].sort((left, right) => right[1] - left[1] || left[0] - right[0]).slice(0, limit);
    return joinNeighbours(best.flatMap(([number, score]) => {
      const piece = pieces[number];
      return piece === undefined ? [] : [{ id: piece.file.id, path: piece.file.path, startLine: piece.startLine, endLine: piece.endLine, score }];
    }));
  };

  return {
    add,
    remove,
    search,
    get fileCount() {
      return files.size;
    },
    get bytes() {
      let bytes = 0;
      for (const known of postings.values()) bytes += typeof known === 'number' ? 8 : known.packed.byteLength;
      return bytes;
    },
  };
}

function joinNeighbours(hits: readonly SearchHit[]): readonly SearchHit[] {
  const joined: SearchHit[] = [];
  for (const hit of hits) {
    const at = joined.findIndex((other) => other.id === hit.id && (other.endLine + 1 === hit.startLine || hit.endLine + 1 === other.startLine));
    const other = joined[at];
    if (other === undefined) joined.push(hit);
    else joined[at] = { ...other, startLine: Math.min(other.startLine, hit.startLine), endLine: Math.max(other.endLine, hit.endLine) };
  }
  return joined;
}

/**
 * Piece in 24 bits, count in 8: 16 million pieces, counts above 255 weigh no more. Most terms occur in one piece: they are a number, the
 * others an array that doubles.
 */
type Postings = number | { packed: Uint32Array; size: number };

function addPosting(postings: Map<string, Postings>, term: string, entry: number): void {
  const known = postings.get(term);
  if (known === undefined) postings.set(term, entry);
  else if (typeof known === 'number') postings.set(term, { packed: Uint32Array.of(known, entry, 0, 0), size: 2 });
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

function sizeOf(known: Postings): number {
  return typeof known === 'number' ? 1 : known.size;
}

function visitPostings(known: Postings, visit: (piece: number, count: number) => void): void {
  if (typeof known === 'number') {
    visit(known >>> 8, known & 0xff);
    return;
  }
  for (let index = 0; index < known.size; index++) {
    const entry = known.packed[index] ?? 0;
    visit(entry >>> 8, entry & 0xff);
  }
}
