import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { viewStrings } from '../../../src/shared/viewStrings.ts';

// The project's own file of translations: sentence → sentence.
const korean = JSON.parse(readFileSync(join(import.meta.dirname, '../../../l10n/bundle.l10n.ko.json'), 'utf8')) as Readonly<Record<string, string>>;
const names = (sentence: string): readonly string[] => [...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();

describe('every sentence of the view', () => {
  it.each(Object.entries(viewStrings))('%s exists in Korean with the same places to fill', (_, sentence) => {
    expect(korean[sentence]).toBeDefined();
    expect(names(korean[sentence] ?? '')).toEqual(names(sentence));
  });
  it.each(Object.entries(viewStrings))('%s keeps the house style', (_, sentence) => {
    expect(sentence).not.toMatch(/!|\bplease\b|\boops\b/i);
  });
});
