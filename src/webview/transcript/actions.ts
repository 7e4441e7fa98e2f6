// Clicks and keys inside drawn text: code actions and links. One listener on the log; the drawing has none of its own.
import { readCodeText } from '../markdown/codeText.ts';
import { readNewText } from '../markdown/editText.ts';
import { createIcon } from '../ui/icons.ts';
import type { View } from '../view.ts';

const copiedShownMs = 1_500;

export function onTranscriptClick(view: View, event: MouseEvent): void {
  if (!(event.target instanceof Element)) return;
  const button = event.target.closest<HTMLElement>('[data-code-action]');
  if (button !== null) {
    actOnCode(view, button);
    return;
  }
  const link = event.target.closest<HTMLElement>('a.link');
  if (link !== null) openLink(view, link);
}

export function onTranscriptKey(view: View, event: KeyboardEvent): void {
  if (event.key !== 'Enter' || !(event.target instanceof HTMLElement) || !event.target.matches('a.link')) return;
  event.preventDefault();
  openLink(view, event.target);
}

function openLink(view: View, link: HTMLElement): void {
  const { url, path, line } = link.dataset;
  if (url !== undefined) view.port.post({ type: 'open-link', url });
  else if (path !== undefined) view.port.post({ type: 'open-file', path, ...(line === undefined ? {} : { line: Number(line) }) });
}

function actOnCode(view: View, button: HTMLElement): void {
  const card = button.closest<HTMLElement>('.code-card');
  const code = card?.querySelector('code');
  if (card === null || code === null || code === undefined) return;
  const text = card.dataset['edit'] === undefined ? readCodeText(code) : readNewText(code);
  const { path, language = '' } = card.dataset;
  const named = language === '' ? {} : { language: language.slice(0, 100) };
  switch (button.dataset['codeAction']) {
    case 'copy':
      if (view.port.post({ type: 'copy', text })) showCopied(view, button);
      return;
    case 'insert':
      view.port.post({ type: 'insert-code', text });
      return;
    case 'new-file':
      view.port.post({ type: 'new-file', text, ...named });
      return;
    case 'apply': {
      const messageId = card.closest<HTMLElement>('[data-message]')?.dataset['message'];
      view.port.post({ type: 'apply-code', text, ...named, ...(path === undefined ? {} : { path: path.slice(0, 1_000) }), ...(messageId === undefined ? {} : { messageId }) });
      return;
    }
    default:
  }
}

function showCopied(view: View, button: HTMLElement): void {
  button.replaceChildren(createIcon('check'));
  view.state.announcement.value = view.words.text('copied');
  setTimeout(() => button.replaceChildren(createIcon('copy')), copiedShownMs);
}
