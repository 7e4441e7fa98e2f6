// Plays a model without one: says what it was asked and with which model, in markdown.
import type { Answer } from '../answer.ts';
import { lastUserText, type ModelCall } from '../modelCall.ts';

export function playModel(call: ModelCall): Answer {
  return { text: `This is the local RunAPI, not a model. It was asked as **${call.modelId}**:\n\n> ${lastUserText(call).slice(0, 200).replaceAll('\n', '\n> ')}\n` };
}
