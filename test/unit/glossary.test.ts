// One Korean word for one English term, in the manifest, in messages and in the view: a reader learns each thing under one name.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const read = (path: string): Readonly<Record<string, string>> => {
  // The project's own translations: sentence or name → sentence.
  return JSON.parse(readFileSync(join(import.meta.dirname, '../..', path), 'utf8')) as Readonly<Record<string, string>>;
};
const [english, korean] = [read('package.nls.json'), read('package.nls.ko.json')];
const pairs: readonly (readonly [string, string])[] = [...Object.entries(read('l10n/bundle.l10n.ko.json')), ...Object.entries(english).map(([name, sentence]) => [sentence, korean[name] ?? ''] as const)];

/** The term, its Korean word, and the beginnings of sentences that use the English word in another sense. */
const glossary: readonly (readonly [RegExp, RegExp, ...string[]])[] = [
  [/\baccept(?:s|ed|ing)?\b/i, /적용/, 'RunAPI did not accept', 'Address of RunAPI'],
  [/\bdiscard(?:ed)?\b/i, /버[리릴림]/],
  [/\breview(?:s|ed)?\b/i, /검토/],
  [/\bfindings?\b/i, /지적 사항/],
  [/\bdismiss(?:ed)?\b/i, /무시/, 'Dismiss'],
  [/\bstop(?:ped|ping)?\b/i, /중지/, 'The answer stopped coming'],
  [/\bcancel(?:led)?\b/i, /취소/],
  [/\bundo(?:ne)?\b/i, /실행 취소/],
  [/\bfix(?:es|ed)?\b/i, /수정/],
  [/\blines?\b/i, /줄/],
  [/\blines? \{/i, /번째 줄/],
  [/\brefactor(?:s|ing)?\b/i, /리팩터링/],
  [/\bcompact(?:ed|ion|ing)?\b/i, /압축/],
  [/\bcommit messages?\b/i, /커밋 메시지/],
  [/\bconversations?\b/i, /대화/],
  [/\bchat\b/i, /채팅/],
  [/\bcontext\b/i, /컨텍스트/],
  [/\btokens?\b/i, /토큰/],
  [/\binline edit\b/i, /인라인 편집/],
  [/\binline completion\b/i, /인라인 완성/],
  [/\bproblems?\b/i, /문제/],
  [/\bworkspace\b/i, /작업 영역/],
  [/(?<!\.)\bbudget\b/i, /예산/],
  [/\bregenerate\b/i, /다시 생성/],
  [/\brenamed?\b/i, /이름/],
  [/\btests?\b/i, /테스트/],
];

describe('one Korean word', () => {
  it.each(glossary.map(([term, word, ...otherSenses]) => ({ term, word, otherSenses })))('for $term is $word', ({ term, word, otherSenses }) => {
    const used = pairs.filter(([sentence]) => term.test(sentence) && !otherSenses.some((start) => sentence.startsWith(start) && (start.includes(' ') || sentence === start)));
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter(([, translation]) => !word.test(translation))).toEqual([]);
  });

  it.each([['리뷰', '검토'], ['수락', '적용'], ['멈추기', '중지']])('is not %s: that is %s', (other) => {
    expect(pairs.filter(([, translation]) => translation.includes(other))).toEqual([]);
  });
});
