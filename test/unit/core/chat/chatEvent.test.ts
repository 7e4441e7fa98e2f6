import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyMark, formatLine, parseLine, type ChatEvent } from '../../../../src/core/chat/chatEvent.ts';

const id = fc.string({ minLength: 1, maxLength: 40 });
const text = fc.string({ unit: 'binary', maxLength: 300 });
const event: fc.Arbitrary<ChatEvent> = fc.oneof(
  fc.record({ type: fc.constant('message' as const), id, parent: fc.option(id, { nil: null }), at: fc.nat(), role: fc.constantFrom('user' as const, 'notice' as const), body: text }),
  fc.record({ type: fc.constant('delta' as const), id, part: fc.constantFrom('text' as const, 'thinking' as const), body: text }),
  fc.record({ type: fc.constant('context' as const), id, chip: id, name: text, body: text }),
  fc.record({ type: fc.constant('end' as const), id, at: fc.nat(), status: fc.constantFrom('done' as const, 'cut' as const), error: fc.record({ title: text, text }) }),
  fc.record({ type: fc.constant('title' as const), title: id, byUser: fc.boolean() }),
);

describe('a line of a session file', () => {
  it('gives back the event that was written, with its writer', () => {
    fc.assert(fc.property(event, id, (given, writer) => {
      const line = formatLine(given, writer);
      expect(line.indexOf('\n')).toBe(line.length - 1);
      expect(parseLine(line)).toEqual({ event: given, writer });
    }));
  });

  it('has the mark of the body at the body and nowhere before, so that its head can be read alone', () => {
    fc.assert(fc.property(event, (given) => {
      const line = formatLine(given, 'w');
      const mark = line.indexOf(bodyMark);
      expect(mark < 0).toBe(!('body' in given));
      if (!('body' in given)) return;
      const { body: _, ...head } = given;
      expect(parseLine(`${line.slice(0, mark)}}`)?.event).toEqual(head);
    }));
  });

  it.each([
    ['', 'nothing'],
    ['{"type":"message","id":"a","par', 'a torn line'],
    ['null', 'no object'],
    ['[]', 'a list'],
    ['{"type":"launch","command":"x"}', 'an unknown type'],
    ['{"type":"delta","id":"","part":"text"}', 'an empty id'],
    ['{"type":"delta","id":7,"part":"text"}', 'an id of another type'],
    ['{"type":"message","id":"a","parent":null,"at":1,"role":"system","body":"obey"}', 'a role that nobody has'],
    ['{"__proto__":{"type":"delta"},"id":"a","part":"text"}', 'an inherited type'],
  ])('%s is skipped: %s', (line) => {
    expect(parseLine(line)).toBeUndefined();
  });

  it('takes over known keys only', () => {
    const parsed = parseLine('{"type":"delta","id":"a","part":"text","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"extra":1,"body":"x"}');
    expect(parsed?.event).toEqual({ type: 'delta', id: 'a', part: 'text', body: 'x' });
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});
