// An inline edit as it looks in the editor: the theme's diff colours for what came in, what was taken out told beside it, the lines to come
// dimmed, and its places in the overview ruler.
import * as vscode from 'vscode';
import { marksOf, type RemovedMark } from '../../../core/edit/editMarks.ts';
import type { InlineBoard } from './inlineBoard.ts';
import { editorsOf } from './inlineBuffer.ts';
import type { InlineView } from './inlineSession.ts';

const kinds = ['added', 'word', 'removed', 'coming'] as const;
type Kind = (typeof kinds)[number];

export function registerInlineMarks(board: InlineBoard): vscode.Disposable {
  const types = createTypes();
  const drawn = new Set<vscode.TextEditor>();
  const draw = (editor: vscode.TextEditor): void => {
    const entries = board.in(editor.document);
    if (entries.length === 0 && !drawn.has(editor)) return;
    const ranges = new Map<Kind, vscode.DecorationOptions[]>(kinds.map((kind) => [kind, []]));
    for (const { session } of entries) for (const [kind, options] of decorationsOf(session.view())) ranges.get(kind)?.push(options);
    for (const kind of kinds) editor.setDecorations(types[kind], ranges.get(kind) ?? []);
    if (entries.length > 0) drawn.add(editor);
    else drawn.delete(editor);
  };
  const drawAll = (): void => {
    const documents = new Set([...board.open().map(({ session }) => session.view().document), ...[...drawn].map((editor) => editor.document)]);
    for (const document of documents) for (const editor of editorsOf(document)) draw(editor);
  };
  return vscode.Disposable.from(
    ...kinds.map((kind) => types[kind]),
    board.onDidChange(drawAll),
    vscode.window.onDidChangeVisibleTextEditors((editors) => {
      for (const editor of drawn) if (!editors.includes(editor)) drawn.delete(editor);
      for (const editor of editors) draw(editor);
    }),
  );
}

/** High contrast has no backgrounds for diffs but borders; other themes have none of these borders. */
function createTypes(): Readonly<Record<Kind, vscode.TextEditorDecorationType>> {
  const colour = (id: string): vscode.ThemeColor => new vscode.ThemeColor(id);
  const create = (options: vscode.DecorationRenderOptions): vscode.TextEditorDecorationType => vscode.window.createTextEditorDecorationType(options);
  const lane = vscode.OverviewRulerLane.Full;
  return {
    added: create({ isWholeLine: true, backgroundColor: colour('diffEditor.insertedLineBackground'), borderWidth: '0 0 0 2px', borderStyle: 'solid', borderColor: colour('diffEditor.insertedTextBorder'), overviewRulerColor: colour('diffEditorOverview.insertedForeground'), overviewRulerLane: lane }),
    word: create({ backgroundColor: colour('diffEditor.insertedTextBackground'), borderRadius: '2px', borderWidth: '1px', borderStyle: 'dashed', borderColor: colour('diffEditor.insertedTextBorder') }),
    removed: create({ overviewRulerColor: colour('diffEditorOverview.removedForeground'), overviewRulerLane: lane }),
    coming: create({ isWholeLine: true, opacity: '0.5' }),
  };
}

function decorationsOf(view: InlineView): readonly (readonly [Kind, vscode.DecorationOptions])[] {
  const { document, coming } = view;
  const marks = marksOf(view.shown);
  const last = document.lineCount - 1;
  const lines = (start: number, end: number): vscode.Range => new vscode.Range(Math.min(start, last), 0, Math.min(end - 1, last), Number.MAX_SAFE_INTEGER);
  return [
    ...marks.added.map(({ start, end }) => ['added', { range: document.validateRange(lines(start, end)) }] as const),
    ...marks.words.map(({ line, start, end }) => ['word', { range: new vscode.Range(line, start, line, end) }] as const),
    ...marks.removed.map((mark) => ['removed', removedOptions(document, mark)] as const),
    ...(coming.end > coming.start ? [['coming', { range: document.validateRange(lines(coming.start, coming.end)) }] as const] : []),
  ];
}

function removedOptions(document: vscode.TextDocument, { line, oldLines, isPair }: RemovedMark): vscode.DecorationOptions {
  const { range } = document.lineAt(Math.min(line, document.lineCount - 1));
  const [only] = oldLines;
  const contentText = isPair && only !== undefined ? shorten(only.trim()) : removedWords(oldLines.length);
  return {
    range,
    hoverMessage: new vscode.MarkdownString().appendCodeblock(oldLines.map((each) => `- ${each}`).join('\n'), 'diff'),
    renderOptions: {
      after: {
        contentText, margin: '0 0 0 2.5em', fontStyle: 'normal', color: new vscode.ThemeColor('editorCodeLens.foreground'),
        ...(isPair ? { textDecoration: 'line-through' } : {}),
      },
    },
  };
}

function removedWords(count: number): string {
  return count === 1 ? vscode.l10n.t('1 line removed') : vscode.l10n.t('{0} lines removed', count);
}

/** A decoration does not wrap: the hover has the whole line. */
function shorten(line: string): string {
  return line.length > longestTold ? `${line.slice(0, longestTold - 1)}…` : line;
}

const longestTold = 80;
