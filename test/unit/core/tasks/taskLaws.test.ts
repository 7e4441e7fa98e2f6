// Laws of the readers of the tasks, over generated input: what is composed is found again, streams may be cut anywhere, nothing throws.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DiffFile, DiffLine } from '../../../../src/core/context/gitDiff.ts';
import { findSmells } from '../../../../src/core/tasks/codeSmells.ts';
import { cleanCommitMessage } from '../../../../src/core/tasks/commitMessage.ts';
import { readCommitStyle } from '../../../../src/core/tasks/commitStyle.ts';
import { findConflicts } from '../../../../src/core/tasks/conflictMarkers.ts';
import { changesOnlyComments } from '../../../../src/core/tasks/document.ts';
import { recogniseExact } from '../../../../src/core/tasks/exactRefactorings.ts';
import { createFindingCheck } from '../../../../src/core/tasks/findingCheck.ts';
import { createFindingsParser } from '../../../../src/core/tasks/findings.ts';
import { findFunctions } from '../../../../src/core/tasks/functionBlocks.ts';
import { parseConflictAnswer } from '../../../../src/core/tasks/mergeConflict.ts';
import { newProblems, type SeenProblem } from '../../../../src/core/tasks/problemDiff.ts';
import { parsePlan } from '../../../../src/core/tasks/refactorPlan.ts';
import { reviewedChange, unitsOfChange } from '../../../../src/core/tasks/reviewInput.ts';
import { parseTerminalAnswer } from '../../../../src/core/tasks/terminalHelp.ts';
import { testCommand } from '../../../../src/core/tasks/testCommand.ts';
import { detectFramework } from '../../../../src/core/tasks/testFrameworks.ts';
import { readTestOutcome } from '../../../../src/core/tasks/testOutcome.ts';
import { findTestPlace } from '../../../../src/core/tasks/testPlace.ts';

/** Lines as they stand in code: words, brackets, marks of all kinds. */
const codeLine = fc.array(
  fc.constantFrom('if', 'else if', 'for', '(a)', '{', '}', 'function f', 'def f', ':', 'return', '42', '&&', '||', '"', "'", '//', '#', '/*', '*/', 'var', 'any', '.then(', '=>', ';', '  ', '\t', '한글', '🙂'),
  { maxLength: 10 },
).map((parts) => parts.join(' '));
const code = fc.array(codeLine, { maxLength: 40 }).map((lines) => lines.join('\n'));
const languageId = fc.constantFrom('typescript', 'javascript', 'python', 'go', 'rust', 'java', 'c', 'plaintext');

describe('readers of code', () => {
  it('point at lines that exist', () => {
    fc.assert(fc.property(code, languageId, (text, language) => {
      const count = text.split('\n').length;
      for (const smell of findSmells(text, language)) expect(smell.line >= 0 && smell.line < count).toBe(true);
    }));
  });
  it('find functions that end where or after they begin', () => {
    fc.assert(fc.property(code, languageId, (text, language) => {
      const count = text.split('\n').length;
      for (const { startLine, endLine, parameters } of findFunctions(text, language)) {
        expect(startLine).toBeGreaterThanOrEqual(0);
        expect(endLine).toBeGreaterThanOrEqual(startLine);
        expect(endLine).toBeLessThan(count);
        expect(parameters).toBeGreaterThanOrEqual(0);
      }
    }));
  });
  it('see no change of code in equal texts, and one in a changed word', () => {
    fc.assert(fc.property(code, languageId, (text, language) => {
      expect(changesOnlyComments(text, text, language)).toBe(true);
      expect(changesOnlyComments(`first\n${text}`, `other\n${text}`, language)).toBe(false);
    }));
  });
  it('take a comment line in front for a comment', () => {
    fc.assert(fc.property(code, fc.stringMatching(/^[a-z ]{0,30}$/), (text, words) => {
      expect(changesOnlyComments(`f();\n${text}`, `// ${words}\nf();\n${text}`, 'typescript')).toBe(true);
    }));
  });
});

const plainLine = fc.stringMatching(/^[a-z(){};= ]{0,20}$/);
const side = fc.array(plainLine, { maxLength: 4 });

describe('conflicts', () => {
  it('are found as they were composed', () => {
    const conflict = fc.record({ before: side, ours: side, base: fc.option(side, { nil: undefined }), theirs: side });
    fc.assert(fc.property(fc.array(conflict, { maxLength: 4 }), side, (parts, after) => {
      const lines: string[] = [];
      const expected: number[] = [];
      for (const { before, ours, base, theirs } of parts) {
        lines.push(...before);
        expected.push(lines.length);
        lines.push('<<<<<<< ours', ...ours, ...(base === undefined ? [] : ['||||||| base', ...base]), '=======', ...theirs, '>>>>>>> theirs');
      }
      lines.push(...after);
      const found = findConflicts(lines);
      expect(found.map(({ startLine }) => startLine)).toEqual(expected);
      expect(found.map(({ ours, base, theirs }) => ({ ours, base, theirs }))).toEqual(parts.map(({ ours, base, theirs }) => ({ ours, base, theirs })));
    }));
  });
  it('leave the lines around them alone: replacing each by nothing gives the rest', () => {
    fc.assert(fc.property(side, side, side, (before, ours, after) => {
      const lines = [...before, '<<<<<<< a', ...ours, '=======', '>>>>>>> b', ...after];
      const [conflict] = findConflicts(lines);
      expect(conflict && [...lines.slice(0, conflict.startLine), ...lines.slice(conflict.endLine)]).toEqual([...before, ...after]);
    }));
  });
  it('have an answer that is read as it was written', () => {
    fc.assert(fc.property(side, (lines) => {
      const text = lines.map((line) => `${line}\n`).join('');
      expect(parseConflictAnswer(`Kept.\n\`\`\`ts\n${text}\`\`\`\n`)?.text).toBe(text);
    }));
  });
});

describe('answers that stream', () => {
  const finding = fc.record({ path: fc.constantFrom('a.ts', 'src/b.ts'), line: fc.integer({ min: 1, max: 99 }), title: fc.stringMatching(/^[A-Za-z][a-z ]{0,20}$/), edit: fc.option(side, { nil: undefined }) });
  const answer = fc.array(finding, { maxLength: 5 }).map((findings) => findings.map(({ edit, ...rest }) => `${JSON.stringify(rest)}\n${edit === undefined ? '' : `<<<<<<< SEARCH\n${edit.map((line) => `${line}\n`).join('')}=======\nnew\n>>>>>>> REPLACE\n`}`).join(''));

  it('give the same findings in any pieces', () => {
    fc.assert(fc.property(answer, fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 }), (text, sizes) => {
      const read = (pieces: readonly string[]): unknown => {
        const parser = createFindingsParser();
        return [...pieces.flatMap((piece) => parser.push(piece)), ...parser.end()];
      };
      const pieces: string[] = [];
      for (let at = 0, turn = 0; at < text.length; turn += 1) {
        const size = sizes[turn % sizes.length] ?? 1;
        pieces.push(text.slice(at, at + size));
        at += size;
      }
      expect(read(pieces)).toEqual(read([text]));
    }));
  });
  it('never lose a step of a plan that was complete before', () => {
    fc.assert(fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}( [a-z]{1,8})?$/), { maxLength: 8 }), (steps) => {
      const text = steps.map((step) => `- ${step}\n`).join('');
      for (let at = 0; at <= text.length; at += 1) {
        const shown = parsePlan(text.slice(0, at), false).steps.map((step) => step.text);
        expect(shown).toEqual(steps.slice(0, shown.length));
      }
    }), { numRuns: 40 });
  });
  it('never put more than one line at the prompt of a terminal', () => {
    fc.assert(fc.property(fc.array(fc.record({ command: fc.string({ unit: 'binary', maxLength: 40 }), reason: fc.string() }), { maxLength: 4 }), (proposals) => {
      for (const { command } of parseTerminalAnswer(proposals.map((proposal) => JSON.stringify(proposal)).join('\n')).proposals) {
        // oxlint-disable-next-line no-control-regex -- what would run it or hide in it
        expect(command).not.toMatch(/[\u0000-\u001f\u007f\u202e]/);
        expect(command.trim()).not.toBe('');
      }
    }));
  });
  it('make a commit message that does not change when it is cleaned again', () => {
    const line = fc.constantFrom('Add a thing', '', '```', 'Signed-off-by: x <y>', '- a point', '"quoted"', '   indented', '\u001b[31mred\u001b[0m', '한글 제목');
    fc.assert(fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      const once = cleanCommitMessage(lines.join('\n'));
      expect(once.split('\n').some((shown) => /^signed-off-by/i.test(shown))).toBe(false);
      expect(once).toBe(once.trim());
    }));
  });
});

describe('findings and the text under review', () => {
  it('stay within the file, whatever the model says', () => {
    const raw = fc.record({ startLine: fc.integer({ min: 1, max: 60 }), length: fc.integer({ min: 0, max: 30 }), quote: fc.option(fc.constantFrom('alpha', 'beta', 'gamma one', 'nothing'), { nil: undefined }) });
    fc.assert(fc.property(fc.array(fc.constantFrom('alpha', 'beta', 'gamma one', '', '  alpha'), { minLength: 1, maxLength: 30 }), fc.array(raw, { maxLength: 8 }), (lines, wishes) => {
      const check = createFindingCheck([{ path: 'a.ts', text: lines.join('\n') }], () => 'id');
      let kept = 0;
      for (const { startLine, length, quote } of wishes) {
        const verdict = check.check({ path: 'a.ts', startLine, endLine: startLine + length, severity: 'info', title: String(startLine), reason: '', ...(quote === undefined ? {} : { quote }) });
        if (!verdict.kept) continue;
        kept += 1;
        expect(verdict.finding.startLine).toBeGreaterThanOrEqual(1);
        expect(verdict.finding.endLine).toBeLessThanOrEqual(lines.length);
        expect(verdict.finding.endLine).toBeGreaterThanOrEqual(verdict.finding.startLine);
        if (quote !== undefined) expect(lines[verdict.finding.startLine - 1]?.trim()).toContain(quote);
      }
      const dropped = [...check.dropped.values()].reduce((sum, count) => sum + count, 0);
      expect(kept + dropped).toBe(wishes.length);
    }));
  });

  const change = fc.array(fc.constantFrom('same', 'added', 'removed'), { minLength: 1, maxLength: 30 }).map((kinds): { readonly file: DiffFile; readonly newText: string } => {
    let newLine = 1;
    let oldLine = 1;
    const lines = kinds.map((kind, index): DiffLine => {
      const text = `line ${index}`;
      if (kind === 'added') return { type: 'added', text, newLine: newLine++ };
      if (kind === 'removed') return { type: 'removed', text, oldLine: oldLine++ };
      return { type: 'context', text, newLine: newLine++, oldLine: oldLine++ };
    });
    const newText = lines.flatMap((line) => (line.newLine === undefined ? [] : [`${line.text}\n`])).join('');
    return { file: { status: 'modified', oldPath: 'a.ts', newPath: 'a.ts', isBinary: false, hunks: [{ oldStart: 1, oldLines: oldLine - 1, newStart: 1, newLines: newLine - 1, section: '', lines }] }, newText };
  });
  it('show every line of a change once, whole or in hunks', () => {
    fc.assert(fc.property(change, fc.boolean(), fc.integer({ min: 20, max: 4000 }), ({ file, newText }, whole, budgetTokens) => {
      const units = unitsOfChange(file, whole && newText !== '' ? newText : undefined, { budgetTokens, estimate: (text) => text.length / 4 });
      const shown = units.flatMap((unit) => unit.text.split('\n')).filter((line) => !line.startsWith('@@')).map((line) => line.replace(/^\s*\d* ([ +-]) /, '$1'));
      const signs = { added: '+', removed: '-', context: ' ' } as const;
      expect(shown).toEqual((file.hunks[0]?.lines ?? []).map((line) => `${signs[line.type]}${line.text}`));
    }));
  });
  it('hold findings against ranges that cover exactly the added lines', () => {
    fc.assert(fc.property(change, ({ file }) => {
      const { ranges = [] } = reviewedChange(file);
      const added = (file.hunks[0]?.lines ?? []).flatMap((line) => (line.type === 'added' ? [line.newLine ?? 0] : []));
      for (const line of added) expect(ranges.some((range) => line >= range.start && line <= range.end)).toBe(true);
      const covered = ranges.flatMap((range) => Array.from({ length: range.end - range.start + 1 }, (_, index) => range.start + index));
      expect(new Set(covered).size).toBe(covered.length);
    }));
  });
});

describe('problems before and after', () => {
  const problem = fc.record({ uri: fc.constantFrom('a', 'b'), line: fc.nat(9), severity: fc.constantFrom('error' as const, 'warning' as const), message: fc.constantFrom('x', 'y', 'at line 3') });
  const problems: fc.Arbitrary<readonly SeenProblem[]> = fc.array(problem, { maxLength: 10 });
  it('bring nothing new when nothing changed or something went', () => {
    fc.assert(fc.property(problems, fc.nat(9), (before, kept) => {
      expect(newProblems(before, before)).toEqual([]);
      expect(newProblems(before, before.slice(0, kept))).toEqual([]);
    }));
  });
  it('balance: new minus gone is the difference in number', () => {
    fc.assert(fc.property(problems, problems, (before, after) => {
      expect(newProblems(before, after).length - newProblems(after, before).length).toBe(after.length - before.length);
    }));
  });
});

describe('test detection', () => {
  const path = fc.constantFrom('src/a.ts', 'src/deep/er/b.tsx', 'lib/c.js', 'pkg/d.py', 'cmd/e.go', 'src/main/java/x/F.java', 'src/g.rs', 'lib/h.rb', 'src/I.php', 'J.cs', '-k.ts', 'src/$(x).ts');
  const others = fc.subarray(['package.json', 'src/a.test.ts', 'test/c.test.js', 'tests/test_d.py', 'pytest.ini', 'go.mod', 'cmd/e_test.go', 'pom.xml', 'src/test/java/x/FTest.java', 'Cargo.toml', 'Gemfile', 'spec/h_spec.rb', 'vitest.config.ts', 'packages/q/package.json', 'packages/q/src/z.test.ts']);
  it('always gives a place apart from the source, or inside it where that is the custom', () => {
    fc.assert(fc.property(path, others, (source, rest) => {
      const listing = { paths: [source, ...rest], text: () => undefined };
      const choice = detectFramework(source, listing);
      expect(choice).toBeDefined();
      if (choice === undefined) return;
      const place = findTestPlace(source, choice, listing);
      expect(place.inSource).toBe(choice.framework === 'cargo');
      if (!place.inSource) expect(place.path).not.toBe(source);
      expect(place.path).not.toMatch(/^\/|\/\/|\/$|\.\./);
      expect(place.exists).toBe(listing.paths.includes(place.path));
    }));
  });
  it('never gives a path to a program as an option', () => {
    fc.assert(fc.property(path, others, (source, rest) => {
      const listing = { paths: [source, ...rest], text: () => undefined };
      const choice = detectFramework(source, listing);
      const command = choice && testCommand(source, choice, listing);
      for (const argument of command?.arguments ?? []) expect(argument === source && source.startsWith('-')).toBe(false);
    }));
  });
  it('never says that a failed run passed', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 255 }), fc.array(fc.constantFrom('Tests  3 passed (3)', '# pass 3', '3 passing', '=== 3 passed in 1s ===', 'ok', '--- PASS: A'), { maxLength: 4 }), (exitCode, lines) => {
      expect(readTestOutcome(exitCode, lines.join('\n')).passed).toBe(false);
    }));
  });
});

describe('words of people', () => {
  it('are never taken for a rename of something else', () => {
    const name = fc.stringMatching(/^[a-zA-Z_$][a-zA-Z0-9_$]{1,10}$/);
    fc.assert(fc.property(name, name, (from, to) => {
      fc.pre(from !== to && !/^(?:the|function|method|class|variable|parameter|type|interface|constant|field|property|symbol|to|as|into)$/i.test(from));
      expect(recogniseExact(`rename ${from} to ${to}`)).toEqual({ kind: 'rename', from, to });
      expect(recogniseExact(`${from}를 ${to}로 바꿔`)).toEqual({ kind: 'rename', from, to });
    }));
  });
  it('of a history give rules that are sentences', () => {
    fc.assert(fc.property(fc.array(fc.string(), { maxLength: 12 }), (messages) => {
      for (const rule of readCommitStyle(messages).rules) expect(rule).toMatch(/^[A-Z].*\.$/s);
    }));
  });
});
