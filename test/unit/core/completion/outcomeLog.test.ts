import { describe, expect, it } from 'vitest';
import { createTestEditor, defaultSettings, type TestEditor } from './harness.ts';

interface Logged {
  readonly editor: TestEditor;
  readonly shownToAll: string[];
  readonly details: string[];
}

function loggingEditor(marked: string, gate?: 'ignored'): Logged {
  const shownToAll: string[] = [];
  const details: string[] = [];
  const verdict = gate === undefined ? ({ open: true } as const) : ({ open: false, reason: gate } as const);
  const editor = createTestEditor(marked, {
    gate: { known: () => verdict, check: async () => verdict },
    settings: () => defaultSettings,
    logger: { debug: (line) => details.push(line), info: (line) => shownToAll.push(line), warn: () => undefined, error: () => undefined },
  });
  return { editor, shownToAll, details };
}

describe('the log of decisions', () => {
  it('says why there is nothing once, not at every key', async () => {
    const { editor, shownToAll, details } = loggingEditor('a█', 'ignored');
    for (const key of 'bcd') {
      editor.type(key);
      await editor.ask();
    }
    expect(shownToAll).toEqual(['completion disabled:ignored after 0 ms']);
    expect(details).toEqual(['completion disabled:ignored after 0 ms', 'completion disabled:ignored after 0 ms']);
  });

  it('says it again when something was shown in between', async () => {
    const { editor, shownToAll } = loggingEditor('function f() {\n  return█\n}\n');
    await editor.ask({ readOnly: true });
    editor.type(' ');
    void editor.call();
    await editor.clock.advance(75);
    editor.model.last().write('<insert>a;</insert>');
    editor.model.last().finish();
    await editor.clock.advance(0);
    await editor.ask({ readOnly: true });
    expect(shownToAll).toEqual(['completion disabled:read-only after 0 ms', 'completion disabled:read-only after 0 ms']);
  });

  it('keeps what a key came to for those who want details', async () => {
    const { editor, shownToAll, details } = loggingEditor('const a =█');
    editor.type(' ');
    void editor.call();
    editor.cancel();
    await editor.clock.advance(75);
    expect(shownToAll).toEqual([]);
    expect(details.join()).toMatch(/completion debounced/);
  });
});
