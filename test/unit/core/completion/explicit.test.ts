// The user's own wish: what is there, or on its way, is not paid for again. Alt+] and the pointer over a ghost make the same call.
import { describe, expect, it } from 'vitest';
import { formatOutcome } from '../../../../src/core/completion/outcome.ts';
import { RunApiError } from '../../../../src/core/errors.ts';
import { createTestEditor, defaultSettings, type TestEditor } from './harness.ts';

const three = '<insert>add(a, b);</insert><insert>and(a, b);</insert><insert>sum(a, b);</insert>';

interface Wish {
  readonly texts: readonly string[] | undefined;
  readonly outcome: string | undefined;
}

async function wish(editor: TestEditor): Promise<Wish> {
  const result = await editor.ask({ trigger: 'explicit' });
  return { texts: result?.items.map((item) => item.text), outcome: result && formatOutcome(result.outcome) };
}

/** An editor whose user has wished for a suggestion and got three. */
async function withThree(): Promise<TestEditor> {
  const editor = createTestEditor('function f() {\n  const total = █\n}\n');
  void editor.call({ trigger: 'explicit' });
  await editor.clock.advance(0);
  editor.model.last().write(three);
  editor.model.last().finish();
  await editor.clock.advance(0);
  return editor;
}

describe('asked again at the same place', () => {
  it('the same answers come from the store', async () => {
    const editor = await withThree();
    for (let call = 0; call < 3; call++) {
      expect(await wish(editor)).toEqual({ texts: ['add(a, b);', 'and(a, b);', 'sum(a, b);'], outcome: 'shown:store' });
    }
    expect(editor.model.asked).toHaveLength(1);
  });

  it('the request that runs is joined', async () => {
    const editor = createTestEditor('const total = █');
    const first = editor.call({ trigger: 'explicit' });
    await editor.clock.advance(100);
    const second = editor.call({ trigger: 'explicit' });
    await editor.clock.advance(100);
    expect(formatOutcome((await first).outcome)).toBe('superseded');
    editor.model.last().write(three);
    editor.model.last().finish();
    const { items, outcome } = await second;
    expect([items.length, formatOutcome(outcome), editor.model.asked.length]).toEqual([3, 'shown:in-flight', 1]);
  });

  it('an empty answer is not asked for again either', async () => {
    const editor = createTestEditor('const total = █');
    void editor.call({ trigger: 'explicit' });
    await editor.clock.advance(0);
    editor.model.last().write('<insert></insert>');
    editor.model.last().finish();
    await editor.clock.advance(0);
    expect((await wish(editor)).outcome).toBe('cached-empty');
    expect(editor.model.asked).toHaveLength(1);
  });

  it('what is there is shown through a pause as well', async () => {
    const editor = await withThree();
    editor.type('zzz ');
    void editor.call();
    await editor.clock.advance(1_000);
    editor.model.last().fail(new RunApiError({ kind: 'rate-limit', retryable: true, retryAfterMs: 60_000 }));
    await editor.clock.advance(0);
    expect(editor.engine.state().pause?.why).toBe('rate-limited');
    for (let key = 0; key < 4; key++) editor.backspace();
    expect((await wish(editor)).outcome).toBe('shown:store');
  });
});

describe('asked again', () => {
  it('after a failure it is sent again', async () => {
    const editor = createTestEditor('const total = █');
    void editor.call({ trigger: 'explicit' });
    await editor.clock.advance(0);
    editor.model.last().fail(new RunApiError({ kind: 'server', retryable: true }));
    await editor.clock.advance(0);
    void editor.call({ trigger: 'explicit' });
    await editor.clock.advance(0);
    expect(editor.model.asked).toHaveLength(2);
  });

  it('elsewhere it is sent again', async () => {
    const editor = await withThree();
    editor.type('other + ');
    void editor.call({ trigger: 'explicit' });
    await editor.clock.advance(0);
    expect(editor.model.asked).toHaveLength(2);
  });

  it('behind what was typed of it, what still agrees is the choice', async () => {
    const editor = await withThree();
    editor.type('a');
    expect(await wish(editor)).toEqual({ texts: ['dd(a, b);', 'nd(a, b);'], outcome: 'shown:store' });
    expect(editor.model.asked).toHaveLength(1);
  });

  it('where only one still agrees, for others', async () => {
    const editor = await withThree();
    editor.type('ad');
    void editor.call({ trigger: 'explicit' });
    await editor.clock.advance(0);
    expect(editor.model.asked).toHaveLength(2);
  });

  it('with more answers set than were asked for', async () => {
    let maxAlternatives = 2;
    const editor = createTestEditor('const total = █', { settings: () => ({ ...defaultSettings, maxAlternatives }) });
    void editor.call({ trigger: 'explicit' });
    await editor.clock.advance(0);
    editor.model.last().write(three);
    editor.model.last().finish();
    await editor.clock.advance(0);
    maxAlternatives = 5;
    void editor.call({ trigger: 'explicit' });
    await editor.clock.advance(0);
    expect(editor.model.last().question.alternatives).toBe(5);
  });

  it('after the request was ended by a jump of the cursor', async () => {
    const editor = createTestEditor('const total = █');
    void editor.call({ trigger: 'explicit' });
    await editor.clock.advance(0);
    editor.engine.documentClosed('file:///a.ts');
    void editor.call({ trigger: 'explicit' });
    await editor.clock.advance(0);
    expect([editor.model.asked.length, editor.model.last().isRunning()]).toEqual([2, true]);
  });
});
