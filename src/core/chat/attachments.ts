// What goes along with the next message: chosen context, images, and what is merely offered.
import type { ContextItem } from '../context/contextItem.ts';
import { formatReference, moveReference, parseReference, referenceId, type ContextReference } from '../context/contextReference.ts';
import type { ContextSource } from '../context/contextSource.ts';
import type { LinesChange } from '../context/lineRange.ts';
import type { Translate } from '../translate.ts';
import type { ContextChip } from '../../shared/chatTypes.ts';
import { kindName, toChip, toOfferChip } from './contextChip.ts';
import { checkImage, type AddedImage, type ImageRefusal } from './imageCheck.ts';
import type { SentContext } from './messageBody.ts';
import { commandOf } from './slashCommands.ts';
import { findWholes } from './sentFiles.ts';

export interface ChosenContext {
  readonly chips: readonly ContextChip[];
  readonly context: readonly SentContext[];
  /** To be called when the message is sent. */
  readonly onSent?: () => void;
}

/** What leaves the composer with a message. It is kept until the message has gone. */
export interface TakenAttachments {
  /** The present text of all that was chosen; of nothing chosen, what the message is about. */
  collect(question: string, signal: AbortSignal): Promise<ChosenContext>;
  sent(): void;
  giveBack(): void;
}

/** What is kept of attachments while they wait: references are read again, images have no other source. */
export interface SavedAttachment {
  readonly reference?: string;
  readonly image?: SavedImage;
  /** Kept as it was sent: a message that is edited again. */
  readonly sent?: { readonly chip: ContextChip; readonly context: SentContext };
}

export interface SavedImage extends AddedImage {
  readonly id: string;
}

export interface Attachments {
  /** Chosen ones, then offers. */
  chips(): readonly ContextChip[];
  readonly tokens: number;
  /** The reference comes from the view: unknown ones and repetitions are dropped. The result says what there is to send. */
  add(reference: string): Promise<ContextItem | undefined>;
  /** Why it was not added. */
  addImage(image: AddedImage): ImageRefusal | undefined;
  takeOffer(chipId: string): Promise<void>;
  /** Attaches the first of these that has something in it, while nothing else is chosen; an empty list takes it away again. */
  imply(candidates: readonly ContextReference[]): Promise<void>;
  remove(chipId: string): void;
  /** The present text of all that is chosen, for this question. */
  collect(question: string, signal: AbortSignal): Promise<ChosenContext>;
  /** Takes what is chosen away for a message: what is added from now on goes with the next one. `implied` as for imply. */
  take(implied: readonly ContextReference[]): TakenAttachments;
  /** A document was edited: what was chosen of it stays the same lines. */
  moveLines(uri: string, changes: readonly LinesChange[]): void;
  itemOf(chipId: string): ContextItem | undefined;
  imageOf(chipId: string): (SavedImage & { readonly label: string }) | undefined;
  clear(): void;
  save(): readonly SavedAttachment[];
  restore(saved: readonly SavedAttachment[]): Promise<void>;
}

export interface AttachmentsDependencies {
  readonly source: ContextSource;
  readonly translate: Translate;
  readonly createId: () => string;
  readonly budgetTokens: () => number;
  readonly onChange: () => void;
}

interface Entry {
  readonly chip: ContextChip;
  readonly reference?: ContextReference;
  readonly item?: ContextItem;
  readonly image?: SavedImage;
  readonly sent?: SentContext;
  /** Attached because of a typed command, not chosen. */
  readonly isImplied?: boolean;
}

interface Adding {
  readonly reference: ContextReference;
  readonly entry: Promise<Entry>;
}

const imageTokens = 1_500;

interface AttachmentState {
  readonly dependencies: AttachmentsDependencies;
  entries: readonly Entry[];
  /** What messages that are on their way took along. */
  leaving: readonly (readonly SavedAttachment[])[];
  /** Chosen, and still being read. */
  adding: readonly Adding[];
  /** Offers and implied references that the user waved away. */
  readonly dismissed: Set<string>;
  /** What was implied last, so that each key does not read it anew. */
  implied: string;
  implying: Promise<void>;
}

export function createAttachments(dependencies: AttachmentsDependencies): Attachments {
  const state: AttachmentState = { dependencies, entries: [], leaving: [], adding: [], dismissed: new Set(), implied: '', implying: Promise.resolve() };
  return {
    chips: () => [...state.entries.map((entry) => entry.chip), ...offeredChips(state)],
    get tokens() { return state.entries.reduce((sum, entry) => sum + (entry.chip.tokens ?? 0), 0); },
    add: async (text) => {
      const reference = parseReference(text);
      return reference === undefined ? undefined : await addReference(state, reference);
    },
    addImage: (image) => {
      const refusal = checkImage(image, state.entries.flatMap((entry) => entry.image ?? []));
      if (refusal === undefined) addImage(state, { id: dependencies.createId(), mediaType: image.mediaType, data: image.data, name: image.name, thumbnail: image.thumbnail });
      return refusal;
    },
    takeOffer: (chipId) => takeOffer(state, chipId),
    imply: (candidates) => {
      state.implying = state.implying.then(() => imply(state, candidates));
      return state.implying;
    },
    remove: (chipId) => remove(state, chipId),
    collect: (question, signal) => collectAll(state, state.entries, { question, signal }),
    take: (implied) => take(state, implied),
    moveLines: (uri, changes) => moveLines(state, uri, changes),
    imageOf: (chipId) => imageOf(state, chipId),
    itemOf: (chipId) => state.entries.find((entry) => entry.chip.id === chipId)?.item,
    clear: () => clear(state),
    save: () => [...state.leaving.flat(), ...state.entries.map(toSaved)],
    restore: (saved) => restore(state, saved),
  };
}

function put(state: AttachmentState, entry: Entry): void {
  const isKnown = state.entries.some((present) => present.chip.id === entry.chip.id);
  state.entries = isKnown ? state.entries.map((present) => (present.chip.id === entry.chip.id ? entry : present)) : [...state.entries, entry];
  state.dependencies.onChange();
}

async function addReference(state: AttachmentState, reference: ContextReference): Promise<ContextItem | undefined> {
  const adding: Adding = { reference, entry: collectOne(state, reference, new AbortController().signal) };
  state.adding = [...state.adding, adding];
  try {
    const entry = await adding.entry;
    // Unless a message has taken it along.
    if (state.adding.includes(adding)) put(state, entry);
    return entry.item;
  } finally {
    state.adding = state.adding.filter((other) => other !== adding);
  }
}

function moveLines(state: AttachmentState, uri: string, changes: readonly LinesChange[]): void {
  const { translate, onChange } = state.dependencies;
  const moved = state.entries.map((entry): Entry => {
    const { reference, item } = entry;
    const next = reference === undefined ? undefined : moveReference(reference, uri, changes);
    if (next === undefined || next === reference || item === undefined) return entry;
    const movedItem: ContextItem = { ...item, id: referenceId(next), reference: next, ...('range' in next && item.range !== undefined ? { range: next.range } : {}) };
    return { ...entry, reference: next, item: movedItem, chip: toChip(movedItem, translate) };
  });
  if (moved.every((entry, index) => entry === state.entries[index])) return;
  state.entries = [...new Map(moved.map((entry) => [entry.chip.id, entry])).values()];
  onChange();
}

async function collectOne({ dependencies: { source, translate, budgetTokens } }: AttachmentState, reference: ContextReference, signal: AbortSignal): Promise<Entry> {
  if (isAskedLater(reference)) return { chip: { id: referenceId(reference), kind: reference.kind, label: kindName(reference.kind, translate), detail: translate('What the message asks for') }, reference };
  const item = await source.collect(reference, budgetTokens(), signal);
  return { chip: toChip(item, translate), reference, item };
}

/** Also one that comes back with a message that was sent before. */
function imageOf({ entries }: AttachmentState, chipId: string): ReturnType<Attachments['imageOf']> {
  const entry = entries.find(({ chip }) => chip.id === chipId);
  if (entry?.image !== undefined) return { ...entry.image, label: entry.chip.label };
  return entry?.sent?.mediaType === undefined ? undefined : { id: chipId, label: entry.chip.label, mediaType: entry.sent.mediaType, data: entry.sent.text };
}

function addImage(state: AttachmentState, image: SavedImage): void {
  const count = state.entries.filter((entry) => entry.image !== undefined).length + 1;
  const label = image.name ?? `${kindName('image', state.dependencies.translate)} ${count}`;
  put(state, { image, chip: { id: image.id, kind: 'image', label, tokens: imageTokens, thumbnail: image.thumbnail } });
}

function offeredChips({ entries, dismissed, dependencies: { source, translate } }: AttachmentState): readonly ContextChip[] {
  const chosen = new Set(entries.map((entry) => (entry.reference === undefined ? '' : formatReference(entry.reference))));
  return source.offers()
    .filter((offer) => !chosen.has(formatReference(offer.reference)))
    .map((offer) => toOfferChip(offer, translate))
    .filter((chip) => !dismissed.has(chip.id));
}

function remove(state: AttachmentState, chipId: string): void {
  if (chipId.startsWith('offer:') || state.entries.some((entry) => entry.chip.id === chipId && entry.isImplied === true)) state.dismissed.add(chipId);
  state.entries = state.entries.filter((entry) => entry.chip.id !== chipId);
  state.dependencies.onChange();
}

async function imply(state: AttachmentState, candidates: readonly ContextReference[]): Promise<void> {
  const isOccupied = state.entries.some((entry) => entry.isImplied !== true);
  const wanted = isOccupied ? [] : candidates;
  const key = wanted.map(formatReference).join('\n');
  if (key === state.implied) return;
  state.implied = key;
  const found = await firstWithText(state, wanted, state.dismissed);
  if (state.implied !== key) return;
  // What was chosen while this was read goes before it.
  const others = state.entries.filter((entry) => entry.isImplied !== true);
  state.entries = found === undefined || others.length > 0 ? others : [{ ...found, isImplied: true }];
  state.dependencies.onChange();
}

async function firstWithText(state: AttachmentState, candidates: readonly ContextReference[], dismissed: ReadonlySet<string>): Promise<Entry | undefined> {
  for (const reference of candidates) {
    const entry = await collectOne(state, reference, new AbortController().signal);
    if (entry.item?.refused === undefined && !dismissed.has(entry.chip.id)) return entry;
  }
  return undefined;
}

async function takeOffer(state: AttachmentState, chipId: string): Promise<void> {
  const { source, translate } = state.dependencies;
  const offer = source.offers().find((candidate) => toOfferChip(candidate, translate).id === chipId);
  if (offer !== undefined) await addReference(state, offer.reference);
}

/** Read anew: what is sent is what stands there now. */
async function collectAll(state: AttachmentState, entries: readonly Entry[], purpose: Purpose): Promise<ChosenContext> {
  const current = await Promise.all(entries.map(async (entry) => (entry.reference === undefined ? entry : await collectFor(state, entry.reference, purpose))));
  const kept = current.filter(({ item, reference }) => item?.refused === undefined && (item !== undefined || reference === undefined));
  return { chips: kept.map((entry) => entry.chip), context: kept.map(toContext).filter((context) => context !== undefined), ...whenSent(kept.map(({ item }) => item?.onSent)) };
}

interface Purpose {
  readonly question: string;
  readonly signal: AbortSignal;
}

/** A search of the codebase that was chosen without words is for those of the message. */
async function collectFor(state: AttachmentState, reference: ContextReference, { question, signal }: Purpose): Promise<Entry> {
  const entry = await collectOne(state, reference, signal);
  const query = (commandOf(question)?.rest ?? question).trim();
  if (!isAskedLater(reference) || query === '') return entry;
  const { item, chip } = await collectOne(state, { kind: 'codebase', query }, signal);
  return { reference, item, chip: { ...chip, id: entry.chip.id, label: entry.chip.label, detail: undefined } };
}

function isAskedLater(reference: ContextReference): boolean {
  return reference.kind === 'codebase' && reference.query === undefined;
}

export function whenSent(listeners: readonly ((() => void) | undefined)[]): Pick<ChosenContext, 'onSent'> {
  const wanted = listeners.filter((listener) => listener !== undefined);
  return wanted.length === 0 ? {} : { onSent: () => { for (const listener of wanted) listener(); } };
}

/** Takes along also what was chosen before the message was sent and is still being read. */
function take(state: AttachmentState, implied: readonly ContextReference[]): TakenAttachments {
  const { adding } = state;
  const present = state.entries.filter((entry) => entry.isImplied !== true);
  const dismissed = new Set(state.dismissed);
  const saved = [...present.map(toSaved), ...adding.map(({ reference }) => ({ reference: formatReference(reference) }))];
  state.leaving = [...state.leaving, saved];
  state.adding = [];
  clear(state);
  const settle = (back: readonly Entry[]): void => {
    state.leaving = state.leaving.filter((other) => other !== saved);
    state.entries = [...back, ...state.entries.filter((entry) => back.every(({ chip }) => chip.id !== entry.chip.id))];
    state.dependencies.onChange();
  };
  return {
    collect: async (question, signal) => {
      const added = await Promise.all(adding.map(({ entry }) => entry));
      const chosen = [...present.filter((entry) => added.every(({ chip }) => chip.id !== entry.chip.id)), ...added];
      const found = chosen.length > 0 ? undefined : await firstWithText(state, implied, dismissed);
      return await collectAll(state, found === undefined ? chosen : [found], { question, signal });
    },
    sent: () => settle([]),
    giveBack: () => settle(present),
  };
}

function clear(state: AttachmentState): void {
  state.entries = [];
  state.dismissed.clear();
  state.implied = '';
  state.dependencies.onChange();
}

async function restore(state: AttachmentState, saved: readonly SavedAttachment[]): Promise<void> {
  for (const { reference, image, sent } of saved) {
    const parsed = reference === undefined ? undefined : parseReference(reference);
    if (parsed !== undefined) await addReference(state, parsed);
    else if (image !== undefined) addImage(state, image);
    else if (sent !== undefined) put(state, { chip: sent.chip, sent: sent.context });
  }
}

function toContext(entry: Entry): SentContext | undefined {
  if (entry.sent !== undefined) return entry.sent;
  if (entry.image !== undefined) return { chipId: entry.chip.id, name: entry.chip.label, text: entry.image.data, mediaType: entry.image.mediaType };
  if (entry.item === undefined) return undefined;
  const uris = [...new Set(entry.item.parts.map((part) => part.uri).filter((uri) => uri !== undefined))];
  const wholes = findWholes(entry.item);
  return { chipId: entry.chip.id, name: entry.item.name, text: entry.item.text, uris, ...(wholes.length === 0 ? {} : { wholes }) };
}

function toSaved(entry: Entry): SavedAttachment {
  if (entry.sent !== undefined) return { sent: { chip: entry.chip, context: entry.sent } };
  // The command in the draft brings it back.
  if (entry.isImplied === true) return {};
  return { reference: entry.reference === undefined ? undefined : formatReference(entry.reference), image: entry.image };
}
