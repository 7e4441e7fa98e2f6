// A third party's scanner as a second opinion: what it finds, ours finds.
import { lintSource } from '@secretlint/core';
import { creator } from '@secretlint/secretlint-rule-preset-recommend';
import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../../../src/core/context/redactSecrets.ts';
import { secretShapes } from '../../../helpers/secretShapes.ts';

async function scan(content: string): Promise<readonly (readonly [number, number])[]> {
  const { messages } = await lintSource({
    source: { content, filePath: '/src/a.ts', contentType: 'text', ext: '.ts' },
    options: { config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator, options: {} }] } },
  });
  return messages.map((message) => [message.range[0], message.range[1]]);
}

const texts = secretShapes.map(([name, template, secret]) => [name, template.replace('{}', () => secret)] as const);

describe('beside secretlint', () => {
  it.each(texts)('ours covers what it finds in the text with %s', async (_name, text) => {
    const ours = findSecrets(text);
    for (const [start, end] of await scan(text)) {
      const touching = ours.filter((match) => match.start < end && match.end > start);
      expect(touching.length, text.slice(start, end)).toBeGreaterThan(0);
    }
  });

  it('ours finds kinds that it does not know, which is why it is not shipped', async () => {
    const theirs = await Promise.all(texts.map(async ([, text]) => (await scan(text)).length > 0));
    const found = theirs.filter(Boolean).length;
    expect(found).toBeGreaterThan(10);
    expect(found).toBeLessThan(texts.filter(([, text]) => findSecrets(text).length > 0).length);
  });
});
