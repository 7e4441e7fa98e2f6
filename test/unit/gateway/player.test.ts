// The player against the product's own prompts and readers: what it answers must be usable by them.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatParts } from '../../../src/core/context/contextText.ts';
import { createEditParser } from '../../../src/core/edit/editParser.ts';
import { inlinePrompt } from '../../../src/core/edit/inlinePrompt.ts';
import { editFormatInstructions } from '../../../src/core/edit/instructions.ts';
import { cleanCommitMessage, commitMessagePrompt } from '../../../src/core/tasks/commitMessage.ts';
import { changesOnlyComments, documentPrompt } from '../../../src/core/tasks/document.ts';
import { createFindingsParser } from '../../../src/core/tasks/findings.ts';
import { fixPrompt, formatProblem } from '../../../src/core/tasks/fix.ts';
import { generateTestsPrompt } from '../../../src/core/tasks/generateTests.ts';
import { formatForeign, formatMaterials } from '../../../src/core/tasks/material.ts';
import { mergeConflictPrompt, parseConflictAnswer } from '../../../src/core/tasks/mergeConflict.ts';
import { refactorEditsPrompt, refactorPlanPrompt } from '../../../src/core/tasks/refactor.ts';
import { parsePlan } from '../../../src/core/tasks/refactorPlan.ts';
import { reviewPrompt } from '../../../src/core/tasks/review.ts';
import { formatNumberedLines } from '../../../src/core/tasks/reviewUnits.ts';
import type { TaskPrompt } from '../../../src/core/tasks/taskPrompt.ts';
import type { ModelCall } from '../../gateway/modelCall.ts';
import { catalogue } from '../../gateway/catalogue.ts';
import { createOracle } from '../../gateway/player/oracle.ts';
import { playModel } from '../../gateway/player/playModel.ts';

const sample = (path: string, folder = 'sample'): string => readFileSync(new URL(`../../fixtures/${folder}/${path}`, import.meta.url), 'utf8');
const context = (...paths: readonly string[]): string => formatParts(paths.map((path) => ({ path, text: sample(path) })));
const editFormat = editFormatInstructions({ allowsOtherFiles: true });
const common = { replyLanguage: 'English', guidance: '', editFormat } as const;

function ask(prompt: { readonly system: string; readonly messages: readonly { readonly role: 'user' | 'assistant'; readonly content: unknown }[] }): string {
  return playModel(toCall(prompt.system, prompt.messages)).text ?? '';
}

function toCall(system: string, messages: TaskPrompt['messages'] | readonly { readonly role: 'user' | 'assistant'; readonly content: unknown }[]): ModelCall {
  const model = catalogue[0];
  if (model === undefined) throw new Error('The catalogue is empty.');
  const textOf = (content: unknown): string => (Array.isArray(content) ? content.map((part: { readonly text?: string }) => part.text ?? '').join('\n') : String(content));
  return {
    protocol: 'messages', model, modelId: model.id, system, tools: [], maxTokens: 4000, stream: true, includeUsage: true, stop: [], inputTokens: 1, cachePrefixes: [], headers: {}, body: {},
    messages: messages.map((message) => ({ role: message.role, text: textOf(message.content), imageCount: 0, toolCalls: [], toolResults: [] })),
  };
}

/** The text after all edits: each must stand in it exactly once. */
function apply(answer: string, files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const parser = createEditParser({ isKnownPath: (path) => path in files });
  parser.push(answer);
  const { edits, problems } = parser.finish();
  expect(problems).toEqual([]);
  expect(edits.length).toBeGreaterThan(0);
  const result: Record<string, string> = { ...files };
  for (const edit of edits) {
    if (edit.kind !== 'replace') throw new Error(`unexpected ${edit.kind}`);
    const path = edit.path ?? '';
    const before = files[path] ?? '';
    const old = edit.oldLines.join('\n');
    if (old !== '') expect(before.split(old)).toHaveLength(2);
    result[path] = old === '' ? `${edit.newLines.join('\n')}\n` : (result[path] ?? '').replace(old, () => edit.newLines.join('\n'));
  }
  return result;
}

describe('refactor', () => {
  const request = { ...common, context: context('src/tariff.ts'), instruction: 'flatten the conditions', target: '`quote` in src/tariff.ts' };
  const plan = parsePlan(ask(refactorPlanPrompt(request)));

  it('plans steps that name the file', () => {
    expect(plan.steps.length).toBeGreaterThan(0);
    expect(plan.steps.every((step) => step.path === 'src/tariff.ts')).toBe(true);
  });

  it('writes edits that fit, and keeps what the code does', async () => {
    const before = sample('src/tariff.ts');
    const { 'src/tariff.ts': after = '' } = apply(ask(refactorEditsPrompt(request, plan.steps)), { 'src/tariff.ts': before });
    expect(after).not.toBe(before);
    const run = (text: string, weightKg: number, zone: string): unknown => {
      const script = text.replaceAll(/^import.*$/gm, '').replaceAll(/^export interface[\s\S]*?^\}/gm, '').replace('export function quote(request: QuoteRequest): Quote', 'function quote(request)').replaceAll(/: \{ label: string; amount: Money \}\[\]/g, '');
      // oxlint-disable-next-line no-implied-eval, typescript/no-implied-eval -- the same sample file, before and after, is run side by side
      const quote = new Function('euro', 'add', 'percent', 'chargeableWeightKg', 'girthCm', 'zoneOf', 'isIsland', `${script}; return quote;`)(
        (value: number) => value, (left: number, right: number) => left + right, (of: number, rate: number) => of * rate / 100, () => weightKg, () => weightKg * 20, () => zone, () => false,
      ) as (request: object) => unknown;
      try {
        return quote({ parcel: { fragile: true, size: {}, declaredValue: 900 }, to: {}, service: 'express', pickup: true, customerClass: 'business' });
      } catch (error) {
        return String(error);
      }
    };
    for (const weight of [0, 1, 4, 9, 20, 31.5, 40]) for (const zone of ['city', 'national', 'neighbour', 'europe', 'world']) expect(run(after, weight, zone)).toEqual(run(before, weight, zone));
  });

  it('renames when asked to', () => {
    const answer = ask(refactorEditsPrompt({ ...request, instruction: 'rename zoneOf to findZone' }, [{ text: 'x' }]));
    expect(apply(ask({ system: editFormat, messages: [{ role: 'user', content: `Task: refactor. Go.\n\n${context('src/zones.ts')}\n\nrename zoneOf to findZone` }] }), { 'src/zones.ts': sample('src/zones.ts') })['src/zones.ts']).toContain('function findZone(');
    expect(answer).toContain('local RunAPI');
  });
});

describe('review', () => {
  it.each([['src/booking.ts', 'hours'], ['src/pickup.ts', 'Friday']])('finds what is wrong in the changed %s, at its line', (path, word) => {
    const text = sample(path, 'sampleChanges');
    const numbered = formatNumberedLines(text.split('\n').map((line, index) => ({ number: index + 1, mark: '+' as const, text: line })), true);
    const parser = createFindingsParser();
    const found = [...parser.push(ask(reviewPrompt({ ...common, context: formatMaterials([{ kind: 'changes', name: path, text: numbered }]), subject: 'the changes', kind: 'changes' }))), ...parser.end()];
    const finding = found.find((each) => `${each.title} ${each.reason}`.includes(word));
    expect(text.split('\n')[(finding?.startLine ?? 0) - 1]?.trim()).toBe(finding?.quote);
    expect(text.split(finding?.suggestion?.oldText ?? '?')).toHaveLength(2);
    expect(parser.malformed).toBe(0);
  });

  it('says NONE where rules find nothing', () => {
    expect(ask(reviewPrompt({ ...common, context: formatMaterials([{ kind: 'code', name: 'a.ts', text: '1 | const a = 1;' }]), subject: 'a.ts', kind: 'code' }))).toBe('NONE');
  });
});

describe('other tasks', () => {
  it('writes a test file in the framework, at the place, that imports what it tests', () => {
    const answer = ask(generateTestsPrompt({ ...common, context: context('src/money.ts'), framework: 'node-test', target: 'src/money.ts', place: { path: 'test/money2.test.ts', exists: false, inSource: false } }));
    const written = apply(answer, {})['test/money2.test.ts'] ?? '';
    expect(written).toContain("import { euro, add, percent, format } from '../src/money.ts';");
    expect(written).toContain("from 'node:test'");
    expect(written).toContain("assert.equal(typeof format({ cents: 1, currency: 'EUR' }), 'string');");
  });

  it('documents without touching code', () => {
    const before = sample('src/booking.ts');
    const { 'src/booking.ts': after = '' } = apply(ask(documentPrompt({ ...common, context: context('src/booking.ts'), languageId: 'typescript', target: 'src/booking.ts' })), { 'src/booking.ts': before });
    expect(after).not.toBe(before);
    expect(changesOnlyComments(before, after, 'typescript')).toBe(true);
  });

  it('fixes what the message spells out', () => {
    const path = 'src/label.ts';
    const text = sample(path, 'sampleChanges');
    const line = text.split('\n').findIndex((each) => each.includes('formatTrackingNumber(booking)')) + 1;
    const problem = formatProblem({ path, line, severity: 'error', source: 'ts', code: '2345', message: "Argument of type 'Booking' is not assignable to parameter of type 'string'." });
    const answer = ask(fixPrompt({ ...common, context: formatParts([{ path, text }]), path, problems: formatForeign({ kind: 'problems', name: path, text: problem }, (all) => all), problemCount: 1 }));
    expect(apply(answer, { [path]: text })[path]).toContain('formatTrackingNumber(booking.id)');
    expect(ask(fixPrompt({ ...common, context: formatParts([{ path, text }]), path, problems: `${path}:3 error ts: Something odd`, problemCount: 1 }))).toContain('nothing is changed');
  });

  it('writes a commit message within the rules', () => {
    const diff = 'diff --git a/src/label.ts b/src/label.ts\nnew file mode 100644\n--- /dev/null\n+++ b/src/label.ts\n@@ -0,0 +1 @@\n+export function labelLines() {}\n';
    const request = { ...common, context: formatMaterials([{ kind: 'changes', name: 'staged changes', text: diff }]), history: '', draft: '', staged: true };
    const message = cleanCommitMessage(ask(commitMessagePrompt({ ...request, style: { rules: ['At most 72 characters.'], examples: [] } })));
    expect(message.split('\n')[0]).toBe('Add label');
    expect(cleanCommitMessage(ask(commitMessagePrompt({ ...request, style: { rules: ['Conventional Commits: type: subject. No scope.'], examples: [] } })))).toMatch(/^feat: add label\n/);
  });

  it('resolves a conflict into lines without marks', () => {
    const conflict = formatMaterials([{ kind: 'conflict', name: 'a.ts', text: 'a\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> other\nb' }]);
    expect(parseConflictAnswer(ask(mergeConflictPrompt({ ...common, context: '', path: 'a.ts', conflict })))?.text).toBe('ours\ntheirs\n');
  });

  it('edits at the place that the inline prompt names', () => {
    const text = sample('src/zones.ts');
    const prompt = inlinePrompt({ path: 'src/zones.ts', languageId: 'typescript', text, startLine: 11, endLine: 15, instruction: 'rename neighbours to bordering' });
    expect(apply(ask(prompt), { 'src/zones.ts': text })['src/zones.ts']).toContain('bordering.has(country)');
    const odd = inlinePrompt({ path: 'src/zones.ts', languageId: 'typescript', text, startLine: 11, endLine: 15, instruction: 'make it sing' });
    expect(apply(ask(odd), { 'src/zones.ts': text })['src/zones.ts']).toContain('// Asked of the local RunAPI: make it sing');
  });
});

describe('the chat', () => {
  it('says what it is and speaks of what was attached', () => {
    const answer = ask({ system: 'You are the coding assistant.', messages: [{ role: 'user', content: `<context-abc kind="file" name="src/zones.ts">\n${context('src/zones.ts')}\n</context-abc>\n\nWhat is this?` }] });
    expect(answer).toContain('not a model');
    expect(answer).toContain('## `src/zones.ts`');
    expect(answer).toMatch(/\| `zoneOf` \| function, exported \| 12 \|/);
    expect(answer).toContain('```ts\nexport function zoneOf');
  });

  it('has headings, lists, a table and code also without context, and as many words as asked for', () => {
    const answer = ask({ system: '', messages: [{ role: 'user', content: 'Write 500 words about parcels' }] });
    expect(answer).toMatch(/## .*\n/);
    expect(answer).toMatch(/\| --- \|/);
    expect(answer).toMatch(/```ts\n/);
    expect(answer.split(/\s+/).length).toBeGreaterThan(500);
  });

  it('begins in Korean when asked in Korean', () => {
    expect(ask({ system: '', messages: [{ role: 'user', content: '이게 뭐야?' }] })).toMatch(/^이 답은/);
  });
});

describe('completion', () => {
  const question = (mode: string, before: string, after: string): string => ask({ system: 'You fill in code.', messages: [{ role: 'user', content: `src/a.ts: ${mode}\n<after>\n${after}\n</after>\n${before}` }] });

  it('goes on as the file went on before', () => {
    expect(question('the rest of the line', "if (a.currency !== b.currency) throw new Error('x');\nif (c.currency !== ", '')).toBe("<insert>b.currency) throw new Error('x');</insert>");
  });

  it('writes a body that the signature promises', () => {
    expect(question('the block', 'function total(weights: readonly number[]): number {\n  ', '\n}')).toMatch(/^<insert>let total = 0;\n {2}for \(const weight of weights\)/);
  });

  it.each([
    ['in a script', "import x from 'y';\n// Add two numbers\n", 'function addTwoNumbers(left: number, right: number): number {\n  return left + right;\n}'],
    ['in Python', '# reverse the given text\n', 'def reverse_text(text):\n    return text[::-1]'],
    ['in a class, where the editor has indented', '  // whether a number is even\n  ', 'function whetherNumberEven(value: number): boolean {\n    return value % 2 === 0;\n  }'],
  ])('writes what a comment asks for, %s', (_name, before, expected) => {
    expect(question('the block', before, '')).toBe(`<insert>${expected}</insert>`);
  });

  it('gives several answers, each in its tag', () => {
    const answer = question('the rest of the line; 3 different answers, best first, each in its own tag', 'const total = 1;\nsum(total, 2);\nsum(total, 3);\nconst b = total;\nreturn ', '\n}');
    expect(answer.match(/<insert>/g)?.length).toBeGreaterThanOrEqual(1);
    expect(answer).toMatch(/^<insert>b;<\/insert>/);
  });

  it('has nothing to say where nothing fits', () => {
    expect(question('the rest of the line', 'x', '')).toBe('<insert></insert>');
  });

  it('knows the truth as an oracle', () => {
    const text = sample('src/money.ts');
    const at = text.indexOf('return { cents: a.cents');
    const oracle = createOracle([{ path: 'src/money.ts', text }]);
    const call = (mode: string): ModelCall => toCall('', [{ role: 'user', content: `src/money.ts: ${mode}\n<after>\n\n}\n</after>\n${text.slice(Math.max(0, at - 300), at)}` }]);
    expect(oracle(call('the rest of the line'))?.text).toBe('<insert>return { cents: a.cents + b.cents, currency: a.currency };</insert>');
    expect(oracle(call('the block'))?.text).toContain('/** Half a cent rounds up. */');
    expect(oracle(toCall('', [{ role: 'user', content: 'chat' }]))).toBeUndefined();
  });
});
