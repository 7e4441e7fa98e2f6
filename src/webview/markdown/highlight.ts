// Code → coloured pieces by line, a bounded slice at a time. The pieces name a colour of media/chat.css, never a style.
import highlighter from 'highlight.js/lib/core';
import { registerLanguages } from './languages.ts';

export interface CodePiece {
  readonly text: string;
  /** Suffix of a `token-` class; absent for plain text. */
  readonly color?: TokenColor;
}

export type TokenColor = 'comment' | 'keyword' | 'string' | 'number' | 'type' | 'function' | 'variable' | 'constant' | 'tag' | 'attribute' | 'meta' | 'added' | 'removed';

export interface Highlighter {
  isKnown(language: string): boolean;
  /** Pieces of each line of one slice. */
  highlight(language: string, lines: readonly string[]): readonly (readonly CodePiece[])[];
}

export function createHighlighter(): Highlighter {
  const instance = highlighter.newInstance();
  registerLanguages(instance);
  instance.configure({ __emitter: PieceEmitter });
  return {
    isKnown: (language) => language !== '' && instance.getLanguage(language) !== undefined,
    highlight: (language, lines) => {
      const emitter = instance.highlight(lines.join('\n'), { language, ignoreIllegals: true })._emitter;
      return emitter instanceof PieceEmitter ? toLines(emitter.pieces) : lines.map((text) => [{ text }]);
    },
  };
}

/** highlight.js's own emitter builds HTML; this one keeps flat pieces, so that nodes can be made without markup. */
class PieceEmitter {
  readonly pieces: CodePiece[] = [];
  private readonly scopes: (TokenColor | undefined)[] = [];

  startScope(name: string): void {
    this.scopes.push(colorOf(name) ?? this.scopes.at(-1));
  }

  endScope(): void {
    this.scopes.pop();
  }

  addText(text: string): void {
    const color = this.scopes.at(-1);
    if (text !== '') this.pieces.push(color === undefined ? { text } : { text, color });
  }

  __addSublanguage(emitter: unknown): void {
    if (emitter instanceof PieceEmitter) this.pieces.push(...emitter.pieces);
  }

  openNode(name: string): void {
    this.startScope(name);
  }

  closeNode(): void {
    this.endScope();
  }

  finalize(): void {}

  toHTML(): string {
    return '';
  }
}

function toLines(pieces: readonly CodePiece[]): readonly (readonly CodePiece[])[] {
  const lines: CodePiece[][] = [[]];
  for (const piece of pieces) {
    piece.text.split('\n').forEach((text, index) => {
      if (index > 0) lines.push([]);
      if (text !== '') lines.at(-1)?.push({ ...piece, text });
    });
  }
  return lines;
}

/** highlight.js scopes → colours. A sub-scope falls back to its parent: `title.function.invoke` to `title.function`. */
const colors: Readonly<Record<string, TokenColor>> = {
  comment: 'comment', quote: 'comment', doctag: 'comment',
  keyword: 'keyword', 'selector-tag': 'tag', operator: 'keyword',
  string: 'string', regexp: 'string', 'char.escape': 'constant', link: 'string', code: 'string', symbol: 'constant',
  number: 'number', literal: 'constant', bullet: 'keyword',
  type: 'type', built_in: 'type', class: 'type', title: 'function', 'title.class': 'type', 'title.function': 'function', section: 'keyword',
  variable: 'variable', 'variable.language': 'constant', 'variable.constant': 'constant', 'template-variable': 'variable', params: 'variable', property: 'variable',
  tag: 'tag', name: 'tag', attr: 'attribute', attribute: 'attribute', 'selector-class': 'attribute', 'selector-id': 'attribute', 'selector-attr': 'attribute', 'selector-pseudo': 'attribute',
  meta: 'meta', addition: 'added', deletion: 'removed',
};

function colorOf(scope: string): TokenColor | undefined {
  for (let name = scope; name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('.')))) {
    const color = colors[name];
    if (color !== undefined) return color;
  }
  return undefined;
}
