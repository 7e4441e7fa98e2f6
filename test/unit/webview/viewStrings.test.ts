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
  /** What is never one: texts that are cut are long, and fewer than two messages are not compacted. */
  const alwaysMany = ['showAll', 'codeTooLong', 'messageTooLong', 'noticeCompacted', 'contextMeter'];
  it.each(Object.entries(viewStrings).filter(([key, sentence]) => /\{\w+\} (?:\w+ )?[a-z]{4,}s\b/.test(sentence) && !alwaysMany.includes(key)))('%s that counts has a sentence for one', (key) => {
    expect(Object.entries(viewStrings).find(([other]) => other === `${key}One`)?.[1]).toMatch(/^1 [a-z]+(?<!s)\b/);
  });
  it.each(Object.entries(viewStrings))('%s keeps the house style', (_, sentence) => {
    expect(sentence).not.toMatch(/!|\bplease\b|\boops\b/i);
  });
});
