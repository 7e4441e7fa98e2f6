import { createConversation, type Conversation, type ConversationDependencies } from '../../../../src/core/chat/conversation.ts';
import type { ChatEvent } from '../../../../src/core/chat/chatEvent.ts';
import type { OutgoingMessage } from '../../../../src/core/chat/answerRequest.ts';
import { createSession, type Session } from '../../../../src/core/chat/session.ts';
import { createSessionLog, type SessionLog } from '../../../../src/core/chat/sessionLog.ts';
import { RunApiError } from '../../../../src/core/errors.ts';
import { createFakeClock, settle, type FakeClock } from '../../../helpers/fakeClock.ts';
import { createFakeRunner, type FakeRunner } from './fakeRunner.ts';

export interface Harness {
  readonly conversation: Conversation;
  readonly session: Session;
  readonly log: SessionLog;
  readonly runner: FakeRunner;
  readonly clock: FakeClock;
  /** All that was written to the file. */
  readonly events: readonly ChatEvent[];
  /** "user: hi", "assistant (streaming): he": the path and the queue as a reader sees them. */
  shown(): readonly string[];
}

export function createHarness(options: Partial<ConversationDependencies> = {}): Harness {
  const session = createSession('session-1');
  const events: ChatEvent[] = [];
  const log = createSessionLog(session, { write: (event) => { events.push(event); }, read: async () => new Map(), flush: async () => undefined });
  const clock = createFakeClock();
  const runner = createFakeRunner();
  let ids = 0;
  const conversation = createConversation({
    log, runner, clock,
    createId: () => `m${++ids}`,
    describeError: (error, kept) => ({ title: error instanceof RunApiError ? error.kind : String(error), text: kept ? 'kept' : '', action: { id: 'retry', label: 'Retry' } }),
    describeFinish: (reason) => ({ title: reason, text: '' }),
    room: async () => undefined,
    onWaiting: () => undefined,
    systemPrompt: () => 'system',
    editFormat: () => undefined,
    estimateTokens: (text) => Math.ceil(text.length / 4),
    inputBudget: () => 100_000,
    ...options,
  });
  return { conversation, session, log, runner, clock, events, shown: () => shownOf(session) };
}

export function messageOf(text: string, options: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return { text, chips: [], context: [], task: 'chat', ...options };
}

function shownOf(session: Session): readonly string[] {
  return [...session.path, ...session.queued].map((id) => {
    const head = session.head(id);
    const status = head?.status === 'done' ? '' : ` (${head?.status})`;
    return `${head?.role}${status}: ${session.body(id)?.text}`;
  });
}

export async function asked(text = 'question', harness = createHarness()): Promise<Harness> {
  harness.conversation.send(messageOf(text));
  await settle();
  return harness;
}

export async function answered(text = 'question', answer = 'answer', harness = createHarness()): Promise<Harness> {
  await asked(text, harness);
  await harness.runner.last.text(answer);
  await harness.runner.last.finish();
  return harness;
}

export function lastAnswer({ session }: Harness): string {
  return session.path.findLast((id) => session.head(id)?.role === 'assistant') ?? '';
}
