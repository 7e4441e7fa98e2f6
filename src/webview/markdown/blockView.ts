// Draws what the block driver decides: final blocks stay as they are, the provisional end is morphed into its next form.
// Blocks are grouped in sections and those in chapters, so that the browser lays out and paints only what is in sight.
import type { BlockSink } from './blockSink.ts';
import { createCodeCard, openCode } from './codeCard.ts';
import type { CodeWriter } from './codeWriter.ts';
import { containerOf, continueContainer, divide } from './containers.ts';
import type { Token } from './parser.ts';
import { createPlainText, type PlainText } from './plainText.ts';
import { place, removeAll, replaceAll } from './provisional.ts';
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

export function createBlockView(root: HTMLElement, options: BlockViewOptions): BlockSink {
  const drawing: Drawing = {
    root, options, context: { words: options.words, headings: { last: 2 } },
    chapter: undefined, section: undefined, outer: [], inner: [], container: undefined, open: undefined, plain: undefined,
  };
  return {
    commit: (tokens, continues) => commit(drawing, tokens, continues),
    show: (tokens, continues) => show(drawing, tokens, continues),
    openFence: (info) => openFence(drawing, info),
    appendCode: (text) => drawing.open?.code.append(text),
    closeFence: () => closeFence(drawing),
    appendPlain: (text) => appendPlain(drawing, text),
    endPlain: () => {
      drawing.plain = undefined;
    },
  };
}

interface Drawing {
  readonly root: HTMLElement;
  readonly options: BlockViewOptions;
  readonly context: DomContext;
  chapter: HTMLElement | undefined;
  /** Takes the next blocks. */
  section: HTMLElement | undefined;
  /** Provisional blocks at the end of the section. */
  outer: Node[];
  /** Provisional items at the end of the container. */
  inner: Node[];
  /** The list or the body of a table that was placed last. */
  container: HTMLElement | undefined;
  open: { readonly card: HTMLElement; readonly code: CodeWriter } | undefined;
  plain: PlainText | undefined;
}

function commit(drawing: Drawing, tokens: readonly Token[], continues: boolean): void {
  const { items, blocks, loose } = divide(tokensToDom(tokens, drawing.context), continues);
  if (loose) drawing.container?.classList.add('loose');
  if (drawing.container !== undefined && items.length > 0) placeItems(drawing, items);
  if (blocks.length > 0) {
    drawing.inner = removeAll(drawing.inner);
    placeFinal(drawing, blocks);
  }
}

function placeFinal(drawing: Drawing, blocks: readonly Node[], complete = true): void {
  const section = (drawing.section ??= addSection(drawing));
  const { placed, rest } = place(section, drawing.outer, blocks);
  drawing.outer = rest;
  if (complete) collectAll(placed, drawing.options);
  drawing.container = containerOf(placed.at(-1));
  if (section.childElementCount >= blocksPerSection && rest.length === 0) drawing.section = undefined;
}

/** A list or table of thousands of items is drawn as several, so that the browser lays out only what is seen. */
function placeItems(drawing: Drawing, items: readonly Node[]): void {
  const { container, inner } = drawing;
  if (container !== undefined && container.childElementCount - inner.length >= itemsPerContainer) {
    drawing.inner = removeAll(inner);
    const next = continueContainer(container);
    if (drawing.outer.length === 0) drawing.section = addSection(drawing, 'section continues');
    placeFinal(drawing, [next]);
  }
  if (drawing.container === undefined) return;
  const { placed, rest } = place(drawing.container, drawing.inner, items);
  drawing.inner = rest;
  collectAll(placed, drawing.options);
}

function show(drawing: Drawing, tokens: readonly Token[], continues: boolean): void {
  const { context, container } = drawing;
  const last = context.headings.last;
  const { items, blocks, loose } = divide(tokensToDom(tokens, context), continues);
  context.headings.last = last;
  if (loose) container?.classList.add('loose');
  if (container !== undefined) drawing.inner = replaceAll(container, drawing.inner, items);
  if (drawing.section === undefined && blocks.length === 0) return;
  drawing.section ??= addSection(drawing);
  drawing.outer = replaceAll(drawing.section, drawing.outer, blocks);
}

function openFence(drawing: Drawing, info: string): void {
  clearProvisional(drawing);
  const { words } = drawing.options;
  const card = createCodeCard(info, '', words);
  drawing.open = { card, code: openCode(card, words) };
  placeFinal(drawing, [card], false);
}

function closeFence(drawing: Drawing): void {
  drawing.open?.code.end();
  if (drawing.open !== undefined) collectAll([drawing.open.card], drawing.options);
  drawing.open = undefined;
}

function appendPlain(drawing: Drawing, text: string): void {
  if (drawing.plain === undefined) {
    clearProvisional(drawing);
    drawing.plain = createPlainText();
    placeFinal(drawing, [drawing.plain.element]);
  }
  drawing.plain.append(text);
}

function clearProvisional(drawing: Drawing): void {
  drawing.inner = removeAll(drawing.inner);
  drawing.outer = removeAll(drawing.outer);
  drawing.container = undefined;
}

function addSection(drawing: Drawing, name = 'section'): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  if (drawing.chapter === undefined || drawing.chapter.childElementCount >= sectionsPerChapter) {
    drawing.chapter = document.createElement('div');
    drawing.chapter.className = 'chapter';
    drawing.root.append(drawing.chapter);
  }
  drawing.chapter.append(element);
  return element;
}

function collectAll(nodes: readonly Node[], { onScrollable, onCode }: BlockViewOptions): void {
  for (const node of nodes) {
    if (!(node instanceof HTMLElement)) continue;
    const wide = node.matches(wideBlocks) ? [node] : node.querySelectorAll<HTMLElement>(wideBlocks);
    for (const element of wide) {
      onScrollable(element);
      if (element.classList.contains('code-card')) onCode(element);
    }
  }
}
