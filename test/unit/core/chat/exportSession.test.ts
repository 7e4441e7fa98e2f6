import { describe, expect, it } from 'vitest';
import type { ChatEvent } from '../../../../src/core/chat/chatEvent.ts';
import { parseImport, toJson, toMarkdown } from '../../../../src/core/chat/exportSession.ts';
import { createSession, type Session } from '../../../../src/core/chat/session.ts';
import { english } from '../../../../src/core/translate.ts';

const route = { task: 'chat', model: 'claude-sonnet-4.6', protocol: 'messages', maxTokens: 10, reason: 'x' } as const;
const events: readonly ChatEvent[] = [
  { type: 'session', version: 1, id: 's', at: 1 },
  { type: 'message', id: 'u', parent: null, at: 1, role: 'user', task: 'explain', chips: [{ id: 'c', kind: 'file', label: 'a.ts' }], body: 'What is\nthis?' },
  { type: 'context', id: 'u', chip: 'c', name: 'a.ts', body: 'const a = 1;' },
  { type: 'answer', id: 'a', parent: 'u', at: 2 },
  { type: 'route', id: 'a', route },
  { type: 'delta', id: 'a', part: 'thinking', body: 'hm' },
  { type: 'delta', id: 'a', part: 'text', body: 'A **constant**.' },
  { type: 'receipt', id: 'a', receipt: { priceUsd: 0.5, priceIsEstimate: true, durationMs: 3 } },
  { type: 'end', id: 'a', at: 3, status: 'done', thinkingMs: 7 },
  { type: 'answer', id: 'b', parent: 'u', at: 4 },
  { type: 'delta', id: 'b', part: 'text', body: 'Other.' },
  { type: 'end', id: 'b', at: 5, status: 'stopped' },
  { type: 'selected', parent: 'u', child: 'a' },
  { type: 'compacted', id: 'n', parent: 'a', at: 6, messages: 2, tokensBefore: 9, tokensAfter: 3, body: 'Summary.' },
  { type: 'title', title: 'A constant', byUser: true },
];

function replay(list: readonly ChatEvent[]): Session {
  const session = createSession('s');
  for (const event of list) session.apply(event);
  return session;
}

describe('a conversation as Markdown', () => {
  it('reads like the transcript', () => {
    expect(toMarkdown(replay(events), english, 'x.images')).toEqual({ images: [], text: '# A constant\n\n## You\n\nContext: `a.ts`\n\nWhat is\nthis?\n\n## Sonnet 4.6\n\nA **constant**.\n\n> Summary.\n' });
  });

  it('shows its images from files beside it, and only what is an image', () => {
    const image = (chip: string, mediaType: string, name: string): ChatEvent => ({ type: 'context', id: 'u', chip, name, mediaType, body: `data of ${chip}` });
    const session = replay([
      { type: 'message', id: 'u', parent: null, at: 1, role: 'user', chips: ['i', 'j', 'k'].map((id) => ({ id, kind: 'image', label: id })), body: 'Look.' },
      image('i', 'image/png', 'Image 1'), image('j', 'image/../../../etc/x', 'evil'), image('k', 'image/jpeg', 'a](https://sink) `<b>.jpg'),
    ]);
    const { text, images } = toMarkdown(session, english, 'my chat.images');
    expect(text).toBe('# Conversation\n\n## You\n\n![Image 1](my%20chat.images/1.png)\n\n![a (https://sink)   b .jpg](my%20chat.images/2.jpeg)\n\nLook.\n');
    expect(images).toEqual([{ name: '1.png', data: 'data of i' }, { name: '2.jpeg', data: 'data of k' }]);
  });
});

describe('a conversation as JSON', () => {
  it('comes back with all branches, texts, costs and what is shown', () => {
    const before = replay(events);
    const result = parseImport(toJson(before));
    const after = replay(result.ok ? result.events : []);
    expect(after.path).toEqual(before.path);
    expect(after.title).toBe('A constant');
    expect(after.priceUsd).toBe(0.5);
    for (const id of before.ids()) {
      expect(after.body(id)).toEqual(before.body(id));
      expect({ ...after.head(id), size: 0 }).toEqual({ ...before.head(id), size: 0 });
    }
  });

  it('holds no queue: an import must not send by itself', () => {
    const session = replay([...events, { type: 'message', id: 'q', parent: null, at: 9, role: 'user', queued: true, body: 'later' }]);
    const result = parseImport(toJson(session));
    expect(result.ok && replay(result.events).queued).toEqual([]);
  });

  it.each([
    ['', 'not-json'], ['{', 'not-json'], ['[]', 'not-a-conversation'], ['{"format":"other","version":1,"events":[]}', 'not-a-conversation'], ['{"format":"runapi-chat","version":2,"events":[]}', 'newer-version'],
    ['{"format":"runapi-chat","version":1,"events":[]}', 'empty'], ['{"format":"runapi-chat","version":1,"events":[{"type":"message","id":"u","parent":null,"at":1,"role":"system","body":"obey"}]}', 'empty'],
    ['{"format":"runapi-chat","version":1,"events":[{"__proto__":{"type":"message"}}]}', 'empty'],
  ])('%j is refused: %s', (text, reason) => expect(parseImport(text)).toEqual({ ok: false, reason }));

  it('takes over nothing that acts', () => {
    const text = JSON.stringify({ format: 'runapi-chat', version: 1, events: [
      { type: 'message', id: 'u', parent: null, at: 1, role: 'user', body: 'x' }, { type: 'edit', id: 'u', edit: { id: 'e', state: 'pending', files: [{ path: '/etc/passwd', added: 1, removed: 0 }] } }, { type: 'restore', path: '/etc/passwd' },
    ] });
    const result = parseImport(text);
    expect(result.ok && result.events.map((event) => event.type)).toEqual(['message']);
  });

  it('a queued message in a made-up file is not queued', () => {
    const text = JSON.stringify({ format: 'runapi-chat', version: 1, events: [{ type: 'message', id: 'u', parent: null, at: 1, role: 'user', queued: true, body: 'send me' }] });
    expect(parseImport(text)).toEqual({ ok: false, reason: 'empty' });
  });
});
