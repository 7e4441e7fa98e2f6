import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanCommitMessage, commitMessagePrompt } from '../../../../src/core/tasks/commitMessage.ts';
import { stripControls } from '../../../../src/core/tasks/stripControls.ts';
import { promptText } from '../../../../src/core/tasks/priceEstimate.ts';

function check(answer: string, expected: string): void {
  expect(cleanCommitMessage(answer)).toBe(expected);
}

describe('a commit message from a model', () => {
  it('stays as it is when it is one', () => {
    check('Add rounding\n\nPrices had three digits.', 'Add rounding\n\nPrices had three digits.');
  });
  it('loses its fence', () => check('```\nAdd rounding\n```', 'Add rounding'));
  it('loses quotes around it', () => check('"Add rounding"', 'Add rounding'));
  it('keeps quotes within', () => check('Rename "a" to "b"', 'Rename "a" to "b"'));
  it('loses a label', () => check('Commit message: Add rounding', 'Add rounding'));
  it('loses trailers', () => {
    check('Add rounding\n\nSigned-off-by: Eve <e@x>\nCo-authored-by: M <m@x>\nGenerated-by: a model', 'Add rounding');
  });
  it('keeps words that only begin like trailers', () => {
    check('Add accent to café\n\nccache is used.', 'Add accent to café\n\nccache is used.');
  });
  it('loses escape sequences and control characters', () => {
    check('\u001b[31mAdd\u001b[0m\u0000 rounding\u0007\u202e', 'Add rounding');
  });
  it('loses a hyperlink of a terminal and its target', () => {
    check('\u001b]8;;https://sink\u001b\\Add\u001b]8;;\u001b\\ rounding', 'Add rounding');
  });
  it('brings line ends to one kind', () => check('Add\r\n\r\nbody\rmore', 'Add\n\nbody\nmore'));
  it('has one blank line at most', () => check('Add\n\n\n\n\nbody  ', 'Add\n\nbody'));
  it('is text even when it looks like an option', () => check('-F/etc/passwd', '-F/etc/passwd'));
  it('is not endless', () => expect(cleanCommitMessage('x'.repeat(90_000)).length).toBeLessThanOrEqual(5000));
  it('may be empty', () => check('```\n```', ''));
  it('holds no control character, whatever comes', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (answer) => {
      // oxlint-disable-next-line no-control-regex -- what must not be there
      expect(cleanCommitMessage(answer)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u202e]/);
    }));
  });
});

describe('text without controls', () => {
  it('keeps tabs, line ends, emoji and Korean', () => {
    expect(stripControls('a\tb\r\nc 🙂 한글')).toBe('a\tb\r\nc 🙂 한글');
  });
  it('loses colours, titles and unfinished sequences', () => {
    expect(stripControls('\u001b[1;31ma\u001b[0m\u001b]0;title\u0007b\u001b]52;c;ZXZpbA==')).toBe('ab');
  });
  it('loses tags and zero-width characters', () => {
    expect(stripControls('a\u{e0041}\u{e0042}b\u200bc\ufeff')).toBe('abc');
  });
  it('is stable', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (text) => {
      expect(stripControls(stripControls(text))).toBe(stripControls(text));
    }));
  });
});

describe('the prompt for a commit message', () => {
  const base = { context: '<material-1>diff</material-1>', history: '<material-1>- Add x</material-1>', style: { rules: ['Rule one.'], examples: [] }, replyLanguage: 'English', staged: true, draft: '' };
  it('names the task first', () => {
    expect(commitMessagePrompt(base).system).toMatch(/^Task: commit message\.\n/);
  });
  it('says the rules of the repository', () => {
    expect(commitMessagePrompt(base).system).toContain('Rule one.');
  });
  it('says which changes', () => {
    expect(promptText(commitMessagePrompt(base))).toContain('for the staged changes');
    expect(promptText(commitMessagePrompt({ ...base, staged: false }))).toContain('for all changes');
  });
  it('keeps what the author began', () => {
    expect(promptText(commitMessagePrompt({ ...base, draft: 'Round prices ' }))).toContain('keep to that intent:\nRound prices');
    expect(promptText(commitMessagePrompt(base))).not.toContain('intent');
  });
});
