import type { ChatEvent } from './chatEvent.ts';

/** What a chip stands for, as it was sent. */
export interface SentContext {
  readonly chipId: string;
  readonly name: string;
  readonly text: string;
  /** Set for images: `text` is base64 then. */
  readonly mediaType?: string;
  /** Whole URI strings of the files that the text is from. */
  readonly uris?: readonly string[];
  /** Those of them whose whole text stands in `text`. */
  readonly wholes?: readonly WholeFile[];
}

/** Where the text of a file stands: [start, end). */
export interface WholeFile {
  readonly uri: string;
  readonly start: number;
  readonly end: number;
}

export interface MessageBody {
  readonly text: string;
  readonly thinking: string;
  readonly context: readonly SentContext[];
}

export const emptyBody: MessageBody = { text: '', thinking: '', context: [] };

/** Adds one event of a message to its body. The events that count here are those of `holdsBody`. */
export function foldBody(body: MessageBody, event: ChatEvent): MessageBody {
  switch (event.type) {
    case 'message':
    case 'compacted':
      return { ...body, text: event.body ?? '' };
    case 'delta':
      return { ...body, [event.part]: body[event.part] + (event.body ?? '') };
    case 'context':
      return { ...body, context: [...body.context, { chipId: event.chip, name: event.name ?? '', text: event.body ?? '', mediaType: event.mediaType, uris: event.uris, wholes: event.wholes }] };
    case 'reopened':
      return event.clear ? emptyBody : body;
    default:
      return body;
  }
}

/** In the schema arrays may be written. */
export function toContextEvent(messageId: string, { chipId, name, mediaType, uris, wholes, text }: SentContext): ChatEvent {
  return {
    type: 'context', id: messageId, chip: chipId, name, mediaType, uris: uris === undefined ? undefined : [...uris],
    wholes: wholes === undefined ? undefined : wholes.map((file) => ({ ...file })), body: text,
  };
}

const bodyTypes: ReadonlySet<ChatEvent['type']> = new Set<ChatEvent['type']>(['message', 'compacted', 'delta', 'context', 'reopened']);

/** Whether a body is made from this event, among others. */
export function holdsBody(event: ChatEvent): event is ChatEvent & { type: 'message' | 'compacted' | 'delta' | 'context' | 'reopened' } {
  return bodyTypes.has(event.type);
}
