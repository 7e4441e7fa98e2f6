import { describe, expect, it } from 'vitest';
import { settle } from '../../../helpers/fakeClock.ts';
import { answered, createDeskHarness, transcript } from './deskHarness.ts';
import { onePixel } from '../../../helpers/images.ts';

const file = 'file:file:///work/a.ts';

describe('after a reload', () => {
  it('conversation, draft, attachments and place are as they were', async () => {
    const harness = createDeskHarness();
    await answered(harness);
    harness.source.texts.set(file, 'text');
    await harness.desk.current.attachments.add(file);
    harness.desk.current.attachments.addImage({ mediaType: 'image/png', data: onePixel.png });
    harness.desk.setDraft('half a thought', 1.5);
    const after = harness.reopen();
    after.source.texts.set(file, 'text');
    const snapshot = (await after.addView()).last('snapshot')?.snapshot;
    expect(snapshot).toMatchObject({ draft: 'half a thought', scrollTop: 1.5, total: 2 });
    expect(snapshot?.composer.chips.map(({ label }) => label)).toEqual(['a.ts', 'Image 1']);
    expect(snapshot?.messages.map(({ text }) => text)).toEqual(['question', 'answer']);
  });

  it('the place of a reader who only scrolled is kept, and that of a conversation that is not open is not', async () => {
    const harness = createDeskHarness();
    await answered(harness);
    harness.desk.setPlace(harness.desk.current.id, 0.25);
    harness.desk.setPlace('never-opened', 7);
    const snapshot = (await harness.reopen().addView()).last('snapshot')?.snapshot;
    expect(snapshot).toMatchObject({ draft: '', scrollTop: 0.25, total: 2 });
  });

  it('a draft without a conversation is there as well', async () => {
    const harness = createDeskHarness();
    harness.desk.setDraft('first words', 0);
    const after = harness.reopen();
    expect((await after.addView()).last('snapshot')?.snapshot.draft).toBe('first words');
    const third = after.reopen();
    expect((await third.addView()).last('snapshot')?.snapshot.draft).toBe('first words');
    expect([...harness.files.drafts.values()].filter(({ text }) => text !== '')).toHaveLength(1);
  });

  it('an answer that nobody finished is cut and can go on', async () => {
    const harness = createDeskHarness();
    await harness.desk.send('question');
    await settle();
    await harness.runner.last.text('half');
    const after = harness.reopen();
    await after.desk.ready;
    await after.addView();
    expect(transcript(after)).toEqual(['user done: question', 'assistant cut: half']);
    after.desk.current.conversation.continueAnswer(after.desk.current.stored.log.session.path[1] ?? '');
    await settle();
    await after.runner.last.text(' and half');
    await after.runner.last.finish();
    expect(transcript(after)).toEqual(['user done: question', 'assistant done: half and half']);
  });

  it('an answer that another window writes is left to it', async () => {
    const harness = createDeskHarness();
    await harness.desk.send('question');
    await settle();
    harness.files.liveElsewhere.add(harness.desk.current.id);
    const other = harness.reopen();
    await other.addView();
    expect(transcript(other).at(-1)).toMatch(/^assistant streaming/);
  });

  it('an answer of another window that is killed is cut within seconds, and the views see it', async () => {
    const harness = createDeskHarness();
    await harness.desk.send('question');
    await settle();
    harness.files.liveElsewhere.add(harness.desk.current.id);
    const other = harness.reopen();
    const view = await other.addView();
    await other.clock.advance(10_000);
    view.channel.alive(1_000_000);
    expect(transcript(other).at(-1)).toMatch(/^assistant streaming/);
    harness.files.liveElsewhere.clear();
    await other.clock.advance(6_000);
    expect(transcript(other).at(-1)).toMatch(/^assistant cut/);
    expect(view.last('snapshot')?.snapshot.messages.at(-1)?.status).toBe('cut');
  });

  it('closing ends a stream so that it can go on', async () => {
    const harness = createDeskHarness();
    await harness.desk.send('question');
    await settle();
    await harness.runner.last.text('half');
    await harness.desk.close();
    expect(transcript(harness)).toEqual(['user done: question', 'assistant cut: half']);
    expect(harness.runner.last.signal.aborted).toBe(true);
  });
});

describe('conversations', () => {
  it('go on unseen while another is shown', async () => {
    const harness = createDeskHarness();
    await harness.desk.send('question');
    await settle();
    const first = harness.desk.current.id;
    const call = harness.runner.last;
    harness.desk.startNew();
    expect(harness.desk.current.id).not.toBe(first);
    await call.text('answer');
    await call.finish();
    expect(await harness.desk.show(first)).toBe(true);
    const view = await harness.addView();
    expect(view.last('snapshot')?.snapshot.messages.map(({ text }) => text)).toEqual(['question', 'answer']);
  });

  it('that are missing are refused, and the present one stays', async () => {
    const harness = createDeskHarness();
    await answered(harness);
    expect(await harness.desk.show('gone')).toBe(false);
    expect(transcript(harness)).toHaveLength(2);
  });

  it('are not made twice while empty', async () => {
    const harness = createDeskHarness();
    const { id } = harness.desk.current;
    harness.desk.startNew();
    expect(harness.desk.current.id).toBe(id);
  });

  it('are stopped before they are deleted', async () => {
    const harness = createDeskHarness();
    await harness.desk.send('question');
    await settle();
    const { id } = harness.desk.current;
    await harness.desk.leave(id);
    expect(harness.runner.last.signal.aborted).toBe(true);
    expect(harness.desk.current.id).not.toBe(id);
    expect(harness.desk.isOpen(id)).toBe(false);
  });
});
