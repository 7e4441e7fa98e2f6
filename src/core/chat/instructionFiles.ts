import type { ContextSource } from '../context/contextSource.ts';
import type { Translate } from '../translate.ts';
import { whenSent, type ChosenContext } from './attachments.ts';
import { toChip } from './contextChip.ts';
import type { SessionLog } from './sessionLog.ts';

const instructionTokens = 8_000;
const nothing: ChosenContext = { chips: [], context: [] };

/** AGENTS.md and its kind: sent with the first message, and again when they have changed since. Always listed with the message. */
export async function newInstructions(log: SessionLog, source: ContextSource, translate: Translate, signal: AbortSignal): Promise<ChosenContext> {
  const item = await source.collect({ kind: 'instructions' }, instructionTokens, signal).catch(() => undefined);
  if (item === undefined || item.refused !== undefined || item.text === '') return nothing;
  const text = `Instruction files of the project:\n${item.text}`;
  if ((await lastSent(log, item.id)) === text) return nothing;
  const uris = item.parts.map((part) => part.uri).filter((uri) => uri !== undefined);
  return { chips: [{ ...toChip(item, translate), detail: item.parts.map((part) => part.path).filter((path) => path !== undefined).join(', ') || undefined }], context: [{ chipId: item.id, name: item.name, text, uris }], ...whenSent([item.onSent]) };
}

/** A compaction forgets them, like everything before it. */
async function lastSent(log: SessionLog, chipId: string): Promise<string | undefined> {
  const { session } = log;
  const start = session.path.findLastIndex((id) => session.head(id)?.compaction?.undone === false);
  const last = session.path.slice(start + 1).findLast((id) => session.head(id)?.chips?.some((chip) => chip.id === chipId) === true);
  if (last === undefined) return undefined;
  await log.load([last]);
  return session.body(last)?.context.find((item) => item.chipId === chipId)?.text;
}
