import { describe, expect, it } from 'vitest';
import { abortable, unlessAborted } from '../../../../src/core/chat/abortable.ts';
import { settle } from '../../../helpers/fakeClock.ts';

interface Source {
  readonly iterable: AsyncIterable<number>;
  readonly state: { returned: boolean };
  give(value: number): Promise<void>;
  end(): Promise<void>;
  fail(error: unknown): Promise<void>;
}

/** Gives what it is told to, and hangs in between. */
function createSource(): Source {
  const state = { returned: false };
  let settleNext: { resolve: (result: IteratorResult<number, void>) => void; reject: (error: unknown) => void } | undefined;
  const act = async (action: () => void): Promise<void> => {
    action();
    await settle();
  };
  return {
    state,
    iterable: {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise((resolve, reject) => { settleNext = { resolve, reject }; }),
        return: () => {
          state.returned = true;
          return new Promise(() => undefined);
        },
      }),
    },
    give: (value) => act(() => settleNext?.resolve({ done: false, value })),
    end: () => act(() => settleNext?.resolve({ done: true, value: undefined })),
    fail: (error) => act(() => settleNext?.reject(error)),
  };
}

async function read(source: Source, signal: AbortSignal, seen: number[]): Promise<string> {
  try {
    for await (const value of abortable(source.iterable, signal)) seen.push(value);
    return 'ended';
  } catch (error) {
    return `failed: ${String(error)}`;
  }
}

describe('an abortable stream', () => {
  it('gives what the source gives', async () => {
    const source = createSource();
    const seen: number[] = [];
    const result = read(source, new AbortController().signal, seen);
    await source.give(1);
    await source.give(2);
    await source.end();
    expect(await result).toBe('ended');
    expect(seen).toEqual([1, 2]);
    expect(source.state.returned).toBe(false);
  });

  it('ends with the reason at once, though the source hangs, and tells the source', async () => {
    const source = createSource();
    const controller = new AbortController();
    const seen: number[] = [];
    const result = read(source, controller.signal, seen);
    await source.give(1);
    controller.abort('enough');
    expect(await result).toBe('failed: enough');
    expect(source.state.returned).toBe(true);
    await source.give(2);
    expect(seen).toEqual([1]);
  });

  it('does not begin when the signal is aborted already', async () => {
    const seen: number[] = [];
    expect(await read(createSource(), AbortSignal.abort('before'), seen)).toBe('failed: before');
    expect(seen).toEqual([]);
  });

  it('fails as the source fails', async () => {
    const source = createSource();
    const result = read(source, new AbortController().signal, []);
    await settle();
    await source.fail('broken');
    expect(await result).toBe('failed: broken');
  });

  it('lets a failure after the abort pass unnoticed', async () => {
    const source = createSource();
    const controller = new AbortController();
    const result = read(source, controller.signal, []);
    await settle();
    controller.abort('enough');
    await source.fail('late');
    expect(await result).toBe('failed: enough');
  });

  it('tells the source when its reader leaves', async () => {
    const source = createSource();
    const reading = (async () => {
      for await (const value of abortable(source.iterable, new AbortController().signal)) if (value === 1) break;
    })();
    await settle();
    await source.give(1);
    await reading;
    expect(source.state.returned).toBe(true);
  });
});

describe('waiting for a promise', () => {
  it('leaves no listener at the signal', async () => {
    const controller = new AbortController();
    let listeners = 0;
    const signal = new Proxy(controller.signal, {
      get: (target, key) => {
        if (key === 'addEventListener') return (...parameters: Parameters<AbortSignal['addEventListener']>) => { listeners += 1; target.addEventListener(...parameters); };
        if (key === 'removeEventListener') return (...parameters: Parameters<AbortSignal['removeEventListener']>) => { listeners -= 1; target.removeEventListener(...parameters); };
        const value: unknown = Reflect.get(target, key, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    for (let round = 0; round < 100; round++) await unlessAborted(Promise.resolve(round), signal);
    expect(listeners).toBe(0);
  });
});
