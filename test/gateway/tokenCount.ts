// A stand-in for a tokenizer: words cut into pieces of up to 6 letters, each CJK character on its own. Deliberately another
// method than src/core/context/tokenEstimate.ts, so that the two can be compared.

const token = / ?[A-Za-z]{1,6}|\d{1,3}|[\u{1100}-\u{11ff}\u{2e80}-\u{d7ff}]|\s+|[^\s\w]{1,2}|./gsu;

export function splitTokens(text: string): readonly string[] {
  return text.match(token) ?? [];
}

export function countTokens(text: string): number {
  return splitTokens(text).length;
}

/** The pieces of a streamed answer; never inside a surrogate pair. */
export function* deltas(text: string, chunking: 'token' | number): Generator<string> {
  if (chunking === 'token') {
    yield* splitTokens(text);
    return;
  }
  let piece = '';
  let length = 0;
  for (const character of text) {
    piece += character;
    if (++length < chunking) continue;
    yield piece;
    piece = '';
    length = 0;
  }
  if (piece !== '') yield piece;
}
