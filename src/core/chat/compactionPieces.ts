// A history that is longer than one request, in pieces that fit: no message is left out, and one that is too long alone is cut in parts.
import type { ModelContent } from '../api/modelClient.ts';
import { imageLength, longestImages, sumOf, tokensOf, type PromptTurn } from './promptTurns.ts';

export interface PieceOptions {
  readonly roomTokens: number;
  readonly estimateTokens: (text: string) => number;
}

/** The turns that fit, at least one, and the rest. */
export function takePiece(turns: readonly PromptTurn[], { roomTokens, estimateTokens }: PieceOptions): readonly [piece: readonly PromptTurn[], rest: readonly PromptTurn[]] {
  let left = roomTokens;
  let imagesLeft = longestImages;
  const end = turns.findIndex((turn) => {
    left -= tokensOf(turn.content, estimateTokens);
    imagesLeft -= imageLength(turn);
    return left < 0 || imagesLeft < 0;
  });
  const count = end < 0 ? turns.length : Math.max(1, end);
  return [turns.slice(0, count), turns.slice(count)];
}

/** Turns that are larger than the room become several. */
export function splitLongTurns(turns: readonly PromptTurn[], options: PieceOptions): readonly PromptTurn[] {
  return turns.flatMap((turn) => (tokensOf(turn.content, options.estimateTokens) <= options.roomTokens ? [turn] : splitTurn(turn, options)));
}

function splitTurn({ role, content }: PromptTurn, options: PieceOptions): readonly PromptTurn[] {
  const parts = content.flatMap((part): readonly ModelContent[] => (part.type === 'text' ? splitText(part.text, options).map((text) => ({ type: part.type, text })) : [part]));
  return parts.map((part) => ({ role, content: [part] }));
}

function splitText(text: string, options: PieceOptions): readonly string[] {
  if (text.length < 2 || options.estimateTokens(text) <= options.roomTokens) return [text];
  const middle = middleOf(text);
  return [...splitText(text.slice(0, middle), options), ...splitText(text.slice(middle), options)];
}

/** Behind a line where one ends in the second quarter, never inside a surrogate pair. */
function middleOf(text: string): number {
  const half = Math.floor(text.length / 2);
  const line = text.lastIndexOf('\n', half) + 1;
  if (line > half / 2) return line;
  return /[\uDC00-\uDFFF]/.test(text.charAt(half)) && half > 1 ? half - 1 : half;
}

export function tokensOfTurns(turns: readonly PromptTurn[], estimateTokens: PieceOptions['estimateTokens']): number {
  return sumOf(turns.map((turn) => tokensOf(turn.content, estimateTokens)));
}
