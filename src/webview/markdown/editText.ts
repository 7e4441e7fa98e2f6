// The diff of an edit as DOM: one element a line, in blocks so that a long one costs layout only where it is seen.
import { appendMarked } from './codeText.ts';
import { createEditReader, type EditLine } from './editLines.ts';
import type { Words } from '../words.ts';

export interface EditWriter {
  append(text: string): void;
  end(): void;
}

const linesPerChunk = 50;
/** A longer line is broken on the screen (not in the text). */
const maxRowCharacters = 2_000;
const tags = { same: 'span', old: 'del', new: 'ins' } as const;

export function createEditWriter(card: HTMLElement, code: HTMLElement, words: Words): EditWriter {
  const reader = createEditReader();
  const counts = { added: 0, removed: 0 };
  /** Lines of the block that streams. */
  let open: HTMLElement[] = [];
  let unfinished = '';
  let isFirst = true;
  card.dataset['edit'] = '';

  return {
    append: (text) => {
      const lines = (unfinished + text).split('\n');
      unfinished = lines.pop() ?? '';
      lines.forEach(take);
    },
    end: () => {
      if (unfinished !== '') take(unfinished);
      unfinished = '';
      const rest = reader.finish();
      if (rest.length > 0) settle(rest);
    },
  };

  function take(line: string): void {
    const step = reader.take(line);
    if (step.type === 'line') open.push(...addLine(code, step.line));
    else if (step.type === 'block') settle(step.lines);
  }

  function settle(lines: readonly EditLine[]): void {
    for (const element of open) element.remove();
    open = [];
    const elements = lines.flatMap((line) => addLine(code, line));
    if (!isFirst) elements[0]?.classList.add('apart');
    isFirst = false;
    counts.added += lines.filter(({ kind }) => kind === 'new').length;
    counts.removed += lines.filter(({ kind }) => kind === 'old').length;
    showCounts(card, counts, words);
  }
}

/** What stands there after the edit. */
export function readNewText(code: Element): string {
  return [...code.querySelectorAll('.line:not(.old)')].map((line, index) => `${index === 0 || line.hasAttribute('data-joined') ? '' : '\n'}${line.textContent}`).join('');
}

/** Neighbouring lines of one kind, at most so many that colouring them is one short task. */
export function editRuns(code: Element): readonly (readonly Element[])[] {
  const runs: Element[][] = [];
  for (const line of code.querySelectorAll('.line')) {
    const run = runs.at(-1);
    if (line.textContent.length >= maxRowCharacters) continue;
    if (run !== undefined && run.length < linesPerChunk && run.at(-1)?.tagName === line.tagName) run.push(line);
    else runs.push([line]);
  }
  return runs;
}

function addLine(code: HTMLElement, { kind, text }: EditLine): readonly HTMLElement[] {
  const elements: HTMLElement[] = [];
  for (let at = 0; at === 0 || at < text.length; at += maxRowCharacters) {
    const element = document.createElement(tags[kind]);
    element.className = `line ${kind}`;
    if (at > 0) element.dataset['joined'] = '';
    appendMarked(element, text.slice(at, at + maxRowCharacters));
    chunkOf(code).append(element);
    elements.push(element);
  }
  return elements;
}

function chunkOf(code: HTMLElement): HTMLElement {
  const last = code.lastElementChild;
  if (last instanceof HTMLElement && last.childElementCount < linesPerChunk) return last;
  const chunk = document.createElement('span');
  chunk.className = 'lines';
  code.append(chunk);
  if (code.childElementCount === 3) code.classList.add('long');
  return chunk;
}

function showCounts(card: HTMLElement, { added, removed }: { readonly added: number; readonly removed: number }, words: Words): void {
  const holder = card.querySelector('.code-counts');
  holder?.replaceChildren(
    createCount('added', `+${words.count(added)}`, words.text('linesAdded', { count: added })),
    createCount('removed', `−${words.count(removed)}`, words.text('linesRemoved', { count: removed })),
  );
}

function createCount(name: string, text: string, label: string): HTMLElement {
  const count = document.createElement('span');
  count.className = name;
  count.setAttribute('role', 'img');
  count.setAttribute('aria-label', label);
  count.textContent = text;
  return count;
}
