// Builds the question for a chat model that was not made for filling in: what to do, two examples of ours, what else is known, the
// text after the cursor, and last the text before it, so that the message ends exactly where the answer begins.
import { answerTag } from './cleaning/readAnswer.ts';
import type { CompletionMode, ContextSnippet, DocumentLines, PromptTurn } from './completionTypes.ts';
import { maskPlace } from './maskPlace.ts';
import { maskText, type FindSecrets } from './maskedRegion.ts';
import type { Place } from './place.ts';
import { readPromptWindow, type WindowBudget } from './promptWindow.ts';

export interface CompletionPrompt {
  readonly system: string;
  readonly turns: readonly PromptTurn[];
}

export interface PromptInput {
  readonly place: Place;
  /** The document that the place is in: secrets are found in its uncut text. */
  readonly lines: DocumentLines;
  readonly mode: CompletionMode;
  readonly path: string;
  readonly snippets: readonly ContextSnippet[];
  readonly alternatives: number;
  readonly findSecrets: FindSecrets;
}

/** About 550, 200 and 300 tokens: with instructions and examples a request stays near 1,500. */
const windowBudget: WindowBudget = { before: 2000, after: 700 };
const snippetBudget = 1100;

const system = `You fill in code at the cursor of an editor. A message has the text after the cursor in <after> and then the text before it; the message ends at the cursor.
Answer with the text to insert in <${answerTag}></${answerTag}> and nothing else. Begin exactly where the text before ends, repeat nothing of it, keep its style and indentation, and stop before what <after> already has. An empty tag means that nothing is missing.`;

const examples: readonly PromptTurn[] = [
  { role: 'user', text: 'rates.py: the rest of the line\n<after>\n\n    return total\n</after>\ndef weigh(rates, shares):\n    total = 0\n    for rate, share in ' },
  { role: 'assistant', text: `<${answerTag}>zip(rates, shares):\n        total += rate * share</${answerTag}>` },
  { role: 'user', text: 'queue.ts: the block\n<after>\n}\n</after>\nfunction takeOldest(queue: Job[]): Job | undefined {\n  ' },
  { role: 'assistant', text: `<${answerTag}>queue.sort((a, b) => a.addedAt - b.addedAt);\n  return queue.shift();</${answerTag}>` },
];

export function createPrompt(input: PromptInput): CompletionPrompt {
  return { system, turns: [...examples, { role: 'user', text: lastTurn(input) }] };
}

function lastTurn({ place, lines, mode, path, snippets, alternatives, findSecrets }: PromptInput): string {
  const { before, after } = readPromptWindow(maskPlace({ place, lines, findSecrets, budget: windowBudget }), windowBudget);
  const wanted = mode === 'block' ? 'the block' : 'the rest of the line';
  const several = alternatives > 1 ? `; ${alternatives} different answers, best first, each in its own tag` : '';
  return [`${path}: ${wanted}${several}`, ...snippetLines(snippets, findSecrets), '<after>', after, '</after>', before].join('\n');
}

function snippetLines(snippets: readonly ContextSnippet[], findSecrets: FindSecrets): string[] {
  const lines: string[] = [];
  let left = snippetBudget;
  for (const snippet of snippets) {
    const block = `<${snippet.kind} file="${snippet.path}">\n${maskText(snippet.text, findSecrets)}\n</${snippet.kind}>`;
    if (block.length > left) continue;
    left -= block.length;
    lines.push(block);
  }
  return lines;
}
