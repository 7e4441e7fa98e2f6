import { describe, expect, it } from 'vitest';
import { createAttachments, type Attachments } from '../../../../src/core/chat/attachments.ts';
import type { ContextItem } from '../../../../src/core/context/contextItem.ts';
import { formatReference, type ContextReference } from '../../../../src/core/context/contextReference.ts';
import type { ContextOffer, ContextSource } from '../../../../src/core/context/contextSource.ts';
import { english } from '../../../../src/core/translate.ts';
import { onePixel } from '../../../helpers/images.ts';

interface Harness {
  readonly attachments: Attachments;
  readonly texts: Map<string, string>;
  readonly collected: string[];
  offers: readonly ContextOffer[];
  changes: number;
}

function createHarness(): Harness {
  const texts = new Map<string, string>();
  const collected: string[] = [];
  const harness = { texts, collected, offers: [] as readonly ContextOffer[], changes: 0 };
  const source: ContextSource = {
    collect: async (reference, budget) => {
      collected.push(`${formatReference(reference)} ${budget}`);
      return itemOf(reference, texts.get(formatReference(reference)));
    },
    suggest: async () => [],
    offers: () => harness.offers,
    onOffersChange: () => () => undefined,
    onLinesChange: () => () => undefined,
    referenceOf: async () => undefined,
  };
  let ids = 0;
  const attachments = createAttachments({ source, translate: english, createId: () => `image${++ids}`, budgetTokens: () => 500, onChange: () => { harness.changes += 1; } });
  return Object.assign(harness, { attachments });
}

function itemOf(reference: ContextReference, text: string | undefined): ContextItem {
  const uri = 'uri' in reference ? reference.uri : undefined;
  return {
    id: formatReference(reference), kind: reference.kind, reference, name: uri?.replace('file:///', '') ?? '', text: text ?? '', tokens: (text ?? '').length, notes: [],
    ...('range' in reference && reference.range !== undefined ? { range: reference.range } : {}), parts: text === undefined ? [] : [{ uri, text }, { uri, text }], refused: text === undefined ? 'not-found' : undefined,
  };
}

const signal = new AbortController().signal;
const labels = (attachments: Attachments): readonly string[] => attachments.chips().map((chip) => (chip.offered === true ? `(${chip.label})` : chip.label));

describe('attachments', () => {
  it('keep the order in which they came, with their sizes', async () => {
    const { attachments, texts } = createHarness();
    texts.set('file:file:///b.ts', 'bb').set('file:file:///a.ts', 'a');
    await attachments.add('file:file:///b.ts');
    await attachments.add('file:file:///a.ts');
    expect(labels(attachments)).toEqual(['b.ts', 'a.ts']);
    expect(attachments.tokens).toBe(3);
  });

  it('are collected within their budget, and name each file once', async () => {
    const { attachments, texts, collected } = createHarness();
    texts.set('file:file:///a.ts', 'text');
    await attachments.add('file:file:///a.ts');
    expect(collected).toEqual(['file:file:///a.ts 500']);
    expect((await attachments.collect('question', signal)).context).toEqual([{ chipId: 'file:file:///a.ts', name: 'a.ts', text: 'text', uris: ['file:///a.ts'] }]);
  });

  it('that have gone meanwhile are left out', async () => {
    const { attachments, texts } = createHarness();
    texts.set('changes', 'diff');
    await attachments.add('changes');
    texts.delete('changes');
    expect(await attachments.collect('question', signal)).toEqual({ chips: [], context: [] });
  });

  it('number images, and pass their data on untouched', async () => {
    const { attachments } = createHarness();
    attachments.addImage({ mediaType: 'image/png', data: onePixel.png });
    attachments.addImage({ mediaType: 'image/webp', data: onePixel.webp, name: 'shot.webp', thumbnail: 'data:image/webp;base64,AA==' });
    expect(labels(attachments)).toEqual(['Image 1', 'shot.webp']);
    expect(attachments.chips()[1]?.thumbnail).toBe('data:image/webp;base64,AA==');
    expect(attachments.imageOf('image2')).toMatchObject({ label: 'shot.webp', data: onePixel.webp });
    expect((await attachments.collect('question', signal)).context).toEqual([{ chipId: 'image1', name: 'Image 1', text: onePixel.png, mediaType: 'image/png' }, { chipId: 'image2', name: 'shot.webp', text: onePixel.webp, mediaType: 'image/webp' }]);
  });

  it('take no image that is none, and say so', () => {
    const harness = createHarness();
    expect(harness.attachments.addImage({ mediaType: 'image/png', data: onePixel.gif })).toBe('not-an-image');
    expect(labels(harness.attachments)).toEqual([]);
    expect(harness.changes).toBe(0);
  });

  it('give an image back that came with a message which was sent before', async () => {
    const { attachments } = createHarness();
    await attachments.restore([{ sent: { chip: { id: 'x', kind: 'image', label: 'Image 1' }, context: { chipId: 'x', name: 'Image 1', text: onePixel.png, mediaType: 'image/png' } } }, { sent: { chip: { id: 'y', kind: 'file', label: 'a.ts' }, context: { chipId: 'y', name: 'a.ts', text: 'x' } } }]);
    expect(attachments.imageOf('x')).toEqual({ id: 'x', label: 'Image 1', mediaType: 'image/png', data: onePixel.png });
    expect(attachments.imageOf('y')).toBeUndefined();
    expect(attachments.imageOf('z')).toBeUndefined();
  });

  it('say what there is to send when they are added', async () => {
    const harness = createHarness();
    harness.texts.set('changes', 'diff');
    expect(await harness.attachments.add('changes')).toMatchObject({ text: 'diff' });
    expect(await harness.attachments.add('nonsense')).toBeUndefined();
  });

  it('come back from a draft: files anew, images and what was sent as they were', async () => {
    const before = createHarness();
    before.texts.set('changes', 'old diff');
    await before.attachments.add('changes');
    before.attachments.addImage({ mediaType: 'image/png', data: onePixel.png });
    await before.attachments.restore([{ sent: { chip: { id: 'x', kind: 'file', label: 'x.ts' }, context: { chipId: 'x', name: 'x.ts', text: 'as sent' } } }]);
    const saved: unknown = JSON.parse(JSON.stringify(before.attachments.save()));

    const after = createHarness();
    after.texts.set('changes', 'new diff');
    await after.attachments.restore(saved as ReturnType<Attachments['save']>);
    expect(labels(after.attachments)).toEqual(['Changes', 'Image 1', 'x.ts']);
    expect((await after.attachments.collect('question', signal)).context.map(({ text }) => text)).toEqual(['new diff', onePixel.png, 'as sent']);
  });

  it('tell of every change', async () => {
    const harness = createHarness();
    harness.texts.set('changes', 'diff');
    await harness.attachments.add('changes');
    harness.attachments.remove('changes');
    harness.attachments.clear();
    expect(harness.changes).toBe(3);
  });
});

describe('lines that were chosen', () => {
  const above = [{ startLine: 1, endLine: 1, startsLine: true, endsBeforeLine: true, newLineEnds: 2 }];
  const uri = 'file:///a.ts';

  it.each([`selection:${uri}#L3-9`, `file:${uri}#L3-9`, `symbol:${uri}#L3-9=f`])('%s stay the same when lines are typed above them', async (reference) => {
    const { attachments, texts, collected } = createHarness();
    const moved = reference.replace('L3-9', 'L5-11');
    texts.set(reference, 'text').set(moved, 'text');
    await attachments.add(reference);
    attachments.moveLines(uri, above);
    await attachments.collect('question', signal);
    expect(collected.at(-1)).toBe(`${moved} 500`);
    expect(attachments.save()).toMatchObject([{ reference: moved }]);
    const [chip] = attachments.chips();
    expect(chip).toMatchObject({ id: moved });
    attachments.remove(chip?.id ?? '');
    expect(attachments.chips()).toEqual([]);
  });

  it('show where they are now', async () => {
    const { attachments, texts } = createHarness();
    texts.set(`selection:${uri}#L3-9`, 'text');
    await attachments.add(`selection:${uri}#L3-9`);
    expect(attachments.chips()[0]?.detail).toBe('lines 3–9');
    attachments.moveLines(uri, above);
    expect(attachments.chips()[0]?.detail).toBe('lines 5–11');
  });

  it('are left alone by edits of other files and below them, without a word', async () => {
    const harness = createHarness();
    harness.texts.set(`selection:${uri}#L3-9`, 'text').set('changes', 'diff').set(`file:${uri}`, 'all');
    for (const reference of [`selection:${uri}#L3-9`, 'changes', `file:${uri}`]) await harness.attachments.add(reference);
    harness.attachments.addImage({ mediaType: 'image/png', data: onePixel.png });
    const { changes } = harness;
    const chips = harness.attachments.chips();
    harness.attachments.moveLines('file:///b.ts', above);
    harness.attachments.moveLines(uri, [{ startLine: 10, endLine: 10, startsLine: true, endsBeforeLine: true, newLineEnds: 2 }]);
    expect(harness.changes).toBe(changes);
    expect(harness.attachments.chips()).toEqual(chips);
  });

  it('are one chip when they became the same', async () => {
    const { attachments, texts } = createHarness();
    texts.set(`selection:${uri}#L3-3`, 'a').set(`selection:${uri}#L4-4`, 'b');
    await attachments.add(`selection:${uri}#L3-3`);
    await attachments.add(`selection:${uri}#L4-4`);
    attachments.moveLines(uri, [{ startLine: 3, endLine: 5, startsLine: true, endsBeforeLine: true, newLineEnds: 0 }]);
    expect(attachments.chips().map(({ id }) => id)).toEqual([`selection:${uri}#L3-3`]);
  });
});

describe('the codebase without words', () => {
  it('is a chip at once and searched for the message when that is sent', async () => {
    const { attachments, texts, collected } = createHarness();
    texts.set('codebase:where are prices rounded', 'hits');
    await attachments.add('codebase');
    expect(attachments.chips()).toMatchObject([{ id: 'codebase', label: 'Codebase', detail: 'What the message asks for' }]);
    expect(collected).toEqual([]);
    const { chips, context } = await attachments.collect('/explain where are prices rounded ', signal);
    expect(chips).toMatchObject([{ id: 'codebase', label: 'Codebase', tokens: 4 }]);
    expect(context).toMatchObject([{ chipId: 'codebase', text: 'hits' }]);
    expect(attachments.save()).toMatchObject([{ reference: 'codebase' }]);
  });

  it('goes with no message that finds nothing, or says nothing', async () => {
    const { attachments } = createHarness();
    await attachments.add('codebase');
    expect(await attachments.collect('nowhere', signal)).toEqual({ chips: [], context: [] });
    expect(await attachments.collect('  ', signal)).toEqual({ chips: [], context: [] });
  });

  it('is searched for the message that took it', async () => {
    const { attachments, texts } = createHarness();
    texts.set('codebase:first', 'hits of the first').set('codebase:second', 'hits of the second');
    await attachments.add('codebase');
    const taken = attachments.take([]);
    expect((await taken.collect('first', signal)).context).toMatchObject([{ text: 'hits of the first' }]);
    expect(attachments.chips()).toEqual([]);
  });
});

describe('offers', () => {
  const offer = { reference: { kind: 'changes' }, kind: 'changes', name: '' } as const;

  it('stand behind what is chosen, and go when they are taken', async () => {
    const harness = createHarness();
    harness.offers = [offer];
    harness.texts.set('changes', 'diff');
    harness.attachments.addImage({ mediaType: 'image/png', data: onePixel.png });
    expect(labels(harness.attachments)).toEqual(['Image 1', '(Changes)']);
    await harness.attachments.takeOffer('offer:changes');
    expect(labels(harness.attachments)).toEqual(['Image 1', 'Changes']);
  });

  it('count nothing and are never collected', async () => {
    const harness = createHarness();
    harness.offers = [offer];
    expect(harness.attachments.tokens).toBe(0);
    expect(await harness.attachments.collect('question', signal)).toEqual({ chips: [], context: [] });
    expect(harness.collected).toEqual([]);
  });

  it('that are gone cannot be taken', async () => {
    const harness = createHarness();
    await harness.attachments.takeOffer('offer:changes');
    expect(labels(harness.attachments)).toEqual([]);
  });

  it('that were waved away come back with the next message', () => {
    const harness = createHarness();
    harness.offers = [offer];
    harness.attachments.remove('offer:changes');
    expect(labels(harness.attachments)).toEqual([]);
    harness.attachments.clear();
    expect(labels(harness.attachments)).toEqual(['(Changes)']);
  });
});

describe('what is implied', () => {
  const staged: ContextReference = { kind: 'staged' };
  const changes: ContextReference = { kind: 'changes' };

  it('is the first that has something in it', async () => {
    const { attachments, texts } = createHarness();
    texts.set('changes', 'diff');
    await attachments.imply([staged, changes]);
    expect(labels(attachments)).toEqual(['Changes']);
  });

  it('is nothing when nothing has', async () => {
    const { attachments } = createHarness();
    await attachments.imply([staged, changes]);
    expect(labels(attachments)).toEqual([]);
  });

  it('is read once while the same command is typed', async () => {
    const { attachments, texts, collected } = createHarness();
    texts.set('changes', 'diff');
    for (let key = 0; key < 5; key++) await attachments.imply([changes]);
    expect(collected).toHaveLength(1);
  });

  it('goes with the command, and is not kept with the draft', async () => {
    const { attachments, texts } = createHarness();
    texts.set('changes', 'diff');
    await attachments.imply([changes]);
    expect(attachments.save()).toEqual([{}]);
    await attachments.imply([]);
    expect(labels(attachments)).toEqual([]);
  });

  it('gives way to what is chosen, also when that comes while it is read', async () => {
    const { attachments, texts } = createHarness();
    texts.set('changes', 'diff').set('file:file:///a.ts', 'x');
    await Promise.all([attachments.imply([changes]), attachments.add('file:file:///a.ts')]);
    await attachments.imply([changes]);
    expect(labels(attachments)).toEqual(['a.ts']);
  });

  it('stays away when it is removed, until the next message', async () => {
    const { attachments, texts } = createHarness();
    texts.set('changes', 'diff').set('staged', 'diff');
    await attachments.imply([staged]);
    attachments.remove('staged');
    await attachments.imply([staged, changes]);
    expect(labels(attachments)).toEqual(['Changes']);
    attachments.clear();
    await attachments.imply([staged]);
    expect(labels(attachments)).toEqual(['Staged changes']);
  });
});
