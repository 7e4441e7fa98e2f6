// Each mechanism is worth something: with it off, the same keys lead to more requests, or to nothing on the screen.
import { describe, expect, it } from 'vitest';
import type { Mechanisms } from '../../../../src/core/completion/mechanisms.ts';
import { callAt, createTestEditor, type TestEditor } from './harness.ts';

type Act = (editor: TestEditor) => Promise<unknown>;

/** Types as a person does, with a call after each key and this long between them. */
const type = (text: string, gapMs: number): Act => async (editor) => {
  for (const key of text) {
    editor.type(key);
    void editor.call();
    await editor.clock.advance(gapMs);
  }
};
const rest = (ms: number): Act => (editor) => editor.clock.advance(ms);
const answer = (text: string, finish = true): Act => async (editor) => {
  editor.model.last().write(text);
  if (finish) editor.model.last().finish();
  await editor.clock.advance(0);
};
const backspace: Act = async (editor) => {
  editor.backspace();
  void editor.call();
  await editor.clock.advance(0);
};

/** How many requests the acts lead to. */
async function check(marked: string, acts: readonly Act[], mechanisms: Partial<Mechanisms>): Promise<number> {
  const editor = createTestEditor(marked, { mechanisms });
  for (const act of acts) await act(editor);
  await editor.clock.advance(2000);
  return editor.model.asked.length;
}

const body = 'function f() {\n  const a = 1;\n  █\n}\n';

interface Worth {
  readonly name: keyof Mechanisms;
  readonly what: string;
  readonly marked: string;
  readonly acts: readonly Act[];
}

const firstAnswer: readonly Act[] = [type(' ', 80), answer('<insert>first;</insert>')];

describe('one request is enough with it, and not without', () => {
  it.each<Worth>([
    { name: 'handOver', what: 'for keys that agree with the answer on its way', marked: 'f();\nreturn█', acts: [type(' ', 80), answer('<insert>first', false), type('f', 100), type('i', 100)] },
    { name: 'store', what: 'for a word typed out of a kept answer', marked: 'f();\nreturn█', acts: [...firstAnswer, type('first', 100)] },
    { name: 'store', what: 'for a key taken back', marked: 'f();\nreturn█', acts: [...firstAnswer, type('x', 30), backspace, rest(400)] },
    { name: 'readAhead', what: 'for the next line', marked: 'f();\nreturn█', acts: [type(' ', 80), answer('<insert>first;\nsecond();</insert>'), type('first;\ns', 20), rest(300)] },
    { name: 'patience', what: 'for a slip taken back', marked: 'f();\nreturn█', acts: [...firstAnswer, type('x', 120), backspace] },
  ])('$name $what', async ({ name, marked, acts }) => {
    expect(await check(marked, acts, {})).toBe(1);
    expect(await check(marked, acts, { [name]: false })).toBeGreaterThan(1);
  });
});

describe('what is asked, and when', () => {
  it('early start: a line\'s start is asked about at once, or after the delay', async () => {
    const askedAt = async (earlyStart: boolean): Promise<readonly number[]> => {
      const editor = createTestEditor(body, { mechanisms: { earlyStart } });
      editor.type(' ');
      void editor.call();
      await editor.clock.advance(0);
      const atOnce = editor.model.asked.length;
      await editor.clock.advance(75);
      return [atOnce, editor.model.asked.length];
    };
    expect([await askedAt(true), await askedAt(false)]).toEqual([[1, 1], [0, 1]]);
  });

  it('blocks: an empty body is asked about as one, or as a line', async () => {
    const modeOf = async (blocks: boolean): Promise<string> => {
      const editor = createTestEditor('function f() {\n  █\n}\n', { mechanisms: { blocks } });
      await editor.ask();
      return editor.model.last().question.mode;
    };
    expect([await modeOf(true), await modeOf(false)]).toEqual(['block', 'line']);
  });
});

describe('asking ahead', () => {
  /** One answer has so many lines: all but the last are taken, and the last is on the screen. */
  async function takeAllButLast(lines: number, mechanisms: Partial<Mechanisms> = {}): Promise<TestEditor> {
    const editor = createTestEditor(body, { mechanisms });
    const steps = Array.from({ length: lines }, (_, index) => `step${index + 1}();`);
    for (let line = 0; line < lines; line++) {
      let text = '';
      void editor.call().then(({ items }) => (text = items[0]?.text ?? ''));
      await editor.clock.advance(100);
      if (line === 0) await answer(`<insert>${steps.join('\n  ')}</insert>`)(editor);
      if (text.trim() !== steps[line]) throw new Error(`For line ${line} was shown ${JSON.stringify(text)}`);
      if (line < lines - 1) editor.type(text);
    }
    return editor;
  }

  it.each([[2, false], [3, false], [4, true], [5, true]])('with the last of %i lines on the screen: %s', async (lines, isAsked) => {
    const editor = await takeAllButLast(lines);
    expect([editor.engine.state().busy, editor.model.asked.length]).toEqual([isAsked, isAsked ? 2 : 1]);
  });

  it('is for the place behind what is shown', async () => {
    const editor = await takeAllButLast(5);
    expect(editor.text()).not.toContain('step5');
    expect(editor.model.last().question.turns.at(-1)?.text.endsWith('\n  step4();\n  step5();')).toBe(true);
  });

  it('serves that place once the user takes what is shown', async () => {
    const editor = await takeAllButLast(5);
    editor.type('\n  step5();');
    await answer('<insert>\n  step6();</insert>')(editor);
    expect(await editor.ask()).toMatchObject({ items: [{ text: '\n  step6();' }], outcome: { kind: 'shown', source: 'store' } });
  });

  it('does not end because the cursor is not there yet', async () => {
    const editor = await takeAllButLast(5);
    editor.engine.cursorMoved(callAt(editor.text()));
    expect(editor.engine.state().busy).toBe(true);
  });

  it('is off where a measurement wants it', async () => expect((await takeAllButLast(5, { askAhead: false })).engine.state().busy).toBe(false));
});
