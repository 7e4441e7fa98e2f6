// A lexical index of the workspace in memory: BM25 over pieces of files, postings packed into typed arrays. Nothing of it is on a disk.
import { createPostingList, type PostingList } from './searchPostings.ts';
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
  let corpus: Corpus = emptyCorpus();
  let removedPieces = 0;

  const remove = (id: string): void => {
    const file = files.get(id);
    if (file === undefined) return;
    file.isRemoved = true;
    files.delete(id);
    for (const piece of corpus.pieces) if (piece.file === file) removedPieces += 1;
    if (removedPieces <= 200 || removedPieces <= corpus.pieces.length / 3) return;
    corpus = withoutRemoved(corpus);
    removedPieces = 0;
  };

  return {
    add(added) {
      remove(added.id);
      const file: StoredFile = { id: added.id, path: added.path, isRemoved: false };
      files.set(added.id, file);
      addFile(corpus, file, added.text);
    },
    remove,
    search: (query, limit) => joinNeighbours(bestPieces(corpus, query, limit)),
    get fileCount() {
      return files.size;
    },
    get bytes() {
      return corpus.postings.bytes;
    },
  };
}

interface Corpus {
  readonly postings: PostingList;
  /** By their numbers. Those of removed files stay until there are many. */
  readonly pieces: Piece[];
  totalLength: number;
}

function emptyCorpus(): Corpus {
  return { postings: createPostingList(), pieces: [], totalLength: 0 };
}

function addFile(corpus: Corpus, file: StoredFile, text: string): void {
  const lines = text.split('\n');
  const pathTerms = splitTerms(file.path);
  for (let start = 0; start < lines.length; start += pieceLines) {
    const terms = [...splitTerms(lines.slice(start, start + pieceLines).join('\n')), ...pathTerms];
    if (terms.length === 0) continue;
    addPiece(corpus, { file, startLine: start + 1, endLine: Math.min(start + pieceLines, lines.length), length: terms.length }, terms);
  }
}

function addPiece(corpus: Corpus, piece: Piece, terms: readonly string[]): void {
  const number = corpus.pieces.push(piece) - 1;
  corpus.totalLength += piece.length;
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  for (const [term, count] of counts) corpus.postings.add(term, number, count);
}

function withoutRemoved({ pieces, postings }: Corpus): Corpus {
  const numbers = new Map<number, number>();
  const kept = pieces.filter((piece, number) => {
    if (!piece.file.isRemoved) numbers.set(number, numbers.size);
    return !piece.file.isRemoved;
  });
  return { pieces: kept, postings: postings.renumbered(numbers), totalLength: kept.reduce((sum, piece) => sum + piece.length, 0) };
}

function bestPieces({ pieces, postings, totalLength }: Corpus, query: string, limit: number): readonly SearchHit[] {
  const scores = new Map<number, number>();
  const averageLength = totalLength / Math.max(1, pieces.length);
  for (const term of new Set(splitTerms(query))) {
    const frequency = postings.sizeOf(term);
    const rarity = Math.log(1 + (pieces.length - frequency + 0.5) / (frequency + 0.5));
    postings.visit(term, (number, count) => {
      const piece = pieces[number];
      if (piece === undefined || piece.file.isRemoved) return;
      const weight = (count * (k1 + 1)) / (count + k1 * (1 - b + (b * piece.length) / averageLength));
      scores.set(number, (scores.get(number) ?? 0) + rarity * weight);
    });
  }
  const best = [...scores].sort((left, right) => right[1] - left[1] || left[0] - right[0]).slice(0, limit);
  return best.flatMap(([number, score]) => {
    const piece = pieces[number];
    return piece === undefined ? [] : [{ id: piece.file.id, path: piece.file.path, startLine: piece.startLine, endLine: piece.endLine, score }];
  });
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
