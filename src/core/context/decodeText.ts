// The text of a file's bytes where these say themselves what they are. Which legacy encoding others are in is a setting of the editor.

/** Undefined for bytes that are neither marked UTF-16 nor valid UTF-8. A byte order mark is no part of the text. */
export function decodeText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Characters that stand for bytes which were decoded in a wrong encoding. */
export function countUnreadable(text: string): number {
  return text.split('\uFFFD').length - 1;
}
