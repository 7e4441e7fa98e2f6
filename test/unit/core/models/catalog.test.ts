import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capabilitiesOf, displayName, identifyModel } from '../../../../src/core/models/catalog.ts';

describe('identifyModel', () => {
  it.each<[string, string, string | undefined, number | undefined]>([
    ['claude-opus-4.8', 'claude-opus-4.8', 'opus', 4.8],
    ['claude-opus-4-8', 'claude-opus-4.8', 'opus', 4.8],
    ['Claude-Opus-4.8', 'claude-opus-4.8', 'opus', 4.8],
    [' claude-haiku-4-5-20251001 ', 'claude-haiku-4.5', 'haiku', 4.5],
    ['anthropic/claude-sonnet-4.6', 'claude-sonnet-4.6', 'sonnet', 4.6],
    ['claude-sonnet-4.6@20260101', 'claude-sonnet-4.6', 'sonnet', 4.6],
    ['claude-sonnet-4-6:beta', 'claude-sonnet-4.6', 'sonnet', 4.6],
    ['claude-sonnet-4-20250514', 'claude-sonnet-4', 'sonnet', 4],
    ['claude-opus-4-latest', 'claude-opus-4', 'opus', 4],
    ['claude-opus-5', 'claude-opus-5', 'opus', 5],
    ['claude-opus-4.8-fast', 'claude-opus-4.8', 'opus', 4.8],
    ['claude-3-5-sonnet-20241022', 'claude-sonnet-3.5', 'sonnet', 3.5],
    ['claude-3-haiku', 'claude-haiku-3', 'haiku', 3],
    ['gpt-5.2', 'gpt-5.2', undefined, undefined],
    ['claude-fable-1', 'claude-fable-1', undefined, undefined],
    ['', '', undefined, undefined],
  ])('%j', (model, id, family, version) => {
    expect(identifyModel(model)).toEqual({ id, ...(family !== undefined && { family, version }) });
  });

  it('knows the same model in every spelling', () => {
    fc.assert(fc.property(fc.constantFrom('opus', 'sonnet', 'haiku'), fc.integer({ min: 4, max: 19 }), fc.integer({ min: 0, max: 19 }), fc.constantFrom('', '-20260101', '-latest'), (family, major, minor, suffix) => {
      const ids = [`claude-${family}-${major}.${minor}${suffix}`, `claude-${family}-${major}-${minor}${suffix}`, `anthropic/claude-${family}-${major}.${minor}${suffix}`];
      return new Set(ids.map((id) => identifyModel(id).id)).size === 1;
    }));
  });
});

describe('capabilitiesOf', () => {
  it.each<[string, object]>([
    ['claude-opus-4.8', { contextTokens: 200_000, maxOutputTokens: 64_000, thinking: true, images: true, cacheMinTokens: 4_096 }],
    ['claude-sonnet-4-6', { contextTokens: 200_000, maxOutputTokens: 64_000, thinking: true, cacheMinTokens: 1_024 }],
    ['claude-haiku-4-5-20251001', { thinking: true, cacheMinTokens: 4_096 }],
    ['claude-opus-4', { maxOutputTokens: 32_000, cacheMinTokens: 1_024 }],
    ['claude-3-haiku', { maxOutputTokens: 4_096, thinking: false }],
    ['claude-3-5-sonnet', { maxOutputTokens: 8_192, thinking: false }],
    ['claude-3-7-sonnet', { maxOutputTokens: 8_192, thinking: true }],
    ['claude-opus-6', { contextTokens: 200_000, maxOutputTokens: 64_000, thinking: true }],
    ['some-new-model', { contextTokens: 128_000, maxOutputTokens: 16_384 }],
  ])('of %s', (model, expected) => expect(capabilitiesOf(model)).toMatchObject(expected));

  it('are usable for any id', () => {
    fc.assert(fc.property(fc.string(), (model) => {
      const { contextTokens, maxOutputTokens, cacheMinTokens } = capabilitiesOf(model);
      return maxOutputTokens >= 4_096 && contextTokens > maxOutputTokens && cacheMinTokens >= 1_024;
    }));
  });
});

describe('displayName', () => {
  it.each([
    ['claude-opus-4.8', 'Opus 4.8'], ['claude-haiku-4-5-20251001', 'Haiku 4.5'], ['claude-sonnet-5', 'Sonnet 5'], ['claude-3-5-sonnet', 'Sonnet 3.5'], ['gpt-5.2', 'gpt-5.2'], ['openai/GPT-5', 'openai/GPT-5'],
  ])('of %s is %s', (model, name) => expect(displayName(model)).toBe(name));
});
