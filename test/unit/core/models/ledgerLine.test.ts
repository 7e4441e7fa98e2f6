import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { taskIds } from '../../../../src/shared/chatTypes.ts';
import { formatLine, parseLine, type LedgerLine } from '../../../../src/core/models/ledgerLine.ts';

const usage = { inputTokens: 1, outputTokens: 2, cacheReadTokens: 3, cacheWriteTokens: 4 };
const request: LedgerLine = { id: 'w-1', entry: { at: 5, task: 'complete', model: 'm', usage, priceUsd: 0.25, priceIsEstimate: false } };

function check(line: string, expected: LedgerLine | undefined): void {
  expect(parseLine(line)).toEqual(expected);
}

describe('a line of the ledger', () => {
  it('holds a request in the form that older versions wrote and read', () => {
    expect(formatLine(request)).toBe('{"id":"w-1","at":5,"task":"complete","model":"m","tokens":[1,2,3,4],"usd":0.25}\n');
    check('{"id":"w-1","at":5,"task":"complete","model":"m","tokens":[1,2,3,4],"usd":0.25}', request);
  });

  it('says of an estimate that it is one, and of an unknown price nothing', () => {
    check('{"id":"x","at":1,"task":"chat","model":"m","tokens":[1,2,3,4],"usd":1,"estimate":true,"direct":2}', {
      id: 'x', entry: { at: 1, task: 'chat', model: 'm', usage, priceUsd: 1, priceIsEstimate: true, directUsd: 2 },
    });
    check('{"id":"x","at":1,"task":"chat","model":"m","tokens":[1,2,3,4]}', { id: 'x', entry: { at: 1, task: 'chat', model: 'm', usage, priceIsEstimate: false } });
  });

  it('holds accepted text', () => {
    const accepted: LedgerLine = { id: 'w-2', entry: { at: 6, task: 'complete', acceptedCharacters: 42 } };
    expect(formatLine(accepted)).toBe('{"id":"w-2","at":6,"task":"complete","accepted":42}\n');
    check('{"id":"w-2","at":6,"task":"complete","accepted":42}', accepted);
  });

  it('is read past when it is none', () => {
    for (const line of ['', '{', '[]', 'null', '1', '{"id":"x"}', '{"id":"x","at":1,"task":"other","accepted":1}', '{"id":"x","at":1,"task":"complete","accepted":-1}', '{"id":"x","at":1,"task":"chat","model":"m","tokens":[1,2,3]}']) {
      check(line, undefined);
    }
  });

  it('comes back as it was written', () => {
    const count = fc.nat(10_000_000);
    const entry = fc.record(
      {
        at: count, task: fc.constantFrom(...taskIds), model: fc.string(), usage: fc.record({ inputTokens: count, outputTokens: count, cacheReadTokens: count, cacheWriteTokens: count }), priceIsEstimate: fc.boolean(),
        priceUsd: count.map((cents) => cents / 100), directUsd: count.map((cents) => cents / 100),
      },
      { requiredKeys: ['at', 'task', 'model', 'usage', 'priceIsEstimate'] },
    );
    const accepted = fc.record({ at: count, task: fc.constantFrom(...taskIds), acceptedCharacters: count });
    fc.assert(fc.property(fc.string(), fc.oneof(entry, accepted), (id, one) => {
      const line = formatLine({ id, entry: one });
      expect(line.trimEnd()).not.toContain('\n');
      check(line.trimEnd(), { id, entry: one });
    }));
  });
});
