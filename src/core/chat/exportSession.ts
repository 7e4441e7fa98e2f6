// A conversation as a file: Markdown for people, JSON for another computer. What comes back in is parsed like anything from outside.
import * as z from 'zod';
import type { Translate } from '../translate.ts';
import { displayName } from '../models/catalog.ts';
import { sessionVersion, parseLine, type ChatEvent } from './chatEvent.ts';
import { imageEndingOf } from './imageCheck.ts';
import { emptyBody, toContextEvent, type SentContext } from './messageBody.ts';
import type { Session } from './session.ts';

export interface ExportedMarkdown {
  readonly text: string;
  readonly images: readonly ExportedImage[];
}

/** A file beside the text, which shows it. */
export interface ExportedImage {
  readonly name: string;
  /** Base64. */
  readonly data: string;
}

/** The shown branch. All texts are loaded. `imageFolder` is how the text names the place of its images. */
export function toMarkdown(session: Session, translate: Translate, imageFolder: string): ExportedMarkdown {
  const title = session.title ?? translate('Conversation');
  const images: ExportedImage[] = [];
  const show = (item: SentContext): string => {
    const name = `${images.length + 1}.${imageEndingOf(item.mediaType) ?? ''}`;
    images.push({ name, data: item.text });
    return `![${item.name.replaceAll(/[[\]\\`<>]/g, ' ')}](${encodeURI(imageFolder)}/${name})`;
  };
  const turns = session.path.map((id) => toTurn({ session, translate, show }, id)).filter((turn) => turn !== '');
  return { text: `# ${title}\n\n${turns.join('\n\n')}\n`, images };
}

interface MarkdownParts {
  readonly session: Session;
  readonly translate: Translate;
  readonly show: (image: SentContext) => string;
}

function toTurn({ session, translate, show }: MarkdownParts, id: string): string {
  const head = session.head(id);
  const body = session.body(id);
  const text = body?.text.trim() ?? '';
  if (head === undefined || (text === '' && head.chips === undefined)) return '';
  switch (head.role) {
    case 'user': {
      const images = (body?.context ?? []).filter(({ mediaType }) => imageEndingOf(mediaType) !== undefined);
      const chips = (head.chips ?? []).filter(({ kind }) => kind !== 'image').map((chip) => `\`${chip.label.replaceAll('`', "'")}\``).join(', ');
      return [`## ${translate('You')}`, chips === '' ? '' : `${translate('Context')}: ${chips}`, ...images.map(show), text].filter((part) => part !== '').join('\n\n');
    }
    case 'assistant':
      return `## ${head.route === undefined ? translate('Answer') : displayName(head.route.model)}\n\n${text}`;
    case 'notice':
      return `> ${text.replaceAll('\n', '\n> ')}`;
  }
}

const exported = z.object({ format: z.literal('runapi-chat'), version: z.number().int().min(1), events: z.array(z.unknown()).max(200_000) });

/** All branches. The texts of all messages are loaded. */
export function toJson(session: Session): string {
  return `${JSON.stringify({ format: 'runapi-chat', version: sessionVersion, events: toEvents(session) }, undefined, 1)}\n`;
}

export type ImportRefusal = 'not-json' | 'not-a-conversation' | 'newer-version' | 'empty';

export type ImportResult = { readonly ok: true; readonly events: readonly ChatEvent[] } | { readonly ok: false; readonly reason: ImportRefusal };

/** Events of one session, to be written under a new id. Unknown ones are left out; edits and answers at work are not taken over. */
export function parseImport(text: string): ImportResult {
  const value = parseText(text);
  if (value === undefined) return { ok: false, reason: 'not-json' };
  const file = exported.safeParse(value);
  if (!file.success) return { ok: false, reason: 'not-a-conversation' };
  if (file.data.version > sessionVersion) return { ok: false, reason: 'newer-version' };
  const known = file.data.events.map((event) => parseLine(JSON.stringify(event))?.event).filter((event) => event !== undefined);
  const events = known.filter(isImported);
  return events.some((event) => event.type === 'message') ? { ok: true, events } : { ok: false, reason: 'empty' };
}

/** The header is written anew; a pending edit belongs to the window that made it; a queue would send by itself. */
const neverImported: ReadonlySet<ChatEvent['type']> = new Set<ChatEvent['type']>(['session', 'edit', 'sent', 'unqueued', 'stop-asked']);

function isImported(event: ChatEvent): boolean {
  return !neverImported.has(event.type) && !(event.type === 'message' && event.queued === true);
}

/** As far as the texts are loaded. */
export function toEvents(session: Session): readonly ChatEvent[] {
  const events: ChatEvent[] = [];
  for (const id of session.ids()) events.push(...messageEvents(session, id));
  for (const id of session.path) {
    const parent = session.head(id)?.parent ?? null;
    if (session.alternatives(id).length > 1) events.push({ type: 'selected', parent, child: id });
  }
  if (session.title !== undefined) events.push({ type: 'title', title: session.title, byUser: session.titledByUser });
  return events;
}

function messageEvents(session: Session, id: string): readonly ChatEvent[] {
  const head = session.head(id);
  const body = session.body(id) ?? emptyBody;
  if (head === undefined || head.status === 'queued') return [];
  const { parent, createdAt: at, task, model, reason } = head;
  if (head.compaction !== undefined && parent !== null) return [{ type: 'compacted', id, parent, at, ...head.compaction, body: body.text }, ...(head.compaction.undone ? [{ type: 'compaction-undone' as const, id }] : [])];
  if (head.role !== 'assistant') {
    const context = body.context.map((item) => toContextEvent(id, item));
    return [{ type: 'message', id, parent, at, role: head.role, task, model, reason, chips: head.chips === undefined ? undefined : [...head.chips], body: body.text }, ...context];
  }
  if (parent === null) return [];
  const deltas = (['thinking', 'text'] as const).filter((part) => body[part] !== '').map((part): ChatEvent => ({ type: 'delta', id, part, body: body[part] }));
  return [
    { type: 'answer', id, parent, at },
    ...(head.route === undefined ? [] : [{ type: 'route' as const, id, route: head.route }]),
    ...deltas,
    ...(head.receipt === undefined ? [] : [{ type: 'receipt' as const, id, receipt: head.receipt }]),
    { type: 'end', id, at, status: head.status === 'streaming' ? 'cut' : head.status, error: head.error, thinkingMs: head.thinkingMs },
  ];
}

function parseText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
