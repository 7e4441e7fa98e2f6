import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compactHistory, undoCompaction, type CompactionOptions, type CompactionResult } from '../../../../src/core/chat/compaction.ts';
import { settle } from '../../../helpers/fakeClock.ts';
import { createHarness, messageOf, type Harness } from './conversationHarness.ts';

const estimateTokens = (text: string): number => Math.ceil(text.length / 4);

async function answered({ conversation, runner }: Harness, question: string, answer: string): Promise<void> {
  conversation.send(messageOf(question));
  await settle();
  await runner.last.text(answer);
  await runner.last.finish();
}

function start({ log, runner }: Harness, options: Partial<CompactionOptions> = {}): Promise<CompactionResult> {
  return compactHistory({ log, runner, signal: new AbortController().signal, createId: () => 'notice', now: () => 1, estimateTokens, budgetTokens: 100_000, ...options });
}

/** Answers each request for a summary, and returns what each said. */
async function compactInPieces(harness: Harness, options: Partial<CompactionOptions> = {}): Promise<readonly string[]> {
  const { runner } = harness;
  const before = runner.calls.length;
  const compacting = start(harness, options);
  let isDone = false;
  void compacting.finally(() => { isDone = true; });
  for (let index = before; ; index++) {
    await settle();
    if (isDone) break;
    await runner.calls[index]?.text(`SUMMARY ${index - before + 1}`);
    await runner.calls[index]?.finish();
  }
  expect(await compacting).toBe('compacted');
  return runner.calls.slice(before).map(({ request }) => request.messages.map(({ role, content }) => `${role}: ${typeof content === 'string' ? content : content.map((part) => (part.type === 'text' ? part.text : part.type)).join(' | ')}`).join('\n'));
}

describe('a history that fits into one request', () => {
  it('is told in one, ending with what is asked', async () => {
    const harness = createHarness();
    await answered(harness, 'first', 'one');
    await answered(harness, 'second', 'two');
    const [request = '', ...more] = await compactInPieces(harness);
    expect(more).toEqual([]);
    expect(request).toMatch(/^user: first\nassistant: one\nuser: second\nassistant: two\nuser: Task: compact\./);
    expect(request).not.toContain('carry all of it');
    expect(harness.session.head('notice')?.compaction).toMatchObject({ messages: 4, undone: false });
  });
});

describe('a history that is longer than one request', () => {
  it('reaches the summary as a whole: each request begins with the summary of those before', async () => {
    const harness = createHarness();
    await answered(harness, 'DECISION: postgres', 'ok');
    for (let index = 1; index <= 6; index++) await answered(harness, `${index} ${'x'.repeat(1_600)}`, `answer ${index}`);
    const price = harness.session.priceUsd ?? 0;
    const requests = await compactInPieces(harness, { budgetTokens: 2_000 });
    expect(requests.length).toBeGreaterThan(1);
    expect(requests[0]).toContain('DECISION: postgres');
    for (const [index, request] of requests.entries()) if (index > 0) expect(request).toMatch(new RegExp(`^user: The conversation so far, in summary:\n\nSUMMARY ${index}\\b[^]*carry all of it`));
    for (let index = 1; index <= 6; index++) expect(requests.filter((request) => request.includes(`answer ${index}`))).toHaveLength(1);
    expect(harness.session.body('notice')?.text).toBe(`SUMMARY ${requests.length}`);
    expect(harness.session.head('notice')?.compaction?.messages).toBe(14);
    expect(harness.session.priceUsd).toBeCloseTo(price + requests.length * 0.001);
  });

  it('has its over-long messages cut in parts, none of which is lost', async () => {
    const harness = createHarness();
    const lines = Array.from({ length: 2_000 }, (_, index) => `line ${index} 😀`).join('\n');
    await answered(harness, 'look at this', lines);
    const requests = await compactInPieces(harness, { budgetTokens: 3_000 });
    const said = requests.join('\n');
    for (const index of [0, 1, 777, 1_998, 1_999]) expect(said).toContain(`line ${index} 😀`);
    expect(said.isWellFormed()).toBe(true);
    for (const request of requests) expect(estimateTokens(request)).toBeLessThanOrEqual(3_000);
  });

  it('never asks for more than the budget and never loses a message', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.nat(9_000), { minLength: 1, maxLength: 8 }), fc.integer({ min: 1_500, max: 6_000 }), async (lengths, budgetTokens) => {
      const harness = createHarness();
      for (const [index, length] of lengths.entries()) await answered(harness, `<q${index}>`, `<a${index}>${'y'.repeat(length)}</a${index}>`);
      const requests = await compactInPieces(harness, { budgetTokens });
      const said = requests.join('\n');
      for (const index of lengths.keys()) for (const mark of [`<q${index}>`, `<a${index}>`, `</a${index}>`]) expect(said).toContain(mark);
      for (const request of requests) expect(estimateTokens(request)).toBeLessThanOrEqual(budgetTokens);
    }), { numRuns: 25 });
  });

  it('has all its images looked at, also more than one request may carry', async () => {
    const harness = createHarness();
    for (let index = 1; index <= 3; index++) {
      const image = { chipId: `i${index}`, name: `Image ${index}`, mediaType: 'image/png', text: 'A'.repeat(10_000_000) };
      harness.conversation.send(messageOf(`picture ${index}`, { chips: [{ id: image.chipId, kind: 'image', label: image.name }], context: [image] }));
      await settle();
      await harness.runner.last.text('seen');
      await harness.runner.last.finish();
    }
    const requests = await compactInPieces(harness);
    expect(requests.map((request) => request.split(/\bimage \|/).length - 1)).toEqual([2, 1]);
  });

  it('changes nothing when a later request fails', async () => {
    const harness = createHarness();
    for (let index = 1; index <= 6; index++) await answered(harness, 'x'.repeat(1_600), 'fine');
    const compacting = start(harness, { budgetTokens: 2_000 });
    const failed = expect(compacting).rejects.toThrow('gone');
    await settle();
    await harness.runner.last.text('SUMMARY 1');
    await harness.runner.last.finish();
    await settle();
    await harness.runner.last.fail(new Error('gone'));
    await failed;
    expect(harness.session.path).toHaveLength(12);
  });

  it('is given up when the conversation goes on, before more is paid for', async () => {
    const harness = createHarness();
    for (let index = 1; index <= 6; index++) await answered(harness, 'x'.repeat(1_600), 'fine');
    const compacting = start(harness, { budgetTokens: 2_000 });
    await settle();
    const call = harness.runner.last;
    harness.conversation.send(messageOf('meanwhile'));
    await settle();
    const calls = harness.runner.calls.length;
    await call.text('SUMMARY 1');
    await call.finish();
    expect(await compacting).toBe('overtaken');
    expect(harness.runner.calls).toHaveLength(calls);
  });
});

describe('a second compaction', () => {
  it('begins with the summary of the first, and either can be undone by itself', async () => {
    const harness = createHarness();
    await answered(harness, 'first', 'one');
    await compactInPieces(harness, { createId: () => 'n1' });
    await answered(harness, 'second', 'two');
    const [request] = await compactInPieces(harness, { createId: () => 'n2' });
    expect(request).toMatch(/^user: The conversation so far, in summary:\n\nSUMMARY 1 \| second\nassistant: two\nuser: [^]*carry all of it/);
    expect(harness.session.head('n2')?.compaction?.messages).toBe(2);
    const undone = (): readonly (boolean | undefined)[] => ['n1', 'n2'].map((id) => harness.session.head(id)?.compaction?.undone);
    expect(undoCompaction(harness, 'n1')).toBe(true);
    expect(undone()).toEqual([true, false]);
    expect(undoCompaction(harness, 'n1')).toBe(false);
    expect(undoCompaction(harness, 'n2')).toBe(true);
    expect(undone()).toEqual([true, true]);
  });
});
