// What the editor has already put behind the cursor or below it is not put there a second time.
import { describe, expect, it } from 'vitest';
import { createCleaningSite } from '../../../../../src/core/completion/cleaning/filter.ts';
import { fitItem } from '../../../../../src/core/completion/cleaning/fitItem.ts';
import { callAt, placeAt } from '../harness.ts';

/** The text after the item was accepted, without the cursor. */
function accept(languageId: string, marked: string, remaining: string, reachLines = 20): string {
  const site = createCleaningSite(placeAt(marked, { languageId }), 'line');
  const fit = fitItem({ remaining, open: false, impatient: false, crossLineEnd: true, reachLines, isBlock: false, visible: '', site });
  if (fit === 'wait' || 'rejected' in fit) return JSON.stringify(fit);
  expect(callAt(marked).cursor.character).toBeGreaterThanOrEqual(fit.replaceBefore);
  const at = marked.indexOf('█');
  return marked.slice(0, at - fit.replaceBefore) + fit.text + marked.slice(at + 1 + fit.replaceAfter);
}

describe('closers below the cursor', () => {
  it.each([
    ['with a comma behind', 'a = [\n  {\n    █\n  }', 'b: 1,\n  },', 'a = [\n  {\n    b: 1,\n  }'],
    ['that end the last part of a construct', 'try {\n  █\n}', 'a();\n} catch {\n  b();\n}', 'try {\n  a();\n} catch {\n  b();\n}'],
    ['of another bracket than the text closes', 'if (█)\n}', 'a) {\n  b();\n}', 'if (a) {\n  b();\n}\n}'],
  ])('%s', (_, marked, remaining, expected) => expect(accept('typescript', marked, remaining)).toBe(expected));

  it('end a comment', () => expect(accept('typescript', '/**\n * █\n */', 'Says what.\n */')).toBe('/**\n * Says what.\n */'));
});

describe('quotes behind the cursor', () => {
  it.each([
    ['are the third of three', 'python', '"█"', '""', '"""'],
    ['are the third of three before more', 'python', '"█"', '""\na = 1', '"""\na = 1'],
    ['end the last of several strings', 'python', 'f("█"', 'a", "b"', 'f("a", "b"'],
    ['are needed where the text leaves a string open', 'python', 'f("█")', 'a" + "b', 'f("a" + "b")'],
  ])('%s', (_, ...[languageId, marked, remaining, expected]) => expect(accept(languageId, marked, remaining)).toBe(expected));

  it('do not hide a bracket behind a text block', () => {
    expect(accept('swift', 'add("""\n  █)', 'a\n  """)')).toBe('add("""\n  a\n  """)');
  });
});

describe('how many lines are shown', () => {
  it.each([
    ['one', 1, 'a;\nb;\nc;', 'a;'],
    ['two', 2, 'a;\nb;\nc;', 'a;\nb;'],
    ['closers go along', 1, 'a;\n}\nc;', 'a;\n}'],
    ['no more than there are', 5, 'a;\nb;', 'a;\nb;'],
  ])('%s', (_, reachLines, remaining, expected) => expect(accept('typescript', '█', remaining, reachLines)).toBe(expected));
});
