// A code block: language or path, actions, the code. The actions act on the text that is shown (see actions.ts in the
// transcript), so a card needs no state of its own.
import { createCodeWriter, type CodeWriter } from './codeWriter.ts';
import { parseFenceInfo } from './fences.ts';
import { createIcon, type IconName } from '../ui/icons.ts';
import type { Words } from '../words.ts';
import type { ViewStringKey } from '../../shared/viewStrings.ts';

export type CodeAction = 'copy' | 'insert' | 'apply' | 'new-file';

const actions: readonly { readonly action: CodeAction; readonly icon: IconName; readonly label: ViewStringKey }[] = [
  { action: 'apply', icon: 'apply', label: 'codeApply' },
  { action: 'insert', icon: 'insert', label: 'codeInsert' },
  { action: 'new-file', icon: 'newFile', label: 'codeNewFile' },
  { action: 'copy', icon: 'copy', label: 'codeCopy' },
];

export function createCodeCard(info: string, text: string, words: Words): HTMLElement {
  const { language, path } = parseFenceInfo(info);
  const card = document.createElement('div');
  card.className = 'code-card';
  card.dataset['language'] = language;
  if (path !== undefined) card.dataset['path'] = path;
  card.append(createHeader(language, path, words), createPre(path ?? language, words));
  if (text === '') return card;
  const writer = openCode(card, words);
  writer.append(text);
  writer.end();
  return card;
}

/** Takes the code of a card as it comes. */
export function openCode(card: HTMLElement, words: Words): CodeWriter {
  return createCodeWriter(card, codeOf(card), words);
}

/** The element that holds the lines. */
export function codeOf(card: Element): HTMLElement {
  const code = card.querySelector('code');
  if (code === null) throw new Error('A code card without code');
  return code;
}

function createHeader(language: string, path: string | undefined, words: Words): HTMLElement {
  const header = document.createElement('div');
  header.className = 'code-head';
  const label = document.createElement('span');
  label.className = 'code-label';
  label.textContent = (path ?? language).slice(0, 300);
  if (path !== undefined) label.title = path;
  const counts = document.createElement('span');
  counts.className = 'code-counts';
  header.append(label, counts, createToolbar(words));
  return header;
}

function createToolbar(words: Words): HTMLElement {
  const toolbar = document.createElement('span');
  toolbar.className = 'code-actions';
  for (const { action, icon, label } of actions) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'icon-button';
    button.dataset['codeAction'] = action;
    button.title = words.text(label);
    button.setAttribute('aria-label', button.title);
    button.append(createIcon(icon));
    toolbar.append(button);
  }
  return toolbar;
}

function createPre(name: string, words: Words): HTMLElement {
  const pre = document.createElement('pre');
  pre.setAttribute('role', 'group');
  pre.setAttribute('aria-label', name === '' ? words.text('codeLabel') : words.text('codeLabelNamed', { name: name.slice(0, 300) }));
  pre.append(document.createElement('code'));
  return pre;
}
