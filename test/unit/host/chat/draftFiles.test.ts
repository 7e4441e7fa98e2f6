import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDraftFiles, type DraftFiles } from '../../../../src/host/chat/draftFiles.ts';
import { createLiveMarks } from '../../../../src/host/chat/liveMarks.ts';
import { systemClock } from '../../../../src/host/systemClock.ts';
import { onePixel } from '../../../helpers/images.ts';

let folder = '';
const open: DraftFiles[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'runapi-drafts-'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((window) => window.close()));
  await rm(folder, { recursive: true, force: true });
});

function openWindow(marks = createLiveMarks(folder, systemClock), lastWindow?: string): DraftFiles {
  const window = createDraftFiles(folder, systemClock, marks, lastWindow);
  open.push(window);
  return window;
}

const image = { id: 'i', mediaType: 'image/png', data: onePixel.png, name: 'a.png', thumbnail: 'data:image/webp;base64,AA==' };
const draft = { text: 'half a thought', scrollTop: 3.5, attachments: [{ reference: 'changes' }, { image }] };
const files = async (): Promise<readonly string[]> => (await readdir(join(folder, 'drafts'))).filter((name) => name.endsWith('.json'));

describe('a draft', () => {
  it('comes back with attachments and scroll position after its window has closed', async () => {
    const before = openWindow();
    before.save('s', { text: 'older', attachments: [] });
    before.save('s', draft);
    await before.close();
    expect(await openWindow().read('s')).toEqual(draft);
  });

  it('comes back after its window was killed, which leaves a mark that nobody touches', async () => {
    const before = openWindow();
    before.save('s', draft);
    await before.flush();
    const [mark = ''] = await readdir(join(folder, 'live'));
    const old = new Date(Date.now() - 60_000);
    await utimes(join(folder, 'live', mark), old, old);
    expect(await openWindow().read('s')).toEqual(draft);
  });

  it('leaves no file when there is nothing to keep, and no image', async () => {
    const window = openWindow();
    window.save('s', draft);
    await window.flush();
    expect(await readdir(join(folder, 'drafts', 'images'))).toEqual(['i']);
    window.save('s', { text: '', attachments: [] });
    await window.flush();
    expect(await files()).toEqual([]);
    expect(await readdir(join(folder, 'drafts', 'images'))).toEqual([]);
  });

  it('writes an image once, however often the text changes', async () => {
    const window = openWindow();
    window.save('s', draft);
    await window.flush();
    const written = await stat(join(folder, 'drafts', 'images', 'i'));
    window.save('s', { ...draft, text: 'more' });
    await window.flush();
    expect((await stat(join(folder, 'drafts', 'images', 'i'))).mtimeMs).toBe(written.mtimeMs);
    const [name = ''] = await files();
    expect(await readFile(join(folder, 'drafts', name), 'utf8')).not.toContain(onePixel.png);
  });

  it('of an older version, with the image in it, is taken over', async () => {
    await mkdir(join(folder, 'drafts'));
    await writeFile(join(folder, 'drafts', 's.json'), JSON.stringify({ text: 'old', attachments: [{ image: { id: 'i', mediaType: 'image/png', data: 'AAAA' } }] }));
    expect(await openWindow().read('s')).toEqual({ text: 'old', attachments: [{ image: { id: 'i', mediaType: 'image/png', data: 'AAAA' } }] });
  });

  it.each(['', 'garbage', '{"text":7}', '{"text":"x"}'])('that is broken is none: %s', async (content) => {
    await mkdir(join(folder, 'drafts'));
    await writeFile(join(folder, 'drafts', 's.json'), content);
    expect(await openWindow().read('s')).toBeUndefined();
  });

  it('whose image file is gone, or lies elsewhere, comes without it', async () => {
    await mkdir(join(folder, 'drafts'));
    await writeFile(join(folder, 'secret'), 'secret');
    await writeFile(join(folder, 'drafts', 's.json'), JSON.stringify({ text: 'x', attachments: ['gone', '../../secret'].map((id) => ({ image: { id, mediaType: 'image/png' } })) }));
    expect(await openWindow().read('s')).toEqual({ text: 'x', attachments: [{ image: undefined }, { image: undefined }] });
  });

  it('is not looked for outside the folder', async () => {
    expect(await openWindow().read('../s')).toBeUndefined();
  });
});

describe('two windows', () => {
  it('keep drafts of one conversation apart', async () => {
    const [left, right] = [openWindow(), openWindow()];
    left.save('s', { text: 'of the left', attachments: [] });
    await left.flush();
    expect(await right.read('s')).toBe('in-another-window');
    right.save('s', { text: 'of the right', attachments: [] });
    await right.flush();
    expect(await left.read('s')).toMatchObject({ text: 'of the left' });
    expect(await right.read('s')).toMatchObject({ text: 'of the right' });
  });

  it('leave both to those that come after them, the newest first', async () => {
    const [left, right] = [openWindow(), openWindow()];
    left.save('s', { text: 'of the left', attachments: [] });
    await left.close();
    right.save('s', { text: 'of the right', attachments: [] });
    await right.close();
    const next = openWindow();
    expect(await next.read('s')).toMatchObject({ text: 'of the right' });
    next.save('s', { text: '', attachments: [] });
    await next.flush();
    expect(await next.read('s')).toMatchObject({ text: 'of the left' });
  });

  it('find their own again after a reload, however old it is', async () => {
    const [first, second] = [createLiveMarks(folder, systemClock), createLiveMarks(folder, systemClock)];
    const [left, right] = [openWindow(first), openWindow(second)];
    left.save('s', { text: 'of the first', attachments: [] });
    await left.close();
    right.save('s', { text: 'of the second', attachments: [] });
    await right.close();
    expect((await openWindow(createLiveMarks(folder, systemClock), first.window).read('s'))).toMatchObject({ text: 'of the first' });
    expect((await openWindow(createLiveMarks(folder, systemClock), second.window).read('s'))).toMatchObject({ text: 'of the second' });
  });

  it('do not let a scroll position hide what was typed', async () => {
    const [left, right] = [openWindow(), openWindow()];
    left.save('s', { text: 'typed', attachments: [] });
    await left.close();
    right.save('s', { text: '', scrollTop: 7, attachments: [] });
    await right.close();
    expect(await openWindow().read('s')).toMatchObject({ text: 'typed' });
  });

  it('do not let the place of this one hide what another leaves behind later', async () => {
    const [left, right] = [openWindow(), openWindow()];
    left.save('s', { text: 'typed', attachments: [] });
    await left.flush();
    right.save('s', { text: '', scrollTop: 7, attachments: [] });
    await right.flush();
    expect(await right.read('s')).toMatchObject({ text: '', scrollTop: 7 });
    await left.close();
    expect(await right.read('s')).toMatchObject({ text: 'typed' });
    expect(await files()).toHaveLength(1);
  });

  it('keep the place of their own before that of another', async () => {
    const [left, right] = [openWindow(), openWindow()];
    left.save('s', { text: '', scrollTop: 3, attachments: [] });
    await left.close();
    right.save('s', { text: '', scrollTop: 7, attachments: [] });
    await right.flush();
    expect(await right.read('s')).toMatchObject({ scrollTop: 7 });
  });

  it('never take the same draft', async () => {
    const before = openWindow();
    before.save('s', { text: 'one', attachments: [] });
    await before.close();
    const readings = await Promise.all([openWindow(), openWindow(), openWindow()].map((window) => window.read('s')));
    expect(readings.filter((reading) => typeof reading === 'object')).toHaveLength(1);
  });
});
