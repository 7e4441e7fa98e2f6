import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import type { ChatMessageView, MessageStatus } from '../../../../src/shared/chatTypes.ts';
import { createEntry } from '../../../../src/webview/state/entry.ts';
import { isLastTurn } from '../../../../src/webview/state/lastTurn.ts';
import type { View } from '../../../../src/webview/view.ts';

/** `undefined` is a message that the view does not hold. */
function check(statuses: readonly (MessageStatus | undefined)[], index: number, expected: boolean): void {
  const entries = statuses.map((status, at) => (status === undefined ? undefined : createEntry({ id: `m${at}`, role: 'assistant', text: '', status, createdAt: 1 } satisfies ChatMessageView)));
  // Of the transcript and of the state only this is asked.
  const view = { transcript: { total: entries.length, at: (at: number) => entries[at] }, state: { structure: signal(0) } } as unknown as View;
  expect(isLastTurn(view, index)).toBe(expected);
}

describe('the last turn', () => {
  it('is the one at the end', () => {
    check(['done', 'done', 'failed'], 2, true);
    check(['done', 'failed', 'done'], 1, false);
    check(['failed'], 0, true);
  });

  it('may have queued messages behind it', () => {
    check(['done', 'failed', 'queued', 'queued'], 1, true);
    check(['done', 'failed', 'queued', 'done'], 1, false);
    check(['done', 'failed', 'streaming'], 1, false);
  });

  it('is not one behind which the view does not know what stands', () => {
    check(['failed', undefined], 0, false);
  });
});
