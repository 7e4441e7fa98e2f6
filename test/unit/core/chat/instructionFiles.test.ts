import { describe, expect, it } from 'vitest';
import { settle } from '../../../helpers/fakeClock.ts';
import { createDeskHarness, type DeskHarness } from './deskHarness.ts';

/** Counts how often the instruction files were told that they went out. */
function withInstructions(): { readonly harness: DeskHarness; readonly sent: () => number } {
  const harness = createDeskHarness();
  harness.source.texts.set('instructions', 'Use tabs.');
  const collect = harness.source.collect.bind(harness.source);
  let count = 0;
  harness.source.collect = async (reference, budgetTokens, signal) => {
    const item = await collect(reference, budgetTokens, signal);
    return reference.kind === 'instructions' ? { ...item, onSent: () => { count += 1; } } : item;
  };
  return { harness, sent: () => count };
}

describe('a change of instruction files', () => {
  it('is not used up by a look at what would be sent', async () => {
    const { harness, sent } = withInstructions();
    const message = await harness.desk.compose('question');
    expect(message.chips.map(({ kind }) => kind)).toEqual(['instructions']);
    await harness.desk.current.conversation.previewOf(message);
    expect(sent()).toBe(0);
  });

  it('is when they are sent, once', async () => {
    const { harness, sent } = withInstructions();
    await harness.desk.send('question');
    await settle();
    expect(sent()).toBe(1);
  });

  it('is when they are sent because they were chosen', async () => {
    const { harness, sent } = withInstructions();
    await harness.desk.send('question');
    await settle();
    await harness.runner.last.text('answer');
    await harness.runner.last.finish();
    await harness.desk.current.attachments.add('instructions');
    expect(sent()).toBe(1);
    await harness.desk.send('and now');
    await settle();
    expect(sent()).toBe(2);
  });

  it('is not by a message that does not carry them', async () => {
    const { harness, sent } = withInstructions();
    harness.source.texts.delete('instructions');
    await harness.desk.send('question');
    await settle();
    expect(sent()).toBe(0);
  });
});
