// Inline tokens → nodes: text, emphasis, code, line breaks, links.
import { appendMarked } from './codeText.ts';
import { namesHost, parseLink, type LinkTarget } from './links.ts';
import type { Token } from './parser.ts';
import type { Words } from '../words.ts';

export interface InlineOptions {
  readonly words: Words;
  /** Characters at the start that were drawn otherwise: the "[x] " of a task. */
  readonly skip: number;
}

export function createInline(tokens: readonly Token[], parent: HTMLElement, options: InlineOptions): void {
  const stack: HTMLElement[] = [parent];
  tokens.forEach((token, index) => {
    const current = stack.at(-1) ?? parent;
    if (token.nesting === 1) {
      const element = openInline(token, options.words);
      current.append(element);
      stack.push(element);
    } else if (token.nesting === -1) {
      if (stack.length > 1) closeInline(stack.pop() ?? parent);
    } else appendInlineLeaf(token, current, { words: options.words, skip: index === 0 ? options.skip : 0 });
  });
}

function openInline(token: Token, words: Words): HTMLElement {
  switch (token.type) {
    case 'strong_open': return document.createElement('strong');
    case 'em_open': return document.createElement('em');
    case 's_open': return document.createElement('s');
    case 'link_open': return createLink(String(token.attrGet('href') ?? ''), words);
    default: return document.createElement('span');
  }
}

function appendInlineLeaf(token: Token, parent: HTMLElement, options: InlineOptions): void {
  switch (token.type) {
    case 'softbreak':
      parent.append('\n');
      return;
    case 'hardbreak':
      parent.append(document.createElement('br'));
      return;
    case 'code_inline':
      appendCode(parent, token.content);
      return;
    case 'image':
      appendImage(token, parent, options.words);
      return;
    default:
      appendWithBreaks(parent, token.content.slice(options.skip));
  }
}

/** Models break lines in table cells with <br>, the one tag that is understood. */
function appendWithBreaks(parent: HTMLElement, text: string): void {
  text.split(/<br ?\/?>/i).forEach((part, index) => {
    if (index > 0) parent.append(document.createElement('br'));
    if (part !== '') appendMarked(parent, part);
  });
}

function appendCode(parent: HTMLElement, content: string): void {
  const code = document.createElement('code');
  appendMarked(code, content);
  parent.append(code);
}

function appendImage(token: Token, parent: HTMLElement, words: Words): void {
  const link = createLink(String(token.attrGet('src') ?? ''), words);
  appendMarked(link, token.content === '' ? words.text('imageLink') : token.content);
  parent.append(link);
  closeInline(link);
}

function createLink(href: string, words: Words): HTMLElement {
  const target = parseLink(href);
  if (target.kind === 'inert') return createInert(href);
  const link = document.createElement('a');
  link.className = 'link';
  link.setAttribute('role', 'link');
  link.tabIndex = 0;
  link.title = target.kind === 'web' ? target.url : words.text('openFile', { path: target.path });
  setTarget(link, target);
  return link;
}

function setTarget(link: HTMLElement, target: LinkTarget): void {
  if (target.kind === 'web') {
    link.dataset['url'] = target.url;
    link.dataset['host'] = target.host;
  } else if (target.kind === 'file') {
    link.dataset['path'] = target.path;
    if (target.line !== undefined) link.dataset['line'] = String(target.line);
  }
}

function createInert(href: string): HTMLElement {
  const span = document.createElement('span');
  span.className = 'inert-link';
  span.dataset['address'] = href.slice(0, 200);
  return span;
}

/** The host that a link leads to stands beside a text that does not say it. */
function closeInline(element: HTMLElement): void {
  const host = element.dataset['host'];
  const address = element.dataset['address'];
  const text = element.textContent;
  const shown = host !== undefined && !namesHost(text, host) ? host : address !== undefined && text !== address ? address : undefined;
  if (shown === undefined) return;
  const note = document.createElement('span');
  note.className = 'link-host';
  appendMarked(note, `(${shown})`);
  element.append(note);
}
