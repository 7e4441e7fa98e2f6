// What a test run came to, said honestly: the exit code decides, the counts come from the summary that the framework prints.
import { stripControls } from './stripControls.ts';

export interface TestOutcome {
  readonly passed: boolean;
  /** From the summary, where one was recognised. */
  readonly passedCount?: number;
  readonly failedCount?: number;
  /** The end of the output without escape sequences: what a repair round is given. */
  readonly excerpt: string;
}

const maxExcerptCharacters = 12_000;

export function readTestOutcome(exitCode: number | undefined, output: string): TestOutcome {
  const plain = stripControls(output.replace(/\r+\n/g, '\n'));
  const counts = readCounts(plain);
  const excerpt = plain.length <= maxExcerptCharacters ? plain : `[${String(plain.length - maxExcerptCharacters)} characters left out]\n${plain.slice(-maxExcerptCharacters)}`;
  // A run that found no test exits with 0 in some frameworks: it proves nothing.
  const ranNothing = counts.passed === 0 && (counts.failed ?? 0) === 0;
  return {
    passed: exitCode === 0 && !ranNothing,
    ...(counts.passed === undefined ? {} : { passedCount: counts.passed }),
    ...(counts.failed === undefined ? {} : { failedCount: counts.failed }),
    excerpt: excerpt.trim(),
  };
}

interface Counts {
  readonly passed?: number | undefined;
  readonly failed?: number | undefined;
}

/** One entry a family of summaries; the last match in the output counts, because watchers and workspaces print several. */
const summaries: readonly ((text: string) => Counts | undefined)[] = [
  // vitest: "Tests  1 failed | 3 passed (4)", jest: "Tests:       1 failed, 3 passed, 4 total"
  (text) => lastLine(text, /^\s*Tests:?\s+(?=.*\b(?:passed|failed)\b).*$/gm, { passed: /(\d+) passed/, failed: /(\d+) failed/ }),
  // pytest: "==== 1 failed, 3 passed in 0.12s ===="
  (text) => lastLine(text, /^=+ .*\b(?:passed|failed|errors?|no tests ran)\b.* in [\d.]+s.*$/gm, { passed: /(\d+) passed/, failed: /(\d+) (?:failed|errors?)/ }),
  // node:test: "# pass 3" and "# fail 1", or "ℹ pass 3"
  (text) => pair(text, /^[#ℹ] pass (\d+)/gm, /^[#ℹ] fail (\d+)/gm),
  // mocha: "3 passing (12ms)" and "1 failing"
  (text) => pair(text, /^\s*(\d+) passing/gm, /^\s*(\d+) failing/gm),
  // cargo: "test result: FAILED. 3 passed; 1 failed; …"
  (text) => total(text, /^test result: .*?(\d+) passed; (\d+) failed/gm),
  // Maven: "Tests run: 4, Failures: 1, Errors: 0"
  (text) => maven(text),
  // go test -v: "--- FAIL: TestX", "--- PASS: TestX"; without -v only "ok" and "FAIL" lines, which hold no counts
  (text) => goVerbose(text),
  // rspec: "4 examples, 1 failure"
  (text) => lastLine(text, /^\d+ examples?, \d+ failures?.*$/gm, { total: /(\d+) examples?/, failed: /(\d+) failures?/ }),
  // unittest: "Ran 4 tests in 0.001s" with "FAILED (failures=1, errors=1)"
  (text) => unittest(text),
];

function readCounts(text: string): Counts {
  for (const summary of summaries) {
    const counts = summary(text);
    if (counts !== undefined) return counts;
  }
  return {};
}

function lastLine(text: string, line: RegExp, parts: { readonly passed?: RegExp; readonly failed: RegExp; readonly total?: RegExp }): Counts | undefined {
  const last = [...text.matchAll(line)].at(-1)?.[0];
  if (last === undefined) return undefined;
  const failed = numberIn(last, parts.failed);
  return { passed: parts.total === undefined ? numberIn(last, parts.passed ?? /$^/) : numberIn(last, parts.total) - failed, failed };
}

function numberIn(text: string, pattern: RegExp): number {
  return Number(pattern.exec(text)?.[1] ?? 0);
}

function pair(text: string, passedLine: RegExp, failedLine: RegExp): Counts | undefined {
  const passed = [...text.matchAll(passedLine)].at(-1)?.[1];
  const failed = [...text.matchAll(failedLine)].at(-1)?.[1];
  return passed === undefined && failed === undefined ? undefined : { passed: Number(passed ?? 0), failed: Number(failed ?? 0) };
}

function total(text: string, line: RegExp): Counts | undefined {
  const lines = [...text.matchAll(line)];
  if (lines.length === 0) return undefined;
  return { passed: lines.reduce((sum, match) => sum + Number(match[1]), 0), failed: lines.reduce((sum, match) => sum + Number(match[2]), 0) };
}

function maven(text: string): Counts | undefined {
  const last = [...text.matchAll(/Tests run: (\d+), Failures: (\d+), Errors: (\d+)/g)].at(-1);
  if (last === undefined) return undefined;
  const failed = Number(last[2]) + Number(last[3]);
  return { passed: Number(last[1]) - failed, failed };
}

function goVerbose(text: string): Counts | undefined {
  const passed = text.match(/^\s*--- PASS: /gm)?.length ?? 0;
  const failed = text.match(/^\s*--- FAIL: /gm)?.length ?? 0;
  if (failed > 0 && passed === 0) return { failed };
  return passed + failed === 0 ? undefined : { passed, failed };
}

function unittest(text: string): Counts | undefined {
  const ran = [...text.matchAll(/^Ran (\d+) tests? in/gm)].at(-1)?.[1];
  if (ran === undefined) return undefined;
  const failed = [...(/^FAILED \((.*)\)/m.exec(text)?.[1] ?? '').matchAll(/(?:failures|errors)=(\d+)/g)].reduce((sum, match) => sum + Number(match[1]), 0);
  return { passed: Number(ran) - failed, failed };
}
