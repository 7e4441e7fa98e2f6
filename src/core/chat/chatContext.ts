// How attached context stands in a request: the text is already between marks that it cannot break out of (core/context).
import type { ImageContent, ModelContent } from '../api/modelClient.ts';
import type { ContextChip } from '../../shared/chatTypes.ts';
import type { SentContext } from './messageBody.ts';

/** Chips of a prompt that the user typed as `/name`: its text is the question, not material. */
export const ownCommandPrefix = 'command:';

/** The content blocks of a message's context in the order of its chips. */
export function toContextContent(chips: readonly ContextChip[], context: readonly SentContext[]): readonly ModelContent[] {
  const byChip = new Map(context.map((item) => [item.chipId, item]));
  return chips.flatMap((chip): readonly ModelContent[] => {
    const item = byChip.get(chip.id);
    if (item === undefined || chip.id.startsWith(ownCommandPrefix)) return [];
    return [toImage(item) ?? { type: 'text', text: item.text }];
  });
}

function toImage(item: SentContext): ImageContent | undefined {
  switch (item.mediaType) {
    case 'image/png':
    case 'image/jpeg':
    case 'image/gif':
    case 'image/webp':
      return { type: 'image', mediaType: item.mediaType, data: item.text };
    default:
      return undefined;
  }
}
