import { describe, expect, it } from 'vitest';
import { formatOutcome } from '../../../../src/core/completion/outcome.ts';
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
