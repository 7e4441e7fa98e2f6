// What is said to screen readers: that an answer has begun, and how it ended, never each piece of it.
import { formatModel } from '../format.ts';
import type { Words } from '../words.ts';
import type { Entry } from './entry.ts';
import type { ViewState } from './viewState.ts';

export interface Announcer {
  statusChanged(entry: Entry): void;
}

/** About twenty seconds of speech; the rest is read in the log. */
const maxSpokenCharacters = 400;

export function createAnnouncer(state: Pick<ViewState, 'announcement'>, words: Words): Announcer {
  return {
    statusChanged: (entry) => {
      const text = sentenceFor(entry, words);
      if (text !== undefined) state.announcement.value = text;
    },
  };
}

function sentenceFor(entry: Entry, words: Words): string | undefined {
  const { status, role, route, error } = entry.shown.peek();
  if (role !== 'assistant') return undefined;
  switch (status) {
    case 'streaming': return route === undefined ? undefined : words.text('announceStarted', { model: formatModel(route.model) });
    case 'done': return words.text('announceDone', { text: toSpoken(entry.text) });
    case 'stopped': return words.text('announceStopped');
    case 'cut':
    case 'failed': return error === undefined ? undefined : words.text('announceFailed', { title: error.title, text: error.text });
    case 'queued': return undefined;
  }
}

/** Without code and markers, which are noise when spoken. */
function toSpoken(markdown: string): string {
  const text = markdown.slice(0, 4_000).replace(/```[\s\S]*?(?:```|$)/g, ' ').replace(/[*_`#>|]+/g, '').replace(/\s+/g, ' ').trim();
  return text.length <= maxSpokenCharacters ? text : `${text.slice(0, maxSpokenCharacters)}…`;
}
