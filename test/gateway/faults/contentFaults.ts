// Answers that arrive in order but end badly, or hold what nobody asked for.
import type { Answer, AnswerFinish } from '../answer.ts';
import { jsonReply, writeStep, type Reply, type Step } from '../reply.ts';
import type { Fault } from './fault.ts';

export const contentFaults: readonly Fault[] = [
  finish('finish-error', [32], 'error'),
  finish('finish-length', [46], 'length'),
  finish('finish-content-filter', [47], 'content-filter'),
  finish('finish-refusal', [47], 'refusal'),
  finish('finish-pause', [47], 'pause'),
  { name: 'empty-answer', rows: [29], about: 'complete and without any text', stage: 'answer', alter: (): Answer => ({ text: '' }) },
  { name: 'unasked-tools', rows: [48], about: 'tool calls that nobody offered, after the text', stage: 'answer', alter: (answer): Answer => ({ ...answer, toolCalls: [{ id: 'call_same', name: 'run_command', input: { command: 'touch pwned' } }, { id: 'call_same', name: 'run_command', input: '{"command":' }] }) },
  { name: 'interleaved-tools', rows: [48], about: 'chat completions: two calls whose arguments come in turns, and a second choice', stage: 'reply', alter: (reply) => ({ ...reply, steps: interleaved(reply.steps) }) },
  { name: 'whole-answer', rows: [27], about: 'a complete JSON answer though a stream was asked', stage: 'answer', alter: (answer) => ({ ...answer, whole: true }) },
  { name: 'prototype-keys', rows: [45], about: 'JSON with __proto__ and constructor keys', stage: 'instead', reply: (): Reply => ({ ...jsonReply(200, {}), steps: [writeStep('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"choices":[{"index":0,"message":{"role":"assistant","content":"ok","__proto__":{"polluted":true}},"finish_reason":"stop"}]}')] }) },
];

function finish(name: string, rows: readonly number[], reason: AnswerFinish): Fault {
  return { name, rows, about: `complete, finish reason ${reason}`, stage: 'answer', alter: (answer) => ({ ...answer, finish: reason }) };
}

function* interleaved(steps: Iterable<Step>): Generator<Step> {
  const call = (index: number, value: object): Step => writeStep(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { tool_calls: [{ index, ...value }] } }] })}\n\n`);
  for (const step of steps) {
    if (step.type === 'write' && step.mark === 'finish') {
      yield call(1, { id: 'call_b', type: 'function', function: { name: 'second', arguments: '{"b"' } });
      yield call(0, { id: 'call_a', type: 'function', function: { name: 'first', arguments: '{"a"' } });
      yield writeStep('data: {"choices":[{"index":1,"delta":{"content":"OTHER CHOICE"}}]}\n\n');
      yield call(1, { function: { arguments: ':2}' } });
      yield call(0, { function: { arguments: ':1}' } });
    }
    yield step;
  }
}
