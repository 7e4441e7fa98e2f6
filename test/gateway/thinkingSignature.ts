import { createHash } from 'node:crypto';

/** Proves that a thinking block which comes back in a later request was made here and not changed. */
export function signThinking(thinking: string): string {
  return createHash('sha256').update(`local-runapi:${thinking}`).digest('base64');
}
