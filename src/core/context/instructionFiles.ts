// Files in which a project tells its conventions to assistants: which ones count for a file, and whether one has changed since it was
// last used. What they say is the project's wish, never a rule that bypasses ours.
import { digestText } from './digestText.ts';

/** At the root of a workspace folder. AGENTS.md and CLAUDE.md also count in the folders between the root and the file. */
const rootInstructionFiles = ['AGENTS.md', '.github/copilot-instructions.md', 'CLAUDE.md'] as const;
const nestedInstructionFiles = ['AGENTS.md', 'CLAUDE.md'] as const;

/** Deeper files are not looked for. */
const maximumDepth = 12;

/** From the root down to the file's own folder; `path` is relative to the root and may be left out. */
export function instructionPathsFor(path: string | undefined): readonly string[] {
  const folders = (path ?? '').split('/').slice(0, -1).slice(0, maximumDepth);
  const nested = folders.flatMap((_, index) => nestedInstructionFiles.map((name) => `${folders.slice(0, index + 1).join('/')}/${name}`));
  return [...rootInstructionFiles, ...nested];
}

/** What was last seen of each file, kept with the workspace. */
export interface SeenInstructions {
  get(uri: string): string | undefined;
  set(uri: string, digest: string): void;
}

/** True until the new text was used; a file that is seen for the first time has not changed. */
export function hasChanged(seen: SeenInstructions, uri: string, text: string): boolean {
  const before = seen.get(uri);
  return before !== undefined && before !== digestText(text);
}

export function markSeen(seen: SeenInstructions, uri: string, text: string): void {
  const now = digestText(text);
  if (seen.get(uri) !== now) seen.set(uri, now);
}
