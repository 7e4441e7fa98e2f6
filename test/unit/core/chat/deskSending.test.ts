import { describe, expect, it } from 'vitest';
import { onePixel } from '../../../helpers/images.ts';
import { settle } from '../../../helpers/fakeClock.ts';
import { createDeskHarness, type DeskHarness } from './deskHarness.ts';

const search = 'codebase:retry';
const file = 'file:file:///work/a.ts';

interface SlowSource extends DeskHarness {
  /** Lets the searches of the codebase end, and those that begin later. */
  answerSearches(): Promise<void>;
  failSearches(): Promise<void>;
}

/** A search that lasts until a test lets it end. */
async function createSlowHarness(): Promise<SlowSource> {
  const harness = createDeskHarness();
  await harness.desk.ready;
  harness.source.texts.set(search, 'found').set(file, 'file text');
  const collect = harness.source.collect.bind(harness.source);
  const gate = Promise.withResolvers<void>();
  harness.source.collect = async (reference, ...rest) => {
    if (reference.kind === 'codebase') await gate.promise;
    return await collect(reference, ...rest);
  };
  const end = async (settleGate: () => void): Promise<void> => {
    settleGate();
    await settle();
  };
  return { ...harness, answerSearches: () => end(gate.resolve), failSearches: () => end(() => gate.reject(new Error('no search'))) };
}

/** The search is attached, and its message waits for it. */
async function sendSlowly(harness: DeskHarness, text = 'one'): Promise<void> {
  harness.desk.setDraft(text, 0);
  void harness.desk.current.attachments.add(search);
  void harness.desk.send(text);
  harness.desk.setDraft('', 0);
  await settle();
}

const texts = ({ desk }: DeskHarness, conversation = desk.current): readonly (string | undefined)[] => {
  const { session } = conversation.stored.log;
  return [...session.path, ...session.queued].filter((id) => session.head(id)?.role === 'user').map((id) => session.body(id)?.text);
};
const labels = ({ desk }: DeskHarness): readonly string[] => desk.current.attachments.chips().map((chip) => chip.label);
const chipsOf = ({ desk }: DeskHarness, text: string): readonly string[] => {
  const { session } = desk.current.stored.log;
  return (session.ids().map((id) => session.head(id)).find((head) => head?.role === 'user' && session.body(head.id)?.text === text)?.chips ?? []).map((chip) => chip.label);
};

describe('a message whose context is still being read', () => {
  it('takes along what was chosen before it was sent, also what was still being read', async () => {
    const harness = await createSlowHarness();
    await sendSlowly(harness);
    expect(texts(harness)).toEqual([]);
    await harness.answerSearches();
    expect(texts(harness)).toEqual(['one']);
    expect(chipsOf(harness, 'one')).toEqual(['Codebase']);
    expect(labels(harness)).toEqual([]);
  });

  it('leaves what is attached meanwhile to the next message', async () => {
    const harness = await createSlowHarness();
    await sendSlowly(harness);
    expect(harness.desk.current.attachments.addImage({ mediaType: 'image/png', data: onePixel.png, name: 'image.png' })).toBeUndefined();
    await harness.desk.current.attachments.add(file);
    await harness.answerSearches();
    expect(chipsOf(harness, 'one')).toEqual(['Codebase']);
    expect(labels(harness)).toEqual(['image.png', 'a.ts']);
  });

  it('goes before the next one, and each takes its own', async () => {
    const harness = await createSlowHarness();
    await sendSlowly(harness);
    await harness.desk.current.attachments.add(file);
    void harness.desk.send('two');
    await harness.answerSearches();
    expect(texts(harness)).toEqual(['one', 'two']);
    expect([chipsOf(harness, 'one'), chipsOf(harness, 'two')]).toEqual([['Codebase'], ['a.ts']]);
  });

  it('goes into the conversation in which it was sent, whichever is shown by then', async () => {
    const harness = await createSlowHarness();
    const first = harness.desk.current;
    await sendSlowly(harness);
    void harness.desk.send('two');
    harness.desk.startNew();
    expect(harness.desk.current).not.toBe(first);
    await harness.answerSearches();
    expect(texts(harness, first)).toEqual(['one', 'two']);
    expect(texts(harness)).toEqual([]);
    await harness.runner.last.text('answer');
    await harness.runner.last.finish();
    expect(await harness.desk.show(first.id)).toBe(true);
    expect(harness.desk.current).toBe(first);
  });

  it('is in the composer of the next window when this one is killed', async () => {
    const harness = await createSlowHarness();
    await sendSlowly(harness);
    harness.desk.setDraft('typed meanwhile', 0);
    const next = harness.reopen();
    next.source.texts.set(search, 'found');
    await next.desk.ready;
    expect(next.desk.current.draft).toBe('one\n\ntyped meanwhile');
    expect(labels(next)).toEqual(['Codebase']);
  });

  it('is not sent behind the back of a window that closes, and is in the composer of the next one', async () => {
    const harness = await createSlowHarness();
    await sendSlowly(harness);
    await harness.desk.close();
    await harness.answerSearches();
    expect(harness.runner.calls).toHaveLength(0);
    expect(harness.reopen().files.drafts.get(harness.current.id ?? '')).toMatchObject({ text: 'one', attachments: [{ reference: search }] });
  });

  it('does not come back to a conversation that was deleted', async () => {
    const harness = await createSlowHarness();
    await sendSlowly(harness);
    const { id } = harness.desk.current;
    await harness.desk.leave(id);
    await harness.answerSearches();
    expect(harness.runner.calls).toHaveLength(0);
    expect(harness.files.events.get(id)).toBeUndefined();
  });

  it('is in no draft any more once it is sent', async () => {
    const harness = await createSlowHarness();
    await sendSlowly(harness);
    await harness.answerSearches();
    expect(harness.files.drafts.get(harness.desk.current.id)).toEqual({ text: '', scrollTop: 0, attachments: [] });
  });

  it('comes back into the composer, before what was typed since, when it cannot be read', async () => {
    const errors: unknown[] = [];
    const harness = createDeskHarness(undefined, undefined, (error) => errors.push(error));
    await harness.desk.ready;
    harness.source.texts.set(file, 'file text');
    await harness.desk.current.attachments.add(file);
    harness.source.collect = async () => { throw new Error('the disk is gone'); };
    const view = await harness.addView();
    const sending = harness.desk.send('one');
    harness.desk.setDraft('two', 0);
    await sending;
    expect(errors).toHaveLength(1);
    expect(harness.desk.current.draft).toBe('one\n\ntwo');
    expect(labels(harness)).toEqual(['a.ts']);
    expect(view.last('set-draft')).toMatchObject({ text: 'one\n\ntwo' });
    expect(view.last('notice')?.text).toContain('in the composer again');
  });
});

describe('a message that is sent again', () => {
  it('keeps its own context: what is open, attached or typed now is for the next one', async () => {
    const harness = await createSlowHarness();
    harness.source.offered = [{ reference: { kind: 'file', uri: 'file:///work/a.ts' }, kind: 'file', name: 'a.ts' }];
    harness.ownCommands.push({ name: 'deploy', description: '', path: '.runapi/commands/deploy.md', prompt: 'Deploy $1' });
    harness.desk.current.attachments.addImage({ mediaType: 'image/png', data: onePixel.png, name: 'waits.png' });
    const kept = { chips: [{ id: 'c', kind: 'file' as const, label: 'old.ts' }], context: [{ chipId: 'c', name: 'old.ts', text: 'old text' }] };
    const message = await harness.desk.compose('/explain it', { kept });
    expect(message).toMatchObject({ task: 'explain', chips: kept.chips, context: kept.context });
    expect(labels(harness)).toEqual(['waits.png', 'a.ts']);
    const command = await harness.desk.compose('/deploy now', { kept });
    expect(command.context.map((item) => item.text)).toEqual(['Deploy now', 'old text']);
  });
});

describe('a repair round', () => {
  const repair = { text: 'try again', chips: [], context: [], task: 'refactor' as const };

  it('is asked in the conversation of its answer, without what waits in a composer, and that conversation is shown', async () => {
    const harness = await createSlowHarness();
    void harness.desk.send('refactor it');
    await settle();
    await harness.runner.last.text('answer');
    await harness.runner.last.finish();
    const { id } = harness.desk.current;
    harness.desk.startNew();
    await harness.desk.current.attachments.add(file);
    const other = harness.desk.current;
    expect(await harness.desk.sendIn(id, repair)).toBe(true);
    expect(harness.desk.current.id).toBe(id);
    expect(harness.desk.current.stored.log.session.head(harness.desk.current.stored.log.session.path.at(-2) ?? '')).toMatchObject({ role: 'user', task: 'refactor', chips: [] });
    expect(texts(harness, other)).toEqual([]);
  });

  it('of a conversation that is gone is refused', async () => {
    const harness = await createSlowHarness();
    const { current } = harness.desk;
    expect(await harness.desk.sendIn('gone', repair)).toBe(false);
    expect(harness.desk.current).toBe(current);
    expect(texts(harness)).toEqual([]);
  });
});
