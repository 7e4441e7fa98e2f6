import { describe, expect, it } from 'vitest';
import type { FileGate, GateVerdict } from '../../../../src/core/context/fileGate.ts';
import { isKnownOpen } from '../../../../src/host/completion/knownOpen.ts';

function gateOf(known: GateVerdict | undefined): { readonly gate: FileGate; readonly checked: string[] } {
  const checked: string[] = [];
  const check = (uri: string): Promise<GateVerdict> => {
    checked.push(uri);
    return Promise.resolve({ open: true });
  };
  return { gate: { known: () => known, check }, checked };
}

describe('a file on the typing path', () => {
  it.each([
    ['that may be sent is open', { open: true }, true, []],
    ['that has been excluded is not', { open: false, reason: 'excluded' }, false, []],
    ['whose verdict is gone is not, and is looked at for the next key', undefined, false, ['a']],
  ] as const)('%s', (_name, known, open, looked) => {
    const { gate, checked } = gateOf(known);
    expect(isKnownOpen(gate, 'a')).toBe(open);
    expect(checked).toEqual(looked);
  });
});
