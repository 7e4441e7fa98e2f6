// Changes for a commit message within a token budget: every file is named with its counts, and the room is shared out so that one
// large file, a lock file above all, does not push the others out.
import type { Changes } from '../context/changesSource.ts';
import type { DiffFile } from '../context/gitDiff.ts';

const generated = /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?|Cargo\.lock|poetry\.lock|uv\.lock|Gemfile\.lock|composer\.lock|go\.sum)$|\.(?:min\.(?:js|css)|map|snap)$/;

export function fitChanges({ files, text }: Pick<Changes, 'files' | 'text'>, budgetTokens: number, estimate: (text: string) => number): string {
  const list = files.map(summaryLine).join('\n');
  if (estimate(text) <= budgetTokens && !files.some((file) => generated.test(pathOf(file)))) return `${list}\n\n${text}`;
  const shown = files.filter((file) => !file.isBinary && !generated.test(pathOf(file))).map((file) => ({ file, lines: diffLines(file) }));
  let left = Math.max(0, budgetTokens - estimate(list));
  const parts: string[] = [];
  // The smallest first: what they leave over goes to the larger ones.
  const ordered = shown.map((entry, index) => ({ ...entry, index, tokens: estimate(entry.lines.join('\n')) })).sort((first, second) => first.tokens - second.tokens);
  for (const [position, { lines, index, tokens }] of ordered.entries()) {
    const share = Math.floor(left / (ordered.length - position));
    const kept = tokens <= share ? lines : cut(lines, share, estimate);
    parts[index] = kept.join('\n');
    left -= Math.min(tokens, share);
  }
  return [list, ...parts.filter((part) => part !== '')].join('\n\n');
}

function pathOf({ newPath, oldPath }: DiffFile): string {
  return newPath ?? oldPath ?? '';
}

/** "modified src/a.ts +12 −3" */
function summaryLine(file: DiffFile): string {
  const lines = file.hunks.flatMap((hunk) => hunk.lines);
  const added = lines.filter(({ type }) => type === 'added').length;
  const removed = lines.filter(({ type }) => type === 'removed').length;
  const name = file.status === 'renamed' && file.oldPath !== undefined ? `${file.oldPath} → ${pathOf(file)}` : pathOf(file);
  return `${file.status} ${name}${file.isBinary ? ' (binary)' : ` +${String(added)} −${String(removed)}`}`;
}

const signs = { added: '+', removed: '-', context: ' ' } as const;

function diffLines(file: DiffFile): readonly string[] {
  return [`--- ${pathOf(file)}`, ...file.hunks.flatMap((hunk) => [`@@ ${hunk.section}`, ...hunk.lines.map((line) => `${signs[line.type]}${line.text}`)])];
}

function cut(lines: readonly string[], budgetTokens: number, estimate: (text: string) => number): readonly string[] {
  let left = budgetTokens;
  const end = lines.findIndex((line) => (left -= estimate(`${line}\n`)) < 0);
  if (end <= 1) return [];
  return [...lines.slice(0, end), `[${String(lines.length - end)} lines left out]`];
}
