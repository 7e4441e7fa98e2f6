// Asking once more for an inline edit that could not be applied: against the text as it is then, once, with its price.
import { repairedPrompt, type InlinePrompt } from '../../../core/edit/inlinePrompt.ts';
import type { EditRequest } from '../editReviewer.ts';
import type { InlineDependencies, InlineRequest } from './inlineRequest.ts';

export interface RepairDependencies extends Pick<InlineDependencies, 'estimateUsd'> {
  readonly again: (request: InlineRequest) => Promise<void>;
}

export function repairRound(request: InlineRequest, answer: () => string, { again, estimateUsd }: RepairDependencies): Pick<EditRequest, 'repair' | 'estimateRepair' | 'isRepair'> {
  const promptFor = (repairPrompt: string): InlinePrompt => repairedPrompt(request.prompt, answer(), repairPrompt);
  return {
    isRepair: request.isRepair === true,
    estimateRepair: (repairPrompt) => estimateUsd(promptFor(repairPrompt)),
    // The repair prompt shows the present text: that is what the next answer is held against.
    repair: (repairPrompt) => again({ ...request, prompt: promptFor(repairPrompt), sentText: request.document.getText(), isRepair: true }),
  };
}
