import type { TaskId } from '../../shared/chatTypes.ts';

/** Commands that ask the model: a task, or a prompt of the user's own. */
export const taskCommands = {
  explain: 'explain',
  refactor: 'refactor',
  review: 'review',
  tests: 'tests',
  fix: 'fix',
  doc: 'document',
  commit: 'commit',
} as const satisfies Readonly<Record<string, TaskId>>;

/** Commands that the chat carries out itself. */
export const localCommands = ['model', 'clear', 'compact', 'export', 'help'] as const;
export type LocalCommand = (typeof localCommands)[number];

const longestName = 50;

export interface TypedCommand {
  readonly name: string;
  /** What follows, without the white space around it. */
  readonly rest: string;
}

/**
 * The `/name` that a text begins with, if that reads as a command: "/usr/bin is full" is none. Names of the user's own commands may be of
 * any script, and are those of files, which some disks keep with their syllables taken apart.
 */
export function commandOf(text: string): TypedCommand | undefined {
  const match = /^\s*\/(\p{L}[\p{L}\p{M}\p{N}_-]{0,199})(?=\s|$)/u.exec(text);
  const name = match?.[1]?.normalize('NFC').toLowerCase();
  return match === null || name === undefined || name.length > longestName ? undefined : { name, rest: text.slice(match[0].length).trim() };
}

export type ChatInput =
  /** Free text: the task is found from its words. */
  | { readonly kind: 'free'; readonly text: string }
  | { readonly kind: 'task'; readonly task: TaskId; readonly text: string }
  | { readonly kind: 'local'; readonly command: LocalCommand; readonly rest: string }
  | { readonly kind: 'own'; readonly name: string; readonly rest: string; readonly text: string };

/** `ownCommands` are the names of `.runapi/commands/*.md`; they never hide a command of the product. */
export function parseInput(text: string, ownCommands: ReadonlySet<string>): ChatInput {
  const command = commandOf(text);
  if (command === undefined) return { kind: 'free', text };
  if (Object.hasOwn(taskCommands, command.name)) {
    // hasOwn proves the key.
    return { kind: 'task', task: taskCommands[command.name as keyof typeof taskCommands], text };
  }
  const local = localCommands.find((name) => name === command.name);
  if (local !== undefined) return { kind: 'local', command: local, rest: command.rest };
  if (ownCommands.has(command.name)) return { kind: 'own', name: command.name, rest: command.rest, text };
  return { kind: 'free', text };
}
