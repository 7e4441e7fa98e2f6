// Stop sequences that the gateway would refuse (white space only, or more than four) are honoured here, on the stream.
import type { ModelRequest } from './modelClient.ts';

/** OpenAI's format takes four; Anthropic's takes more, but one rule is enough. */
const mostSent = 4;

export function sentStopSequences(request: ModelRequest): readonly string[] {
  return (request.stopSequences ?? []).filter((stop) => stop.trim() !== '').slice(0, mostSent);
}

export interface StopFilter {
  /** The text that may be shown now. */
  push(text: string): string;
  /** What was held back, at the end of the stream. */
  flush(): string;
  readonly stopped: boolean;
}

/** Undefined when the gateway handles every stop sequence, or there is none. */
export function createStopFilter(request: ModelRequest, nothingSent = false): StopFilter | undefined {
  const sent = nothingSent ? [] : sentStopSequences(request);
  const stops = (request.stopSequences ?? []).filter((stop) => stop !== '' && !sent.includes(stop));
  return stops.length === 0 ? undefined : stopFilter(stops);
}

function stopFilter(stops: readonly string[]): StopFilter {
  const longest = Math.max(...stops.map((stop) => stop.length));
  let held = '';
  let stopped = false;
  return {
    push: (text) => {
      if (stopped) return '';
      const seen = held + text;
      const at = firstIndexOf(seen, stops);
      if (at !== -1) {
        stopped = true;
        held = '';
        return seen.slice(0, at);
      }
      const keep = heldLength(seen, stops, longest);
      held = seen.slice(seen.length - keep);
      return seen.slice(0, seen.length - keep);
    },
    flush: () => {
      const rest = held;
      held = '';
      return rest;
    },
    get stopped() {
      return stopped;
    },
  };
}

/** Of the sequence that is complete first, as a server that writes one letter after the other would see it. */
function firstIndexOf(text: string, stops: readonly string[]): number {
  const found = stops.map((stop) => ({ start: text.indexOf(stop), length: stop.length })).filter(({ start }) => start !== -1);
  const first = found.sort((a, b) => a.start + a.length - (b.start + b.length) || a.start - b.start)[0];
  return first?.start ?? -1;
}

/** Length of the longest end of the text that a stop sequence begins with. */
function heldLength(text: string, stops: readonly string[], longest: number): number {
  for (let length = Math.min(longest - 1, text.length); length > 0; length -= 1) {
    const end = text.slice(-length);
    if (stops.some((stop) => stop.startsWith(end))) return length;
  }
  return 0;
}
