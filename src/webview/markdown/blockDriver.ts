// Turns a stream of markdown into final blocks and one provisional end, so that no text is parsed more than a few times.
// Every top-level block but the last is final; a list is final but for its last item, a table but for its last row; an open
// fence takes its lines as text. Each step is bounded, whatever arrives. Knows tokens only, no DOM.
import type { BlockSink } from './blockSink.ts';
import { createDriverState, stepCharacters, type DriverState } from './driverState.ts';
import { readFenceOpening, type FenceOpening } from './fences.ts';
import { hideTableHead, holdBack } from './holdBack.ts';
import type { MarkdownParser, ReferenceStore, Token } from './parser.ts';
import { stepFence, stepPlain } from './textSteps.ts';
import { offsetOfLine, splitContainer, topLevelBlocks, type TopLevelBlock } from './topLevelBlocks.ts';

export interface BlockDriver {
  push(text: string): void;
  finish(): void;
  /** Does a bounded piece of work; false when nothing is left until more is pushed. */
  step(): boolean;
  /** Shows the provisional end, if it changed. */
  show(): void;
  /** A link reference was defined after text that may use it: render once more with `references`. */
  needsSecondPass(): boolean;
}

/** Of a step in text that makes many nodes. */
const leastStepCharacters = 256;
/** Nodes of one step, about: 2 ms of layout. */
const stepNodes = 600;
/** A code card has a head with four buttons. */
const nodesOfFence = 16;
/** A longer line is never parsed: base64, minified code, attacks. */
const maxLineCharacters = 8_192;
/** An open block beyond this is made final where it stands, so that re-parsing stays linear. */
const maxOpenCharacters = { list: 49_152, other: 16_384 } as const;

export function createBlockDriver(parser: MarkdownParser, sink: BlockSink, references: ReferenceStore): BlockDriver {
  const state = createDriverState(parser, sink, references);
  return {
    push: (text) => push(state, text),
    finish: () => finish(state),
    step: () => step(state),
    show: () => show(state),
    needsSecondPass: () => countReferences(references) > state.referencesAtFirstUse,
  };
}

function push(state: DriverState, text: string): void {
  const joined = state.heldReturn + text;
  state.heldReturn = joined.endsWith('\r') ? '\r' : '';
  state.incoming += normalize(state.heldReturn === '' ? joined : joined.slice(0, -1));
}

function finish(state: DriverState): void {
  if (state.heldReturn !== '') state.incoming += '\n';
  state.heldReturn = '';
  state.finished = true;
}

function step(state: DriverState): boolean {
  if (state.mode === 'fence') return stepFence(state);
  if (state.mode === 'plain') return stepPlain(state);
  const length = completeLength(state.incoming, state.stepLimit);
  if (length > 0) return advance(state, length);
  if (state.incoming.length > maxLineCharacters) return startPlain(state);
  if (!state.finished || (state.incoming === '' && state.tail === '')) return false;
  return advance(state, state.incoming.length);
}

function advance(state: DriverState, length: number): boolean {
  state.tail += state.incoming.slice(0, length);
  state.incoming = state.incoming.slice(length);
  const tokens = state.parser.parse(state.tail, state.references);
  state.stepLimit = stepFor(tokens, state.tail.length);
  const last = topLevelBlocks(tokens).at(-1);
  if (last === undefined) {
    if (state.finished || state.tail.length > maxOpenCharacters.other) state.tail = '';
    return state.incoming !== '';
  }
  const opening = last.type === 'fence' ? readFenceOpening(state.tail, last.startLine) : undefined;
  if (opening !== undefined) enterFence(state, tokens, last, opening);
  else if (isTooLong(state.tail, last) || (state.finished && state.incoming === '')) commitAll(state, tokens);
  else keepLast(state, tokens, last);
  return state.incoming !== '' || state.mode === 'fence';
}

function isTooLong(tail: string, last: TopLevelBlock): boolean {
  return tail.length - offsetOfLine(tail, last.startLine) > (last.type === 'list' ? maxOpenCharacters.list : maxOpenCharacters.other);
}

function commitAll(state: DriverState, tokens: readonly Token[]): void {
  commit(state, tokens);
  state.continues = false;
  state.tail = '';
}

function keepLast(state: DriverState, tokens: readonly Token[], last: TopLevelBlock): void {
  if (last.start > 0) {
    commit(state, tokens.slice(0, last.start));
    state.continues = false;
  }
  const rest = state.tail.slice(offsetOfLine(state.tail, last.startLine));
  const split = splitContainer(tokens.slice(last.start), last, rest);
  state.tail = split?.rest ?? rest;
  if (split === undefined) return;
  commit(state, split.final);
  state.continues = true;
}

function enterFence(state: DriverState, tokens: readonly Token[], last: TopLevelBlock, opening: FenceOpening): void {
  if (last.start > 0) commit(state, tokens.slice(0, last.start));
  state.continues = false;
  state.incoming = state.tail.slice(offsetOfLine(state.tail, last.startLine + (opening.isEdit === true ? 0 : 1))) + state.incoming;
  state.tail = '';
  state.shown = undefined;
  state.mode = 'fence';
  state.fence = opening;
  state.insideLine = false;
  state.sink.openFence(opening.info);
}

function commit(state: DriverState, tokens: readonly Token[]): void {
  if (tokens.some((token) => token.type === 'inline' && token.content.includes('['))) {
    state.referencesAtFirstUse = Math.min(state.referencesAtFirstUse, countReferences(state.references));
  }
  state.shown = undefined;
  state.sink.commit(tokens, state.continues);
}

function startPlain(state: DriverState): boolean {
  if (state.tail !== '') commitAll(state, state.parser.parse(state.tail, state.references));
  state.shown = undefined;
  state.mode = 'plain';
  return true;
}

function show(state: DriverState): void {
  if (state.mode !== 'blocks') return;
  const partial = state.incoming.slice(0, maxLineCharacters);
  const source = hideTableHead(state.tail) + holdBack(state.tail, partial);
  if (source === (state.shown ?? '')) return;
  state.shown = source;
  // References of the provisional end must not become final: they live in a store that only inherits the real one.
  const provisional = { references: Object.create(state.references.references ?? null) as NonNullable<ReferenceStore['references']> };
  state.sink.show(state.parser.parse(source, provisional), state.continues);
}

function normalize(text: string): string {
  return text.replace(/\r\n?/g, '\n').replaceAll('\0', '\uFFFD');
}

/** Length of the complete lines at the start that one step takes; 0 when the first line is not complete (or too long). */
function completeLength(text: string, limit: number): number {
  const within = text.lastIndexOf('\n', limit - 1);
  if (within >= 0) return within + 1;
  return text.slice(0, maxLineCharacters).indexOf('\n') + 1;
}

/** Text goes on as it was: as many characters as made a step's nodes. */
function stepFor(tokens: readonly Token[], length: number): number {
  const nodes = tokens.reduce((sum, token) => sum + (token.type === 'fence' ? nodesOfFence : 1), 1);
  return Math.max(leastStepCharacters, Math.min(stepCharacters, Math.floor((length * stepNodes) / nodes)));
}

function countReferences(store: ReferenceStore): number {
  return store.references === undefined ? 0 : Object.keys(store.references).length;
}
