import { describe, expect, it } from 'vitest';
import { createCleaningSite } from '../../../../../src/core/completion/cleaning/filter.ts';
import { fitItem } from '../../../../../src/core/completion/cleaning/fitItem.ts';
import { placeAt } from '../harness.ts';

/** Whether a suggestion of only `closer` is shown at the cursor. */
function check(at: string, closer: string, isShown: boolean): void {
  const fit = fitItem({ remaining: closer, open: false, impatient: false, crossLineEnd: false, reachLines: 1, isBlock: false, visible: '', site: createCleaningSite(placeAt(at), 'line') });
  expect(fit).toEqual(isShown ? { text: closer, replaceBefore: 0, replaceAfter: 0 } : { rejected: 'repeats-text-after' });
}

describe('a closer by itself is not shown', () => {
  it.each([
    ['where the editor has closed the block', 'if (a) {\n  b();\n  █\n}', '}'],
    ['in an empty block', 'if (a) {\n  █\n}', '}'],
    ['with a blank line between', 'if (a) {\n  b();\n  █\n\n}', '}'],
    ['in an inner block', 'for (;;) {\n  if (a) {\n    b();\n    █\n  }\n}', '}'],
    ['of a call', 'f(\n  a,\n  █\n);', ');'],
    ['of a list in an object', 'x = {\n  a: [\n    1,\n    █\n  ],\n};', '],'],
  ])('%s', (_name, at, closer) => check(at, closer, false));
});

describe('a closer by itself is shown', () => {
  it.each([
    ['where the next one is that of an outer block', 'for (;;) {\n  if (a) {\n    b();\n  █\n}', '}'],
    ['where nothing closes below', 'if (a) {\n  b();\n█', '}'],
    ['where another bracket closes below', 'f({\n  a: 1,\n█\n)', '}'],
    ['where a bracket in a string is all that is open', "a = '{';\n█\n}", '}'],
  ])('%s', (_name, at, closer) => check(at, closer, true));
});
