// The text of a code block as DOM: blocks of lines, so that a long block costs layout only where it is seen, and an open one
// grows by appending to its last text node. Hidden characters are marked where they stand.
import { hasHiddenCharacters, splitHiddenCharacters } from './hiddenCharacters.ts';
import type { CodePiece } from './highlight.ts';

export const linesPerChunk = 50;
/** A longer line is broken on the screen (not in the text), so that no single line has to be laid out at once. */
const maxRowCharacters = 2_000;

export function appendCodeText(code: HTMLElement, text: string): void {
  let rest = code.dataset['held'] === undefined ? text : `\n${text}`;
  delete code.dataset['held'];
  if (rest.endsWith('\n')) {
    code.dataset['held'] = '';
    rest = rest.slice(0, -1);
    if (rest === '' && code.lastChild !== null) return;
  }
  let chunk = lastChunk(code);
  while (rest !== '') {
    const room = roomIn(chunk, rest);
    if (room.length > 0) appendTo(chunk, rest.slice(0, room.length));
    rest = rest.slice(room.length + (room.endsAtNewline ? 1 : 0));
    if (!room.full) break;
    chunk = addChunk(code, room.endsAtNewline);
  }
}

/** What is shown is what is copied, inserted or applied. */
export function readCodeText(code: Element): string {
  let text = '';
  for (const chunk of code.children) {
    if (chunk.previousElementSibling !== null && !chunk.hasAttribute('data-joined')) text += '\n';
    text += chunk.textContent;
  }
  return text;
}

export function fillChunk(chunk: Element, lines: readonly (readonly CodePiece[])[]): void {
  const nodes: Node[] = [];
  lines.forEach((pieces, index) => {
    for (const piece of pieces) nodes.push(createPiece(piece));
    if (index < lines.length - 1) nodes.push(document.createTextNode('\n'));
  });
  chunk.replaceChildren(...nodes);
}

function createPiece(piece: CodePiece): Node {
  if (piece.color === undefined && !hasHiddenCharacters(piece.text)) return document.createTextNode(piece.text);
  const span = document.createElement('span');
  if (piece.color !== undefined) span.className = `token-${piece.color}`;
  appendMarked(span, piece.text);
  return span;
}

/** Appends text with each hidden character in an element that shows its code point. */
export function appendMarked(parent: Element, text: string): void {
  if (!hasHiddenCharacters(text)) {
    appendText(parent, text);
    return;
  }
  for (const piece of splitHiddenCharacters(text)) {
    if (piece.codePoint === undefined) appendText(parent, piece.text);
    else parent.append(createMark(piece.text, piece.codePoint));
  }
}

function createMark(character: string, codePoint: string): HTMLElement {
  const mark = document.createElement('span');
  mark.className = 'hidden-character';
  mark.dataset['codePoint'] = codePoint;
  mark.textContent = character;
  return mark;
}

function appendText(parent: Element, text: string): void {
  const last = parent.lastChild;
  if (last instanceof Text) last.appendData(text);
  else parent.append(text);
}

function lastChunk(code: HTMLElement): HTMLElement {
  const last = code.lastElementChild;
  return last instanceof HTMLElement ? last : addChunk(code, true);
}

function addChunk(code: HTMLElement, startsLine: boolean): HTMLElement {
  const chunk = document.createElement('span');
  chunk.className = 'lines';
  if (!startsLine) chunk.dataset['joined'] = '';
  code.append(chunk);
  // The first screens of a block are laid out at once.
  if (code.childElementCount === 3) code.classList.add('long');
  return chunk;
}

function appendTo(chunk: HTMLElement, text: string): void {
  const newlines = text.split('\n').length - 1;
  const lastBreak = text.lastIndexOf('\n');
  const width = text.length - lastBreak - 1;
  chunk.dataset['count'] = String(Number(chunk.dataset['count'] ?? 0) + newlines);
  chunk.dataset['width'] = String(lastBreak < 0 ? Number(chunk.dataset['width'] ?? 0) + width : width);
  appendMarked(chunk, text);
}

/** How much of `text` the chunk still takes, and why it stops there. */
function roomIn(chunk: HTMLElement, text: string): { readonly length: number; readonly endsAtNewline: boolean; readonly full: boolean } {
  let count = Number(chunk.dataset['count'] ?? 0);
  let width = Number(chunk.dataset['width'] ?? 0);
  let at = 0;
  for (;;) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    if (width + end - at > maxRowCharacters) return { length: at + maxRowCharacters - width, endsAtNewline: false, full: true };
    if (newline < 0) return { length: text.length, endsAtNewline: false, full: false };
    count += 1;
    if (count >= linesPerChunk) return { length: newline, endsAtNewline: true, full: true };
    width = 0;
    at = newline + 1;
  }
}
