import { expect, it } from 'vitest';
import { english } from '../../../src/core/translate.ts';

it('fills names from the arguments', () => {
  expect(english('{count} of {total}', { count: 2, total: 10 })).toBe('2 of 10');
});

it('leaves a name without an argument as it stands', () => {
  expect(english('{count} left')).toBe('{count} left');
});

it('does not read an argument as a pattern', () => {
  expect(english('{a}', { a: '$& {b}' })).toBe('$& {b}');
});
