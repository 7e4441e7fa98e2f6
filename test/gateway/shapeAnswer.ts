// From what a script said to what the model "produced": stop sequences and the token limit cut it, the tokens are counted.
import type { Answer, AnswerFinish, AnswerPart, AnswerUsage, ShapedAnswer } from './answer.ts';
import type { ModelCall } from './modelCall.ts';
import { countTokens, splitTokens } from './tokenCount.ts';

export function shapeAnswer(answer: Answer, call: ModelCall, cached: Required<Pick<AnswerUsage, 'cacheReadTokens' | 'cacheWriteTokens'>>): ShapedAnswer {
  const stopped = cutAtStop(answer.text ?? '', call.stop);
  const parts = toParts(answer, stopped.text);
  const { kept, outputTokens, cut } = cutAtLimit(parts, call.maxTokens);
  return {
    parts: kept,
    finish: answer.finish ?? naturalFinish(kept, cut),
    ...(stopped.sequence === undefined || cut ? {} : { stopSequence: stopped.sequence }),
    usage: {
      inputTokens: call.inputTokens - cached.cacheReadTokens - cached.cacheWriteTokens,
      outputTokens,
      ...cached,
      ...answer.usage,
    },
  };
}

function naturalFinish(parts: readonly AnswerPart[], cut: boolean): AnswerFinish {
  if (cut) return 'length';
  return parts.some((part) => part.type === 'tool-call') ? 'tool-calls' : 'stop';
}

function cutAtStop(text: string, stop: readonly string[]): { readonly text: string; readonly sequence?: string } {
  let first: { at: number; sequence: string } | undefined;
  for (const sequence of stop) {
    const at = text.indexOf(sequence);
    if (at >= 0 && (first === undefined || at < first.at)) first = { at, sequence };
  }
  return first === undefined ? { text } : { text: text.slice(0, first.at), sequence: first.sequence };
}

function toParts(answer: Answer, text: string): readonly AnswerPart[] {
  const parts: AnswerPart[] = [];
  if (answer.thinking !== undefined) parts.push({ type: 'thinking', text: answer.thinking });
  if (text !== '') parts.push({ type: 'text', text });
  for (const [index, call] of (answer.toolCalls ?? []).entries()) {
    const json = typeof call.input === 'string' ? call.input : JSON.stringify(call.input ?? {});
    parts.push({ type: 'tool-call', id: call.id ?? `toolu_local_${index}`, name: call.name, json });
  }
  return parts;
}

function cutAtLimit(parts: readonly AnswerPart[], maxTokens: number): { readonly kept: readonly AnswerPart[]; readonly outputTokens: number; readonly cut: boolean } {
  const kept: AnswerPart[] = [];
  let left = maxTokens;
  for (const part of parts) {
    const text = part.type === 'tool-call' ? part.json : part.text;
    const tokens = countTokens(text);
    if (tokens <= left) {
      kept.push(part);
      left -= tokens;
      continue;
    }
    const short = splitTokens(text).slice(0, left).join('');
    kept.push(part.type === 'tool-call' ? { ...part, json: short } : { ...part, text: short });
    return { kept, outputTokens: maxTokens, cut: true };
  }
  return { kept, outputTokens: maxTokens - left, cut: false };
}
