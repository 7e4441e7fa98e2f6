import { describe, expect, it } from 'vitest';
import { settle } from '../../../helpers/fakeClock.ts';
import { createDeskHarness, type DeskHarness } from './deskHarness.ts';

async function typedAndReopened(): Promise<{ readonly before: DeskHarness; readonly after: DeskHarness; readonly id: string }> {
  const before = createDeskHarness();
  await before.desk.ready;
  before.desk.setDraft('half a thought', 0);
  const { id } = before.desk.current;
  before.files.draftsElsewhere.add(id);
  return { before, after: before.reopen(), id };
}

describe('a draft of another window', () => {
  it('stays there while that window is open', async () => {
    const { after, before } = await typedAndReopened();
    const view = await after.addView();
    await after.clock.advance(60_000);
    expect(after.desk.current.draft).toBe('');
    expect(view.types).not.toContain('set-draft');
    expect(before.desk.current.draft).toBe('half a thought');
  });

  it('comes over when that window has ended: it was this one before a reload', async () => {
    const { after, id } = await typedAndReopened();
    const view = await after.addView();
    after.files.draftsElsewhere.delete(id);
    await after.clock.advance(2_000);
    expect(after.desk.current.draft).toBe('half a thought');
    expect(view.last('set-draft')).toEqual({ type: 'set-draft', text: 'half a thought', focus: false, unlessTyped: true });
    expect(view.last('snapshot')?.snapshot.draft).toBe('half a thought');
  });

  it('comes over late, too, but never over what was typed meanwhile', async () => {
    for (const typed of ['', 'something new']) {
      const { after, id } = await typedAndReopened();
      const view = await after.addView();
      await after.clock.advance(4_000);
      if (typed !== '') after.desk.setDraft(typed, 0);
      after.files.draftsElsewhere.delete(id);
      await after.clock.advance(20_000);
      expect(after.desk.current.draft).toBe(typed === '' ? 'half a thought' : typed);
      expect(view.types.includes('set-draft')).toBe(typed === '');
    }
  });

  it('comes over to a reader who has scrolled meanwhile, who stays where they are', async () => {
    const before = createDeskHarness();
    await before.desk.send('question');
    await settle();
    await before.runner.last.finish();
    before.desk.setDraft('half a thought', 0.25);
    const { id } = before.desk.current;
    const foreign = { text: 'half a thought', scrollTop: 0.25, attachments: [] };
    before.files.draftsElsewhere.add(id);
    const after = before.reopen();
    await after.desk.ready;
    after.files.draftsElsewhere.delete(id);
    after.desk.setPlace(id, 1.5);
    await after.clock.advance(2_000);
    expect(after.desk.current.draft).toBe('');
    after.files.drafts.set(id, foreign);
    await after.clock.advance(5_000);
    expect(after.desk.current).toMatchObject({ draft: 'half a thought', scrollTop: 1.5 });
  });

  it('is not waited for in a window that is closed', async () => {
    const { after } = await typedAndReopened();
    await after.desk.ready;
    await after.desk.close();
    expect(after.clock.pending).toBe(0);
  });

  it('goes over to the new empty conversation, and is there once', async () => {
    const { after, id } = await typedAndReopened();
    await after.desk.ready;
    after.files.draftsElsewhere.delete(id);
    await after.clock.advance(2_000);
    await settle();
    expect([...after.files.drafts].filter(([, { text }]) => text !== '').map(([owner]) => owner)).toEqual([after.desk.current.id]);
  });
});
