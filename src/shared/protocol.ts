// Every message between the extension host and the chat view. The host parses what the view sends with these schemas;
// the view imports types only (zod must not reach its bundle).
//
// Order: each host message that changes the transcript carries `sequence`, one more than the last. A view that sees a gap asks
// for `resync` and gets a `snapshot`. Flow control: the view answers with `painted` after it has drawn; the host keeps at most
// a set number of unpainted characters on the way and joins later deltas into one, so a fast stream never piles up.
import * as z from 'zod';
import { errorActionIds, taskIds, type ChatMessageView, type CompactionView, type ComposerState, type ComposerSuggestion, type RouteDecision, type Receipt, type MessageStatus, type ErrorCard, type SessionSummary, type EditSummary } from './chatTypes.ts';

const id = z.string().min(1).max(200);
const text = z.string().max(2_000_000);
const requestId = z.number().int().nonnegative();
const imageTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;
const thumbnail = z.string().max(30_000).regex(/^data:image\/(?:png|jpeg|webp);base64,[A-Za-z0-9+/]+={0,2}$/);
/** A place in the transcript that survives another width: the index of the message at the top edge plus the share of it above the edge; more than any index at the end. */
const scrollTop = z.number().nonnegative();
const count = z.number().int().nonnegative().max(1_000_000_000);

const viewMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('resync') }),
  z.object({ type: z.literal('painted'), sequence: count }),
  z.object({ type: z.literal('alive'), sequence: count }),

  z.object({ type: z.literal('send'), text }),
  z.object({ type: z.literal('stop') }),
  z.object({ type: z.literal('unqueue'), messageId: id }),
  z.object({ type: z.literal('edit-message'), messageId: id, text }),
  z.object({ type: z.literal('regenerate'), messageId: id, model: id.optional() }),
  z.object({ type: z.literal('continue'), messageId: id }),
  z.object({ type: z.literal('select-branch'), messageId: id, index: count }),
  z.object({ type: z.literal('error-action'), messageId: id, action: z.enum(errorActionIds) }),

  z.object({ type: z.literal('read-messages'), requestId, from: count, count: z.number().int().min(1).max(200) }),
  z.object({ type: z.literal('draft'), text, scrollTop }),
  /** The reader has moved to another place, and rests there. */
  z.object({ type: z.literal('scrolled'), sessionId: id, scrollTop }),
  z.object({ type: z.literal('select-route'), task: z.enum([...taskIds, 'auto']), model: id.optional() }),
  z.object({ type: z.literal('suggest'), requestId, trigger: z.enum(['/', '@']), query: z.string().max(500) }),
  z.object({ type: z.literal('add-context'), reference: z.string().max(4000) }),
  z.object({ type: z.literal('pick-context') }),
  z.object({ type: z.literal('take-offer'), chipId: id }),
  z.object({ type: z.literal('remove-context'), chipId: id }),
  z.object({ type: z.literal('open-context'), chipId: id, messageId: id.optional() }),
  z.object({ type: z.literal('drop-files'), uris: z.array(z.string().max(4000)).max(50) }),
  /** `data` is base64, of at most the 5 MB that a model takes; `name` is that of the file, where it has one. */
  z.object({ type: z.literal('paste-image'), mediaType: z.enum(imageTypes), data: z.string().max(5_242_880), name: z.string().max(300).optional(), thumbnail: thumbnail.optional() }),
  z.object({ type: z.literal('show-request'), messageId: id.optional() }),

  z.object({ type: z.literal('copy'), text }),
  z.object({ type: z.literal('copy-message'), messageId: id }),
  z.object({ type: z.literal('insert-code'), text }),
  z.object({ type: z.literal('apply-code'), text, path: z.string().max(1000).optional(), language: z.string().max(100).optional(), messageId: id.optional() }),
  z.object({ type: z.literal('new-file'), text, language: z.string().max(100).optional() }),
  z.object({ type: z.literal('edit-action'), editId: id, action: z.enum(['review', 'accept', 'discard', 'undo', 'repair']) }),
  z.object({ type: z.literal('open-link'), url: z.string().max(4000) }),
  z.object({ type: z.literal('open-file'), path: z.string().max(1000), line: count.optional() }),

  z.object({ type: z.literal('list-sessions'), requestId, query: z.string().max(500) }),
  z.object({ type: z.literal('new-session') }),
  z.object({ type: z.literal('open-session'), sessionId: id }),
  z.object({ type: z.literal('rename-session'), sessionId: id, title: z.string().min(1).max(200) }),
  z.object({ type: z.literal('delete-session'), sessionId: id }),
  z.object({ type: z.literal('export-session'), sessionId: id }),
  z.object({ type: z.literal('import-session') }),
  z.object({ type: z.literal('compact') }),
  z.object({ type: z.literal('undo-compact'), messageId: id }),
  z.object({ type: z.literal('set-key') }),
  z.object({ type: z.literal('starter'), index: z.number().int().min(0).max(20) }),
]);

export type ViewMessage = z.infer<typeof viewMessage>;

/** Undefined for anything that is not exactly a known message: the caller drops it and counts it. */
export function parseViewMessage(value: unknown): ViewMessage | undefined {
  const result = viewMessage.safeParse(value);
  return result.success ? result.data : undefined;
}

/** What the view draws when it opens or has lost its place: the end of the transcript, never all of it. */
export interface ChatSnapshot {
  readonly sequence: number;
  readonly session: { readonly id: string; readonly title: string; readonly priceUsd?: number };
  /** Messages on the active branch. */
  readonly total: number;
  /** Index of the first of `messages`. */
  readonly from: number;
  readonly messages: readonly ChatMessageView[];
  readonly composer: ComposerState;
  readonly draft: string;
  /** As the view gave it with `draft`; absent means the end. */
  readonly scrollTop?: number;
  readonly key: 'present' | 'absent' | 'rejected';
  /** Things to do with this workspace, shown while the transcript is empty. */
  readonly starters: readonly { readonly label: string; readonly detail?: string }[];
  /** A line above the transcript that stays until its cause is gone: storage full, no network. */
  readonly banner?: string;
  /** The workspace is not trusted: chat works, workspace context does not. */
  readonly restricted: boolean;
}

/** Parts of a message that may change while it streams or after. */
export interface MessagePatch {
  readonly status?: MessageStatus;
  readonly route?: RouteDecision;
  readonly thinkingMs?: number;
  readonly receipt?: Receipt;
  readonly error?: ErrorCard;
  readonly branch?: { readonly index: number; readonly count: number };
  readonly edit?: EditSummary;
  readonly compaction?: CompactionView;
  /** "Waiting 7 s: rate limit": shown in place of the caret until the next delta. */
  readonly waiting?: string;
}

export type HostMessage =
  | { readonly type: 'snapshot'; readonly snapshot: ChatSnapshot }
  | { readonly type: 'message-added'; readonly sequence: number; readonly index: number; readonly message: ChatMessageView }
  /** `offset` is the length of the text before: a repeated delta is dropped, a gap is a resync. */
  | { readonly type: 'message-delta'; readonly sequence: number; readonly messageId: string; readonly part: 'text' | 'thinking'; readonly offset: number; readonly text: string }
  | { readonly type: 'message-changed'; readonly sequence: number; readonly messageId: string; readonly patch: MessagePatch }
  /** The branch from `from` on was replaced. */
  | { readonly type: 'messages-replaced'; readonly sequence: number; readonly from: number; readonly total: number; readonly messages: readonly ChatMessageView[] }
  | { readonly type: 'session-changed'; readonly sequence: number; readonly title: string; readonly priceUsd?: number }
  | { readonly type: 'composer-changed'; readonly composer: ComposerState }
  /** `unlessTyped`: what stands in the composer stays. */
  | { readonly type: 'set-draft'; readonly text: string; readonly focus: boolean; readonly unlessTyped?: boolean }
  | { readonly type: 'key-changed'; readonly key: 'present' | 'absent' | 'rejected' }
  | { readonly type: 'banner-changed'; readonly banner?: string }
  | { readonly type: 'messages'; readonly requestId: number; readonly from: number; readonly messages: readonly ChatMessageView[] }
  | { readonly type: 'suggestions'; readonly requestId: number; readonly items: readonly ComposerSuggestion[] }
  | { readonly type: 'sessions'; readonly requestId: number; readonly items: readonly SessionSummary[] }
  /** A line that the reader can dismiss: something was not done, and why. */
  | { readonly type: 'notice'; readonly text: string }
  /** An image file of the workspace was dropped: the view makes it small and gives it back as `paste-image`. */
  | { readonly type: 'prepare-image'; readonly mediaType: string; readonly data: string; readonly name: string }
  /** Shows the list of conversations in the view. */
  | { readonly type: 'show-sessions' }
  | { readonly type: 'focus-composer' }
  /** Every few seconds; the view answers `alive` with the last sequence it has, and the host sends a snapshot if that is behind. */
  | { readonly type: 'heartbeat'; readonly sequence: number };
