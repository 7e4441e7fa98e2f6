import { createChatDesk, type ChatDesk } from '../../../../src/core/chat/chatDesk.ts';
import type { ChatDeskDependencies } from '../../../../src/core/chat/deskState.ts';
import type { ChatStore, Draft } from '../../../../src/core/chat/chatStore.ts';
import type { MessageBody } from '../../../../src/core/chat/messageBody.ts';
import { emptyBody, foldBody } from '../../../../src/core/chat/messageBody.ts';
import type { ChatEvent } from '../../../../src/core/chat/chatEvent.ts';
import type { OwnCommand } from '../../../../src/core/chat/ownCommand.ts';
import { createSession } from '../../../../src/core/chat/session.ts';
import { createSessionLog } from '../../../../src/core/chat/sessionLog.ts';
import type { ViewChannel } from '../../../../src/core/chat/viewChannel.ts';
import type { ContextItem } from '../../../../src/core/context/contextItem.ts';
import { formatReference, type ContextReference } from '../../../../src/core/context/contextReference.ts';
import type { ContextOffer, ContextSource } from '../../../../src/core/context/contextSource.ts';
import type { LinesChange } from '../../../../src/core/context/lineRange.ts';
import { RunApiError } from '../../../../src/core/errors.ts';
import { createPrices } from '../../../../src/core/models/price.ts';
import { english } from '../../../../src/core/translate.ts';
import type { HostMessage } from '../../../../src/shared/protocol.ts';
import { createFakeClock, settle, type FakeClock } from '../../../helpers/fakeClock.ts';
import { createFakeRunner, type FakeRunner } from './fakeRunner.ts';

export interface FakeSource extends ContextSource {
  /** Reference → text; "secret" refuses. */
  readonly texts: Map<string, string>;
  offered: readonly ContextOffer[];
  /** As if a document was edited. */
  editLines: (uri: string, changes: readonly LinesChange[]) => void;
}

export interface DeskHarness {
  readonly desk: ChatDesk;
  readonly runner: FakeRunner;
  readonly clock: FakeClock;
  readonly source: FakeSource;
  readonly files: FakeFiles;
  readonly ownCommands: OwnCommand[];
  readonly current: { id: string | undefined };
  addView(): Promise<FakeView>;
  /** Another window on the same files, or this one after a reload. */
  reopen(): DeskHarness;
}

/** What a view has received. */
export interface FakeView {
  readonly channel: ViewChannel;
  readonly inbox: readonly HostMessage[];
  readonly types: readonly string[];
  last<Type extends HostMessage['type']>(type: Type): Extract<HostMessage, { type: Type }> | undefined;
}

export interface FakeFiles {
  readonly events: Map<string, ChatEvent[]>;
  readonly drafts: Map<string, Draft>;
  readonly liveElsewhere: Set<string>;
  /** Conversations whose draft belongs to a window that is open. */
  readonly draftsElsewhere: Set<string>;
  readonly trash: Set<string>;
  /** Each makes ids of its own. */
  windows: number;
}

/** Errors that only a log would tell fail a test, unless it takes them. */
export function createDeskHarness(files = createFiles(), current: { id: string | undefined } = { id: undefined }, onError: (error: unknown) => void = fail): DeskHarness {
  const clock = createFakeClock();
  const runner = createFakeRunner();
  const source = createSource();
  const ownCommands: OwnCommand[] = [];
  files.windows += 1;
  let ids = files.windows * 1_000;
  const dependencies: ChatDeskDependencies = {
    store: createStore(files, () => `s${++ids}`), source, runner, clock, translate: english, ownCommands: { list: async () => ownCommands },
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: (_message, error) => onError(error) },
    prices: createPrices(() => new Map()),
    createId: () => `m${++ids}`,
    models: () => ['other-model'],
    taskFromText: (text, fileCount) => (text.startsWith('refactor') ? { task: 'refactor', reason: `you asked to refactor ${fileCount} files` } : { task: 'chat', reason: 'reads as a conversation' }),
    systemPrompt: () => 'system', editFormat: () => 'EDIT FORMAT', estimateTokens: (text) => Math.ceil(text.length / 4),
    describeError: (error, kept) => ({ title: error instanceof RunApiError ? error.kind : String(error), text: kept ? 'kept' : '' }),
    describeFinish: (reason) => ({ title: reason, text: '' }),
    key: () => 'present', isRestricted: () => false, starters: () => [{ label: 'Explain a.ts' }],
    currentId: { read: () => current.id, write: (id) => { current.id = id; } },
    waitingText: ({ waitMs, kind }) => `Waiting ${waitMs / 1_000} s: ${kind}`,
  };
  const desk = createChatDesk(dependencies);
  return { desk, runner, clock, source, files, ownCommands, current, addView: () => addView(desk), reopen: () => createDeskHarness(files, current) };
}

function fail(error: unknown): never {
  throw error;
}

function createFiles(): FakeFiles {
  return { events: new Map(), drafts: new Map(), liveElsewhere: new Set(), draftsElsewhere: new Set(), trash: new Set(), windows: 0 };
}

function createStore(files: FakeFiles, createId: () => string): ChatStore {
  const log = (id: string) => {
    const session = createSession(id);
    for (const event of files.events.get(id) ?? []) session.applyHead(event, 100);
    return createSessionLog(session, {
      write: (event) => { files.events.set(id, [...(files.events.get(id) ?? []), event]); },
      read: async (ids) => new Map(ids.map((messageId) => [messageId, bodyOf(files.events.get(id) ?? [], messageId)])),
      flush: async () => undefined,
    });
  };
  return {
    create: () => ({ log: log(createId()), firstText: undefined }),
    open: async (id) => (files.events.has(id) && !files.trash.has(id) ? { log: log(id), firstText: 'first words' } : undefined),
    list: async () => [...files.events.keys()].map((id) => ({ id, title: id, updatedAt: 1, messageCount: 1 })),
    remove: async (id) => { files.trash.add(id); },
    restore: async (id) => { files.trash.delete(id); },
    release: async () => undefined,
    readDraft: async (id) => (files.draftsElsewhere.has(id) ? 'in-another-window' : files.drafts.get(id)),
    saveDraft: (id, draft) => { files.drafts.set(id, draft); },
    isLiveElsewhere: async (id) => files.liveElsewhere.has(id),
    markLive: () => () => undefined,
  };
}

function bodyOf(events: readonly ChatEvent[], id: string): MessageBody {
  return events.filter((event) => 'id' in event && event.id === id).reduce(foldBody, emptyBody);
}

function createSource(): FakeSource {
  const source: FakeSource = {
    texts: new Map(), offered: [], editLines: () => undefined,
    collect: async (reference) => itemOf(reference, source.texts.get(formatReference(reference))),
    suggest: async () => [],
    offers: () => source.offered,
    onOffersChange: () => () => undefined,
    onLinesChange: (listener) => {
      source.editLines = listener;
      return () => undefined;
    },
    referenceOf: async (uri) => ({ kind: 'file', uri }),
  };
  return source;
}

function itemOf(reference: ContextReference, text: string | undefined): ContextItem {
  const uri = 'uri' in reference ? reference.uri : undefined;
  const name = uri === undefined ? '' : uri.slice(uri.lastIndexOf('/') + 1);
  const refused = text === undefined ? 'not-found' : text === 'secret' ? 'secret-file' : undefined;
  return { id: formatReference(reference), kind: reference.kind, reference, name, parts: refused === undefined ? [{ uri, path: name, text: text ?? '' }] : [], text: refused === undefined ? (text ?? '') : '', tokens: Math.ceil((text ?? '').length / 4), notes: [], refused };
}

async function addView(desk: ChatDesk): Promise<FakeView> {
  const inbox: HostMessage[] = [];
  const channel = desk.addView((message) => inbox.push(message), () => undefined);
  await desk.ready;
  await channel.open();
  await settle();
  channel.painted(1_000_000);
  return {
    channel, inbox,
    get types() { return inbox.map((message) => message.type); },
    last: (type) => inbox.findLast((message): message is Extract<HostMessage, { type: typeof type }> => message.type === type),
  };
}

export async function answered(harness: DeskHarness, question = 'question', answer = 'answer'): Promise<void> {
  await harness.desk.send(question);
  await settle();
  await harness.runner.last.text(answer);
  await harness.runner.last.finish();
}

export function transcript({ desk }: DeskHarness): readonly string[] {
  const { session } = desk.current.stored.log;
  return session.path.map((id) => `${session.head(id)?.role} ${session.head(id)?.status}: ${session.body(id)?.text}`);
}

export function lastContent({ runner }: DeskHarness): readonly string[] {
  const content = runner.last.request.messages.at(-1)?.content ?? [];
  return typeof content === 'string' ? [content] : content.map((part) => (part.type === 'text' ? part.text : part.type));
}
