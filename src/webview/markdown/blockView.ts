// Draws what the block driver decides: final blocks stay as they are, the provisional end is morphed into its next form.
// Blocks are grouped in sections and those in chapters, so that the browser lays out and paints only what is in sight.
import type { BlockSink } from './blockDriver.ts';
import { createCodeCard, openCode } from './codeCard.ts';
import { appendMarked } from './codeText.ts';
import type { CodeWriter } from './codeWriter.ts';
import { morph } from './morph.ts';
import type { Token } from './parser.ts';
import { tokensToDom, type DomContext } from './tokensToDom.ts';
import type { Words } from '../words.ts';

export interface BlockViewOptions {
  readonly words: Words;
  /** Called with each card whose code is complete. */
  readonly onCode: (card: HTMLElement) => void;
  /** Called with each card and table that may be wider than the panel. */
  readonly onScrollable: (element: HTMLElement) => void;
}

const wideBlocks = '.code-card, .table';
const blocksPerSection = 24;
const sectionsPerChapter = 24;
const itemsPerContainer = 100;
/** About the length of a screen of text; keeps each node's layout small. */
const plainChunkCharacters = 2_000;
const chunksPerGroup = 30;

export function createBlockView(root: HTMLElement, options: BlockViewOptions): BlockSink {
  const context: DomContext = { words: options.words, headings: { last: 2 } };
  let chapter: HTMLElement | undefined;
  let section: HTMLElement | undefined;
  let outer: Node[] = [];
  let inner: Node[] = [];
  let container: HTMLElement | undefined;
  let open: { readonly card: HTMLElement; readonly code: CodeWriter } | undefined;
  let plain: HTMLElement | undefined;
  let plainGroup: HTMLElement | undefined;

  return { commit, show, openFence, appendCode, closeFence, appendPlain, endPlain };

  function commit(tokens: readonly Token[], continues: boolean): void {
    const { items, blocks, loose } = divide(tokensToDom(tokens, context), continues);
    if (loose) container?.classList.add('loose');
    if (container !== undefined && items.length > 0) placeItems(items);
    if (blocks.length > 0) {
      inner = removeAll(inner);
      placeFinal(blocks);
    }
  }

  function placeFinal(blocks: readonly Node[], complete = true): void {
    section ??= addSection();
    const placed = place(section, outer, blocks);
    outer = placed.rest;
    if (complete) placed.placed.forEach(collect);
    container = containerOf(placed.placed.at(-1));
    if (section.childElementCount >= blocksPerSection && outer.length === 0) section = undefined;
  }

  /** A list or table of thousands of items is drawn as several, so that the browser lays out only what is seen. */
  function placeItems(items: readonly Node[]): void {
    if (container !== undefined && container.childElementCount - inner.length >= itemsPerContainer) {
      inner = removeAll(inner);
      const next = continueContainer(container);
      if (outer.length === 0) section = addSection('section continues');
      placeFinal([next]);
    }
    if (container === undefined) return;
    const placed = place(container, inner, items);
    inner = placed.rest;
    placed.placed.forEach(collect);
  }

  function show(tokens: readonly Token[], continues: boolean): void {
    const last = context.headings.last;
    const { items, blocks, loose } = divide(tokensToDom(tokens, context), continues);
    context.headings.last = last;
    if (loose) container?.classList.add('loose');
    if (container !== undefined) inner = replaceAll(container, inner, items);
    if (section === undefined && blocks.length === 0) return;
    section ??= addSection();
    outer = replaceAll(section, outer, blocks);
  }

  function openFence(info: string): void {
    clearProvisional();
    const card = createCodeCard(info, '', options.words);
    open = { card, code: openCode(card, options.words) };
    placeFinal([card], false);
  }

  function appendCode(text: string): void {
    open?.code.append(text);
  }

  function closeFence(): void {
    open?.code.end();
    if (open !== undefined) collect(open.card);
    open = undefined;
  }

  function appendPlain(text: string): void {
    if (plain === undefined) {
      clearProvisional();
      plain = document.createElement('div');
      plain.className = 'plain';
      placeFinal([plain]);
    }
    for (let at = 0; at < text.length; at += plainChunkCharacters) {
      const chunk = document.createElement('span');
      chunk.className = 'plain-chunk';
      appendMarked(chunk, text.slice(at, at + plainChunkCharacters));
      if (plainGroup === undefined || plainGroup.childElementCount >= chunksPerGroup) {
        plainGroup = document.createElement('div');
        plainGroup.className = 'plain-group';
        plain.append(plainGroup);
      }
      plainGroup.append(chunk);
    }
  }

  function endPlain(): void {
    plain = undefined;
    plainGroup = undefined;
  }

  function clearProvisional(): void {
    inner = removeAll(inner);
    outer = removeAll(outer);
    container = undefined;
  }

  function collect(node: Node): void {
    if (!(node instanceof HTMLElement)) return;
    const wide = node.matches(wideBlocks) ? [node] : node.querySelectorAll<HTMLElement>(wideBlocks);
    for (const element of wide) {
      options.onScrollable(element);
      if (element.classList.contains('code-card')) options.onCode(element);
    }
  }

  function addSection(name = 'section'): HTMLElement {
    const element = document.createElement('div');
    element.className = name;
    if (chapter === undefined || chapter.childElementCount >= sectionsPerChapter) {
      chapter = document.createElement('div');
      chapter.className = 'chapter';
      root.append(chapter);
    }
    chapter.append(element);
    return element;
  }
}

/** The children of a continued container, and the blocks after it. */
function divide(nodes: readonly HTMLElement[], continues: boolean): { readonly items: readonly Node[]; readonly blocks: readonly Node[]; readonly loose: boolean } {
  const [first, ...others] = nodes;
  if (!continues || first === undefined) return { items: [], blocks: nodes, loose: false };
  return { items: [...(containerOf(first)?.childNodes ?? [])], blocks: others, loose: first.classList.contains('loose') };
}

/** An empty one of the same kind: the same list, counted on, or a table without a head. */
function continueContainer(container: HTMLElement): HTMLElement {
  if (container.tagName !== 'TBODY') {
    const list = shallowCopy(container);
    if (list instanceof HTMLOListElement && container instanceof HTMLOListElement) list.start = container.start + container.childElementCount;
    return list;
  }
  const wrapper = shallowCopy(container.closest<HTMLElement>('.table') ?? container);
  const table = document.createElement('table');
  table.append(document.createElement('tbody'));
  wrapper.append(table);
  return wrapper;
}

function shallowCopy(element: HTMLElement): HTMLElement {
  const copy = element.cloneNode(false);
  if (!(copy instanceof HTMLElement)) throw new Error('A copy of another kind');
  copy.classList.add('continued');
  return copy;
}

function containerOf(node: Node | undefined): HTMLElement | undefined {
  if (!(node instanceof HTMLElement)) return undefined;
  if (node.tagName === 'UL' || node.tagName === 'OL') return node;
  return node.querySelector<HTMLElement>(':scope > table > tbody') ?? undefined;
}

/** Puts nodes where the provisional ones stand; those that are left over stay behind them. */
function place(parent: HTMLElement, provisional: readonly Node[], nodes: readonly Node[]): { readonly placed: readonly Node[]; readonly rest: Node[] } {
  const rest = [...provisional];
  const placed = nodes.map((node) => {
    const current = rest.shift();
    return current === undefined ? parent.appendChild(node) : morph(current, node);
  });
  return { placed, rest };
}

function replaceAll(parent: HTMLElement, provisional: readonly Node[], nodes: readonly Node[]): Node[] {
  const { placed, rest } = place(parent, provisional, nodes);
  removeAll(rest);
  return [...placed];
}

function removeAll(nodes: readonly Node[]): Node[] {
  for (const node of nodes) node.parentNode?.removeChild(node);
  return [];
}
