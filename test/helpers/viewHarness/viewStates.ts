// Snapshots of every state that a person can see, for screenshots and accessibility checks.
import type { ChatMessageView, ComposerState, RouteDecision } from '../../../src/shared/chatTypes.ts';
import type { ChatSnapshot } from '../../../src/shared/protocol.ts';

const refactorRoute: RouteDecision = { task: 'refactor', model: 'claude-opus-4.8', protocol: 'messages', maxTokens: 8_192, thinkingTokens: 4_096, reason: 'you asked to refactor 1 file' };
const chatRoute: RouteDecision = { task: 'chat', model: 'claude-sonnet-4.6', protocol: 'chat_completions', maxTokens: 4_096, reason: 'default for chat' };

export const composer: ComposerState = {
  chips: [
    { id: 'c1', kind: 'file', label: 'retry.ts', detail: 'lines 12–48', tokens: 410 },
    { id: 'c2', kind: 'selection', label: 'Selection', detail: 'lines 12–48', offered: true },
    { id: 'c3', kind: 'changes', label: '3 changes', offered: true },
  ],
  routeLabel: 'Auto · Sonnet 4.6',
  routeReason: 'Free text goes to the task it reads as',
  routes: [
    { task: 'auto', model: '', label: 'Auto', selected: true },
    { task: 'chat', model: 'claude-sonnet-4.6', label: 'Chat' },
    { task: 'refactor', model: 'claude-opus-4.8', label: 'Refactor' },
    { task: 'review', model: 'claude-sonnet-4.6', label: 'Review' },
    { task: 'commit', model: 'claude-haiku-4.5', label: 'Commit message' },
  ],
  expectedUsd: 0.011, contextTokens: 36_000, contextLimit: 200_000, queued: 0,
};

const receipt = { usage: { inputTokens: 1_240, outputTokens: 380, cacheReadTokens: 0, cacheWriteTokens: 0, billedUsd: 0.0236 }, priceUsd: 0.0236, priceIsEstimate: false, directUsd: 0.0471, firstTokenMs: 1_200, durationMs: 8_300, requestId: 'req_7Yx2', finish: 'stop' as const };

const question: ChatMessageView = { id: 'u1', role: 'user', text: 'Refactor this so that Retry-After is honoured and callers can cancel.', status: 'done', createdAt: 1, chips: [{ id: 's1', kind: 'file', label: 'retry.ts', detail: 'lines 12–48', tokens: 410 }], branch: { index: 1, count: 2 } };

const refactored: ChatMessageView = {
  id: 'a1', role: 'assistant', status: 'done', createdAt: 2, route: refactorRoute, thinking: 'The wait is a constant now. It should come from the header.\n\nAn abort has to end it.', thinkingMs: 6_100, receipt,
  text: 'The wait now comes from `Retry-After` when the server sends one, and an `AbortSignal` ends it at once.\n\n```ts src/retry.ts\nexport async function retry<T>(\n  run: () => Promise<T>,\n  { signal, attempts = 2 }: RetryOptions,\n) {\n  // The last error is thrown as it came.\n  const limit = Math.max(1, attempts);\n  return `${limit}`;\n}\n```\n',
  edit: { id: 'e1', state: 'pending', files: [{ path: 'src/retry.ts', added: 14, removed: 6 }, { path: 'test/retry.test.ts', added: 31, removed: 0 }], checks: [{ ok: true, text: '0 new problems' }, { ok: true, text: '12 tests pass' }] },
};

const followUp: ChatMessageView = { id: 'u2', role: 'user', text: 'And what happens when the budget of attempts is used up?', status: 'done', createdAt: 3 };
const streaming: ChatMessageView = { id: 'a2', role: 'assistant', text: 'The last error is thrown as it came, with its request id, so that the caller can tell a refused key from a busy', status: 'streaming', createdAt: 4, route: chatRoute };
const cut: ChatMessageView = {
  ...streaming, status: 'cut',
  error: { title: 'The answer was cut off.', text: 'RunAPI closed the connection before it was complete. What arrived is kept.', action: { id: 'continue', label: 'Continue' }, details: 'status 200\nrequest req_9f31\nThe stream ended without a terminal event.' },
};

const rich: ChatMessageView = {
  id: 'a3', role: 'assistant', status: 'done', createdAt: 5, route: chatRoute, receipt: { ...receipt, priceUsd: 1.2345, directUsd: 2.469, priceIsEstimate: true, usage: { inputTokens: 41_240, outputTokens: 1_380, cacheReadTokens: 36_000, cacheWriteTokens: 0 } },
  text: '# Retries\n\nA short list:\n\n- **Before** the first token, at most twice\n- *Never* after it\n  - not even when the socket was reset\n- see [the notes](https://docs.example.com/retries), <https://runapi.ai> and [retry.ts](src/retry.ts#L12)\n\n1. Read `Retry-After`\n2. Clamp it\n\n- [x] seconds\n- [ ] a date\n\n## What is retried\n\n| status | meaning | retried |\n|---|:---:|---:|\n| 408 | the server waited too long | yes |\n| 429 | rate limit, `retry-after-ms` | after the wait |\n| 401 | the key was refused | no |\n\n> A stream is complete when a terminal event was seen.\n\n```python\ndef wait(seconds: float) -> None:\n    """Waits, but not longer than a minute."""\n    time.sleep(min(seconds, 60))  # clamp\n```\n\n```diff\n-const wait = 1000;\n+const wait = readRetryAfter(response) ?? 1000;\n```\n\n![diagram](https://example.com/a.png) and [a trap](javascript:alert(1)) ~~gone~~\n\n---\n\n```sh\nnpm test -- --only "a very long line that does not fit into a narrow panel and has to be scrolled"\n```\n',
};

const refused: ChatMessageView = { id: 'a4', role: 'assistant', text: 'Two functions have this name.', status: 'done', createdAt: 6, route: refactorRoute, receipt, edit: { id: 'e2', state: 'refused', files: [{ path: 'src/a/very/long/path/that/does/not/fit/in/the/panel/money.ts', added: 2, removed: 1 }], note: 'The old text stands at lines 12 and 48: nothing was changed.' } };
const checked: ChatMessageView = { ...refused, id: 'a5', text: '', edit: { id: 'e3', state: 'pending', files: [{ path: 'src/money.ts', added: 2, removed: 1 }], checks: [{ ok: false, text: '2 new problems' }], note: 'Applied after ignoring trailing white space.' } };
const accepted: ChatMessageView = { ...refused, id: 'a6', text: '', edit: { id: 'e4', state: 'accepted', files: [{ path: 'src/money.ts', added: 1_402, removed: 11 }] } };
const limited: ChatMessageView = { id: 'a7', role: 'assistant', text: 'The first half of', status: 'done', createdAt: 8, route: chatRoute, receipt: { ...receipt, finish: 'length' } };
const stopped: ChatMessageView = { id: 'a8', role: 'assistant', text: 'The first', status: 'stopped', createdAt: 9, route: chatRoute };
const compacted: ChatMessageView = { id: 'n1', role: 'notice', text: '- decided: retries only before the first token\n- files: `src/retry.ts`', status: 'done', createdAt: 10, compaction: { messages: 24, tokensBefore: 152_000, tokensAfter: 3_100, undone: false } };
const queued: ChatMessageView = { id: 'q1', role: 'user', text: 'Then write a test for it.', status: 'queued', createdAt: 11 };

const edits: ChatMessageView = {
  id: 'a9', role: 'assistant', status: 'done', createdAt: 12, route: refactorRoute, receipt,
  text: 'Half a cent now goes to the even side.\n\n```ts src/money.ts\n<<<<<<< SEARCH\n/** Half a cent rounds up. */\nexport function percent(of: Money, rate: number): Money {\n  return { ...of, cents: Math.round(of.cents * rate) };\n}\n=======\n/** Half a cent goes to the even side. */\nexport function percent(of: Money, rate: number): Money {\n  const exact = of.cents * rate;\n  return { ...of, cents: roundToEven(exact) };\n}\n>>>>>>> REPLACE\n\n<<<<<<< SEARCH\n=======\nfunction roundToEven(value: number): number {\n>>>>>>> REPLACE\n```\n\nWithout a fence:\n\nsrc/parcel.ts\n<<<<<<< SEARCH\nconst limit = 30;\n=======\nconst limit = 31.5;\n>>>>>>> REPLACE\n',
  edit: { id: 'e9', state: 'pending', files: [{ path: 'src/money.ts', added: 4, removed: 2 }, { path: 'src/parcel.ts', added: 1, removed: 1 }] },
};
/** 8 × 8 pixels, one colour. */
const thumbnail = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mMwSO7DihiGlgQAI+xIQVoVGh4AAAAASUVORK5CYII=';
const pictured: ChatMessageView = { ...followUp, id: 'u9', text: 'What does the chart show?', chips: [{ id: 'i1', kind: 'image', label: 'Image 1', tokens: 1_500, thumbnail }, { id: 'i2', kind: 'file', label: 'tariff.ts', detail: 'src', tokens: 1_300 }] };

const base: ChatSnapshot = { sequence: 1, session: { id: 'session-1', title: 'Honour Retry-After', priceUsd: 0.05 }, total: 0, from: 0, messages: [], composer, draft: '', key: 'present', starters: [], restricted: false };

function withMessages(...messages: readonly ChatMessageView[]): ChatSnapshot {
  return { ...base, messages, total: messages.length };
}

export const viewStates: Readonly<Record<string, ChatSnapshot>> = {
  study: withMessages(question, refactored, followUp, cut),
  streaming: withMessages(question, refactored, followUp, streaming, queued),
  edits: withMessages(pictured, edits),
  thinking: withMessages(followUp, { ...streaming, text: '', thinking: 'Reading the file' }),
  rich: withMessages(rich),
  cards: withMessages(compacted, refused, checked, accepted, limited, stopped),
  empty: { ...base, starters: [{ label: 'Explain retry.ts', detail: 'The file in front of you' }, { label: 'Review 3 changes', detail: 'What is not committed yet' }, { label: 'Write tests for money.ts', detail: 'It has none' }, { label: 'Write a commit message', detail: '2 staged files' }] },
  noKey: { ...base, key: 'absent', composer: { ...composer, chips: [] } },
  keyRejected: { ...withMessages(followUp, { id: 'f1', role: 'assistant', text: '', status: 'failed', createdAt: 3, route: chatRoute, error: { title: 'RunAPI refused the key.', text: 'Nothing was charged. Your message is kept.', action: { id: 'set-key', label: 'Enter key' }, details: 'status 401\nrequest req_1' } }), key: 'rejected' },
  restricted: { ...base, restricted: true, banner: 'The conversation cannot be stored: the disk is full. It is kept in memory.', starters: [{ label: 'Explain a regular expression' }] },
  warned: { ...base, draft: 'What does this do?\n\nIt has two lines.', composer: { ...composer, contextTokens: 171_000, queued: 1, chips: [{ id: 'w1', kind: 'file', label: '.env.example', tokens: 40, warning: 'A secret was masked' }, { id: 'w2', kind: 'image', label: 'Image', detail: '640 × 480', tokens: 410, thumbnail }, { id: 'w3', kind: 'file', label: 'a-very-long-file-name-that-does-not-fit.component.spec.ts', tokens: 12_400 }] } },
};
