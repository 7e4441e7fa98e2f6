// What holds for any conversation: each answer ends once, nothing that arrived is lost, and the file says the same as the window.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatLine, parseLine } from '../../../../src/core/chat/chatEvent.ts';
import { createSession } from '../../../../src/core/chat/session.ts';
import { RunApiError } from '../../../../src/core/errors.ts';
import type { FinishReason } from '../../../../src/shared/chatTypes.ts';
import { settle } from '../../../helpers/fakeClock.ts';
import { createHarness, messageOf, type Harness } from './conversationHarness.ts';

type Ending = { readonly how: 'finish'; readonly reason: FinishReason } | { readonly how: 'fail' } | { readonly how: 'stop' } | { readonly how: 'interrupt' };

const ending: fc.Arbitrary<Ending> = fc.oneof(
  fc.record({ how: fc.constant('finish' as const), reason: fc.constantFrom<FinishReason[]>('stop', 'length', 'content-filter', 'refusal', 'tool-calls', 'pause', 'error', 'other') }),
  fc.constant({ how: 'fail' as const }),
  fc.constant({ how: 'stop' as const }),
  fc.constant({ how: 'interrupt' as const }),
);

async function end({ conversation, runner }: Harness, how: Ending): Promise<void> {
  switch (how.how) {
    case 'finish': return await runner.last.finish(how.reason);
    case 'fail': return await runner.last.fail(new RunApiError({ kind: 'network', retryable: true }));
    case 'stop': conversation.stop(); break;
    case 'interrupt': conversation.interrupt(); break;
  }
  await settle();
}

function expectedStatus(how: Ending, text: string): string {
  const isEmpty = text === '';
  switch (how.how) {
    case 'stop': return 'stopped';
    case 'fail':
    case 'interrupt': return isEmpty ? 'failed' : 'cut';
    case 'finish':
      if (how.reason === 'stop') return isEmpty ? 'failed' : 'done';
      return how.reason === 'refusal' && isEmpty ? 'failed' : 'cut';
  }
}

/** Everything that a window could show of a session. */
function imageOf(session: ReturnType<typeof createSession>): unknown {
  return {
    path: session.path, queued: session.queued, title: session.title, price: session.priceUsd,
    messages: session.ids().map((id) => ({ head: session.head(id), body: session.body(id), alternatives: session.alternatives(id) })),
  };
}

describe('an answer', () => {
  it('ends exactly once, as its stream did, with all the text that came', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 6 }), ending, async (pieces, how) => {
      const harness = createHarness();
      harness.conversation.send(messageOf('question'));
      await settle();
      for (const piece of pieces) await harness.runner.last.text(piece);
      await end(harness, how);
      const answers = harness.events.filter((event) => event.type === 'end');
      const text = pieces.join('');
      expect(answers).toHaveLength(1);
      expect(answers[0]).toMatchObject({ status: expectedStatus(how, text) });
      expect(harness.session.body(harness.session.path.at(-1) ?? '')?.text).toBe(text);
      expect(harness.conversation.isStreaming).toBe(false);
      expect(harness.clock.pending).toBe(0);
    }), { numRuns: 150 });
  });

  it('that is complete has no error, one that is not says why unless the user stopped it', async () => {
    await fc.assert(fc.asyncProperty(fc.string({ maxLength: 5 }), ending, async (text, how) => {
      const harness = createHarness();
      harness.conversation.send(messageOf('question'));
      await settle();
      if (text !== '') await harness.runner.last.text(text);
      await end(harness, how);
      const head = harness.session.head(harness.session.path.at(-1) ?? '');
      expect(head?.error === undefined).toBe(head?.status === 'done' || head?.status === 'stopped');
    }), { numRuns: 60 });
  });
});

describe('a conversation', () => {
  type Step = { readonly kind: 'send' | 'text' | 'end' | 'edit' | 'regenerate' | 'retry' | 'continue' | 'select' | 'unqueue' | 'resume'; readonly pick: number; readonly ending: Ending };
  const step: fc.Arbitrary<Step> = fc.record({ kind: fc.constantFrom('send', 'send', 'text', 'text', 'end', 'end', 'edit', 'regenerate', 'retry', 'continue', 'select', 'unqueue', 'resume'), pick: fc.nat(9), ending });

  const act = async (harness: Harness, { kind, pick, ending: how }: Step): Promise<void> => {
    const { conversation, session, runner } = harness;
    const ids = session.ids();
    const id = ids[pick % Math.max(1, ids.length)] ?? 'nothing';
    switch (kind) {
      case 'send': conversation.send(messageOf(`message ${pick}`)); break;
      case 'text': if (conversation.isStreaming) await runner.last.text(`piece ${pick} `); break;
      case 'end': if (conversation.isStreaming) await end(harness, how); break;
      case 'edit': conversation.edit(id, messageOf(`edited ${pick}`)); break;
      case 'regenerate': conversation.regenerate(id); break;
      case 'retry': conversation.retry(id); break;
      case 'continue': conversation.continueAnswer(id); break;
      case 'select': await conversation.select(id, pick % 3); break;
      case 'unqueue': conversation.unqueue(session.queued[0] ?? 'nothing'); break;
      case 'resume': conversation.resume(); break;
    }
    await settle();
  };

  it('is the same when it is read back from its file, at every moment', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const harness = createHarness();
      for (const one of steps) {
        await act(harness, one);
        const replayed = createSession('session-1');
        for (const event of harness.events) replayed.apply(parseLine(formatLine(event, 'w'))?.event ?? event);
        expect(imageOf(replayed)).toEqual(imageOf(harness.session));
      }
    }), { numRuns: 60 });
  });

  it('has one answer at work at most, and asks the model for nothing else', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const harness = createHarness();
      for (const one of steps) {
        await act(harness, one);
        const streaming = harness.session.ids().filter((id) => harness.session.head(id)?.status === 'streaming');
        expect(streaming.length).toBe(harness.conversation.isStreaming ? 1 : 0);
        expect(harness.runner.calls.filter(({ signal }) => !signal.aborted).length).toBeGreaterThanOrEqual(streaming.length);
      }
    }), { numRuns: 60 });
  });

  it('loses no question: each is shown, on a branch, or in the queue, unless it was taken out', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const harness = createHarness();
      for (const one of steps) await act(harness, one);
      const takenOut = new Set(harness.events.flatMap((event) => (event.type === 'unqueued' ? [event.id] : [])));
      const asked = harness.events.flatMap((event) => (event.type === 'message' && !takenOut.has(event.id) ? [event.id] : []));
      const known = new Set(harness.session.ids());
      expect(asked.filter((id) => !known.has(id))).toEqual([]);
    }), { numRuns: 60 });
  });

  it('never sends a request whose last word is the model\'s, or whose roles do not take turns', async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const harness = createHarness();
      for (const one of steps) await act(harness, one);
      for (const { request } of harness.runner.calls) {
        const roles = request.messages.map(({ role }) => role);
        expect(roles[0]).toBe('user');
        expect(roles.at(-1)).toBe('user');
        expect(roles.some((role, index) => role === roles[index - 1])).toBe(false);
      }
    }), { numRuns: 60 });
  });
});
