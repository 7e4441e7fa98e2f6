// Every way a call can end, reached by what leads to it in the editor, and that each call ends in just one.
import { describe, expect, it } from 'vitest';
import { findDisabledReason } from '../../../../src/core/completion/eligibility.ts';
import { formatOutcome, type DisabledReason } from '../../../../src/core/completion/outcome.ts';
import type { CompletionCall, CompletionResult } from '../../../../src/core/completion/completionTypes.ts';
import type { CompletionSettings } from '../../../../src/core/settings.ts';
import { RunApiError } from '../../../../src/core/errors.ts';
import { callAt, createTestEditor, defaultSettings, placeAt, type TestEditor } from './harness.ts';

const file = (line: string): string => `function f() {\n  const a = 1;\n  ${line}\n}\n`;

/** Asks, lets the scene happen, and says how the call ended; undefined while it has not. */
async function check(line: string, scene: (editor: TestEditor) => Promise<void> | void, more: Partial<CompletionCall> = {}): Promise<string | undefined> {
  const editor = createTestEditor(file(line));
  let result: CompletionResult | undefined;
  void editor.call(more).then((value) => (result = value));
  await editor.clock.advance(0);
  await scene(editor);
  await editor.clock.advance(0);
  return result && formatOutcome(result.outcome);
}

const answered = (text: string) => (editor: TestEditor): void => {
  editor.model.last().write(`<insert>${text}</insert>`);
  editor.model.last().finish();
};
const typed = (text: string) => (editor: TestEditor): void => {
  editor.type(text);
  void editor.call();
};
const failed = (error: unknown) => (editor: TestEditor): void => editor.model.last().fail(error);

describe('a call that sends a request ends as', () => {
  it.each<readonly [string, (editor: TestEditor) => Promise<void> | void, string | undefined]>([
    ['shown, when a line has come', answered('b();'), 'shown:request'],
    ['nothing yet, while less than a line has', (editor) => editor.model.last().write('<insert>b('), undefined],
    ['empty, where the model has nothing to say', answered(''), 'empty'],
    ['empty, where what it says is white space', answered('\n  \n'), 'empty'],
    ['filtered, where it hides characters', answered('b\u202e;'), 'filtered:hidden-characters'],
    ['covered, where the user types on and the answer may still agree', typed('b'), 'covered'],
    ['failed, by the name of the failure', failed(new RunApiError({ kind: 'timeout', retryable: true })), 'failed:timeout'],
    ['failed internally, where it is our own fault', failed(new TypeError('x')), 'failed:internal'],
  ])('%s', async (_, scene, outcome) => expect(await check('█', scene)).toBe(outcome));

  it('superseded, where the user wished for it and typed on', async () => expect(await check('█', typed('b'), { trigger: 'explicit' })).toBe('superseded'));
});

describe('a call in the middle of a line ends as', () => {
  it('debounced, where the next key comes before the delay is over', async () => expect(await check('return█', typed(' '))).toBe('debounced'));
  it('nothing yet, a moment before the delay is over', async () => expect(await check('return█', (editor) => editor.clock.advance(74))).toBeUndefined());
});

describe('the second call at a place ends as', () => {
  const second = async (text: string, line = '█', more: Partial<CompletionCall> = {}): Promise<string> => {
    const editor = createTestEditor(file(line));
    void editor.call();
    await editor.clock.advance(75);
    answered(text)(editor);
    await editor.clock.advance(0);
    const requests = editor.model.asked.length;
    const result = await editor.ask(more);
    expect(editor.model.asked).toHaveLength(requests);
    return result === undefined ? 'waiting' : formatOutcome(result.outcome);
  };
  it.each([
    ['shown from what is kept', 'b();', 'shown:store'],
    ['known to be empty', '', 'cached-empty'],
    ['filtered for the same reason as the first', 'b\u202e;', 'filtered:hidden-characters'],
  ])('%s, without a request', async (_, text, outcome) => expect(await second(text)).toBe(outcome));

  it.each([['toString', 'String();', 'shown:store'], ['toFixed', 'String();', 'filtered:not-in-suggest-widget']])('with "%s" selected in the suggest widget: %s gives %s', async (selected, text, outcome) => {
    expect(await second(text, 'a.to█', { selectedSuggestion: { from: { line: 2, character: 4 }, text: selected } })).toBe(outcome);
  });
});

describe('the reason not to ask', () => {
  const off: CompletionSettings = { ...defaultSettings, enabled: false };
  const cases: readonly { readonly what: string; readonly at?: string; readonly call?: Partial<CompletionCall>; readonly settings?: CompletionSettings; readonly automatic?: DisabledReason; readonly explicit?: DisabledReason }[] = [
    { what: 'is none where all is as it should be' },
    { what: 'is that completion is off, but not on the user\'s wish', settings: off, automatic: 'off' },
    { what: 'is that its language is off, but not on the user\'s wish', call: { languageId: 'markdown' }, automatic: 'language' },
    { what: 'is the letter behind the cursor, but not on the user\'s wish', at: 'a█b', automatic: 'inside-word' },
    { what: 'is the digit behind the cursor, but not on the user\'s wish', at: '█1', automatic: 'inside-word' },
    { what: 'is no bracket behind the cursor', at: 'f(█)' },
    { what: 'is that the document cannot be changed', call: { readOnly: true }, automatic: 'read-only', explicit: 'read-only' },
    { what: 'is that there are two cursors', call: { cursorCount: 2 }, automatic: 'several-cursors', explicit: 'several-cursors' },
    { what: 'is the first of several', at: 'a█b', call: { readOnly: true, cursorCount: 2 }, settings: off, automatic: 'off', explicit: 'read-only' },
  ];
  it.each(cases)('$what', ({ at = '█', call = {}, settings = defaultSettings, automatic, explicit }) => {
    const reasonOf = (trigger: CompletionCall['trigger']): DisabledReason | undefined => findDisabledReason(callAt(at, { ...call, trigger }), placeAt(at), settings);
    expect([reasonOf('automatic'), reasonOf('explicit')]).toEqual([automatic, explicit]);
  });
});

describe('someone whose requests come to nothing', () => {
  it('waits longer and longer for the next one, up to a second', async () => {
    const editor = createTestEditor(file('█'));
    const waits: number[] = [];
    for (let jump = 0; jump < 8; jump++) {
      const asked = editor.model.asked.length;
      void editor.call({ uri: `file:///${jump}.ts` });
      let waited = 0;
      for (; editor.model.asked.length === asked && waited < 3000; waited += 50) await editor.clock.advance(50);
      waits.push(waited);
    }
    expect(waits.slice(0, 3).every((one) => one <= 50)).toBe(true);
    expect(waits.slice(3)).toEqual([100, 200, 400, 800, 1000]);
  });

  it('is asked for at once again after an answer has come', async () => {
    const editor = createTestEditor(file('█'));
    for (let jump = 0; jump < 5; jump++) {
      void editor.call({ uri: `file:///${jump}.ts` });
      await editor.clock.advance(1000);
    }
    answered('b();')(editor);
    await editor.clock.advance(0);
    const asked = editor.model.asked.length;
    void editor.call({ uri: 'file:///last.ts' });
    await editor.clock.advance(0);
    expect(editor.model.asked).toHaveLength(asked + 1);
  });
});
