// More lines at once while suggestions are being taken, one again after the first that was not.
import { describe, expect, it } from 'vitest';
import { createTestEditor, type TestEditor } from './harness.ts';

const statements = Array.from({ length: 24 }, (_, index) => `step${index}();`);
const file = 'function f() {\n  first();\n  █\n}\n';

/** What is offered where the answer has all statements from the cursor on. */
async function offer(editor: TestEditor, from: number): Promise<string | undefined> {
  let items: readonly { readonly text: string }[] | undefined;
  const requests = editor.model.asked.length;
  void editor.call().then((result) => (items = result.items));
  await editor.clock.advance(1000);
  if (editor.model.asked.length > requests || items === undefined) {
    editor.model.last().write(`<insert>${statements.slice(from, from + 8).join('\n  ')}</insert>`);
    editor.model.last().finish();
    await editor.clock.advance(1000);
  }
  return items?.[0]?.text;
}

/** Takes what is offered, so many times; how many lines each had. */
async function take(editor: TestEditor, times: number): Promise<number[]> {
  const counts: number[] = [];
  let from = 0;
  for (let time = 0; time < times; time++) {
    const text = (await offer(editor, from)) ?? '';
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    counts.push(lines.length);
    from += lines.length;
    editor.type(text);
  }
  return counts;
}

describe('what is shown at once', () => {
  it('is one line until a row of suggestions was taken', async () => {
    expect((await take(createTestEditor(file), 4)).every((count) => count === 1)).toBe(true);
  });

  it('grows to several lines, and to no more than four', async () => {
    const counts = await take(createTestEditor(file), 9);
    expect(Math.max(...counts)).toBeGreaterThan(1);
    expect(Math.max(...counts)).toBeLessThanOrEqual(4);
  });
});
