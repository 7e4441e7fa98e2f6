// One message's text as it is drawn: takes text as it comes, works in slices, knows when it is done.
import { createBlockDriver, type BlockDriver } from './blockDriver.ts';
import { createBlockView } from './blockView.ts';
import type { MarkdownParser, ReferenceStore } from './parser.ts';
import type { Words } from '../words.ts';

export interface MessageBody {
  push(text: string): void;
  /** No more text comes; the caret goes. */
  finish(): void;
  /** Works until `deadline`; true when everything that was pushed is drawn. */
  work(deadline: number): boolean;
}

export interface MessageBodyOptions {
  readonly parser: MarkdownParser;
  readonly words: Words;
  readonly now: () => number;
  readonly onCode: (card: HTMLElement) => void;
  readonly onScrollable: (element: HTMLElement) => void;
}

/** The provisional end is redrawn at most for this share of the time: a long list is not redrawn in each frame. */
const pauseFactor = 3;

export function createMessageBody(root: HTMLElement, options: MessageBodyOptions): MessageBody {
  const caret = createCaret();
  const references: ReferenceStore = {};
  const body: BodyState = { root, options, references, whole: '', current: root, driver: createDriver(root, options, references), finished: false, secondPass: false, nextShow: 0 };
  return {
    push: (text) => {
      body.driver.push(text);
      // Kept only while it may be needed again: link references are rare, and so is the second pass.
      if (body.whole !== undefined) body.whole += text;
    },
    finish: () => {
      body.finished = true;
      body.driver.finish();
    },
    work: (deadline) => {
      caret.remove();
      const idle = drain(body, deadline);
      if (!body.finished) deepestEnd(root).append(caret);
      return idle;
    },
  };
}

interface BodyState {
  readonly root: HTMLElement;
  readonly options: MessageBodyOptions;
  readonly references: ReferenceStore;
  /** All of the text; undefined when no second pass can come. */
  whole: string | undefined;
  /** Where the driver draws: beside the root in the second pass. */
  current: HTMLElement;
  driver: BlockDriver;
  finished: boolean;
  secondPass: boolean;
  nextShow: number;
}

function createDriver(element: HTMLElement, options: MessageBodyOptions, references: ReferenceStore): BlockDriver {
  return createBlockDriver(options.parser, createBlockView(element, options), references);
}

function drain(body: BodyState, deadline: number): boolean {
  while (body.driver.step()) {
    if (body.options.now() >= deadline) return false;
  }
  if (!body.finished) return showEnd(body);
  if (body.secondPass) return swap(body);
  if (body.driver.needsSecondPass()) return startSecondPass(body, deadline);
  body.whole = undefined;
  return true;
}

function showEnd(body: BodyState): boolean {
  const start = body.options.now();
  if (start < body.nextShow) return false;
  body.driver.show();
  const end = body.options.now();
  body.nextShow = end + (end - start) * pauseFactor;
  return true;
}

/** With all references known, the text is drawn again beside the old drawing, which is then replaced at once. */
function startSecondPass(body: BodyState, deadline: number): boolean {
  body.secondPass = true;
  body.current = document.createElement('div');
  body.driver = createDriver(body.current, body.options, body.references);
  body.driver.push(body.whole ?? '');
  body.driver.finish();
  return drain(body, deadline);
}

function swap(body: BodyState): boolean {
  body.root.replaceChildren(...body.current.childNodes);
  body.secondPass = false;
  body.whole = undefined;
  body.driver = { ...body.driver, step: () => false, needsSecondPass: () => false };
  return true;
}

/** Marks the end of the text while it grows. */
function createCaret(): HTMLElement {
  const caret = document.createElement('span');
  caret.className = 'caret';
  caret.setAttribute('aria-hidden', 'true');
  return caret;
}

const holders = new Set(['P', 'LI', 'UL', 'OL', 'BLOCKQUOTE', 'H3', 'H4', 'H5', 'H6', 'DIV', 'PRE', 'CODE', 'TABLE', 'TBODY', 'TR', 'TD']);

/** The element in which the next character will most likely appear. */
function deepestEnd(root: HTMLElement): HTMLElement {
  let element = root;
  for (;;) {
    const last = element.lastElementChild;
    if (!(last instanceof HTMLElement) || last.nextSibling !== null) return element;
    if (!holders.has(last.tagName) && !last.classList.contains('lines')) return element;
    // Inline code at the end of a paragraph is not where text goes on; a block's code is.
    if (last.tagName === 'CODE' && element.tagName !== 'PRE') return element;
    element = last;
  }
}
