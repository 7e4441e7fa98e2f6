import { describe, expect, it } from 'vitest';
import { formatOutcome } from '../../../../src/core/completion/outcome.ts';
import { RunApiError, type ErrorKind } from '../../../../src/core/errors.ts';
import { createTestEditor, cursorMark, defaultSettings, findWord, type TestEditor } from './harness.ts';

const file = (middle: string): string => `import { a } from './a';\n\nfunction f() {\n  before();\n  ${middle}\n  after();\n}\n`;

/** A suggestion for the line is on the screen. */
async function withSuggestion(answer: string, middle = 'const total = █'): Promise<TestEditor> {
  const editor = createTestEditor(file(middle));
  void editor.call();
  await editor.clock.advance(75);
  editor.model.last().write(`<insert>${answer}</insert>`);
  editor.model.last().finish();
  await editor.clock.advance(0);
  return editor;
}

const textOf = (result: Awaited<ReturnType<TestEditor['ask']>>): string | undefined => result?.items[0]?.text;
const outcomeOf = (result: Awaited<ReturnType<TestEditor['ask']>>): string | undefined => result && formatOutcome(result.outcome);

describe('a request is sent', () => {
  it('at once at the start of a line', async () => {
    const editor = createTestEditor(file('█'));
    await editor.ask();
    expect(editor.model.asked).toHaveLength(1);
  });

  it('75 ms after the last key in a line', async () => {
    const editor = createTestEditor(file('const total = █'));
    editor.type('x');
    await editor.clock.advance(50);
    void editor.call();
    await editor.clock.advance(24);
    expect(editor.model.asked).toHaveLength(0);
    await editor.clock.advance(1);
    expect(editor.model.asked).toHaveLength(1);
  });

  it('after the set delay', async () => {
    const editor = createTestEditor(file('const total = █'), { settings: () => ({ ...defaultSettings, delayMs: 400 }) });
    void editor.call();
    await editor.clock.advance(399);
    expect(editor.model.asked).toHaveLength(0);
    await editor.clock.advance(1);
    expect(editor.model.asked).toHaveLength(1);
  });

  it('not at all when the user types on', async () => {
    const editor = createTestEditor(file('const total = █'));
    const first = editor.call();
    await editor.clock.advance(60);
    editor.type('a');
    void editor.call();
    await editor.clock.advance(60);
    expect(outcomeOf(await first)).toBe('debounced');
    expect(editor.model.asked).toHaveLength(0);
  });

  it('after the delay where text was deleted at a line\'s start', async () => {
    const editor = createTestEditor(file('  █'));
    editor.backspace();
    await editor.ask();
    expect(editor.model.asked).toHaveLength(0);
    await editor.clock.advance(75);
    expect(editor.model.asked).toHaveLength(1);
  });

  it('for a line with few tokens, for an empty block with more', async () => {
    const line = createTestEditor(file('const total = █'));
    void line.call();
    await line.clock.advance(75);
    const block = createTestEditor('function f() {\n  █\n}');
    await block.ask();
    expect([line.model.last().question.maxTokens, block.model.last().question.maxTokens]).toEqual([64, 160]);
  });

  it('a little later after the first key that leaves an answer: it may be a slip', async () => {
    const editor = await withSuggestion('a + b;');
    await editor.ask();
    editor.type('q');
    void editor.call();
    await editor.clock.advance(200);
    expect(editor.model.asked).toHaveLength(1);
    await editor.clock.advance(75);
    expect(editor.model.asked).toHaveLength(2);
  });
});

describe('a running request', () => {
  it('outlives its call and serves the next one', async () => {
    const editor = createTestEditor(file('█'));
    const first = editor.call();
    await editor.clock.advance(300);
    editor.type('re');
    const second = editor.call();
    await editor.clock.advance(0);
    editor.model.last().write('<insert>return a;\n');
    await editor.clock.advance(0);
    expect(outcomeOf(await first)).toBe('covered');
    expect(textOf(await second)).toBe('turn a;');
    expect(editor.model.asked).toHaveLength(1);
    expect(editor.model.last().signal.aborted).toBe(false);
  });

  it('is not ended by a key that disagrees, only by the request that replaces it', async () => {
    const editor = createTestEditor(file('█'));
    await editor.ask();
    editor.model.last().write('<insert>return a;\n');
    await editor.clock.advance(0);
    editor.type('x');
    void editor.call();
    await editor.clock.advance(50);
    expect(editor.model.asked[0]?.signal.aborted).toBe(false);
    await editor.clock.advance(500);
    expect(editor.model.asked).toHaveLength(2);
    expect(editor.model.asked[0]?.signal.aborted).toBe(true);
  });

  it('serves the place again when a slip was taken back', async () => {
    const editor = createTestEditor(file('█'));
    await editor.ask();
    editor.model.last().write('<insert>return a;\n');
    await editor.clock.advance(0);
    editor.type('x');
    await editor.ask();
    editor.backspace();
    expect(textOf(await editor.ask())).toBe('return a;');
    expect(editor.model.asked).toHaveLength(1);
  });

  it('is the only one', async () => {
    const editor = createTestEditor(file('█'));
    for (const text of ['r', 'e', 't', 'u', 'r', 'n']) {
      void editor.call();
      await editor.clock.advance(120);
      editor.type(text);
    }
    expect(editor.model.asked).toHaveLength(1);
  });

  it('ends when the cursor goes elsewhere', async () => {
    const editor = createTestEditor(file('█'));
    await editor.ask();
    editor.engine.cursorMoved({ ...callOf('z\n█'), uri: 'file:///b.ts' });
    expect(editor.model.last().signal.aborted).toBe(true);
  });

  it('goes on when the cursor only follows what is typed', async () => {
    const editor = createTestEditor(file('█'));
    await editor.ask();
    editor.type('ret');
    editor.engine.cursorMoved(callOf(editor.text()));
    expect(editor.model.last().signal.aborted).toBe(false);
  });

  it('ends once its scope is full', async () => {
    const editor = createTestEditor(file('█'));
    void editor.call();
    await editor.clock.advance(0);
    editor.model.last().write(`<insert>${Array.from({ length: 12 }, (_, index) => `call${index}();`).join('\n')}`);
    await editor.clock.advance(0);
    expect(editor.engine.state().busy).toBe(false);
  });

  it('of a closed document ends', async () => {
    const editor = createTestEditor(file('█'));
    await editor.ask();
    editor.engine.documentClosed('file:///a.ts');
    expect(editor.model.last().signal.aborted).toBe(true);
  });
});

function callOf(text: string) {
  const before = text.slice(0, text.indexOf(cursorMark)).split('\n');
  const lines = text.replace(cursorMark, '').split('\n');
  return {
    uri: 'file:///a.ts', languageId: 'typescript', version: 9, cursor: { line: before.length - 1, character: before.at(-1)?.length ?? 0 }, trigger: 'automatic' as const,
    lines: { lineCount: lines.length, lineAt: (line: number) => lines[line] ?? '' },
  };
}

describe('what was paid for comes back at once', () => {
  it('typed into', async () => {
    const editor = await withSuggestion('a + b;');
    for (const [typed, rest] of [['a', ' + b;'], [' ', '+ b;'], ['+ ', 'b;']] as const) {
      editor.type(typed);
      const result = await editor.ask();
      expect([textOf(result), outcomeOf(result)]).toEqual([rest, 'shown:store']);
    }
    expect(editor.model.asked).toHaveLength(1);
  });

  it('deleted back into', async () => {
    const editor = await withSuggestion('a + b;');
    editor.type('a ');
    await editor.ask();
    editor.backspace();
    editor.backspace();
    expect(textOf(await editor.ask())).toBe('a + b;');
  });

  it('at the next Enter, from the lines read ahead', async () => {
    const editor = await withSuggestion('a + b;\n  use(total);\n  more();');
    editor.type('a + b;');
    editor.type('\n  ');
    expect(textOf(await editor.ask())).toBe('use(total);');
    expect(editor.model.asked).toHaveLength(1);
  });

  it('after an accepted word', async () => {
    const editor = await withSuggestion('first + second;');
    await editor.ask();
    editor.type('first ');
    expect(textOf(await editor.ask())).toBe('+ second;');
    expect(editor.engine.state().tally).toMatchObject({ used: 1, acceptedCharacters: 6 });
  });

  it('across the line\'s end after it was accepted as a whole', async () => {
    const editor = await withSuggestion('a + b;\n  use(total);');
    const result = await editor.ask();
    editor.type('a + b;');
    editor.engine.accepted(result?.items[0]?.id ?? 0);
    expect(textOf(await editor.ask())).toBe('\n  use(total);');
    expect(editor.engine.state().tally.acceptedCharacters).toBe(6);
  });

  it('without a timer, also in a long delay', async () => {
    const editor = await withSuggestion('a + b;');
    editor.type('a');
    const pending = editor.clock.pending;
    expect(outcomeOf(await editor.ask())).toBe('shown:store');
    expect(editor.clock.pending).toBe(pending);
  });

  it('an empty answer too: the place is not asked about again', async () => {
    const editor = await withSuggestion('');
    expect(outcomeOf(await editor.ask())).toBe('cached-empty');
    expect(editor.model.asked).toHaveLength(1);
  });

  it('not in another document', async () => {
    const editor = await withSuggestion('a + b;');
    expect(await editor.ask({ uri: 'file:///b.ts' })).toBeUndefined();
  });
});

describe('an item is given', () => {
  it('with the piece that ends its line', async () => {
    const editor = createTestEditor(file('█'));
    const result = editor.call();
    await editor.clock.advance(0);
    editor.model.last().write('<insert>return a');
    await editor.clock.advance(0);
    editor.model.last().write(';\n');
    expect(textOf(await result)).toBe('return a;');
  });

  it('of a block, cut to its whole lines 200 ms after its first token', async () => {
    const editor = createTestEditor('function f() {\n  █\n}');
    let given: string | undefined;
    void editor.call().then((result) => (given = textOf(result)));
    await editor.clock.advance(5000);
    editor.model.last().write('<insert>one();\n  two();\n  th');
    await editor.clock.advance(199);
    expect(given).toBeUndefined();
    await editor.clock.advance(1);
    expect(given).toBe('one();\n  two();');
  });

  it('that grows when more of its block has come', async () => {
    const editor = createTestEditor('function f() {\n  █\n}');
    void editor.call();
    await editor.clock.advance(0);
    editor.model.last().write('<insert>one();\n  two();\n  th');
    await editor.clock.advance(200);
    editor.model.last().write('ree();\n  four');
    await editor.clock.advance(0);
    editor.type('o');
    expect(textOf(await editor.ask())).toBe('ne();\n  two();\n  three();');
  });
});

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

describe('on the user\'s wish', () => {
  it('several answers are asked for in one request and offered', async () => {
    const editor = createTestEditor(file('const total = █'));
    const result = editor.call({ trigger: 'explicit' });
    await editor.clock.advance(0);
    expect(editor.model.last().question).toMatchObject({ alternatives: 3 });
    editor.model.last().write('<insert>a + b;</insert>\n<insert>sum(a, b);</insert><insert>a + b;</insert>');
    editor.model.last().finish();
    expect((await result).items.map((item) => item.text)).toEqual(['a + b;', 'sum(a, b);']);
  });

  it('also where they come piece by piece, and the one that the limit cut is left out', async () => {
    const editor = createTestEditor(file('const total = █'));
    const result = editor.call({ trigger: 'explicit' });
    await editor.clock.advance(0);
    for (const piece of ['<insert>a', ' + b;</ins', 'ert>\n<insert>su', 'm(a, b);</insert><insert>', 'a.reduce(']) {
      editor.model.last().write(piece);
      await editor.clock.advance(10);
    }
    editor.model.last().finish('length');
    expect((await result).items.map((item) => item.text)).toEqual(['a + b;', 'sum(a, b);']);
  });

  it('what was known stays the first', async () => {
    const editor = await withSuggestion('a + b;');
    const result = editor.call({ trigger: 'explicit' });
    await editor.clock.advance(0);
    editor.model.last().write('<insert>sum(a, b);</insert>');
    editor.model.last().finish();
    expect((await result).items.map((item) => item.text)).toEqual(['a + b;', 'sum(a, b);']);
  });
});

describe('the prompt', () => {
  it('is masked', async () => {
    const editor = createTestEditor(file('const key = "sk-123"; █'), { findSecrets: findWord('sk-123') });
    await editor.ask();
    await editor.clock.advance(75);
    const sent = JSON.stringify(editor.model.last().question.turns);
    expect(sent).toContain('***');
    expect(sent).not.toContain('sk-123');
  });
});

describe('the log', () => {
  it('has each decision and no text of the file', async () => {
    const editor = await withSuggestion('a + b;');
    await editor.ask();
    expect(editor.log.some((line) => line.includes('shown:store'))).toBe(true);
    expect(editor.log.join('\n')).not.toContain('total');
  });
});

describe('someone who jumps about', () => {
  it('gets fewer requests, not more that are all thrown away', async () => {
    const editor = createTestEditor(file('█'));
    for (let jump = 0; jump < 40; jump++) {
      void editor.call({ uri: `file:///${jump % 5}` });
      await editor.clock.advance(120);
    }
    expect(editor.model.asked.length).toBeLessThan(8);
  });
});
