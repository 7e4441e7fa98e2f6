import { describe, expect, it } from 'vitest';
import { createFindingCheck, type FindingVerdict, type ReviewedFile } from '../../../../src/core/tasks/findingCheck.ts';
import type { RawFinding } from '../../../../src/core/tasks/findings.ts';

const text = ['import a', '', 'function sum(list) {', '  let total = 0;', '  for (const x of list) total += x;', '  return total / list.length;', '}', ''].join('\n');
const file: ReviewedFile = { path: 'src/sum.js', text };

function finding(parts: Partial<RawFinding>): RawFinding {
  return { path: 'src/sum.js', startLine: 6, endLine: 6, severity: 'error', title: 'Divides by zero', reason: '', ...parts };
}

/** "kept 6-6" with " +edit", or the reason for dropping. */
function words(verdict: FindingVerdict): string {
  if (!verdict.kept) return verdict.reason;
  return `kept ${verdict.finding.startLine}-${verdict.finding.endLine}${verdict.finding.suggestion === undefined ? '' : ' +edit'}`;
}

function check(parts: Partial<RawFinding>, expected: string, files: readonly ReviewedFile[] = [file]): void {
  expect(words(createFindingCheck(files, () => 'id').check(finding(parts)))).toBe(expected);
}

describe('a finding held against the file', () => {
  it('is kept where its line exists', () => check({}, 'kept 6-6'));
  it('is dropped beyond the end', () => check({ startLine: 60, endLine: 60 }, 'no-such-line'));
  it('ends at the last line at most', () => check({ startLine: 6, endLine: 99 }, 'kept 6-8'));
  it('is dropped in a file that is not under review', () => check({ path: 'src/other.js' }, 'unknown-file'));
  it('finds the file by the end of its path', () => check({ path: 'sum.js' }, 'kept 6-6'));
  it('finds the file behind the marks of a diff', () => check({ path: 'b/src/sum.js' }, 'kept 6-6'));
  it('finds the file by an absolute path that ends in it', () => {
    check({ path: '/home/me/project/src/sum.js' }, 'kept 6-6');
  });
  it('does not guess between two files', () => {
    check({ path: 'sum.js' }, 'unknown-file', [file, { path: 'lib/sum.js', text }]);
  });
  it('does not take the end of a name for a path', () => check({ path: 'm.js' }, 'unknown-file'));

  it('moves to the line that it quotes', () => {
    check({ startLine: 2, endLine: 2, quote: '  return total / list.length;' }, 'kept 6-6');
  });
  it('keeps its length when it moves', () => {
    check({ startLine: 1, endLine: 2, quote: 'let total = 0;' }, 'kept 4-5');
  });
  it('moves to the nearest of equal lines', () => {
    check({ startLine: 5, endLine: 5, quote: 'x = 1' }, 'kept 6-6', [{ path: 'src/sum.js', text: 'x = 1\n\n\n\n\nx = 1\n' }]);
  });
  it('forgives the number and the white space of a quote', () => {
    check({ startLine: 1, endLine: 1, quote: '6 | return   total / list.length;' }, 'kept 6-6');
  });
  it('takes a part of a line when it is long enough', () => {
    check({ startLine: 1, endLine: 1, quote: 'total / list.length' }, 'kept 6-6');
  });
  it('is dropped when its quote stands nowhere', () => {
    check({ quote: 'return total / count;' }, 'no-such-line');
  });
  it('does not take a short part of a line', () => check({ quote: 'tot' }, 'no-such-line'));

  const changed = { ...file, ranges: [{ start: 6, end: 6 }] };
  it('is kept at a changed line', () => check({}, 'kept 6-6', [changed]));
  it('is kept three lines away', () => check({ startLine: 3, endLine: 3 }, 'kept 3-3', [changed]));
  it('is dropped four lines away', () => {
    check({ startLine: 2, endLine: 2 }, 'outside-the-change', [changed]);
  });
  it('is kept when it reaches into the change', () => {
    check({ startLine: 1, endLine: 7 }, 'kept 1-7', [changed]);
  });
  it('is dropped in a file without changed lines', () => {
    check({}, 'outside-the-change', [{ ...file, ranges: [] }]);
  });

  it('keeps an edit whose old text stands once', () => {
    check({ suggestion: { oldText: '  return total / list.length;\n', newText: '  return 0;\n' } }, 'kept 6-6 +edit');
  });
  it('loses an edit whose old text stands nowhere', () => {
    check({ suggestion: { oldText: '  return nothing;\n', newText: '  return 0;\n' } }, 'kept 6-6');
  });
  it('loses an edit whose old text stands twice', () => {
    check({ suggestion: { oldText: 'total', newText: 'sum' } }, 'kept 6-6');
  });
  it('loses an edit that changes nothing', () => {
    check({ suggestion: { oldText: '}\n', newText: '}\n' } }, 'kept 6-6');
  });
  it('loses an edit of nothing', () => check({ suggestion: { oldText: '\n', newText: 'x\n' } }, 'kept 6-6'));
  it('holds edits against CRLF text', () => {
    check({ suggestion: { oldText: '  let total = 0;\n', newText: '  let total = 1;\n' } }, 'kept 6-6 +edit', [{ path: 'src/sum.js', text: text.replaceAll('\n', '\r\n') }]);
  });
  it('holds edits against the file as it is in the editor', () => {
    check({ suggestion: { oldText: 'later\n', newText: 'x\n' } }, 'kept 6-6 +edit', [{ ...file, currentText: 'later\n' }]);
  });
});

describe('an edit with several readings', () => {
  const file: ReviewedFile = { path: 'src/sum.js', text: 'Title\n=======\nold\nend\n' };
  const [short, whole] = [{ oldText: 'Title\n', newText: 'old\n=======\nTitle\n' }, { oldText: 'Title\n=======\nold\n', newText: 'Title\n=======\nnew\n' }];
  const suggested = (suggestion: RawFinding['suggestion']): unknown => {
    const held = createFindingCheck([file], () => 'id');
    const verdict = held.check(finding({ startLine: 1, endLine: 1, ...(suggestion === undefined ? { lostSuggestion: true } : { suggestion }) }));
    return [verdict.kept && verdict.finding.suggestion, held.droppedEdits];
  };
  it('is the longest that stands in the file', () => {
    expect(suggested({ ...short, otherReadings: [whole] })).toEqual([whole, 0]);
    expect(suggested({ ...short, otherReadings: [{ ...whole, oldText: 'Title\n=======\nolder\n' }] })).toEqual([short, 0]);
  });
  it('is lost where none stands in the file', () => expect(suggested({ oldText: 'a\n', newText: 'b\n', otherReadings: [{ oldText: 'c\n', newText: 'd\n' }] })).toEqual([undefined, 1]));
  it('whose end was not certain is counted and forgotten', () => {
    expect(suggested(undefined)).toEqual([undefined, 1]);
    const verdict = createFindingCheck([file], () => 'id').check(finding({ startLine: 1, endLine: 1, lostSuggestion: true }));
    expect(verdict.kept && 'lostSuggestion' in verdict.finding).toBe(false);
  });
});

describe('the count of a review', () => {
  it('says how many were dropped and why', () => {
    const held = createFindingCheck([file], () => 'id');
    held.check(finding({ path: 'x' }));
    held.check(finding({ path: 'y' }));
    held.check(finding({ startLine: 70, endLine: 70 }));
    expect([...held.dropped]).toEqual([['unknown-file', 2], ['no-such-line', 1]]);
  });
  it('drops what was said before', () => {
    const held = createFindingCheck([file], () => 'id');
    held.check(finding({}));
    expect(words(held.check(finding({ title: 'DIVIDES BY ZERO' })))).toBe('duplicate');
    expect(words(held.check(finding({ title: 'Another' })))).toBe('kept 6-6');
  });
  it('counts edits that were lost', () => {
    const held = createFindingCheck([file], () => 'id');
    held.check(finding({ suggestion: { oldText: 'nowhere\n', newText: '' } }));
    expect(held.droppedEdits).toBe(1);
  });
  it('gives each finding the id that it is given', () => {
    let number = 0;
    const held = createFindingCheck([file], () => `n${++number}`);
    const verdicts = [held.check(finding({})), held.check(finding({ title: 'b' }))];
    expect(verdicts.map((verdict) => verdict.kept && verdict.finding.id)).toEqual(['n1', 'n2']);
  });
});
