import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createRequestScope } from '../../../../src/core/api/requestScope.ts';

const never = (): Promise<never> => new Promise<never>(() => undefined);

function open() {
  const parent = new AbortController();
  return { parent, scope: createRequestScope(parent.signal) };
}

describe('the scope of a request', () => {
  it('gives what the work gives', async () => {
    const { scope } = open();
    await expect(scope.race(Promise.resolve(1))).resolves.toBe(1);
    await expect(scope.race(Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(scope.signal.aborted).toBe(false);
  });

  it('ends with its parent, by the parent\'s reason, without waiting for the work', async () => {
    const { parent, scope } = open();
    const work = scope.race(never());
    parent.abort('stop');
    await expect(work).rejects.toBe('stop');
    expect(scope.signal.reason).toBe('stop');
  });

  it('ends by a limit, and the parent goes on', async () => {
    const { parent, scope } = open();
    const work = scope.race(never());
    scope.fail('too late');
    await expect(work).rejects.toBe('too late');
    expect(parent.signal.aborted).toBe(false);
  });

  it('keeps its first reason', () => {
    const { parent, scope } = open();
    scope.fail('first');
    parent.abort('second');
    scope.close();
    expect(scope.signal.reason).toBe('first');
  });

  it('starts nothing under a parent that has ended, and swallows the failure of work that nobody waits for', async () => {
    const scope = createRequestScope(AbortSignal.abort('before'));
    await expect(scope.race(Promise.reject(new Error('unseen')))).rejects.toBe('before');
    await expect(scope.race(never())).rejects.toBe('before');
  });

  it('lets go of its parent, however it ends', () => {
    const endings: readonly ((opened: ReturnType<typeof open>) => void)[] = [({ scope }) => scope.close(), ({ scope }) => scope.fail('x'), ({ parent }) => parent.abort()];
    for (const end of endings) {
      const opened = open();
      expect(getEventListeners(opened.parent.signal, 'abort').length).toBe(1);
      end(opened);
      expect(getEventListeners(opened.parent.signal, 'abort').length).toBe(0);
    }
  });

  it('keeps nothing of a thousand reads', async () => {
    const { parent, scope } = open();
    for (let reads = 0; reads < 1000; reads += 1) await scope.race(Promise.resolve(reads));
    expect(getEventListeners(scope.signal, 'abort').length).toBe(0);
    expect(getEventListeners(parent.signal, 'abort').length).toBe(1);
  });
});
