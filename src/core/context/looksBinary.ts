/** A NUL among the first bytes means no text, unless a byte order mark says UTF-16 or UTF-32. */
export function looksBinary(head: Uint8Array): boolean {
  const [first, second] = head;
  const isWide = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  return !isWide && head.includes(0);
}
