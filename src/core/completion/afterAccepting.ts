// The document as it will be when an item is accepted, without a copy of it.
import type { CompletionCall, CompletionItem } from './completionTypes.ts';

export function afterAccepting(call: CompletionCall, item: CompletionItem): CompletionCall {
  const { line, character } = call.cursor;
  const current = call.lines.lineAt(line);
  const inserted = (current.slice(0, character - item.replaceBefore) + item.text).split('\n');
  const last = inserted.at(-1) ?? '';
  const added = inserted.length - 1;
  const changed = [...inserted.slice(0, -1), last + current.slice(character + item.replaceAfter)];
  return {
    ...call,
    trigger: 'automatic',
    cursor: { line: line + added, character: last.length },
    lines: {
      lineCount: call.lines.lineCount + added,
      lineAt: (at) => (at < line ? call.lines.lineAt(at) : at <= line + added ? (changed[at - line] ?? '') : call.lines.lineAt(at - added)),
    },
  };
}
