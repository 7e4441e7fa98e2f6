import { describe, expect, it } from 'vitest';
import { compactHistory, undoCompaction } from '../../../../src/core/chat/compaction.ts';
import { writeTitle } from '../../../../src/core/chat/title.ts';
import { RunApiError } from '../../../../src/core/errors.ts';
import { settle } from '../../../helpers/fakeClock.ts';
import { answered, createDeskHarness, lastContent, transcript, type DeskHarness } from './deskHarness.ts';

describe('titles and compaction', () => {
  const side = (harness: DeskHarness) => ({ runner: harness.runner, log: harness.desk.current.stored.log, signal: new AbortController().signal });

  it('a title is asked for once, cleaned, and paid for', async () => {
    const harness = createDeskHarness();
    await answered(harness);
    const { session } = harness.desk.current.stored.log;
    const price = session.priceUsd ?? 0;
    const writing = writeTitle(side(harness));
    await settle();
    expect(harness.runner.last.request.task).toBe('title');
    await harness.runner.last.text('"**A good** title."');
    await harness.runner.last.finish();
    await writing;
    expect(session.title).toBe('A good title');
    expect(session.priceUsd).toBeGreaterThan(price);
    const calls = harness.runner.calls.length;
    await writeTitle(side(harness));
    expect(harness.runner.calls).toHaveLength(calls);
  });

  it("never replaces the user's own title", async () => {
    const harness = createDeskHarness();
    await answered(harness);
    const writing = writeTitle(side(harness));
    await settle();
    harness.desk.current.stored.log.append({ type: 'title', title: 'Mine', byUser: true });
    await harness.runner.last.text('Theirs');
    await harness.runner.last.finish();
    await writing;
    expect(harness.desk.current.stored.log.session.title).toBe('Mine');
  });

  const compact = (harness: DeskHarness, budgetTokens = 100_000) => compactHistory({ ...side(harness), createId: () => 'compaction', now: () => 5, estimateTokens: (text) => text.length, budgetTokens });

  it('a summary stands for the history from then on, and undoing brings the history back', async () => {
    const harness = createDeskHarness();
    await answered(harness);
    const compacting = compact(harness);
    await settle();
    expect(harness.runner.last.request).toMatchObject({ task: 'compact' });
    expect(JSON.stringify(harness.runner.last.request.messages)).not.toContain('"cache":true');
    await harness.runner.last.text('They asked, it was answered.');
    await harness.runner.last.finish();
    expect(await compacting).toBe('compacted');
    await answered(harness, 'next', 'fine');
    expect(lastContent(harness)).toEqual(['The conversation so far, in summary:\n\nThey asked, it was answered.', 'next']);
    expect(undoCompaction(harness.desk.current.stored, 'compaction')).toBe(true);
    await answered(harness, 'last', 'fine');
    expect(harness.runner.last.request.messages).toHaveLength(5);
    expect(undoCompaction(harness.desk.current.stored, 'compaction')).toBe(false);
    expect(undoCompaction(harness.desk.current.stored, 'nothing')).toBe(false);
  });

  it('no banner says that summed up messages are missing, and one that did goes when all fits again', async () => {
    const harness = createDeskHarness();
    const view = await harness.addView();
    const long = 'x'.repeat(500_000);
    await answered(harness, long, 'one');
    await answered(harness, long, 'two');
    expect(view.last('banner-changed')?.banner).toMatch(/oldest messages \(2\) do not fit/);
    const compacting = compact(harness, 2_000_000);
    await settle();
    await harness.runner.last.text('Short.');
    await harness.runner.last.finish();
    await compacting;
    await answered(harness, 'next', 'three');
    expect(view.last('banner-changed')?.banner).toBeUndefined();
  });

  it.each(['failure', 'cut', 'empty'] as const)('a summary that ends in %s changes nothing', async (kind) => {
    const harness = createDeskHarness();
    await answered(harness);
    const compacting = compact(harness);
    const failed = expect(compacting).rejects.toBeInstanceOf(RunApiError);
    await settle();
    if (kind === 'failure') await harness.runner.last.fail(new RunApiError({ kind: 'server', retryable: true }));
    else {
      await harness.runner.last.text(kind === 'cut' ? 'half a summ' : '  ');
      await harness.runner.last.finish(kind === 'cut' ? 'length' : 'stop');
    }
    await failed;
    expect(transcript(harness)).toHaveLength(2);
  });

  it('can stop before a question that was too long, which is then asked behind the summary', async () => {
    const harness = createDeskHarness();
    await answered(harness, 'early question', 'early answer');
    await harness.desk.send('too long');
    await settle();
    await harness.runner.last.fail(new RunApiError({ kind: 'context-too-long', retryable: false }));
    const { log } = harness.desk.current.stored;
    const question = log.session.path.at(-2) ?? '';
    const compacting = compactHistory({ ...side(harness), until: log.session.head(question)?.parent ?? undefined, createId: () => 'compaction', now: () => 5, estimateTokens: (text) => text.length, budgetTokens: 100_000 });
    await settle();
    expect(JSON.stringify(harness.runner.last.request.messages)).not.toContain('too long');
    await harness.runner.last.text('Summary.');
    await harness.runner.last.finish();
    expect(await compacting).toBe('compacted');
    expect(log.session.path.slice(-2)).toEqual([log.session.path[1], 'compaction']);
    await harness.desk.send('too long');
    await settle();
    expect(lastContent(harness)).toEqual(['The conversation so far, in summary:\n\nSummary.', 'too long']);
  });

  it('a summary is dropped when something was said while it was written', async () => {
    const harness = createDeskHarness();
    await answered(harness);
    const compacting = compact(harness);
    await settle();
    const call = harness.runner.last;
    await harness.desk.send('meanwhile');
    await settle();
    await call.text('Summary.');
    await call.finish();
    expect(await compacting).toBe('overtaken');
    expect(harness.desk.current.stored.log.session.head('compaction')).toBeUndefined();
  });

  it('nothing is compacted where there is nothing', async () => {
    expect(await compact(createDeskHarness())).toBe('nothing');
  });
});
