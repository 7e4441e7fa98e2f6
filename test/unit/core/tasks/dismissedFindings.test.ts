import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDismissed, parseDismissed, toDismissed, wasDismissed, withoutDismissed, type FindingCode } from '../../../../src/core/tasks/dismissedFindings.ts';

const source = ['export function euro(amount: number): Money {', '  // to cents', "  return { cents: Math.round(amount * 100), currency: 'EUR' };", '}', '', 'export const zero = euro(0);'];
const at = (startLine: number, title: string, reason = '', endLine = startLine): { startLine: number; endLine: number; title: string; reason: string } => ({ startLine, endLine, title, reason });
const code = (lines: readonly string[] = source, uri = 'file:///a/src/money.ts'): FindingCode => ({ uri, lines });
const rounding = at(3, 'Rounds twice', 'Half cents are lost when the amount was rounded before.');

interface Case {
  readonly dismissed?: typeof rounding;
  readonly lines?: readonly string[];
  readonly uri?: string;
  readonly next: typeof rounding;
}

function check({ dismissed = rounding, lines = source, uri, next }: Case): boolean {
  return wasDismissed(next, code(lines, uri), [toDismissed(dismissed, code())]);
}

describe('a dismissed finding', () => {
  it('stays away when it is said again', () => expect(check({ next: rounding })).toBe(true));
  it('stays away in other words', () => expect(check({ next: at(3, 'The amount is rounded two times', 'Rounding loses half a cent.') })).toBe(true));
  it('stays away with fewer words', () => expect(check({ next: at(3, 'Rounding loses cents') })).toBe(true));
  it('stays away when it points at more lines around', () => expect(check({ next: { ...rounding, startLine: 2, endLine: 4 } })).toBe(true));
  it('stays away when its lines have moved', () => expect(check({ lines: ['// a', '', ...source], next: { ...rounding, startLine: 5, endLine: 5 } })).toBe(true));
  it('stays away when only white space changed', () => expect(check({ lines: source.map((line) => line.replace(/^ {2}/, '\t')), next: rounding })).toBe(true));
  it('stays away when other lines changed', () => expect(check({ lines: source.map((line) => line.replace('zero', 'nothing')), next: rounding })).toBe(true));
  it('comes back when its line changed', () => expect(check({ lines: source.map((line) => line.replace('* 100', '* 1000')), next: rounding })).toBe(false));
  it('comes back when one of its lines changed', () => expect(check({ dismissed: { ...rounding, startLine: 1, endLine: 3 }, lines: source.map((line) => line.replace('to cents', 'to mills')), next: rounding })).toBe(false));
  it('does not hide another at the same line', () => expect(check({ next: at(3, 'A missing amount is not caught', 'NaN becomes the price of a parcel.') })).toBe(false));
  it('does not hide another that is only reasoned in the same phrases', () => {
    const dismissed = at(3, 'Fractions of a cent break the padding', 'It goes wrong at the edge.');
    expect(check({ dismissed, next: at(3, 'Missing amounts are printed', 'It goes wrong at the edge.') })).toBe(false);
    expect(check({ dismissed, next: at(3, 'The padding breaks on fractions', 'A cent has no parts.') })).toBe(true);
  });
  it('does not hide the same words at another line', () => expect(check({ next: { ...rounding, startLine: 6, endLine: 6 } })).toBe(false));
  it('does not hide the same in another file', () => expect(check({ uri: 'file:///b/src/money.ts', next: rounding })).toBe(false));
  it('is known by its Korean words', () => {
    const dismissed = at(3, '금액을 두 번 반올림합니다', '반센트가 사라집니다.');
    expect(check({ dismissed, next: at(3, '금액이 두 번 반올림됩니다', '반센트를 잃습니다.') })).toBe(true);
    expect(check({ dismissed, next: at(3, '통화가 고정되어 있습니다', '다른 나라에서 틀립니다.') })).toBe(false);
  });
  it('that points at nothing hides nothing', () => expect(check({ dismissed: at(90, 'Nowhere'), next: at(90, 'Nowhere') })).toBe(false));

  it('is shown again once it is restored, and only it', () => {
    const other = toDismissed(at(6, 'Global state', 'A constant that is computed on load.'), code());
    const list = [toDismissed(rounding, code()), other];
    expect(withoutDismissed(rounding, code(), list)).toEqual([other]);
  });

  it('never leaves a readable trace', () => {
    const stored = JSON.stringify(toDismissed(rounding, code()));
    for (const word of ['cents', 'Rounds', 'round', 'Math', 'lost']) expect(stored).not.toContain(word);
  });
});

describe('what is kept of them', () => {
  it('is bounded, the oldest go', () => {
    const all = Array.from({ length: 600 }, (_, index) => toDismissed(rounding, code(source, `file:///${String(index)}`)));
    const kept = all.reduce<ReturnType<typeof addDismissed>>(addDismissed, []);
    expect([kept.length, kept[0]?.uri, kept.at(-1)?.uri]).toEqual([500, 'file:///100', 'file:///599']);
  });
  it('survives storage', () => {
    const list = [toDismissed(rounding, code())];
    expect(parseDismissed(JSON.parse(JSON.stringify(list)))).toEqual(list);
  });
  it.each([undefined, null, 'x', [{ uri: 1 }], [{ uri: 'a', lines: 'b', words: [] }], { length: 3 }])('is nothing when it is %j', (stored) => {
    expect(parseDismissed(stored)).toEqual([]);
  });
});

it('whatever was dismissed is recognised in unchanged code, at any place of it', () => {
  const text = fc.array(fc.string({ minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 20 });
  fc.assert(fc.property(text, fc.nat(), fc.string(), fc.string(), (lines, seed, title, reason) => {
    const startLine = (seed % lines.length) + 1;
    const finding = at(startLine, title, reason);
    const known = toDismissed(finding, code(lines));
    expect(wasDismissed(finding, code(lines), [known])).toBe((lines[startLine - 1] ?? '').trim() !== '');
    expect(withoutDismissed(finding, code(lines), [known])).toHaveLength(known.lines.length === 0 ? 1 : 0);
  }), { numRuns: 2000 });
});
