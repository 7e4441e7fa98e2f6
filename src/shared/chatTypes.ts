// Types that the extension host and the chat view share. No vscode, no Node, no DOM.

/** What a request is for; the router maps each task to a model (see core/models/router.ts). */
export const taskIds = ['complete', 'chat', 'explain', 'refactor', 'edit', 'review', 'tests', 'fix', 'document', 'commit', 'rename', 'title', 'compact'] as const;
export type TaskId = (typeof taskIds)[number];

export const protocols = ['chat_completions', 'messages'] as const;
/** The wire format: `/v1/chat/completions` or `/v1/messages`. */
export type Protocol = (typeof protocols)[number];

/** Which model answers, and why: shown in the first line of each answer. */
export interface RouteDecision {
  readonly task: TaskId;
  readonly model: string;
  readonly protocol: Protocol;
  readonly maxTokens: number;
  readonly temperature?: number;
  /** Thinking budget in tokens; absent means no thinking is asked for. */
  readonly thinkingTokens?: number;
  /** For people, already a short phrase: "you asked to refactor 1 file", "default for chat", "set by /model". */
  readonly reason: string;
}

/** Token counts of one request. Input excludes cache reads and writes, which are counted on their own. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadTokens: number;
  readonly cacheWriteTokens: number;
  /** What the gateway says it billed, in US dollars, where it says so. */
  readonly billedUsd?: number;
}

export type FinishReason = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'refusal' | 'pause' | 'error' | 'other';

/** What one request cost and how long it took. `priceUsd` absent means the price is unknown, never zero. */
export interface Receipt {
  readonly usage?: Usage;
  readonly priceUsd?: number;
  /** True when computed from tokens and the price table instead of being the gateway's own billed figure. */
  readonly priceIsEstimate: boolean;
  /** What the same tokens cost at the model maker's direct price. */
  readonly directUsd?: number;
  readonly firstTokenMs?: number;
  readonly durationMs: number;
  readonly requestId?: string;
  readonly finish?: FinishReason;
}

/** Something that goes along with a message: shown as a chip with its size. */
export interface ContextChip {
  readonly id: string;
  readonly kind: 'file' | 'folder' | 'symbol' | 'selection' | 'changes' | 'staged' | 'problems' | 'terminal' | 'open-editors' | 'codebase' | 'image' | 'instructions';
  readonly label: string;
  /** "lines 12–48", a folder, a count: shown dimmed after the label. */
  readonly detail?: string;
  readonly tokens?: number;
  /** Offered chips are dashed and not sent until the user takes them. */
  readonly offered?: boolean;
  /** A small picture of an image: a data URL of a PNG, JPEG or WebP. */
  readonly thumbnail?: string;
  /** Why it should be looked at before sending: a secret was masked, hidden characters, too large. */
  readonly warning?: string;
}

/** A failure as the view shows it: already words, in the user's language. */
export interface ErrorCard {
  readonly title: string;
  readonly text: string;
  readonly action?: { readonly id: ErrorActionId; readonly label: string };
  /** Status, request id, the server's words: plain text. */
  readonly details?: string;
}

export const errorActionIds = ['retry', 'continue', 'set-key', 'add-credits', 'open-settings', 'pick-model', 'compact', 'shorten', 'show-log'] as const;
export type ErrorActionId = (typeof errorActionIds)[number];

/** `streaming` and `queued` are the only states that change by themselves. */
export type MessageStatus = 'queued' | 'streaming' | 'done' | 'stopped' | 'cut' | 'failed';

/** One message as the view shows it. Text is markdown from the model or plain text from the user. */
export interface ChatMessageView {
  readonly id: string;
  readonly role: 'user' | 'assistant' | 'notice';
  readonly text: string;
  readonly status: MessageStatus;
  readonly createdAt: number;
  readonly chips?: readonly ContextChip[];
  readonly route?: RouteDecision;
  readonly thinking?: string;
  readonly thinkingMs?: number;
  readonly receipt?: Receipt;
  readonly error?: ErrorCard;
  /** Position among the alternatives at this place (edited messages, regenerated answers), from 0; absent when there is one. */
  readonly branch?: { readonly index: number; readonly count: number };
  /** Changes proposed by this answer that wait for review. */
  readonly edit?: EditSummary;
  /** On a notice: the history before it is sent as `text`, a summary, unless `undone`. */
  readonly compaction?: CompactionView;
}

export interface CompactionView {
  readonly messages: number;
  readonly tokensBefore: number;
  readonly tokensAfter: number;
  readonly undone: boolean;
}

export interface EditSummary {
  readonly id: string;
  readonly state: 'streaming' | 'pending' | 'accepted' | 'discarded' | 'refused';
  readonly files: readonly { readonly path: string; readonly added: number; readonly removed: number }[];
  /** What the checks found, as short phrases: "0 new problems". */
  readonly checks?: readonly { readonly ok: boolean; readonly text: string }[];
  /** Why it was refused, or what to know before accepting. */
  readonly note?: string;
}

export interface SessionSummary {
  readonly id: string;
  readonly title: string;
  readonly updatedAt: number;
  readonly messageCount: number;
  readonly priceUsd?: number;
}

/** A line in the completion list of the composer ("/" or "@"). */
export interface ComposerSuggestion {
  readonly label: string;
  readonly detail?: string;
  /** What replaces the typed trigger and query; empty for context, which becomes a chip. */
  readonly insert: string;
  /** Context to attach, in the form that `add-context` takes. */
  readonly reference?: string;
}

export interface RouteChoice {
  readonly task: TaskId | 'auto';
  readonly model: string;
  readonly label: string;
  /** The one that the next message goes to. */
  readonly selected?: boolean;
}

/** What stands around the composer. Sent whole: it is small. */
export interface ComposerState {
  readonly chips: readonly ContextChip[];
  /** Text of the route pill: "Auto · Sonnet 4.6". */
  readonly routeLabel: string;
  readonly routeReason: string;
  readonly routes: readonly RouteChoice[];
  readonly expectedUsd?: number;
  readonly contextTokens: number;
  readonly contextLimit: number;
  readonly queued: number;
  /** The meter is high: compaction is offered. */
  readonly offersCompaction?: boolean;
}
