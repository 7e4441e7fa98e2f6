// Answers as models write them, of any length: prose, lists, tables, code. Made from the index alone, so that a page can make
// message 7,312 of 10,000 without holding the others.
import type { ChatMessageView } from '../../../src/shared/chatTypes.ts';

const paragraphs = [
  'The wait now comes from `Retry-After` when the server sends one, and an **`AbortSignal`** ends it at once. Callers that pass no signal see no difference.\n\n',
  '### What changes\n\n- `retry` takes an *options* object; the old form still works\n- a request that was cancelled is not tried again\n- the last error is thrown as it came, with its request id\n\n',
  '```ts\nexport async function retry<T>(run: () => Promise<T>, { signal, attempts = 2 }: RetryOptions): Promise<T> {\n  for (let attempt = 0; ; attempt += 1) {\n    try {\n      return await run();\n    } catch (error) {\n      // A refused key is not cured by waiting.\n      if (attempt >= attempts || !isRetryable(error)) throw error;\n      await wait(delayOf(error, attempt), signal);\n    }\n  }\n}\n```\n\n',
  '| status | meaning | retried |\n|---|---|---:|\n| 408 | the server waited too long | yes |\n| 429 | rate limit | after the wait |\n| 401 | the key was refused | no |\n\n',
  '1. Read the header as seconds or as a date.\n2. Clamp it to a minute.\n   ```json\n   { "retryAfterMs": 250 }\n   ```\n3. Wait, unless the signal fires first.\n\n',
  '> A stream is complete when a terminal event was seen, never when the connection ended.\n\nSee [the notes](https://docs.example.com/retries) and [retry.ts](src/retry.ts#L12). 재시도는 **"대기 시간"**을 지킵니다.\n\n',
  'Paragraphs of plain prose make up most of an answer. They hold a few words of `code`, now and then a _stressed_ one, and they end where a thought ends; a reader skims them, so they are short and say what matters first.\n\n',
];

export function syntheticText(characters: number, seed = 0): string {
  let text = '';
  for (let part = seed; text.length < characters; part += 1) text += paragraphs[part % paragraphs.length];
  return text.slice(0, characters);
}

export function syntheticMessage(index: number, characters: number): ChatMessageView {
  if (index % 2 === 0) return { id: `message-${index}`, role: 'user', text: `Question ${index / 2 + 1}: what happens when the budget of attempts is used up?`, status: 'done', createdAt: index };
  return {
    id: `message-${index}`, role: 'assistant', text: `Answer ${(index + 1) / 2}. ${syntheticText(characters, index)}`, status: 'done', createdAt: index,
    route: { task: 'chat', model: 'claude-sonnet-4.6', protocol: 'chat_completions', maxTokens: 4_096, reason: 'default for chat' },
    receipt: { usage: { inputTokens: 1_240, outputTokens: 380, cacheReadTokens: 0, cacheWriteTokens: 0 }, priceUsd: 0.0047, directUsd: 0.0094, priceIsEstimate: true, firstTokenMs: 820, durationMs: 4_100 },
  };
}
