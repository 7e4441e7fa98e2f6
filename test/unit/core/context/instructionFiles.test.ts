import { describe, expect, it } from 'vitest';
import { instructionPathsFor, noticeChange } from '../../../../src/core/context/instructionFiles.ts';

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

  it('is noticed once, and not at the first sight', () => {
    const seen = memory();
    expect([noticeChange(seen, 'a', 'one'), noticeChange(seen, 'a', 'one'), noticeChange(seen, 'a', 'two'), noticeChange(seen, 'a', 'two')]).toEqual([false, false, true, false]);
  });

  it('of one file says nothing of another', () => {
    const seen = memory();
    noticeChange(seen, 'a', 'one');
    expect(noticeChange(seen, 'b', 'two')).toBe(false);
  });

  it('may be a single hidden character, or two letters that change places', () => {
    const seen = memory();
    noticeChange(seen, 'a', 'use tabs');
    expect(noticeChange(seen, 'a', 'use tabs\u{200b}')).toBe(true);
    expect(noticeChange(seen, 'a', 'use tasb\u{200b}')).toBe(true);
  });
});
