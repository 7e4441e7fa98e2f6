import type { ContextItem, ContextNote, ContextRefusal } from '../context/contextItem.ts';
import type { ContextOffer, ContextSuggestion } from '../context/contextSource.ts';
import { formatReference, referenceId } from '../context/contextReference.ts';
import type { Translate } from '../translate.ts';
import type { ComposerSuggestion, ContextChip } from '../../shared/chatTypes.ts';

export function toChip(item: ContextItem, translate: Translate): ContextChip {
  const { folder, base } = splitPath(item.name);
  return {
    id: item.id,
    kind: item.kind,
    label: base === '' ? kindName(item.kind, translate) : base,
    detail: item.range === undefined ? folder : linesOf(item.range, translate),
    tokens: item.tokens,
    warning: warningOf(item, translate),
  };
}

export function toOfferChip(offer: ContextOffer, translate: Translate): ContextChip {
  const { base, folder } = splitPath(offer.name);
  return {
    id: `offer:${referenceId(offer.reference)}`,
    kind: offer.kind,
    label: base === '' ? kindName(offer.kind, translate) : base,
    detail: offer.range === undefined ? folder : linesOf(offer.range, translate),
    offered: true,
  };
}

export function toSuggestion({ reference, kind, name, detail }: ContextSuggestion, translate: Translate): ComposerSuggestion {
  return { label: name === '' ? kindName(kind, translate) : name, detail, insert: '', reference: formatReference(reference) };
}

export function kindName(kind: ContextChip['kind'], translate: Translate): string {
  switch (kind) {
    case 'file': return translate('File');
    case 'folder': return translate('Folder');
    case 'symbol': return translate('Symbol');
    case 'selection': return translate('Selection');
    case 'changes': return translate('Changes');
    case 'staged': return translate('Staged changes');
    case 'problems': return translate('Problems');
    case 'terminal': return translate('Last command');
    case 'open-editors': return translate('Open editors');
    case 'codebase': return translate('Codebase');
    case 'image': return translate('Image');
    case 'instructions': return translate('Instructions');
  }
}

function linesOf({ startLine, endLine }: { readonly startLine: number; readonly endLine: number }, translate: Translate): string {
  return startLine === endLine ? translate('line {line}', { line: startLine }) : translate('lines {start}–{end}', { start: startLine, end: endLine });
}

function splitPath(path: string): { readonly folder: string | undefined; readonly base: string } {
  const slash = path.lastIndexOf('/', path.length - 2);
  return slash < 0 ? { folder: undefined, base: path } : { folder: path.slice(0, slash), base: path.slice(slash + 1) };
}

function warningOf(item: ContextItem, translate: Translate): string | undefined {
  if (item.refused !== undefined) return refusalText(item.refused, translate);
  const notes = item.notes.map((note) => noteText(note, translate));
  return notes.length === 0 ? undefined : notes.join(' ');
}

export function refusalText(refusal: ContextRefusal, translate: Translate): string {
  switch (refusal) {
    case 'secret-file': return translate('Not sent: the file is of a kind that holds secrets.');
    case 'ignored': return translate('Not sent: an ignore file names it.');
    case 'excluded': return translate('Not sent: runapi.exclude names it.');
    case 'outside-workspace': return translate('Not sent: it is outside the workspace.');
    case 'untrusted-workspace': return translate('Not sent: the workspace is not trusted.');
    case 'too-large': return translate('Not sent: it is too large.');
    case 'binary': return translate('Not sent: it is not text.');
    case 'not-found': return translate('Not sent: it was not found.');
    case 'empty': return translate('Not sent: there is nothing in it.');
    case 'no-repository': return translate('Not sent: there is no git repository.');
    case 'no-editor': return translate('Not sent: no editor is open.');
    case 'no-terminal': return translate('Not sent: no terminal has run a command.');
    case 'failed': return translate('Not sent: it could not be read.');
  }
}

export function noteText(note: ContextNote, translate: Translate): string {
  switch (note.type) {
    case 'masked': return note.count === 1 ? translate('1 secret is masked.') : translate('{count} secrets are masked.', { count: note.count });
    case 'hidden-characters': return note.count === 1 ? translate('1 character in it cannot be seen.') : translate('{count} characters in it cannot be seen.', { count: note.count });
    case 'unreadable-characters': return translate('Characters that could not be read: {count}. The file is in another encoding than the one that is set.', { count: note.count });
    case 'shortened': return translate('Shortened from {whole} to {kept} tokens.', { whole: note.ofTokens, kept: note.keptTokens });
    case 'left-out': return note.count === 1 ? translate('1 file is left out.') : translate('{count} files are left out.', { count: note.count });
    case 'changed-instructions': return translate('{path} has changed since it was last used.', { path: note.path });
  }
}
