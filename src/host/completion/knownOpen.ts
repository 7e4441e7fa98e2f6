// For the typing path: whether a file's text may be sent, without a wait.
import type { FileGate } from '../../core/context/fileGate.ts';

/** Not, while nobody knows; the next key finds the answer. */
export function isKnownOpen(gate: FileGate, uri: string): boolean {
  const verdict = gate.known(uri);
  if (verdict === undefined) void gate.check(uri);
  return verdict?.open === true;
}
