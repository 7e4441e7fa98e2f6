// Slash commands of the user's own, from `.runapi/commands/NAME.md`: the file is the prompt. Only in trusted workspaces, only when the
// user types the name, and always listed with the message that it was expanded into.
import type { Redacted } from '../context/redactSecrets.ts';
import type { Translate } from '../translate.ts';
import type { ChosenContext } from './attachments.ts';
import { ownCommandPrefix } from './chatContext.ts';
import { noteText } from './contextChip.ts';
import { localCommands, commandOf, taskCommands } from './slashCommands.ts';

export interface OwnCommand {
  readonly name: string;
  readonly description: string;
  /** Where it comes from, as people know it: ".runapi/commands/name.md". */
  readonly path: string;
  /** With secrets masked. */
  readonly prompt: string;
  /** Secrets that were masked. */
  readonly masked?: number;
}

export interface OwnCommandSource {
  /** Empty in a workspace that is not trusted. */
  list(): Promise<readonly OwnCommand[]>;
}

const longestPrompt = 100_000;

export interface OwnCommandFile {
  readonly fileName: string;
  readonly path: string;
  readonly text: string;
}

/** Undefined for a name that cannot be typed, that the product uses itself, or an empty file. */
export function parseOwnCommand({ fileName, path, text }: OwnCommandFile, redact: (text: string) => Redacted): OwnCommand | undefined {
  const name = typedName(/^(.+)\.md$/i.exec(fileName)?.[1] ?? '');
  if (name === undefined || text.length > longestPrompt || Object.hasOwn(taskCommands, name) || localCommands.some((command) => command === name)) return undefined;
  const masked = redact(text);
  const { description, prompt } = splitFrontMatter(masked.text);
  if (prompt.trim() === '') return undefined;
  return { name, path, prompt: prompt.trim(), description: description ?? firstLine(prompt), ...(masked.matches.length === 0 ? {} : { masked: masked.matches.length }) };
}

function typedName(name: string): string | undefined {
  const typed = commandOf(`/${name}`);
  return typed?.rest === '' && !/\s/.test(name) ? typed.name : undefined;
}

/** What the typed `/name rest` stands for; empty when it is no own command. */
export async function expandOwnCommand(text: string, source: OwnCommandSource, translate: Translate): Promise<ChosenContext> {
  const typed = commandOf(text);
  const command = typed === undefined ? undefined : (await source.list()).find(({ name }) => name === typed.name);
  if (typed === undefined || command === undefined) return { chips: [], context: [] };
  const chipId = `${ownCommandPrefix}${command.name}`;
  const warning = command.masked === undefined ? undefined : noteText({ type: 'masked', count: command.masked, kinds: [] }, translate);
  return {
    chips: [{ id: chipId, kind: 'instructions', label: `/${command.name}`, detail: command.path, warning }],
    context: [{ chipId, name: command.path, text: fillArguments(command.prompt, typed.rest) }],
  };
}

/** `$ARGUMENTS` is all that was typed, `$1` to `$9` its words; a prompt without a place for them gets them at its end. */
export function fillArguments(prompt: string, typed: string): string {
  const words = typed.split(/\s+/).filter((word) => word !== '');
  let isUsed = false;
  const filled = prompt.replaceAll(/\$ARGUMENTS\b|\$([1-9])(?!\d)/g, (_whole, digit: string | undefined) => {
    isUsed = true;
    return digit === undefined ? typed : (words[Number(digit) - 1] ?? '');
  });
  return isUsed || typed === '' ? filled : `${filled}\n\n${typed}`;
}

function splitFrontMatter(text: string): { readonly description: string | undefined; readonly prompt: string } {
  const match = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)/.exec(text);
  if (match === null) return { description: undefined, prompt: text };
  const description = /^description:\s*(.+)$/m.exec(match[1] ?? '')?.[1]?.trim().replace(/^["']|["']$/g, '');
  return { description, prompt: text.slice(match[0].length) };
}

function firstLine(prompt: string): string {
  const line = prompt.trim().split('\n', 1)[0]?.replace(/^#+\s*/, '').trim() ?? '';
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
