import { describe, expect, it } from 'vitest';
import { createLatestRequest } from '../../../../src/webview/state/requests.ts';
import { createResync } from '../../../../src/webview/state/resync.ts';

function create(): { readonly resync: ReturnType<typeof createResync>; readonly asked: () => number; readonly wait: () => void } {
  const tasks: (() => void)[] = [];
  let count = 0;
  const resync = createResync((task) => tasks.push(task), () => { count += 1; });
  return { resync, asked: () => count, wait: () => { for (const task of tasks.splice(0)) task(); } };
}

describe('a request for a snapshot', () => {
  it('is on its way once, whoever asks', () => {
    const { resync } = create();
    expect([resync.begin(), resync.begin(), resync.begin()]).toEqual([true, false, false]);
  });

  it('is repeated until the snapshot comes', () => {
    const { resync, asked, wait } = create();
    resync.begin();
    wait();
    wait();
    expect(asked()).toBe(2);
    resync.end();
    wait();
    expect(asked()).toBe(2);
  });

  it('that was answered does not repeat a later one early', () => {
    const { resync, asked, wait } = create();
    resync.begin();
    resync.end();
    expect(resync.begin()).toBe(true);
    wait();
    expect(asked()).toBe(1);
  });
});

describe('of requests of one kind', () => {
  it('only the latest answer counts', () => {
    const requests = createLatestRequest();
    const [first, second] = [requests.next(), requests.next()];
    expect([requests.isLatest(first), requests.isLatest(second)]).toEqual([false, true]);
  });
});
