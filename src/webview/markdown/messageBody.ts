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
  const references: ReferenceStore = {};
  const caret = createCaret();
  let whole: string | undefined = '';
  let current = root;
  let driver = createDriver(root);
  let finished = false;
  let secondPass = false;
  let nextShow = 0;

  return {
    push: (text) => {
      driver.push(text);
      // Kept only while it may be needed again: link references are rare, and so is the second pass.
      if (whole !== undefined) whole += text;
    },
    finish: () => {
      finished = true;
      driver.finish();
    },
    work,
  };

  function work(deadline: number): boolean {
    caret.remove();
    const idle = drain(deadline);
    if (!finished) deepestEnd(root).append(caret);
    return idle;
  }

  function drain(deadline: number): boolean {
    while (driver.step()) {
      if (options.now() >= deadline) return false;
    }
    if (!finished) return showEnd();
    if (secondPass) return swap();
    if (driver.needsSecondPass()) return startSecondPass(deadline);
    whole = undefined;
    return true;
  }

  function showEnd(): boolean {
    const start = options.now();
    if (start < nextShow) return false;
    driver.show();
    const end = options.now();
    nextShow = end + (end - start) * pauseFactor;
    return true;
  }

  /** With all references known, the text is drawn again beside the old drawing, which is then replaced at once. */
  function startSecondPass(deadline: number): boolean {
    secondPass = true;
    current = document.createElement('div');
    driver = createDriver(current);
    driver.push(whole ?? '');
    driver.finish();
    return drain(deadline);
  }

  function swap(): boolean {
    root.replaceChildren(...current.childNodes);
    secondPass = false;
    whole = undefined;
    driver = { ...driver, step: () => false, needsSecondPass: () => false };
    return true;
  }

  function createDriver(element: HTMLElement): BlockDriver {
    return createBlockDriver(options.parser, createBlockView(element, options), references);
  }
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
