import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseViewMessage, type ViewMessage } from '../../../src/shared/protocol.ts';
import { createHostPort, maxTextCharacters, type HostPort } from '../../../src/webview/hostPort.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

interface Opened {
  readonly port: HostPort;
  readonly posted: unknown[];
  readonly tooLong: ViewMessage[];
}

function openPort(memory?: unknown): Opened {
  const posted: unknown[] = [];
  const tooLong: ViewMessage[] = [];
  vi.stubGlobal('acquireVsCodeApi', () => ({ postMessage: (message: unknown) => posted.push(message), getState: () => memory, setState: () => undefined }));
  return { port: createHostPort((message) => tooLong.push(message)), posted, tooLong };
}

const withText: readonly ((text: string) => ViewMessage)[] = [
  (text) => ({ type: 'send', text }),
  (text) => ({ type: 'edit-message', messageId: 'm', text }),
  (text) => ({ type: 'draft', text, scrollTop: 0 }),
  (text) => ({ type: 'copy', text }),
  (text) => ({ type: 'insert-code', text }),
  (text) => ({ type: 'apply-code', text }),
  (text) => ({ type: 'new-file', text }),
];

describe('a message with a text', () => {
  it.each(withText.map((create) => [create('').type, create] as const))('%s goes out exactly when the host takes it', (_, create) => {
    for (const length of [0, maxTextCharacters, maxTextCharacters + 1]) {
      const message = create('x'.repeat(length));
      const { port, posted, tooLong } = openPort();
      const isTaken = parseViewMessage(message) !== undefined;
      expect(isTaken).toBe(length <= maxTextCharacters);
      expect(port.post(message)).toBe(isTaken);
      expect(posted).toHaveLength(isTaken ? 1 : 0);
      expect(tooLong).toHaveLength(isTaken ? 0 : 1);
    }
  });

  it('of none goes out', () => {
    const { port, posted } = openPort();
    expect(port.post({ type: 'stop' })).toBe(true);
    expect(posted).toEqual([{ type: 'stop' }]);
  });
});

describe('the memory of the view', () => {
  it.each([
    [{ sessionId: 's', draft: 'half' }, { sessionId: 's', draft: 'half' }],
    [undefined, undefined],
    [null, undefined],
    ['text', undefined],
    [{ sessionId: 's' }, undefined],
    [{ sessionId: 7, draft: 'half' }, undefined],
  ])('%j is read as %j', (kept, expected) => expect(openPort(kept).port.memory).toEqual(expected));
});
