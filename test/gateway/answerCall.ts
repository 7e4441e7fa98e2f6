// From a checked call to the reply: asks the scripts, then the player; counts, bills, and lets a fault spoil the result.
import type { Answer, Pacing } from './answer.ts';
import { costUsd } from './billing.ts';
import { chatBody, chatEvents, type WireIdentity } from './chatWire.ts';
import type { ExchangeParts } from './exchangeParts.ts';
import type { Fault, FaultContext, FaultOptions } from './faults/fault.ts';
import { findFault } from './faults/faultTable.ts';
import { messagesBody, messagesEvents } from './messagesWire.ts';
import type { ModelCall } from './modelCall.ts';
import { Refusal } from './refusal.ts';
import { jsonReply, streamReply, type Reply } from './reply.ts';
import type { RequestRecord } from './requestRecord.ts';
import { shapeAnswer } from './shapeAnswer.ts';

export interface AnswerCallContext {
  readonly parts: ExchangeParts;
  readonly record: RequestRecord;
  readonly signal: AbortSignal;
  readonly active: { readonly fault: Fault; readonly options: FaultOptions } | undefined;
  readonly context: FaultContext;
}

export async function answerCall(call: ModelCall, given: AnswerCallContext): Promise<{ readonly reply: Reply; readonly bill: (aborted: boolean) => void }> {
  const { parts, record, context } = given;
  if (parts.billing.balanceCents() <= 0) throw new Refusal(402, 'Insufficient credits. Add credits to continue.', { code: 'insufficient_credits' });
  const scripted = (await parts.rules.answer(call, given.signal)) ?? parts.play(call);
  const fault = given.active?.fault ?? (scripted.fault === undefined ? undefined : findFault(scripted.fault));
  if (fault !== undefined) record.fault = fault.name;
  if (scripted.error !== undefined) throw new Refusal(scripted.error.status, scripted.error.message, scripted.error);
  if (fault?.stage === 'instead') return { reply: fault.reply(context), bill: () => undefined };
  const answer = fault?.stage === 'answer' ? fault.alter(scripted, context) : scripted;
  const shaped = shapeAnswer(answer, call, parts.billing.cache(call));
  const pacing = pacingOf(answer, parts.defaults());
  const identity: WireIdentity = { id: record.id.replace('req', call.protocol === 'messages' ? 'msg' : 'chatcmpl'), createdSeconds: Math.floor(Date.now() / 1000), chunking: pacing.chunking, costUsd: costUsd(call.model, shaped.usage) };
  const reply = toReply(call, shaped, { pacing, identity, stream: call.stream && answer.whole !== true });
  return {
    reply: fault?.stage === 'reply' ? fault.alter(reply, context) : reply,
    bill(aborted) {
      const usage = aborted && call.stream ? { ...shaped.usage, outputTokens: Math.min(shaped.usage.outputTokens, record.tokensWritten) } : shaped.usage;
      parts.billing.charge({ requestId: record.id, atMs: record.atMs, model: call.model.id, protocol: call.protocol, usage, costUsd: costUsd(call.model, usage), aborted });
    },
  };
}

function pacingOf(answer: Answer, defaults: Pacing): Pacing {
  const tokensPerSecond = answer.tokensPerSecond ?? defaults.tokensPerSecond;
  const bytesPerWrite = answer.bytesPerWrite ?? defaults.bytesPerWrite;
  return {
    firstTokenMs: answer.firstTokenMs ?? defaults.firstTokenMs,
    chunking: answer.chunking ?? defaults.chunking,
    ...(tokensPerSecond === undefined ? {} : { tokensPerSecond }),
    ...(bytesPerWrite === undefined ? {} : { bytesPerWrite }),
  };
}

interface ReplyPlan {
  readonly pacing: Pacing;
  readonly identity: WireIdentity;
  readonly stream: boolean;
}

function toReply(call: ModelCall, shaped: Parameters<typeof chatEvents>[0], { pacing, identity, stream }: ReplyPlan): Reply {
  const isMessages = call.protocol === 'messages';
  if (stream) return streamReply((isMessages ? messagesEvents : chatEvents)(shaped, call, identity), pacing);
  const generationMs = pacing.tokensPerSecond === undefined ? 0 : (shaped.usage.outputTokens * 1000) / pacing.tokensPerSecond;
  return { ...jsonReply(200, (isMessages ? messagesBody : chatBody)(shaped, call, identity)), delayMs: pacing.firstTokenMs + generationMs };
}
