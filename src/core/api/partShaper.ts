// What stands between the decoder and the reader: joins deltas, stops at stop sequences that are ours to find, keeps the key out.
import type { KeyMask } from './keyMask.ts';
import type { StreamPart } from './modelClient.ts';
import type { StopFilter } from './stopSequences.ts';

export interface PartShaper {
  add(part: StreamPart): void;
  /** What may be given out now. */
  take(): readonly StreamPart[];
  /** What was held back; nothing is looked at again after that. */
  end(): readonly StreamPart[];
  /** A stop sequence was found. */
  readonly stopped: boolean;
}

interface ShaperOptions {
  readonly stopFilter: StopFilter | undefined;
  readonly createMask: () => KeyMask;
  readonly requestId: string | undefined;
}

export function createPartShaper({ stopFilter, createMask, requestId }: ShaperOptions): PartShaper {
  const waiting: StreamPart[] = [];
  const masks = new Map<string, KeyMask>();
  let started = false;
  const maskOf = (strand: string): KeyMask => {
    const known = masks.get(strand) ?? createMask();
    masks.set(strand, known);
    return known;
  };
  const begin = (parts: readonly StreamPart[]): readonly StreamPart[] => {
    if (started || parts.length === 0) return parts;
    started = true;
    return [{ type: 'response-start', ...(requestId !== undefined && { requestId }) }, ...parts];
  };
  const shape = (part: StreamPart): readonly StreamPart[] => {
    switch (part.type) {
      case 'text-delta': return textPart(maskOf('text').push(stopFilter ? stopFilter.push(part.text) : part.text));
      case 'thinking-delta': return stopFilter?.stopped === true ? [] : thinkingPart(maskOf('thinking').push(part.text));
      case 'tool-call-delta': {
        const json = maskOf(`tool ${part.index}`).push(part.json);
        return json === '' ? [] : [{ ...part, json }];
      }
      default: return [part];
    }
  };

  return {
    add: (part) => addJoined(waiting, part),
    take: () => (waiting.length === 0 ? waiting : begin(waiting.splice(0).flatMap(shape))),
    end: () => {
      const rest = maskOf('text').push(stopFilter?.flush() ?? '') + maskOf('text').flush();
      return begin([...thinkingPart(maskOf('thinking').flush()), ...textPart(rest)]);
    },
    get stopped() {
      return stopFilter?.stopped === true;
    },
  };
}

function textPart(text: string): readonly StreamPart[] {
  return text === '' ? [] : [{ type: 'text-delta', text }];
}

function thinkingPart(text: string): readonly StreamPart[] {
  return text === '' ? [] : [{ type: 'thinking-delta', text }];
}

/** Deltas that came in one piece of the socket become one: a fast answer costs its readers ten times less. */
function addJoined(parts: StreamPart[], part: StreamPart): void {
  const last = parts.at(-1);
  if (part.type === 'text-delta' && last?.type === 'text-delta') parts[parts.length - 1] = { type: 'text-delta', text: last.text + part.text };
  else if (part.type === 'thinking-delta' && last?.type === 'thinking-delta') parts[parts.length - 1] = { type: 'thinking-delta', text: last.text + part.text };
  else parts.push(part);
}
