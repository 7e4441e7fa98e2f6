// Turns a stream of markdown into final blocks and one provisional end, so that no text is parsed more than a few times.
// Every top-level block but the last is final; a list is final but for its last item, a table but for its last row; an open
// fence takes its lines as text. Each step is bounded, whatever arrives. Knows tokens only, no DOM.
import { hideTableHead, holdBack } from './holdBack.ts';
import type { MarkdownParser, ReferenceStore, Token } from './parser.ts';
import { readFenceOpening, stripIndent, type FenceOpening } from './fences.ts';
import { offsetOfLine, splitContainer, topLevelBlocks, type TopLevelBlock } from './topLevelBlocks.ts';

export interface BlockSink {
  /** Final tokens. `continues`: their first block is more items or rows of the container committed last. */
  commit(tokens: readonly Token[], continues: boolean): void;
  /** What stands below the final blocks for now; the next commit or show replaces it. */
  show(tokens: readonly Token[], continues: boolean): void;
  openFence(info: string): void;
  appendCode(text: string): void;
  closeFence(): void;
  /** Text of a line too long to be parsed. */
  appendPlain(text: string): void;
  endPlain(): void;
}

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

/** Characters of complete lines that one step parses: about 1 ms. Fewer where they make many nodes. */
const stepCharacters = 4_096;
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
  let incoming = '';
  let heldReturn = '';
  let tail = '';
  let mode: 'blocks' | 'fence' | 'plain' = 'blocks';
  let fence: FenceOpening | undefined;
  let insideLine = false;
  let continues = false;
  let finished = false;
  let shown: string | undefined;
  let referencesAtFirstUse = Number.POSITIVE_INFINITY;
  let stepLimit = stepCharacters;

  return { push, finish, step, show, needsSecondPass: () => countReferences(references) > referencesAtFirstUse };

  function push(text: string): void {
    const joined = heldReturn + text;
    heldReturn = joined.endsWith('\r') ? '\r' : '';
    incoming += normalize(heldReturn === '' ? joined : joined.slice(0, -1));
  }

  function finish(): void {
    if (heldReturn !== '') incoming += '\n';
    heldReturn = '';
    finished = true;
  }

  function step(): boolean {
    if (mode === 'fence') return stepFence();
    if (mode === 'plain') return stepPlain();
    const length = completeLength(incoming, stepLimit);
    if (length > 0) return advance(length);
    if (incoming.length > maxLineCharacters) return startPlain();
    if (!finished || (incoming === '' && tail === '')) return false;
    return advance(incoming.length);
  }

  function advance(length: number): boolean {
    tail += incoming.slice(0, length);
    incoming = incoming.slice(length);
    const tokens = parser.parse(tail, references);
    stepLimit = stepFor(tokens, tail.length);
    const blocks = topLevelBlocks(tokens);
    const last = blocks.at(-1);
    if (last === undefined) {
      if (finished || tail.length > maxOpenCharacters.other) tail = '';
      return incoming !== '';
    }
    const opening = last.type === 'fence' ? readFenceOpening(tail, last.startLine) : undefined;
    if (opening !== undefined) enterFence(tokens, last, opening);
    else if (isTooLong(last) || (finished && incoming === '')) commitAll(tokens);
    else keepLast(tokens, last);
    return incoming !== '' || mode === 'fence';
  }

  function isTooLong(last: TopLevelBlock): boolean {
    return tail.length - offsetOfLine(tail, last.startLine) > (last.type === 'list' ? maxOpenCharacters.list : maxOpenCharacters.other);
  }

  function commitAll(tokens: readonly Token[]): void {
    commit(tokens);
    continues = false;
    tail = '';
  }

  function keepLast(tokens: readonly Token[], last: TopLevelBlock): void {
    if (last.start > 0) {
      commit(tokens.slice(0, last.start));
      continues = false;
    }
    const rest = tail.slice(offsetOfLine(tail, last.startLine));
    const split = splitContainer(tokens.slice(last.start), last, rest);
    tail = split?.rest ?? rest;
    if (split === undefined) return;
    commit(split.final);
    continues = true;
  }

  function enterFence(tokens: readonly Token[], last: TopLevelBlock, opening: FenceOpening): void {
    if (last.start > 0) commit(tokens.slice(0, last.start));
    continues = false;
    incoming = tail.slice(offsetOfLine(tail, last.startLine + (opening.isEdit === true ? 0 : 1))) + incoming;
    tail = '';
    shown = undefined;
    mode = 'fence';
    fence = opening;
    insideLine = false;
    sink.openFence(opening.info);
  }

  function commit(tokens: readonly Token[]): void {
    if (tokens.some((token) => token.type === 'inline' && token.content.includes('['))) {
      referencesAtFirstUse = Math.min(referencesAtFirstUse, countReferences(references));
    }
    shown = undefined;
    sink.commit(tokens, continues);
  }

  function stepFence(): boolean {
    if (fence === undefined) return false;
    const window = incoming.slice(0, stepCharacters * 2);
    let text = '';
    let at = 0;
    while (at < window.length) {
      const end = window.indexOf('\n', at);
      const line = end < 0 ? window.slice(at) : window.slice(at, end);
      if (!insideLine && end < 0 && window.length === incoming.length && !finished && fence.mayClose.test(line)) break;
      if (!insideLine && fence.closes.test(line) && (end >= 0 || finished)) {
        return closeFence(text, end < 0 ? window.length : end + 1);
      }
      text += (insideLine ? line : stripIndent(line, fence.indent)) + (end < 0 ? '' : '\n');
      insideLine = end < 0;
      at = end < 0 ? window.length : end + 1;
    }
    if (text !== '') sink.appendCode(text);
    incoming = incoming.slice(at);
    if (incoming !== '' && at > 0) return true;
    return finished ? closeFence('', incoming.length) : false;
  }

  function closeFence(text: string, length: number): boolean {
    if (text !== '') sink.appendCode(text);
    sink.closeFence();
    incoming = incoming.slice(length);
    mode = 'blocks';
    fence = undefined;
    return incoming !== '';
  }

  function startPlain(): boolean {
    if (tail !== '') commitAll(parser.parse(tail, references));
    shown = undefined;
    mode = 'plain';
    return true;
  }

  function stepPlain(): boolean {
    const window = incoming.slice(0, stepCharacters * 4);
    const end = window.indexOf('\n');
    const text = end < 0 ? window : window.slice(0, end);
    if (text !== '') sink.appendPlain(text);
    incoming = incoming.slice(end < 0 ? window.length : end + 1);
    if (end >= 0 || (finished && incoming === '')) {
      sink.endPlain();
      mode = 'blocks';
    }
    return incoming !== '';
  }

  function show(): void {
    if (mode !== 'blocks') return;
    const partial = incoming.slice(0, maxLineCharacters);
    const source = hideTableHead(tail) + holdBack(tail, partial);
    if (source === (shown ?? '')) return;
    shown = source;
    // References of the provisional end must not become final: they live in a store that only inherits the real one.
    const provisional = { references: Object.create(references.references ?? null) as NonNullable<ReferenceStore['references']> };
    sink.show(parser.parse(source, provisional), continues);
  }
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
