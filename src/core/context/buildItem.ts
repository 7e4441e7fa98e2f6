// From collected pieces to an item: masks secrets, fits the budget, counts what a reader should know.
import { packPieces, type BudgetPiece } from './contextBudget.ts';
import type { ContextItem, ContextNote, ContextPart, ContextRefusal } from './contextItem.ts';
import { referenceId, type ContextReference } from './contextReference.ts';
import { formatParts } from './contextText.ts';
import { countUnreadable } from './decodeText.ts';
import type { GateReason } from './fileGate.ts';
import { findInvisible } from './invisibleCharacters.ts';
import type { Redactor } from './redactSecrets.ts';

/** Before masking. */
export interface RawPart extends ContextPart {
  /** Higher goes in first; default 0. */
  readonly priority?: number;
  /** The line of the text (from 0) to keep when it has to be cut; absent: its start. */
  readonly aroundLine?: number;
}

export interface ItemDraft {
  readonly reference: ContextReference;
  readonly name: string;
  readonly range?: ContextItem['range'];
  readonly parts: readonly RawPart[];
  readonly notes?: readonly ContextNote[];
  /** Reasons of files that were found but may not be sent. */
  readonly leftOut?: readonly GateReason[];
}

export interface ItemBuilder {
  build(draft: ItemDraft, budgetTokens: number): ContextItem;
  refuse(reference: ContextReference, name: string, reason: ContextRefusal): ContextItem;
}

export function createItemBuilder(redactor: Redactor, estimate: (text: string) => number): ItemBuilder {
  const refuse: ItemBuilder['refuse'] = (reference, name, reason) => ({ ...head(reference, name), parts: [], text: '', tokens: 0, notes: [], refused: reason });
  return {
    refuse,
    build(draft, budgetTokens) {
      const { reference, name, range } = draft;
      if (draft.parts.length === 0) return refuse(reference, name, draft.leftOut?.[0] ?? 'empty');
      const masked = draft.parts.map((part) => mask(part, redactor));
      const packing = packPieces(masked.map(({ part }) => toPiece(part)), budgetTokens, estimate);
      const parts = packing.kept.map(({ value, text, firstLine }) => toPart(value, text, firstLine));
      if (parts.length === 0) return refuse(reference, name, 'too-large');
      const text = formatParts(parts);
      return {
        ...head(reference, name), ...(range === undefined ? {} : { range }), parts, text, tokens: estimate(text),
        notes: [...notesOf(masked, parts), ...shortened(packing), ...leftOutNotes(draft.leftOut ?? []), ...(draft.notes ?? [])],
      };
    },
  };
}

function head(reference: ContextReference, name: string): Pick<ContextItem, 'id' | 'kind' | 'reference' | 'name'> {
  return { id: referenceId(reference), kind: reference.kind, reference, name };
}

interface Masked {
  readonly part: RawPart;
  readonly kinds: readonly string[];
}

function mask(part: RawPart, redactor: Redactor): Masked {
  const { text, matches } = redactor.redact(part.text, part.uri ?? '');
  return { part: { ...part, text }, kinds: matches.map((match) => match.kind) };
}

function toPiece(part: RawPart): BudgetPiece<RawPart> {
  return { value: part, text: part.text, priority: part.priority ?? 0, cut: part.aroundLine === undefined ? { from: 'start' } : { from: 'around', line: part.aroundLine } };
}

function toPart({ priority: _priority, aroundLine: _aroundLine, ...part }: RawPart, text: string, firstLine: number): ContextPart {
  const startLine = firstLine === 0 ? part.startLine : (part.startLine ?? 1) + firstLine;
  return { ...part, text, ...(startLine === undefined ? {} : { startLine }) };
}

function notesOf(masked: readonly Masked[], parts: readonly ContextPart[]): readonly ContextNote[] {
  const kinds = masked.flatMap((each) => each.kinds);
  const hidden = parts.reduce((sum, part) => sum + findInvisible(part.text).length, 0);
  const unreadable = parts.reduce((sum, part) => sum + countUnreadable(part.text), 0);
  return [
    ...(kinds.length === 0 ? [] : [{ type: 'masked' as const, count: kinds.length, kinds: [...new Set(kinds)] }]),
    ...(hidden === 0 ? [] : [{ type: 'hidden-characters' as const, count: hidden }]),
    ...(unreadable === 0 ? [] : [{ type: 'unreadable-characters' as const, count: unreadable }]),
  ];
}

function shortened(packing: { readonly tokens: number; readonly wantedTokens: number; readonly kept: readonly { readonly isCut: boolean }[]; readonly left: readonly unknown[] }): readonly ContextNote[] {
  const isShort = packing.left.length > 0 || packing.kept.some((piece) => piece.isCut);
  return isShort ? [{ type: 'shortened', keptTokens: packing.tokens, ofTokens: packing.wantedTokens }] : [];
}

/** Notes of several sources as those of one: what is counted adds up. */
export function joinNotes(notes: readonly ContextNote[]): readonly ContextNote[] {
  const joined = new Map<string, ContextNote>();
  for (const note of notes) {
    const key = note.type === 'left-out' ? `${note.type} ${note.reason}` : note.type === 'changed-instructions' ? `${note.type} ${note.path}` : note.type;
    const before = joined.get(key);
    joined.set(key, before === undefined ? note : joinNote(before, note));
  }
  return [...joined.values()];
}

function joinNote(before: ContextNote, note: ContextNote): ContextNote {
  if (before.type === 'masked' && note.type === 'masked') return { ...note, count: before.count + note.count, kinds: [...new Set([...before.kinds, ...note.kinds])] };
  if (before.type === 'shortened' && note.type === 'shortened') return { ...note, keptTokens: before.keptTokens + note.keptTokens, ofTokens: before.ofTokens + note.ofTokens };
  return 'count' in before && 'count' in note ? { ...note, count: before.count + note.count } : note;
}

function leftOutNotes(reasons: readonly GateReason[]): readonly ContextNote[] {
  return [...new Set(reasons)].map((reason) => ({ type: 'left-out', reason, count: reasons.filter((each) => each === reason).length }));
}
