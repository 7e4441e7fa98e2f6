// Finds in the text before the caret what the completion list is for: "/re" at the start, "@file" or "#file" after a space.

export interface Trigger {
  readonly trigger: '/' | '@';
  readonly query: string;
  /** Where the trigger character stands. */
  readonly start: number;
}

export function findTrigger(text: string, caret: number): Trigger | undefined {
  const before = text.slice(0, caret);
  const slash = /^\s*\/([\p{L}\p{M}\p{N}_-]*)$/u.exec(before);
  if (slash !== null) return { trigger: '/', query: slash[1] ?? '', start: before.lastIndexOf('/') };
  const context = /(?:^|[\s([{"'])([@#])([^\s@#]{0,200})$/.exec(before);
  if (context === null) return undefined;
  const query = context[2] ?? '';
  return { trigger: '@', query, start: before.length - query.length - 1 };
}

export interface Replacement {
  readonly text: string;
  readonly caret: number;
}

/** The text with the trigger and its query replaced. A command gets a space after it; context leaves nothing behind. */
export function replaceTrigger(text: string, found: Trigger, insert: string): Replacement {
  const end = found.start + 1 + found.query.length;
  const after = text.slice(end);
  const inserted = insert === '' || insert.endsWith(' ') || after.startsWith(' ') ? insert : `${insert} `;
  const before = text.slice(0, found.start);
  return { text: before + inserted + (insert === '' ? after.replace(/^ /, before === '' || before.endsWith(' ') ? '' : ' ') : after), caret: before.length + inserted.length };
}
