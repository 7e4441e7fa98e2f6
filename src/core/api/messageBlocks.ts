// The content blocks of an answer in Anthropic's format, as they start and grow in a stream, or whole.
import { formatJson, readText, type JsonRecord } from './jsonValue.ts';
import type { DecoderOptions } from './wireFormat.ts';

export interface BlockReader {
  start(block: JsonRecord | undefined, index: number): void;
  grow(delta: JsonRecord | undefined, index: number): void;
  whole(block: JsonRecord | undefined, index: number): void;
}

export function createBlockReader({ emit, hasTools, unreadable }: DecoderOptions): BlockReader {
  const tools = new Set<number>();
  const emitText = (type: 'text-delta' | 'thinking-delta', value: unknown): void => {
    const text = readText(value);
    if (text !== undefined) emit({ type, text });
  };
  const emitSignature = (value: unknown): void => {
    const signature = readText(value);
    if (signature !== undefined) emit({ type: 'thinking-signature', signature });
  };
  const emitInput = (index: number, json: string | undefined): void => {
    if (json !== undefined && tools.has(index)) emit({ type: 'tool-call-delta', index, json });
  };
  const start = (block: JsonRecord | undefined, index: number): void => {
    switch (block?.['type']) {
      case 'text': return emitText('text-delta', block['text']);
      case 'thinking':
        emitText('thinking-delta', block['thinking']);
        return emitSignature(block['signature']);
      case 'tool_use':
        if (!hasTools || tools.has(index)) return;
        tools.add(index);
        return emit({ type: 'tool-call-start', index, id: readText(block['id']) ?? `call_${index}`, name: readText(block['name']) ?? '' });
      default: return;
    }
  };

  return {
    start,
    grow: (delta, index) => {
      switch (delta?.['type']) {
        case 'text_delta': return emitText('text-delta', delta['text']);
        case 'thinking_delta': return emitText('thinking-delta', delta['thinking']);
        case 'signature_delta': return emitSignature(delta['signature']);
        case 'input_json_delta': return emitInput(index, readText(delta['partial_json']));
        default: return;
      }
    },
    whole: (block, index) => {
      start(block, index);
      // In a stream the start holds an empty input and the deltas the real one; here it is all there.
      if (block?.['type'] !== 'tool_use') return;
      const json = formatJson(block['input'] ?? {});
      if (json === undefined) throw unreadable();
      emitInput(index, json);
    },
  };
}
