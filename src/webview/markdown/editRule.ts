// Edits that a model wrote without a code fence: read as one, else Markdown takes their equal signs for a heading and the rest for quotes.
import type { MarkdownIt } from 'markdown-it';
import { readEditStart } from './editLines.ts';

export function addEditRule(markdown: MarkdownIt): void {
  markdown.block.ruler.before('fence', 'edit', (state, startLine, endLine, silent) => {
    const lineAt = (line: number): string => state.src.slice(state.bMarks[line], state.eMarks[line]);
    const marks = state.level === 0 ? readEditStart(lineAt(startLine)) : undefined;
    if (marks === undefined) return false;
    if (silent) return true;
    let line = startLine + 1;
    while (line < endLine && !marks.end.test(lineAt(line))) line += 1;
    const token = state.push('fence', 'code', 0);
    token.content = state.getLines(startLine, line, 0, true);
    state.line = Math.min(endLine, line + 1);
    token.map = [startLine, state.line];
    return true;
  }, { alt: ['paragraph', 'reference', 'blockquote', 'list'] });
}
