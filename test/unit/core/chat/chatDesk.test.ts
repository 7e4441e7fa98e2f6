import { describe, expect, it } from 'vitest';
import { settle } from '../../../helpers/fakeClock.ts';
import { answered, createDeskHarness, lastContent, transcript, type DeskHarness, type FakeView } from './deskHarness.ts';
import { onePixel } from '../../../helpers/images.ts';

const file = 'file:file:///work/a.ts';

describe('several views', () => {
  it('see the same, from the first snapshot on', async () => {
    const harness = createDeskHarness();
    const [one, two] = [await harness.addView(), await harness.addView()];
    await answered(harness);
    expect(one.types).toEqual(two.types);
    expect(one.types.slice(0, 3)).toEqual(['snapshot', 'message-added', 'message-added']);
    const late = await harness.addView();
    expect(late.last('snapshot')?.snapshot.messages.map(({ role, text }) => `${role}: ${text}`)).toEqual(['user: question', 'assistant: answer']);
  });

  it('get the end of a long conversation only', async () => {
    const harness = createDeskHarness();
    for (let index = 0; index < 60; index++) await answered(harness, `q${index}`, `a${index}`);
    const snapshot = (await harness.addView()).last('snapshot')?.snapshot;
    expect(snapshot).toMatchObject({ total: 120, from: 80 });
    expect(snapshot?.messages.at(-1)?.text).toBe('a59');
  });

  it('get a last message of any size, but not all large ones', async () => {
    const harness = createDeskHarness();
    for (const size of [300_000, 300_000, 900_000]) await answered(harness, 'q', 'x'.repeat(size));
    const snapshot = (await harness.addView()).last('snapshot')?.snapshot;
    expect(snapshot?.messages.map(({ text }) => text.length)).toEqual([900_000]);
  });

  it('hold a stream back together; one that is hidden does not', async () => {
    const harness = createDeskHarness();
    const view = await harness.addView();
    await harness.desk.send('question');
    await settle();
    for (let index = 0; index < 20; index++) await harness.runner.last.text('x'.repeat(4_000));
    const taken = harness.runner.last.taken;
    expect(taken).toBeLessThan(15);
    view.channel.close();
    await settle();
    expect(harness.runner.last.taken).toBeGreaterThan(taken);
  });

  it('are told of waits', async () => {
    const harness = createDeskHarness();
    const view = await harness.addView();
    await harness.desk.send('question');
    await settle();
    await harness.runner.last.push({ type: 'retry-wait', attempt: 1, waitMs: 7_000, kind: 'rate-limit' });
    expect(view.last('message-changed')?.patch).toEqual({ waiting: 'Waiting 7 s: rate-limit' });
  });
});

describe('attachments', () => {
  it('go with the message as they are when it is sent, and are gone from the composer', async () => {
    const harness = createDeskHarness();
    harness.source.texts.set(file, 'old text');
    await harness.desk.current.attachments.add(file);
    harness.source.texts.set(file, 'new text');
    await harness.desk.send('look');
    await settle();
    expect(lastContent(harness)).toEqual(['new text', 'look']);
    expect(harness.desk.current.attachments.chips()).toEqual([]);
  });

  it('that may not be sent are shown with the reason and left out', async () => {
    const harness = createDeskHarness();
    harness.source.texts.set(file, 'secret');
    await harness.desk.current.attachments.add(file);
    expect(harness.desk.current.attachments.chips()).toMatchObject([{ label: 'a.ts', warning: 'Not sent: the file is of a kind that holds secrets.' }]);
    await harness.desk.send('look');
    await settle();
    expect(lastContent(harness)).toEqual(['look']);
  });

  it('are offered, never sent unasked', async () => {
    const harness = createDeskHarness();
    harness.source.texts.set('selection', 'const x = 1;');
    harness.source.offered = [{ reference: { kind: 'selection' }, kind: 'selection', name: 'a.ts', range: { startLine: 3, endLine: 9 } }];
    const { attachments } = harness.desk.current;
    expect(attachments.chips()).toMatchObject([{ label: 'a.ts', detail: 'lines 3–9', offered: true }]);
    await harness.desk.send('without');
    await settle();
    expect(lastContent(harness)).toEqual(['without']);
    harness.desk.current.conversation.stop();
    await settle();
    await attachments.takeOffer(attachments.chips()[0]?.id ?? '');
    expect(attachments.chips().map((chip) => chip.offered)).toEqual([undefined]);
    await harness.desk.send('with');
    await settle();
    expect(lastContent(harness).slice(-2)).toEqual(['const x = 1;', 'with']);
  });

  it('of unknown forms from the view are dropped', async () => {
    const harness = createDeskHarness();
    for (const reference of ['', 'nothing', 'file:', 'file:/etc/passwd x', '__proto__', 'command:x']) await harness.desk.current.attachments.add(reference);
    expect(harness.desk.current.attachments.chips()).toEqual([]);
  });

  it('once each, and gone when removed; a dismissed offer stays away', async () => {
    const harness = createDeskHarness();
    harness.source.texts.set(file, 'text');
    harness.source.offered = [{ reference: { kind: 'changes' }, kind: 'changes', name: '' }];
    const { attachments } = harness.desk.current;
    await attachments.add(file);
    await attachments.add(file);
    expect(attachments.chips().map(({ label }) => label)).toEqual(['a.ts', 'Changes']);
    for (const { id } of attachments.chips()) attachments.remove(id);
    expect(attachments.chips()).toEqual([]);
  });

  it('images go as images', async () => {
    const harness = createDeskHarness();
    harness.desk.current.attachments.addImage({ mediaType: 'image/png', data: onePixel.png });
    await harness.desk.send('what is this');
    await settle();
    expect(lastContent(harness)).toEqual(['image', 'what is this']);
  });
});

describe('what a command is about', () => {
  const selection = { reference: { kind: 'selection', uri: 'file:///work/a.ts', range: { startLine: 1, endLine: 2 } }, kind: 'selection', name: 'a.ts' } as const;
  const active = { reference: { kind: 'file', uri: 'file:///work/a.ts' }, kind: 'file', name: 'a.ts' } as const;
  const labels = ({ desk }: DeskHarness) => desk.current.attachments.chips().filter((chip) => chip.offered !== true).map((chip) => chip.kind);
  const create = (): DeskHarness => {
    const harness = createDeskHarness();
    harness.source.offered = [selection, active];
    harness.source.texts.set('selection:file:///work/a.ts#L1-2', 'selected').set(file, 'whole').set('changes', 'diff');
    return harness;
  };

  it('is attached as soon as it is typed, and goes when the command goes', async () => {
    const harness = create();
    harness.desk.setDraft('/explain', 0);
    await settle();
    expect(labels(harness)).toEqual(['selection']);
    harness.desk.setDraft('/commit', 0);
    await settle();
    expect(labels(harness)).toEqual(['changes']);
    harness.desk.setDraft('explain', 0);
    await settle();
    expect(labels(harness)).toEqual([]);
  });

  it('is sent with the command, also when it was typed too fast to be seen', async () => {
    const harness = create();
    await harness.desk.send('/explain this');
    await settle();
    expect(lastContent(harness)[0]).toBe('selected');
  });

  it('gives way to what is chosen', async () => {
    const harness = create();
    harness.desk.setDraft('/explain', 0);
    await settle();
    await harness.desk.current.attachments.add('changes');
    harness.desk.setDraft('/explain it', 0);
    await settle();
    expect(labels(harness)).toEqual(['changes']);
  });

  it('stays away when it was removed', async () => {
    const harness = create();
    harness.desk.setDraft('/explain', 0);
    await settle();
    harness.desk.current.attachments.remove(harness.desk.current.attachments.chips()[0]?.id ?? '');
    harness.desk.setDraft('/explain x', 0);
    await settle();
    expect(labels(harness)).toEqual([]);
  });
});

describe('instruction files', () => {
  it('go with the first message, listed, and again only when they change', async () => {
    const harness = createDeskHarness();
    harness.source.texts.set('instructions', 'Use tabs.');
    await answered(harness, 'one');
    const [first = ''] = harness.desk.current.stored.log.session.path;
    expect(harness.desk.current.stored.log.session.head(first)?.chips).toMatchObject([{ kind: 'instructions', label: 'Instructions' }]);
    await answered(harness, 'two');
    expect(lastContent(harness)).toEqual(['two']);
    harness.source.texts.set('instructions', 'Use spaces.');
    await answered(harness, 'three');
    expect(lastContent(harness)[0]).toContain('Use spaces.');
  });
});

describe('own commands', () => {
  it('are expanded when they are typed, and listed with the message', async () => {
    const harness = createDeskHarness();
    harness.ownCommands.push({ name: 'ship', description: 'd', path: '.runapi/commands/ship.md', prompt: 'Release $1 with care: $ARGUMENTS' });
    await harness.desk.send('/ship v2 today');
    await settle();
    expect(lastContent(harness)).toEqual(['Release v2 with care: v2 today']);
    expect(transcript(harness)[0]).toBe('user done: /ship v2 today');
  });
});

describe('the task', () => {
  it('is read from the words, and its reason is told', async () => {
    const harness = createDeskHarness();
    harness.source.texts.set(file, 'text');
    await harness.desk.current.attachments.add(file);
    await harness.desk.send('refactor this');
    await settle();
    expect(harness.runner.last.request).toMatchObject({ task: 'refactor', reason: 'you asked to refactor 1 files' });
    expect(lastContent(harness).at(-1)).toContain('EDIT FORMAT');
  });

  it('follows the command, then what the user set, then the words', async () => {
    const harness = createDeskHarness();
    const { log } = harness.desk.current.stored;
    log.append({ type: 'override', task: 'explain', model: 'other-model' });
    expect(await harness.desk.compose('refactor this')).toMatchObject({ task: 'explain', model: 'other-model', reason: 'you set the task, set by /model' });
    expect(await harness.desk.compose('/tests for this')).toMatchObject({ task: 'tests', reason: 'you typed /tests, set by /model' });
    log.append({ type: 'override' });
    expect(await harness.desk.compose('refactor this')).toMatchObject({ task: 'refactor', model: undefined });
  });

  it('can be given by another feature', async () => {
    const harness = createDeskHarness();
    await harness.desk.send('refactor this', 'explain');
    await settle();
    expect(harness.runner.last.request.task).toBe('explain');
  });
});

describe('the composer', () => {
  it('shows route, price and meter for what is typed', async () => {
    const harness = createDeskHarness();
    const view = await harness.addView();
    harness.desk.setDraft('refactor this', 0);
    await harness.clock.advance(100);
    const composer = view.last('composer-changed')?.composer;
    expect(composer).toMatchObject({ routeLabel: 'Auto · Opus 4.8', contextLimit: 200_000, queued: 0 });
    expect(composer?.expectedUsd).toBeGreaterThan(0);
    expect(composer?.routes.filter(({ selected }) => selected).map(({ label }) => label)).toEqual(['Auto']);
  });

  it('does not tell each key', async () => {
    const harness = createDeskHarness();
    const view = await harness.addView();
    for (let index = 0; index < 50; index++) harness.desk.setDraft('x'.repeat(index), 0);
    await harness.clock.advance(1_000);
    expect(view.types.filter((type) => type === 'composer-changed')).toHaveLength(1);
  });

  it('offers compaction when the history fills most of the window', async () => {
    const harness = createDeskHarness();
    const view = await harness.addView();
    await harness.desk.send('question');
    await settle();
    await harness.runner.last.text('x');
    await harness.runner.last.push({ type: 'finish', reason: 'stop' }, { type: 'receipt', receipt: { usage: { inputTokens: 170_000, outputTokens: 10, cacheReadTokens: 0, cacheWriteTokens: 0 }, priceIsEstimate: true, durationMs: 1 } });
    await harness.clock.advance(100);
    expect(view.last('composer-changed')?.composer).toMatchObject({ offersCompaction: true });
    expect(view.last('composer-changed')?.composer.contextTokens).toBeGreaterThan(170_000);
  });
});

describe('the meter', () => {
  const tokens = async (harness: DeskHarness, view: FakeView): Promise<number> => {
    harness.desk.updateComposer();
    await harness.clock.advance(100);
    return view.last('composer-changed')?.composer.contextTokens ?? -1;
  };

  it('does not grow twice by an answer that is continued', async () => {
    const harness = createDeskHarness();
    const view = await harness.addView();
    await harness.desk.send('question');
    await settle();
    await harness.runner.last.text('half');
    await harness.runner.last.finish('length');
    const before = await tokens(harness, view);
    harness.desk.current.conversation.continueAnswer(harness.desk.current.stored.log.session.path.at(-1) ?? '');
    await settle();
    await harness.runner.last.text(' and the rest');
    await harness.runner.last.finish();
    expect(before).toBe(120);
    expect(await tokens(harness, view)).toBe(120);
  });

  it('falls with a compaction and rises again when that is undone', async () => {
    const harness = createDeskHarness();
    const view = await harness.addView();
    const { log } = harness.desk.current.stored;
    await answered(harness, 'x'.repeat(3_600), 'answer');
    const before = await tokens(harness, view);
    log.append({ type: 'compacted', id: 'n', parent: log.session.path.at(-1) ?? '', at: 1, messages: 2, tokensBefore: 1_000, tokensAfter: 10, body: 'y'.repeat(36) });
    expect(await tokens(harness, view)).toBe(410);
    await answered(harness, 'next', 'z'.repeat(3_600));
    expect(await tokens(harness, view)).toBe(120);
    log.append({ type: 'compaction-undone', id: 'n' });
    expect(await tokens(harness, view)).toBe(before + Math.round(3_604 / 3.6));
  });
});

describe('a banner', () => {
  it('of the storage goes before that of the history, and each goes when its cause is gone', async () => {
    const harness = createDeskHarness();
    const view = await harness.addView();
    harness.desk.setBanner('history', 'too long');
    harness.desk.setBanner('storage', 'disk full');
    harness.desk.setBanner('storage', undefined);
    harness.desk.setBanner('history', undefined);
    expect(view.inbox.flatMap((message) => (message.type === 'banner-changed' ? [message.banner] : []))).toEqual(['too long', 'disk full', 'too long', undefined]);
  });
});
