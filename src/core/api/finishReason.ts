import type { FinishReason } from '../../shared/chatTypes.ts';

/** Both wire formats' names: gateways translate between them and forget to. */
export function toFinishReason(name: string): FinishReason {
  switch (name) {
    case 'stop': case 'end_turn': case 'stop_sequence': case 'eos': return 'stop';
    case 'length': case 'max_tokens': case 'model_context_window_exceeded': return 'length';
    case 'tool_calls': case 'tool_use': case 'function_call': return 'tool-calls';
    case 'content_filter': return 'content-filter';
    case 'refusal': return 'refusal';
    case 'pause_turn': return 'pause';
    default: return 'other';
  }
}

/** Tools that nobody offered are not called, and an answer that waits for them is not complete. A bare end mark is a stop. */
export function closingReason(found: FinishReason | undefined, hasTools: boolean): FinishReason {
  return found === 'tool-calls' && !hasTools ? 'other' : (found ?? 'stop');
}
