import { describe, expect, it } from 'vitest';
import { formatOutcome } from '../../../../src/core/completion/outcome.ts';
import { RunApiError, type ErrorKind } from '../../../../src/core/errors.ts';
import { createTestEditor, defaultSettings, type TestEditor } from './harness.ts';

const file = (middle: string): string => `import { a } from './a';\n\nfunction f() {\n  before();\n  ${middle}\n  after();\n}\n`;

const textOf = (result: Awaited<ReturnType<TestEditor['ask']>>): string | undefined => result?.items[0]?.text;
const outcomeOf = (result: Awaited<ReturnType<TestEditor['ask']>>): string | undefined => result && formatOutcome(result.outcome);

describe('nothing is asked', () => {
  const cases: readonly (readonly [string, Parameters<typeof createTestEditor>[1] | undefined, Parameters<TestEditor['ask']>[0], string])[] = [
    ['where completion is off', { settings: () => ({ ...defaultSettings, enabled: false }) }, {}, 'disabled:off'],
    ['in a language that is off', undefined, { languageId: 'markdown' }, 'disabled:language'],
    ['in a read-only document', undefined, { readOnly: true }, 'disabled:read-only'],
    ['with several cursors', undefined, { cursorCount: 2 }, 'disabled:several-cursors'],
    ['in a secret file', { gate: { known: () => undefined, check: async () => ({ open: false, reason: 'secret-file' }) } }, {}, 'disabled:secret-file'],
    ['in an ignored file', { gate: { known: () => ({ open: false, reason: 'ignored' }), check: async () => ({ open: false, reason: 'ignored' }) } }, {}, 'disabled:ignored'],
  ];
  it.each(cases)('%s', async (_, dependencies, call, outcome) => {
    const editor = createTestEditor(file('█'), dependencies);
    expect(outcomeOf(await editor.ask(call))).toBe(outcome);
    await editor.clock.advance(1000);
    expect(editor.model.asked).toHaveLength(0);
  });

  it('inside a word', async () => {
    const editor = createTestEditor(file('re█turn'));
    expect(outcomeOf(await editor.ask())).toBe('disabled:inside-word');
  });

  it('after an undo', async () => {
    const editor = createTestEditor(file('█'));
    editor.set(file('█'), 'undo');
    expect(outcomeOf(await editor.ask())).toBe('disabled:undo');
  });

  it('while snoozed, but when the user asks', async () => {
    const editor = createTestEditor(file('█'));
    editor.engine.snooze(60_000);
    expect(outcomeOf(await editor.ask())).toBe('paused:snoozed');
    await editor.ask({ trigger: 'explicit' });
    expect(editor.model.asked).toHaveLength(1);
  });

  it('before the gate has looked at the file', async () => {
    let known: { readonly open: true } | undefined;
    let wake = (): void => {};
    const check = (): Promise<{ readonly open: true }> => new Promise((resolve) => (wake = () => resolve((known = { open: true }))));
    const editor = createTestEditor(file('█'), { gate: { known: () => known, check } });
    void editor.call();
    await editor.clock.advance(1000);
    expect(editor.model.asked).toHaveLength(0);
    wake();
    await editor.clock.advance(0);
    expect(editor.model.asked).toHaveLength(1);
  });
});

describe('after a failure', () => {
  async function fail(editor: TestEditor, kind: ErrorKind, more: { readonly retryAfterMs?: number } = {}): Promise<void> {
    void editor.call();
    await editor.clock.advance(300);
    editor.model.last().fail(new RunApiError({ kind, retryable: false, ...more }));
    await editor.clock.advance(0);
    editor.type('x');
  }

  it.each([['key-rejected', 'paused:key-rejected'], ['no-key', 'paused:no-key'], ['insecure-url', 'paused:insecure-url']] as const)('%s: nothing is sent until something changes', async (kind, outcome) => {
    const editor = createTestEditor(file('█'));
    await fail(editor, kind);
    for (let key = 0; key < 50; key++) {
      editor.type('y');
      expect(outcomeOf(await editor.ask())).toBe(outcome);
      await editor.clock.advance(10_000);
    }
    expect(editor.model.asked).toHaveLength(1);
    editor.engine.resume();
    void editor.call();
    await editor.clock.advance(300);
    expect(editor.model.asked).toHaveLength(2);
  });

  it.each([['credits', 5 * 60_000], ['budget', 25 * 3_600_000]] as const)('%s: it is asked again by itself', async (kind, afterMs) => {
    const editor = createTestEditor(file('█'));
    await fail(editor, kind);
    editor.type('y');
    expect(outcomeOf(await editor.ask())).toBe(`paused:${kind}`);
    await editor.clock.advance(afterMs);
    void editor.call();
    await editor.clock.advance(300);
    expect(editor.model.asked).toHaveLength(2);
  });

  it('a changed setting does not end a snooze; the menu does', async () => {
    const editor = createTestEditor(file('█'));
    editor.engine.snooze(60_000);
    editor.engine.resume();
    expect(outcomeOf(await editor.ask())).toBe('paused:snoozed');
    editor.engine.endSnooze();
    expect(editor.engine.state().pause).toBeUndefined();
  });

  it.each([['rate-limit', 'paused:rate-limited'], ['overloaded', 'paused:overloaded']] as const)('%s: a growing distance', async (kind, outcome) => {
    const editor = createTestEditor(file('█'));
    await fail(editor, kind);
    expect(outcomeOf(await editor.ask())).toBe(outcome);
    await editor.clock.advance(5_000);
    await fail(editor, kind);
    await editor.clock.advance(6_000);
    expect(outcomeOf(await editor.ask())).toBe(outcome);
    expect(editor.model.asked).toHaveLength(2);
  });

  it('the gateway\'s own wait is kept', async () => {
    const editor = createTestEditor(file('█'));
    await fail(editor, 'rate-limit', { retryAfterMs: 60_000 });
    await editor.clock.advance(59_000);
    expect(outcomeOf(await editor.ask())).toBe('paused:rate-limited');
  });

  it('a stall or a cut is one failed call, three are a pause', async () => {
    const editor = createTestEditor(file('█'));
    await fail(editor, 'stalled');
    expect(await editor.ask()).toBeUndefined();
    await fail(editor, 'interrupted');
    await fail(editor, 'interrupted');
    expect(outcomeOf(await editor.ask())).toBe('paused:failing');
  });

  it('a gateway that always fails gets few requests for 300 keys', async () => {
    const editor = createTestEditor(file('█'));
    for (let key = 0; key < 300; key++) {
      editor.type('z');
      void editor.call();
      await editor.clock.advance(100);
      if (editor.engine.state().busy) editor.model.last().fail(new RunApiError({ kind: 'server', retryable: true }));
      await editor.clock.advance(50);
    }
    expect(editor.model.asked.length).toBeLessThan(12);
  });

  it('of a cut answer, its whole lines are kept', async () => {
    const editor = createTestEditor(file('█'));
    const result = editor.call();
    await editor.clock.advance(0);
    editor.model.last().write('<insert>return a;\n  mo');
    editor.model.last().fail(new RunApiError({ kind: 'interrupted', retryable: true }));
    expect(textOf(await result)).toBe('return a;');
  });

  it('what fails never rejects', async () => {
    const editor = createTestEditor(file('█'));
    const result = editor.call();
    await editor.clock.advance(0);
    editor.model.last().fail(new Error('something else'));
    expect(outcomeOf(await result)).toBe('failed:internal');
  });
});
