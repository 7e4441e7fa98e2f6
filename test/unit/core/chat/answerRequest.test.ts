import { describe, expect, it } from 'vitest';
import { buildRequest, previewRequest, type RequestDependencies } from '../../../../src/core/chat/answerRequest.ts';
import type { ChatEvent } from '../../../../src/core/chat/chatEvent.ts';
import { emptyBody, foldBody } from '../../../../src/core/chat/messageBody.ts';
import { createSession } from '../../../../src/core/chat/session.ts';
import { createSessionLog } from '../../../../src/core/chat/sessionLog.ts';
import { messageOf } from './conversationHarness.ts';

const user = (id: string, parent: string | null, body: string, more: Partial<ChatEvent & { type: 'message' }> = {}): ChatEvent => ({ type: 'message', id, parent, at: 1, role: 'user', body, ...more });
const answer = (id: string, parent: string, body: string): readonly ChatEvent[] => [{ type: 'answer', id, parent, at: 1 }, { type: 'delta', id, part: 'text', body }, { type: 'end', id, at: 2, status: 'done' }];

/** The texts are in the file only, as after a reload. */
function createHarness(events: readonly ChatEvent[], options: Partial<RequestDependencies> = {}) {
  const session = createSession('s');
  for (const event of events) session.applyHead(event, 50);
  const read: string[] = [];
  const log = createSessionLog(session, {
    write: () => undefined, flush: async () => undefined,
    read: async (ids) => {
      read.push(...ids);
      return new Map(ids.map((id) => [id, events.filter((event) => 'id' in event && event.id === id).reduce(foldBody, emptyBody)]));
    },
  });
  const dependencies: RequestDependencies = { log, systemPrompt: () => 'system', editFormat: () => undefined, estimateTokens: (text) => text.length, inputBudget: () => 10_000, ...options };
  return { dependencies, read, session };
}

const textsOf = ({ request }: Awaited<ReturnType<typeof buildRequest>>): readonly string[] => request.messages.map(({ content }) => (typeof content === 'string' ? content : content.map((part) => (part.type === 'text' ? part.text : part.type)).join(' | ')));

describe('the request for an answer', () => {
  const events = [user('u1', null, 'first'), ...answer('a1', 'u1', 'one'), user('u2', 'a1', 'second', { task: 'review', model: 'm', reason: 'because' }), ...answer('a2', 'u2', 'two'), ...answer('b1', 'u1', 'other')];

  it('reads what it needs from the file, and only that', async () => {
    const { dependencies, read } = createHarness(events);
    expect(textsOf(await buildRequest({ answerId: 'x', questionId: 'u2' }, dependencies))).toMatchObject(['first', 'one', expect.stringContaining('second')]);
    expect(read).toEqual(['u1', 'a1', 'u2']);
  });

  it('takes task, model and reason from its question', async () => {
    const { dependencies } = createHarness(events);
    expect((await buildRequest({ answerId: 'x', questionId: 'u2' }, dependencies)).request).toMatchObject({ task: 'review', model: 'm', reason: 'because', system: 'system' });
    expect((await buildRequest({ answerId: 'x', questionId: 'u1' }, dependencies)).request).toMatchObject({ task: 'chat', model: undefined, reason: undefined });
  });

  it('prefers the model of this answer alone, and gives no other reason for it', async () => {
    const { dependencies } = createHarness(events);
    expect((await buildRequest({ answerId: 'x', questionId: 'u2', model: 'other' }, dependencies)).request).toMatchObject({ model: 'other', reason: undefined });
  });

  it('follows the branch of its question, whatever is shown', async () => {
    const { dependencies, session } = createHarness(events);
    expect(session.path).toEqual(['u1', 'b1']);
    expect(textsOf(await buildRequest({ answerId: 'x', questionId: 'u2' }, dependencies))[1]).toBe('one');
  });

  it.each([
    ['The cause is a', /^Your answer was cut off after "The cause is a"\. Go on from exactly there/],
    ['```ts\nconst a = "x";', /cut off after "```ts\\nconst a = \\"x\\";".*inside a code block/s],
    [`${'x'.repeat(500)} end`, /cut off after "x{56} end"/],
  ])('asks to go on after %j', async (before, closing) => {
    const { dependencies, session } = createHarness([user('u', null, 'question'), ...answer('a', 'u', before)]);
    await dependencies.log.load(session.ids());
    const texts = textsOf(await buildRequest({ answerId: 'a', questionId: 'u', isContinuation: true }, dependencies));
    expect(texts.slice(0, 2)).toEqual(['question', before]);
    expect(texts[2]).toMatch(closing);
  });

  it('leaves room for the system prompt', async () => {
    const long = 'x'.repeat(600);
    const list = [user('u1', null, long), ...answer('a1', 'u1', long), user('u2', 'a1', 'q')];
    const small = createHarness(list, { systemPrompt: () => 's'.repeat(9_000), inputBudget: () => 10_000 });
    expect((await buildRequest({ answerId: 'x', questionId: 'u2' }, small.dependencies)).omitted).toBe(2);
    const large = createHarness(list, { systemPrompt: () => 's', inputBudget: () => 10_000 });
    expect((await buildRequest({ answerId: 'x', questionId: 'u2' }, large.dependencies)).omitted).toBe(0);
  });
});

describe('the preview of a request', () => {
  it('is what will be sent, without anything being written', async () => {
    const { dependencies, session } = createHarness([user('u1', null, 'first'), ...answer('a1', 'u1', 'one')]);
    const preview = await previewRequest(messageOf('next', { chips: [{ id: 'c', kind: 'file', label: 'a.ts' }], context: [{ chipId: 'c', name: 'a.ts', text: 'CONTEXT' }] }), dependencies);
    expect(textsOf(preview)).toEqual(['first', 'one', 'CONTEXT | next']);
    expect(session.path).toEqual(['u1', 'a1']);
  });

  it('of an empty first message has none', async () => {
    const { dependencies } = createHarness([]);
    expect(textsOf(await previewRequest(messageOf(''), dependencies))).toEqual(['']);
  });
});
