import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { viewStrings } from '../../../../src/shared/viewStrings.ts';
import { createAnnouncer } from '../../../../src/webview/state/announcer.ts';
import { createResync } from '../../../../src/webview/state/resync.ts';
import type { Entry, ShownMessage } from '../../../../src/webview/state/entry.ts';
import { createWords } from '../../../../src/webview/words.ts';

function said(shown: Partial<ShownMessage>, text = ''): string {
  const state = { announcement: signal('') };
  const entry: Entry = { id: 'a', text, thinking: '', shown: signal({ id: 'a', role: 'assistant', status: 'done', createdAt: 0, hasThinking: false, ...shown }) };
  createAnnouncer(state, createWords(viewStrings, 'en')).statusChanged(entry);
  return state.announcement.value;
}

describe('what a screen reader hears', () => {
  it('is the answer when it is complete, without code and markers, and not all of a long one', () => {
    expect(said({}, 'It **waits**.\n\n```ts\ncode();\n```\n\nThen `stops`.')).toBe('Answer complete. It waits. Then stops.');
    expect(said({}, 'x'.repeat(9_000)).length).toBeLessThan(450);
  });
  it('is that an answer stopped or failed', () => {
    expect(said({ status: 'stopped' })).toBe('Answer stopped');
    expect(said({ status: 'failed', error: { title: 'Refused.', text: 'Enter a key.' } })).toBe('Refused. Enter a key.');
  });
  it('is nothing for what the user does', () => {
    expect(said({ role: 'user' })).toBe('');
    expect(said({ status: 'queued' })).toBe('');
  });
});

describe('asking for a snapshot', () => {
  it('happens once, and again while none comes', () => {
    const tasks: (() => void)[] = [];
    let asked = 0;
    const resync = createResync((task) => tasks.push(task), () => { asked += 1; });
    expect([resync.begin(), resync.begin()]).toEqual([true, false]);
    tasks.shift()?.();
    expect(asked).toBe(1);
    resync.end();
    tasks.shift()?.();
    expect(asked).toBe(1);
    expect(tasks).toEqual([]);
    expect(resync.begin()).toBe(true);
  });
});
