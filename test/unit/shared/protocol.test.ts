import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseViewMessage } from '../../../src/shared/protocol.ts';

describe('messages of the chat view', () => {
  it.each([
    [{ type: 'ready' }], [{ type: 'send', text: 'hi' }], [{ type: 'select-branch', messageId: 'a', index: 0 }], [{ type: 'draft', text: '', scrollTop: 1.5 }], [{ type: 'scrolled', sessionId: 's', scrollTop: 1.5 }], [{ type: 'undo-compact', messageId: 'n' }], [{ type: 'open-file', path: 'src/a.ts', line: 3 }], [{ type: 'paste-image', mediaType: 'image/png', data: 'AAAA' }],
    [{ type: 'paste-image', mediaType: 'image/webp', data: 'AAAA', name: 'shot.webp', thumbnail: 'data:image/webp;base64,AAA=' }],
  ])('%j is understood', (message) => expect(parseViewMessage(message)).toEqual(message));

  it.each([
    [null], [7], ['send'], [[]], [{}], [{ type: 'launch' }], [{ type: 'undo-compact' }], [{ type: 'send' }], [{ type: 'send', text: 7 }], [{ type: 'send', text: 'x'.repeat(2_000_001) }], [{ type: 'read-messages', requestId: 1, from: 0, count: 10_000 }],
    [{ type: 'read-messages', requestId: 1, from: -1, count: 1 }], [{ type: 'error-action', messageId: 'a', action: 'run-command' }], [{ type: 'edit-action', editId: 'a', action: 'approve' }], [{ type: 'starter', index: 1.5 }], [{ type: 'starter', index: 99 }],
    [{ type: 'paste-image', mediaType: 'image/svg+xml', data: 'AAAA' }], [{ type: 'paste-image', mediaType: 'image/png', data: 'A'.repeat(5_242_881) }],
    [{ type: 'drop-files', uris: Array.from({ length: 51 }, () => 'x') }], [{ type: 'draft', text: '', scrollTop: Number.NaN }], [{ type: 'scrolled', sessionId: 's', scrollTop: -1 }], [JSON.parse('{"__proto__":{"type":"ready"}}')],
  ])('%j is not', (message) => expect(parseViewMessage(message)).toBeUndefined());

  it.each(['https://example.com/a.png', 'data:image/svg+xml;base64,AAAA', 'data:image/png;base64,A" onerror="x', `data:image/png;base64,${'A'.repeat(30_000)}`])('show no thumbnail like %.60s', (thumbnail) => {
    expect(parseViewMessage({ type: 'paste-image', mediaType: 'image/png', data: 'AAAA', thumbnail })).toBeUndefined();
  });

  it('carry nothing but what their type has', () => {
    const message: unknown = JSON.parse('{"type":"stop","command":"x","__proto__":{"polluted":true},"constructor":{}}');
    expect(Object.keys(parseViewMessage(message) ?? {})).toEqual(['type']);
  });

  it('of any other content are dropped without harm', () => {
    const types = ['send', 'stop', 'draft', 'open-file', 'open-link', 'edit-action', 'select-route', 'launch', '__proto__', 'constructor'];
    const value = fc.dictionary(fc.constantFrom('text', 'path', 'url', 'messageId', 'editId', 'action', 'task', 'model', 'scrollTop', '__proto__', 'toString'), fc.jsonValue());
    fc.assert(fc.property(fc.constantFrom(...types), value, (type, fields) => {
      const parsed = parseViewMessage({ ...fields, type });
      if (parsed !== undefined) expect(parsed.type).toBe(type);
      expect(Object.getPrototypeOf(parsed ?? {})).toBe(Object.prototype);
    }), { numRuns: 500 });
  });
});
