import { describe, expect, it } from 'vitest';
import { hasChanged, instructionPathsFor, markSeen } from '../../../../src/core/context/instructionFiles.ts';

describe('instruction files', () => {
  it('are those of the root where no file is meant', () => {
    expect(instructionPathsFor(undefined)).toEqual(['AGENTS.md', '.github/copilot-instructions.md', 'CLAUDE.md']);
    expect(instructionPathsFor('a.ts')).toHaveLength(3);
  });

  it('are those on the way to a file as well, from the root down', () => {
    expect(instructionPathsFor('packages/a/src/x.ts')).toEqual([
      'AGENTS.md', '.github/copilot-instructions.md', 'CLAUDE.md',
      'packages/AGENTS.md', 'packages/CLAUDE.md', 'packages/a/AGENTS.md', 'packages/a/CLAUDE.md', 'packages/a/src/AGENTS.md', 'packages/a/src/CLAUDE.md',
    ]);
  });

  it('are not looked for without end', () => {
    expect(instructionPathsFor(`${'deep/'.repeat(500)}x.ts`).length).toBeLessThan(40);
  });
});

describe('a change', () => {
  const memory = (): { get(uri: string): string | undefined; set(uri: string, digest: string): void } => {
    const seen = new Map<string, string>();
    return { get: (uri) => seen.get(uri), set: (uri, digest) => { seen.set(uri, digest); } };
  };

  it('is noticed until the new text was used, and not at the first sight', () => {
    const seen = memory();
    expect(hasChanged(seen, 'a', 'one')).toBe(false);
    markSeen(seen, 'a', 'one');
    expect([hasChanged(seen, 'a', 'one'), hasChanged(seen, 'a', 'two'), hasChanged(seen, 'a', 'two')]).toEqual([false, true, true]);
    markSeen(seen, 'a', 'two');
    expect([hasChanged(seen, 'a', 'two'), hasChanged(seen, 'a', 'one')]).toEqual([false, true]);
  });

  it('is kept only where something is new', () => {
    let writes = 0;
    const seen = memory();
    const counting = { get: (uri: string) => seen.get(uri), set: (uri: string, digest: string) => { writes += 1; seen.set(uri, digest); } };
    for (const text of ['one', 'one', 'two', 'two']) markSeen(counting, 'a', text);
    expect(writes).toBe(2);
  });

  it('of one file says nothing of another', () => {
    const seen = memory();
    markSeen(seen, 'a', 'one');
    expect(hasChanged(seen, 'b', 'two')).toBe(false);
  });

  it('may be a single hidden character, or two letters that change places', () => {
    const seen = memory();
    markSeen(seen, 'a', 'use tabs');
    expect(hasChanged(seen, 'a', 'use tabs\u{200b}')).toBe(true);
    markSeen(seen, 'a', 'use tabs\u{200b}');
    expect(hasChanged(seen, 'a', 'use tasb\u{200b}')).toBe(true);
  });
});
