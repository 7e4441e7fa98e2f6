import { describe, expect, it } from 'vitest';
import { createTestEditor, type TestEditor } from './harness.ts';

/** A request is under way, and its first words agree with what is typed. */
async function underWay(): Promise<TestEditor> {
  const editor = createTestEditor('function f() {\n  return█\n}\n');
  editor.type(' ');
  void editor.call();
  await editor.clock.advance(75);
  editor.model.last().write('<insert>first');
  await editor.clock.advance(0);
  return editor;
}

describe('a wrong key while a request is under way', () => {
  it('does not end it before the key can be taken back', async () => {
    const editor = await underWay();
    editor.type('q');
    void editor.call();
    await editor.clock.advance(450);
    expect(editor.model.asked).toHaveLength(1);
    expect(editor.model.last().isRunning()).toBe(true);
  });

  it('costs no second request when it is taken back', async () => {
    const editor = await underWay();
    editor.type('q');
    void editor.call();
    await editor.clock.advance(400);
    editor.backspace();
    const asked = editor.ask();
    editor.model.last().write(' + second;</insert>');
    editor.model.last().finish();
    await editor.clock.advance(75);
    await asked;
    expect((await editor.ask())?.items[0]?.text).toBe('first + second;');
    expect(editor.model.asked).toHaveLength(1);
  });

  it('is asked about when it stays', async () => {
    const editor = await underWay();
    editor.type('q');
    void editor.call();
    await editor.clock.advance(600);
    expect(editor.model.asked).toHaveLength(2);
  });

  it('is no slip any more with the next key', async () => {
    const editor = await underWay();
    editor.type('q');
    void editor.call();
    await editor.clock.advance(100);
    editor.type('r');
    void editor.call();
    await editor.clock.advance(75);
    expect(editor.model.asked).toHaveLength(2);
  });

  it('that was asked about is not followed by the first question again, until the user rests there', async () => {
    const editor = await underWay();
    editor.type('q');
    void editor.call();
    await editor.clock.advance(600);
    editor.backspace();
    void editor.call();
    await editor.clock.advance(450);
    expect(editor.model.asked).toHaveLength(2);
    await editor.clock.advance(100);
    expect(editor.model.asked).toHaveLength(3);
  });
});
