import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPlan, formatPlanDocument, parsePlan, readPlanDocument, toStep } from '../../../../src/core/tasks/refactorPlan.ts';

function check(text: string, steps: readonly string[], risk?: string): void {
  const plan = parsePlan(text);
  expect(plan.steps.map((step) => step.text)).toEqual(steps);
  expect(plan.risk).toBe(risk);
}

describe('a plan', () => {
  it('is a list', () => {
    check('- src/a.ts: extract parse\n- src/b.ts: use it\n', ['src/a.ts: extract parse', 'src/b.ts: use it']);
  });
  it('may be numbered', () => check('1. one\n2) two\n', ['one', 'two']));
  it('may have other marks', () => check('* one\n• two\n', ['one', 'two']));
  it('names a risk', () => {
    check('- one\n\nRisk: callers outside may break.', ['one'], 'callers outside may break.');
  });
  it('names a risk in bold and in Korean', () => {
    check('- one\n**Risks:** a', ['one'], 'a');
    check('- 하나\n위험: 공개 이름이 바뀐다', ['하나'], '공개 이름이 바뀐다');
  });
  it('passes over prose, headings and code', () => {
    check('Here is the plan:\n# Plan\n- one\n```\n- not a step\n```\n- two', ['one', 'two']);
  });
  it('joins a step that goes on', () => check('- one\n  and more\n- two', ['one and more', 'two']));
  it('loses its bold and its check boxes', () => check('- [x] **one**\n- [ ] two', ['one', 'two']));
  it('is empty without a list', () => check('I would rather not.', []));
  it('has at most twenty steps', () => {
    expect(parsePlan(Array.from({ length: 90 }, () => '- x').join('\n')).steps).toHaveLength(20);
  });
  it('leaves a line out that may still grow', () => {
    expect(parsePlan('- one\n- tw', false).steps.map((step) => step.text)).toEqual(['one']);
  });
  it('only grows while it streams', () => {
    const text = '- src/a.ts: one\n- src/b.ts: two\n  and more\n- three\nRisk: none\n';
    let before = 0;
    for (let at = 0; at <= text.length; at += 1) {
      const { length } = parsePlan(text.slice(0, at), false).steps;
      expect(length).toBeGreaterThanOrEqual(before);
      before = length;
    }
    expect(before).toBe(3);
  });
});

describe('a step', () => {
  it('names its file', () => expect(toStep('src/core/a.ts: extract').path).toBe('src/core/a.ts'));
  it('names its file in backticks', () => expect(toStep('`src/a.ts`: extract').path).toBe('src/a.ts'));
  it('names no file where none stands first', () => {
    expect(toStep('extract from src/a.ts').path).toBeUndefined();
  });
});

describe('a plan as a document', () => {
  const step = fc.stringMatching(/^[a-z][a-zA-Z0-9 .,/]{0,40}[a-z]$/).map((text) => toStep(text));
  it('is read back as it was written', () => {
    fc.assert(fc.property(fc.array(step, { minLength: 1, maxLength: 10 }), (steps) => {
      expect(readPlanDocument(formatPlanDocument({ steps, risk: 'may break' }, 'Refactor', ['a note -- with dashes --> and an end']))).toEqual(steps);
    }));
  });
  it('is read as it was changed', () => {
    expect(readPlanDocument('# Refactor\n\n<!-- note\n- not this -->\n- two\n- new\n').map(({ text }) => text)).toEqual(['two', 'new']);
  });
  it('works without a list', () => {
    expect(readPlanDocument('# Plan\n\nfirst this\nthen that\n> risk\n').map(({ text }) => text)).toEqual(['first this', 'then that']);
  });
  it('may be empty', () => expect(readPlanDocument('# Refactor\n\n<!-- note -->\n')).toEqual([]));
  it('goes to the model as a list', () => expect(formatPlan([toStep('a'), toStep('b')])).toBe('- a\n- b'));
});
