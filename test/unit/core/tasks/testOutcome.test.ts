import { describe, expect, it } from 'vitest';
import { readTestOutcome } from '../../../../src/core/tasks/testOutcome.ts';

/** "pass 3/1": passed or failed, then the counts where they are known. */
function check(exitCode: number | undefined, output: string, expected: string): void {
  const { passed, passedCount, failedCount } = readTestOutcome(exitCode, output);
  expect(`${passed ? 'pass' : 'fail'} ${passedCount ?? '?'}/${failedCount ?? '?'}`).toBe(expected);
}

describe('the outcome of a test run', () => {
  it('follows the exit code where no summary is known', () => {
    check(0, 'all good', 'pass ?/?');
    check(1, 'all good', 'fail ?/?');
    check(undefined, '', 'fail ?/?');
  });
  it('is a failure when no test ran', () => {
    check(0, '# pass 0\n# fail 0\n', 'fail 0/0');
    check(5, '===== no tests ran in 0.01s =====', 'fail 0/0');
  });
  it('trusts the exit code more than the summary', () => {
    check(1, ' Tests  3 passed (3)\nUnhandled error', 'fail 3/0');
  });
  it('of vitest', () => {
    check(1, ' Test Files  1 failed (1)\n      Tests  1 failed | 3 passed (4)\n', 'fail 3/1');
    check(0, '\u001b[2m      Tests \u001b[22m \u001b[1m\u001b[32m4 passed\u001b[39m\u001b[22m (4)\n', 'pass 4/0');
  });
  it('of jest', () => {
    check(1, 'Test Suites: 1 failed, 1 total\nTests:       1 failed, 3 passed, 4 total\n', 'fail 3/1');
  });
  it('of mocha', () => check(1, '  3 passing (12ms)\n  1 failing\n', 'fail 3/1'));
  it('of node:test', () => {
    check(0, 'ℹ tests 3\nℹ pass 3\nℹ fail 0\n', 'pass 3/0');
    check(1, '# pass 2\n# fail 1\n', 'fail 2/1');
  });
  it('of pytest', () => {
    check(1, '=== 1 failed, 3 passed, 1 warning in 0.12s ===', 'fail 3/1');
    check(1, '=== 2 errors in 0.12s ===', 'fail 0/2');
  });
  it('of unittest', () => {
    check(1, 'Ran 4 tests in 0.001s\n\nFAILED (failures=1, errors=1)\n', 'fail 2/2');
    check(0, 'Ran 4 tests in 0.001s\n\nOK\n', 'pass 4/0');
  });
  it('of cargo, over several binaries', () => {
    check(101, 'test result: ok. 2 passed; 0 failed; 0 ignored\ntest result: FAILED. 3 passed; 1 failed; 0 ignored\n', 'fail 5/1');
  });
  it('of Maven', () => check(1, '[ERROR] Tests run: 4, Failures: 1, Errors: 1, Skipped: 0', 'fail 2/2'));
  it('of go', () => {
    check(0, 'ok  \texample.com/a\t0.2s\n', 'pass ?/?');
    check(1, '--- FAIL: TestA (0.00s)\nFAIL\n', 'fail ?/1');
    check(1, '--- FAIL: TestA (0.00s)\n--- PASS: TestB (0.00s)\nFAIL\n', 'fail 1/1');
  });
  it('of rspec', () => check(1, '4 examples, 1 failure\n', 'fail 3/1'));
  it('takes the last summary', () => {
    check(0, ' Tests  1 failed | 3 passed (4)\n Tests  4 passed (4)\n', 'pass 4/0');
  });
});

describe('what is kept of the output', () => {
  it('has no escape sequences', () => {
    expect(readTestOutcome(1, '\u001b[31mred\u001b[0m\u001b]8;;https://sink\u0007link').excerpt).toBe('redlink');
  });
  it('is its end', () => {
    const { excerpt } = readTestOutcome(1, `${'x'.repeat(20_000)}the end`);
    expect(excerpt).toMatch(/^\[8007 characters left out\]\nx+the end$/);
    expect(excerpt.length).toBeLessThan(12_100);
  });
});
