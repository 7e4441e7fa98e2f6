import { describe, expect, it } from 'vitest';
import { createTestEditor, type TestEditor } from './harness.ts';

interface Heard {
  readonly editor: TestEditor;
  readonly characters: number[];
}

/** An editor with a suggestion on the screen, and what is heard of accepting it. */
async function withSuggestion(text: string): Promise<Heard> {
  const characters: number[] = [];
  const editor = createTestEditor('function f() {\n  return█\n}\n', { onAccepted: (count) => characters.push(count) });
  editor.type(' ');
  void editor.call();
  await editor.clock.advance(75);
  editor.model.last().write(`<insert>${text}</insert>`);
  editor.model.last().finish();
  await editor.clock.advance(0);
  return { editor, characters };
}

describe('who counts accepted text hears of', () => {
  it('a word', async () => {
    const { editor, characters } = await withSuggestion('first + second;');
    await editor.ask();
    editor.type('first ');
    expect(characters).toEqual([6]);
  });

  it('the whole, once, though both the change and the command say so', async () => {
    const { editor, characters } = await withSuggestion('a + b;');
    const shown = await editor.ask();
    editor.type('a + b;');
    editor.engine.accepted(shown?.items[0]?.id ?? 0);
    expect(characters).toEqual([6]);
  });

  it('nothing where the user typed it', async () => {
    const { editor, characters } = await withSuggestion('a + b;');
    for (const key of 'a + b;') {
      await editor.ask();
      editor.type(key);
    }
    expect(characters).toEqual([]);
  });

  it('the rest, where the user typed its beginning and took it before anything else was shown', async () => {
    const { editor, characters } = await withSuggestion('a + b;');
    const shown = await editor.ask();
    editor.type('a');
    editor.type(' ');
    editor.type('+ b;');
    editor.engine.accepted(shown?.items[0]?.id ?? 0);
    expect(characters).toEqual([4]);
  });

  it('nothing where an undo brings it back', async () => {
    const { editor, characters } = await withSuggestion('a + b;');
    await editor.ask();
    editor.set('function f() {\n  return a + b;█\n}\n', 'undo');
    expect(characters).toEqual([]);
  });
});
