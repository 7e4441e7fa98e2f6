import { describe, expect, it } from 'vitest';
import { createEditParser } from '../../../../src/core/edit/editParser.ts';
import { createFileChange } from '../../../../src/core/edit/fileChange.ts';
import { createFileDraft } from '../../../../src/core/edit/fileDraft.ts';
import { inlinePrompt, refinePrompt } from '../../../../src/core/edit/inlinePrompt.ts';
import { editFormatInstructions } from '../../../../src/core/edit/instructions.ts';
import { describeCounts, describeProblem, describeProtection, describeWarning } from '../../../../src/core/edit/problemWords.ts';
import type { EditProblem } from '../../../../src/core/edit/proposal.ts';
import { buildRepairPrompt, canRepair } from '../../../../src/core/edit/repairPrompt.ts';
import { english } from '../../../../src/core/translate.ts';

describe('the format that a model is asked for', () => {
  it('is understood by our own parser', () => {
    const parser = createEditParser();
    parser.push(editFormatInstructions({ allowsOtherFiles: true }));
    const { edits, problems } = parser.finish();
    expect(problems).toEqual([]);
    expect(edits.map(({ kind, path }) => `${kind} ${path}`)).toEqual(['replace src/example.ts', 'delete src/old.ts', 'rename src/old.ts']);
  });
  it('names other files only where they may be changed', () => {
    expect(editFormatInstructions({ allowsOtherFiles: false })).not.toContain('DELETE');
    expect(editFormatInstructions({ allowsOtherFiles: false })).toContain('Change only the files that were given to you.');
  });
  it('asks for code fences where the answer is read, and forbids them elsewhere', () => {
    const [plain, fenced] = [false, true].map((inFences) => editFormatInstructions({ allowsOtherFiles: true, inFences }));
    expect(plain).toContain('Do not wrap blocks in code fences.');
    expect(fenced).not.toContain('Do not wrap');
    expect(fenced).toContain('as in ```ts src/example.ts');
    expect(fenced?.split('\n').slice(0, -1)).toEqual(plain?.split('\n').slice(0, -1));
  });
});

describe('the repair round', () => {
  const same = (text: string): string => text;
  const draft = createFileDraft('alpha beta\ngamma\ndelta\n');
  const result = draft.replace({ oldLines: ['alpha beta', 'gama'], newLines: ['x'] });
  const problem: EditProblem = { path: 'a.ts', answerLine: 4, ...(result.ok ? { kind: 'parse' } : result.problem) };

  it('says what was looked for, what stands there, and the present text', () => {
    const prompt = buildRepairPrompt([problem], [{ path: 'a.ts', text: 'alpha beta\ngamma\n```\n' }], same);
    expect(prompt).toContain('a.ts, line 5 of your answer: the SEARCH part that begins with `alpha beta` does not stand in the file. The closest place is lines 1 to 2.');
    expect(prompt).toContain('line 2: the file has `gamma`, you wrote `gama`');
    expect(prompt).toContain('````\nalpha beta\ngamma\n```\n\n````');
  });
  it('quotes no line of a file that is masked in its text, and masks the rest', () => {
    const secret = 'alpha beta\nkey-of-three-lines\ndelta\n';
    const near: EditProblem = { kind: 'no-match', path: 'a.ts', soughtLine: 'token=hunter2', nearest: { startLine: 0, endLine: 2, differences: [{ line: 1, expected: 'x', found: 'key-of-three-lines' }] } };
    const prompt = buildRepairPrompt([near], [{ path: 'a.ts', text: secret.replace('key-of-three-lines', '[masked-key-1]') }], (text) => text.replaceAll('hunter2', '[masked-password-2]'));
    expect(prompt).toContain('line 2: the file has `[masked-key-1]`, you wrote `x`');
    expect(prompt).toContain('`token=[masked-password-2]`');
    expect(prompt).not.toMatch(/key-of-three-lines|hunter2/);
  });
  it.each<[EditProblem, string]>([
    [{ kind: 'ambiguous', places: [2, 8] }, 'stands at lines 3, 9'],
    [{ kind: 'overlap' }, 'overlaps a change of an earlier block'],
    [{ kind: 'placeholder' }, 'Write them out'],
    [{ kind: 'empty-search' }, 'SEARCH part is empty'],
    [{ kind: 'no-path' }, 'no path stands before'],
    [{ kind: 'no-path', path: 'src/a.ts', detail: 'src/a.ts' }, 'src/a.ts: several folders are open'],
    [{ kind: 'missing-file' }, 'no such file'],
    [{ kind: 'exists' }, 'exists already'],
    [{ kind: 'same-name' }, 'Give one of them another'],
    [{ kind: 'unclear-end', detail: 'Use more signs.' }, 'Use more signs.'],
    [{ kind: 'parse', detail: 'The block has no line of equal signs.' }, 'no line of equal signs'],
  ])('tells the model about %j', (each, words) => {
    expect(buildRepairPrompt([each], [], same)).toContain(words);
    expect(canRepair([each])).toBe(true);
  });
  it('is not offered for what asking again cannot cure', () => {
    for (const kind of ['cut', 'bad-path', 'outside-scope', 'read-only', 'encoding', 'too-large', 'binary', 'changed', 'unsupported'] as const) expect(canRepair([{ kind }, problem])).toBe(false);
    expect(canRepair([])).toBe(false);
  });
});

describe('words for people', () => {
  it.each<[EditProblem, string]>([
    [{ kind: 'no-match', path: 'a.ts', nearest: { startLine: 4, endLine: 6, differences: [] } }, 'a.ts: The text to replace is not in the file. The closest place is line 5 to 6.'],
    [{ kind: 'ambiguous', places: [0, 9] }, 'The text to replace stands at several places: lines 1, 10.'],
    [{ kind: 'ambiguous' }, 'The text to replace stands at several places.'],
    [{ kind: 'parse', answerLine: 6 }, 'The edit at line 7 of the answer cannot be read.'],
    [{ kind: 'unsupported', detail: 'git' }, 'Files of this kind cannot be edited here (git).'],
    [{ kind: 'cut' }, 'The answer was cut, so nothing was applied.'],
    [{ kind: 'no-path', path: 'src/a.ts', detail: 'src/a.ts' }, 'src/a.ts: It is not clear in which of the open folders this file is.'],
  ])('%j', (problem, words) => expect(describeProblem(problem, english)).toBe(words));

  it('exist for every reason, without a placeholder left over', () => {
    const kinds = ['parse', 'unclear-end', 'cut', 'no-path', 'bad-path', 'outside-scope', 'missing-file', 'exists', 'same-name', 'no-match', 'ambiguous', 'overlap', 'placeholder', 'empty-search', 'too-large', 'binary', 'encoding', 'read-only', 'changed', 'relinked', 'unsupported'] as const;
    const all = kinds.map((kind) => describeProblem({ kind }, english));
    expect(new Set(all).size).toBe(kinds.length);
    for (const words of all) expect(words).toMatch(/^[A-Z][^{}]+\.$/);
    const reasons = ['editor-settings', 'git', 'hooks', 'dev-container', 'pipeline', 'scripts', 'package-source', 'shell', 'agent-rules', 'own-settings', 'remote-schema', 'notebook-output'] as const;
    expect(new Set(reasons.map((reason) => describeProtection(reason, english))).size).toBe(reasons.length);
  });

  it('say what to know before accepting', () => {
    expect(describeWarning({ kind: 'rung', rung: 'indentation', line: 4 }, english)).toBe('Line 5 was found with another indentation.');
    expect(describeWarning({ kind: 'drops-most', keptLines: 2, droppedLines: 38 }, english)).toBe('Drops most of the file: 38 of 40 lines.');
    expect(describeWarning({ kind: 'invisible', count: 2, line: 0 }, english)).toBe('Invisible characters at line 1 and on: 2.');
    expect(describeWarning({ kind: 'placeholder-filled', line: 0, filledLines: 9 }, english)).toBe('Lines that the answer left out were taken from the file: 9.');
    expect(describeCounts(createFileChange({ kind: 'rename', uri: 'file:///a', path: 'a.ts', newPath: 'b.ts', original: 'a\nb\n', proposed: 'a\nc\nd\n' }))).toBe('a.ts → b.ts +2 −1');
  });
});

describe('an inline edit', () => {
  const request = { path: 'src/a.ts', languageId: 'typescript', text: 'one\ntwo\nthree\n', startLine: 1, endLine: 2, instruction: 'Say it louder' };

  it('shows the file, the place and what is wanted', () => {
    const { system, messages } = inlinePrompt(request);
    expect(system).toContain('<<<<<<< SEARCH');
    expect(messages[0]?.content).toBe('src/a.ts:\n\n```typescript\none\ntwo\nthree\n\n```\n\nSelected: lines 2 to 2, from `two` to `two`.\n\nSay it louder');
    expect(inlinePrompt({ ...request, endLine: 1 }).messages[0]?.content).toContain('The cursor is in line 2: `two`.');
  });
  it('of a long file shows the part around the place', () => {
    const text = Array.from({ length: 5000 }, (_, index) => `line ${index + 1}`).join('\n');
    const content = inlinePrompt({ ...request, text, startLine: 2500, endLine: 2501 }).messages[0]?.content ?? '';
    expect(content).toContain('src/a.ts (lines 1751 to 3251):');
    expect(content).not.toContain('line 1750\n');
  });
  it('cannot be broken out of by fences in the file', () => {
    expect(inlinePrompt({ ...request, text: '````\nx\n````' }).messages[0]?.content).toContain('`````typescript\n````\nx\n````\n`````');
  });
  it('refined goes on from what was proposed', () => {
    const refined = refinePrompt(inlinePrompt(request), 'the answer', 'Not so loud');
    expect(refined.messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user']);
    expect(refined.messages[2]?.content).toMatch(/^Not so loud\n\nSend all changes again/);
  });
});
