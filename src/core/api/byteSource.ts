// The body of an answer, pulled: the socket is read only when someone asks for the next piece, so a slow reader slows the server
// instead of filling memory.
import { toNetworkError, type FailureContext } from './networkErrors.ts';
import type { RequestScope } from './requestScope.ts';
import type { TimeLimits } from './timeLimits.ts';

export interface ByteSource {
  /** Undefined at the end of the connection, which says nothing of whether the answer is complete. */
  read(): Promise<Uint8Array | undefined>;
  /** The last piece held something for the user. */
  content(): void;
  close(): void;
}

interface BodyParts {
  readonly response: Response;
  readonly scope: RequestScope;
  readonly limits: TimeLimits;
  readonly context: FailureContext;
}

export function readBody({ response, scope, limits, context }: BodyParts): ByteSource {
  const reader = response.body?.getReader();
  const close = (): void => {
    limits.stop();
    scope.close();
    // Ends a body that does not watch the signal.
    reader?.cancel().catch(() => undefined);
  };
  return {
    read: async () => {
      if (!reader) return undefined;
      limits.waiting();
      try {
        const { value } = await scope.race(reader.read());
        limits.received();
        return value;
      } catch (error) {
        const ended = scope.signal.aborted ? scope.signal.reason : undefined;
        close();
        throw ended ?? toNetworkError(error, 'body', context);
      }
    },
    content: () => limits.content(),
    close,
  };
}

export interface BodyText {
  /** Without the word that was cut: it may be half a key, which no pattern would find. */
  readonly text: string;
  readonly isCut: boolean;
}

/** The body as text, of a longer one its first `limit` bytes. */
export async function readText(source: ByteSource, limit: number): Promise<BodyText> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (let piece = await source.read(); piece; piece = await source.read()) {
    source.content();
    size += piece.length;
    text += decoder.decode(piece.subarray(0, piece.length - Math.max(0, size - limit)), { stream: true });
    if (size > limit) return { text: withoutLastWord(text), isCut: true };
  }
  return { text: text + decoder.decode(), isCut: false };
}

/** No key is longer. */
const longestWord = 4096;

function withoutLastWord(text: string): string {
  let end = text.length;
  while (end > 0 && text.length - end < longestWord && !/\s/.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}
