// The port to everything outside a request's own words: files, changes, problems, terminals. The host implements it; chat and tasks use it.
import type { ContextChip } from '../../shared/chatTypes.ts';
import type { ContextItem } from './contextItem.ts';
import type { ContextReference } from './contextReference.ts';
import type { LinesChange } from './lineRange.ts';

export interface ContextSuggestion {
  readonly reference: ContextReference;
  readonly kind: ContextChip['kind'];
  /** A path's last part or a symbol's name; empty where the kind says it all. */
  readonly name: string;
  readonly detail?: string;
}

/** Something at hand that the user may want to send: the active selection, the active file. Never sent unasked. */
export interface ContextOffer {
  readonly reference: ContextReference;
  readonly kind: ContextChip['kind'];
  readonly name: string;
  readonly range?: { readonly startLine: number; readonly endLine: number };
}

export interface ContextSource {
  /** Never rejects but with the signal's reason: what cannot be had is an item with `refused`. */
  collect(reference: ContextReference, budgetTokens: number, signal: AbortSignal): Promise<ContextItem>;
  /** For what was typed behind "@" or "#"; an empty query lists the kinds. Best first, at most 50. */
  suggest(query: string, signal: AbortSignal): Promise<readonly ContextSuggestion[]>;
  offers(): readonly ContextOffer[];
  onOffersChange(listener: () => void): () => void;
  /** A document was edited: its lines have moved. The last change in the text comes first. */
  onLinesChange(listener: (uri: string, changes: readonly LinesChange[]) => void): () => void;
  /** For a dropped or picked URI: a file or a folder. Undefined when there is nothing at it. */
  referenceOf(uri: string): Promise<ContextReference | undefined>;
}
