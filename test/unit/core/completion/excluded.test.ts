// A file may be excluded at any moment: what has not been sent by then is not sent.
import { describe, expect, it } from 'vitest';
import type { FileGate, GateVerdict } from '../../../../src/core/context/fileGate.ts';
import { formatOutcome } from '../../../../src/core/completion/outcome.ts';
import { createTestEditor } from './harness.ts';

/** A gate whose verdicts are forgotten when a rule changes, as the window's are. */
function changingGate(): FileGate & { exclude(): void; readonly checks: () => number } {
  let verdict: GateVerdict = { open: true };
  let known: GateVerdict | undefined = verdict;
  let checks = 0;
  return {
    known: () => known,
    async check() {
      checks++;
      known = verdict;
      return verdict;
    },
    exclude() {
      verdict = { open: false, reason: 'excluded' };
      known = undefined;
    },
    checks: () => checks,
  };
}

describe('a file that is excluded', () => {
  it('during the delay is not asked about', async () => {
    const gate = changingGate();
    const editor = createTestEditor('const a = █', { gate });
    editor.type('b');
    const result = editor.call();
    await editor.clock.advance(50);
    gate.exclude();
    await editor.clock.advance(50);
    expect(formatOutcome((await result).outcome)).toBe('disabled:excluded');
    expect(editor.model.asked).toHaveLength(0);
  });

  it('is looked at again only when its verdict is gone', async () => {
    const gate = changingGate();
    const editor = createTestEditor('const a = █', { gate });
    editor.type('b');
    void editor.call();
    await editor.clock.advance(100);
    expect([editor.model.asked.length, gate.checks()]).toEqual([1, 0]);
  });
});
