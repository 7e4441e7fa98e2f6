// The lines of a session file: what happened in a conversation, in order, append-only. Everything else about a session is derived.
// `body` is the last key of a line, so that a reader can take what stands before it without parsing a long text.
import * as z from 'zod';
import { taskIds, type ContextChip, type EditSummary, type ErrorCard, type Receipt, type RouteDecision } from '../../shared/chatTypes.ts';

/** Files of a higher version are set aside unread. Raised only when an old reader would misread, not when it can skip. */
export const sessionVersion = 1;

/** Stands before the text of a line that has one. A quote inside a JSON string is escaped, so this occurs nowhere else in a line. */
export const bodyMark = ',"body":"';

const id = z.string().min(1).max(200);
const at = z.number();
const body = z.string().optional();
const number = z.number().optional();

const chip = z.object({
  id, kind: z.enum(['file', 'folder', 'symbol', 'selection', 'changes', 'staged', 'problems', 'terminal', 'open-editors', 'codebase', 'image', 'instructions']),
  label: z.string().max(1000), detail: z.string().max(1000).optional(), tokens: number, warning: z.string().max(1000).optional(),
  thumbnail: z.string().max(30_000).regex(/^data:image\/(?:png|jpeg|webp);base64,[A-Za-z0-9+/]+={0,2}$/).optional(),
}) satisfies z.ZodType<ContextChip>;

const whole = z.object({ uri: z.string().max(4000), start: z.number().int(), end: z.number().int() });

const route = z.object({
  task: z.enum(taskIds), model: z.string().max(300), protocol: z.enum(['chat_completions', 'messages']), maxTokens: z.number(),
  temperature: number, thinkingTokens: number, reason: z.string().max(1000),
}) satisfies z.ZodType<RouteDecision>;

const receipt = z.object({
  usage: z.object({ inputTokens: z.number(), outputTokens: z.number(), cacheReadTokens: z.number(), cacheWriteTokens: z.number(), billedUsd: number }).optional(),
  priceUsd: number, priceIsEstimate: z.boolean(), directUsd: number, firstTokenMs: number, durationMs: z.number(), requestId: z.string().max(300).optional(),
  finish: z.enum(['stop', 'length', 'tool-calls', 'content-filter', 'refusal', 'pause', 'error', 'other']).optional(),
}) satisfies z.ZodType<Receipt>;

const error = z.object({
  title: z.string().max(2000), text: z.string().max(4000), details: z.string().max(8000).optional(),
  action: z.object({ id: z.enum(['retry', 'continue', 'set-key', 'add-credits', 'open-settings', 'pick-model', 'compact', 'shorten', 'show-log']), label: z.string().max(200) }).optional(),
}) satisfies z.ZodType<ErrorCard>;

const edit = z.object({
  id, state: z.enum(['streaming', 'pending', 'accepted', 'discarded', 'refused']),
  files: z.array(z.object({ path: z.string().max(4000), added: z.number(), removed: z.number() })).max(1000),
  checks: z.array(z.object({ ok: z.boolean(), text: z.string().max(1000) })).max(100).optional(), note: z.string().max(4000).optional(),
}) satisfies z.ZodType<EditSummary>;

const chatEvent = z.discriminatedUnion('type', [
  /** Always the first line. */
  z.object({ type: z.literal('session'), version: z.number().int().min(1), id, at, workspace: z.string().max(4000).optional() }),
  /** What the user or the product said. `queued` ones have no place in the tree until `sent`. */
  z.object({
    type: z.literal('message'), id, parent: id.nullable(), at, role: z.enum(['user', 'notice']), task: z.enum(taskIds).optional(), model: z.string().max(300).optional(),
    reason: z.string().max(1000).optional(), chips: z.array(chip).max(500).optional(), queued: z.boolean().optional(), body,
  }),
  /** The text (or the base64 data) that a chip stands for, as it was sent: later requests repeat the same bytes. */
  z.object({ type: z.literal('context'), id, chip: id, mediaType: z.string().max(100).optional(), name: z.string().max(4000).optional(), uris: z.array(z.string().max(4000)).max(1000).optional(), wholes: z.array(whole).max(1000).optional(), body }),
  z.object({ type: z.literal('sent'), id, parent: id.nullable(), at }),
  z.object({ type: z.literal('unqueued'), id }),
  z.object({ type: z.literal('answer'), id, parent: id, at }),
  z.object({ type: z.literal('route'), id, route }),
  z.object({ type: z.literal('delta'), id, part: z.enum(['text', 'thinking']), body }),
  /** The thinking is over, the text begins. */
  z.object({ type: z.literal('thought'), id, thinkingMs: z.number() }),
  z.object({ type: z.literal('end'), id, at, status: z.enum(['done', 'stopped', 'cut', 'failed']), error: error.optional(), thinkingMs: number }),
  /** Asks the window that writes this answer to stop. */
  z.object({ type: z.literal('stop-asked'), id }),
  z.object({ type: z.literal('receipt'), id, receipt }),
  /** An ended answer goes on (Continue), or starts again because nothing had arrived (`clear`). */
  z.object({ type: z.literal('reopened'), id, at, clear: z.boolean() }),
  z.object({ type: z.literal('edit'), id, edit }),
  z.object({ type: z.literal('selected'), parent: id.nullable(), child: id }),
  z.object({ type: z.literal('title'), title: z.string().min(1).max(300), byUser: z.boolean() }),
  /** The history up to this notice is sent as the summary in `body` from here on. */
  z.object({ type: z.literal('compacted'), id, parent: id, at, messages: z.number(), tokensBefore: z.number(), tokensAfter: z.number(), body }),
  z.object({ type: z.literal('compaction-undone'), id }),
  /** Money that no answer shows: titles, compaction. */
  z.object({ type: z.literal('spent'), task: z.enum(taskIds), receipt }),
  z.object({ type: z.literal('override'), task: z.enum(taskIds).optional(), model: z.string().max(300).optional() }),
]);

export type ChatEvent = z.infer<typeof chatEvent>;

export interface ChatLine {
  readonly event: ChatEvent;
  /** The window that wrote it: two windows may append to one file. */
  readonly writer: string;
}

/** Undefined for anything else than a known event: a reader skips it and counts it. */
export function parseLine(line: string): ChatLine | undefined {
  try {
    const value: unknown = JSON.parse(line);
    const result = chatEvent.safeParse(value);
    if (!result.success) return undefined;
    // The schema proves an object.
    const { writer } = value as { readonly writer?: unknown };
    return { event: result.data, writer: typeof writer === 'string' ? writer : '' };
  } catch {
    return undefined;
  }
}

/** One line, with its line end. */
export function formatLine(event: ChatEvent, writer: string): string {
  if (!('body' in event)) return `${JSON.stringify({ ...event, writer })}\n`;
  const { body: text, ...head } = event;
  return `${JSON.stringify({ ...head, writer, body: text })}\n`;
}
