import type { ChatEvent } from '../../core/chat/chatEvent.ts';

/**
 * What a write may do to find its file. A header creates it. Work, like a message, brings it back from the trash. A remark, like a title that
 * comes late, follows it there.
 */
export type WriteWorth = 'remark' | 'work' | 'header';

/** Of the best of these events, and of what waits already. */
export function worthOf(events: readonly ChatEvent[], waiting: WriteWorth): WriteWorth {
  const worths = [waiting, ...events.map(worthOfOne)];
  return worths.find((worth) => worth === 'header') ?? worths.find((worth) => worth === 'work') ?? 'remark';
}

/** What the user or a model said is work; what is said about it is a remark. */
function worthOfOne({ type }: ChatEvent): WriteWorth {
  switch (type) {
    case 'session':
      return 'header';
    case 'message':
    case 'context':
    case 'sent':
    case 'answer':
    case 'delta':
    case 'end':
    case 'reopened':
    case 'compacted':
      return 'work';
    case 'unqueued':
    case 'route':
    case 'thought':
    case 'stop-asked':
    case 'receipt':
    case 'edit':
    case 'selected':
    case 'title':
    case 'compaction-undone':
    case 'spent':
    case 'override':
      return 'remark';
  }
}
