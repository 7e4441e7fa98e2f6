// Tokens → nodes, directly: there is no HTML text and no innerHTML anywhere. Elements, classes and attributes are ours alone;
// of the model there is only text. Images become links, links carry no address that the browser could follow.
import { createCodeCard } from './codeCard.ts';
import { appendMarked } from './codeText.ts';
import { createInline } from './inlineToDom.ts';
import type { Token } from './parser.ts';
import { createIcon } from '../ui/icons.ts';
import type { Words } from '../words.ts';

export interface HeadingLevels {
  /** Level of the last heading in the message, so that levels never jump. */
  last: number;
}

export interface DomContext {
  readonly words: Words;
  readonly headings: HeadingLevels;
}

export function tokensToDom(tokens: readonly Token[], context: DomContext): readonly HTMLElement[] {
  const root = document.createElement('div');
  const stack: HTMLElement[] = [root];
  for (const token of tokens) {
    const parent = stack.at(-1) ?? root;
    if (token.nesting === 1) stack.push(openElement(token, parent, context));
    else if (token.nesting === -1) {
      if (stack.length > 1) stack.pop();
    } else appendLeaf(token, parent, context);
  }
  for (const wrapper of root.querySelectorAll('.table > table')) wrapper.parentElement?.setAttribute('aria-label', context.words.text('tableLabel'));
  return [...root.children].filter((child) => child instanceof HTMLElement);
}

function openElement(token: Token, parent: HTMLElement, context: DomContext): HTMLElement {
  const element = document.createElement(tagOf(token, context.headings));
  if (token.type === 'table_open') {
    const wrapper = document.createElement('div');
    wrapper.className = 'table';
    wrapper.setAttribute('role', 'group');
    wrapper.append(element);
    parent.append(wrapper);
    return element;
  }
  if (token.type === 'paragraph_open' && !token.hidden && parent.tagName === 'LI') parent.parentElement?.classList.add('loose');
  if (token.type === 'ordered_list_open') setListStart(element, token);
  if (token.type === 'th_open' || token.type === 'td_open') setAlignment(element, token);
  parent.append(element);
  return element;
}

/** A closed list of tags: a name from the parser is never used as it is. */
function tagOf(token: Token, headings: HeadingLevels): string {
  switch (token.type) {
    case 'paragraph_open': return 'p';
    case 'heading_open': return headingTag(token, headings);
    case 'blockquote_open': return 'blockquote';
    case 'bullet_list_open': return 'ul';
    case 'ordered_list_open': return 'ol';
    case 'list_item_open': return 'li';
    case 'table_open': return 'table';
    case 'thead_open': return 'thead';
    case 'tbody_open': return 'tbody';
    case 'tr_open': return 'tr';
    case 'th_open': return 'th';
    case 'td_open': return 'td';
    default: return 'div';
  }
}

/** The message itself is headed by an h2: what the model writes starts at h3 and goes down by one at most. */
function headingTag(token: Token, headings: HeadingLevels): string {
  const wanted = Number(token.tag.slice(1)) + 2;
  headings.last = Math.min(6, wanted, headings.last + 1);
  return `h${headings.last}`;
}

function setListStart(element: HTMLElement, token: Token): void {
  const start = Number(token.attrGet('start') ?? 1);
  if (element instanceof HTMLOListElement && Number.isSafeInteger(start) && start !== 1) element.start = start;
}

function setAlignment(element: HTMLElement, token: Token): void {
  const align = /text-align:(left|center|right)/.exec(String(token.attrGet('style') ?? ''))?.[1];
  if (align !== undefined) element.className = `align-${align}`;
  if (element.tagName === 'TH') element.setAttribute('scope', 'col');
}

function appendLeaf(token: Token, parent: HTMLElement, context: DomContext): void {
  switch (token.type) {
    case 'inline':
      appendInline(token, parent, context);
      return;
    case 'fence':
      parent.append(createCodeCard(token.info, token.content, context.words));
      return;
    case 'code_block':
      parent.append(createCodeCard('', token.content, context.words));
      return;
    case 'hr':
      parent.append(document.createElement('hr'));
      return;
    default:
      appendMarked(parent, token.content);
  }
}

function appendInline(token: Token, parent: HTMLElement, context: DomContext): void {
  const children = token.children ?? [];
  const item = parent.parentElement;
  const task = item?.tagName === 'LI' && parent === item.firstElementChild ? /^\[([ xX])\][ \t]/.exec(children[0]?.content ?? '') : null;
  if (task !== null && item !== null) {
    item.classList.add('task');
    parent.append(createTaskMark(task[1] !== ' ', context.words));
  }
  createInline(children, parent, { words: context.words, skip: task?.[0].length ?? 0 });
}

function createTaskMark(done: boolean, words: Words): HTMLElement {
  const mark = document.createElement('span');
  mark.className = done ? 'task-mark done' : 'task-mark';
  mark.setAttribute('role', 'img');
  mark.setAttribute('aria-label', words.text(done ? 'taskDone' : 'taskOpen'));
  if (done) mark.append(createIcon('check'));
  return mark;
}
