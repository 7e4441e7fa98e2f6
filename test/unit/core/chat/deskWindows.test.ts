// What one window sees of an answer that another one writes, and of the end of that window.
import { describe, expect, it } from 'vitest';
import { settle } from '../../../helpers/fakeClock.ts';
import type { ChatEvent } from '../../../../src/core/chat/chatEvent.ts';
import { createDeskHarness, type DeskHarness } from './deskHarness.ts';

/** A conversation with one answer that was cut, so that it can be made again, retried and continued. */
async function createAnswered(): Promise<DeskHarness> {
  const harness = createDeskHarness();
  await harness.desk.ready;
  await harness.desk.send('question');
  await settle();
  await harness.runner.last.text('half');
  await harness.runner.last.finish('length');
  // The look that began with the own answer is over.
  await harness.clock.advance(20_000);
  return harness;
}

async function checkKilled(harness: DeskHarness, toEvent: (ids: { readonly question: string; readonly answer: string }) => ChatEvent & { readonly id: string }): Promise<void> {
  const { conversation, stored: { log } } = harness.desk.current;
  const [question = '', answer = ''] = log.session.path;
  harness.files.liveElsewhere.add(log.session.id);
  const event = toEvent({ question, answer });
  log.applyForeign(event);
  log.applyForeign({ type: 'delta', id: event.id, part: 'text', body: 'first words' });
  await harness.clock.advance(60_000);
  expect(log.session.head(event.id)?.status).toBe('streaming');
  harness.files.liveElsewhere.delete(log.session.id);
  await harness.clock.advance(6_000);
  expect(log.session.head(event.id)).toMatchObject({ status: 'cut', error: { title: 'interrupted' } });
  expect(conversation.isStreaming).toBe(false);
  conversation.send({ text: 'another', chips: [], context: [], task: 'chat' });
  expect(conversation.isStreaming).toBe(true);
}

describe('an answer of another window that is killed is cut within seconds, and the conversation goes on', () => {
  it('when it is another answer to the same question', async () => {
    await checkKilled(await createAnswered(), ({ question }) => ({ type: 'answer', id: 'foreign', parent: question, at: 5 }));
  });

  it('when it goes on where an answer was cut', async () => {
    await checkKilled(await createAnswered(), ({ answer }) => ({ type: 'reopened', id: answer, at: 5, clear: false }));
  });

  it('when it begins again where an answer had failed', async () => {
    await checkKilled(await createAnswered(), ({ answer }) => ({ type: 'reopened', id: answer, at: 5, clear: true }));
  });
});
