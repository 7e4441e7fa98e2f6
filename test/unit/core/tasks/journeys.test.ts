// Whole ways through the pure part of a task: from a change to the report of its review, from a project to the command of its test.
import { describe, expect, it } from 'vitest';
import type { DiffFile, DiffLine } from '../../../../src/core/context/gitDiff.ts';
import { createFindingCheck, type Finding } from '../../../../src/core/tasks/findingCheck.ts';
import { createFindingsParser } from '../../../../src/core/tasks/findings.ts';
import { generateTestsPrompt } from '../../../../src/core/tasks/generateTests.ts';
import { formatMaterials } from '../../../../src/core/tasks/material.ts';
import { promptText } from '../../../../src/core/tasks/priceEstimate.ts';
import { reviewPrompt } from '../../../../src/core/tasks/review.ts';
import { reviewedChange, unitsOfChange } from '../../../../src/core/tasks/reviewInput.ts';
import { formatReviewReport } from '../../../../src/core/tasks/reviewReport.ts';
import { packUnits } from '../../../../src/core/tasks/reviewUnits.ts';
import { formatCommand, testCommand } from '../../../../src/core/tasks/testCommand.ts';
import { detectFramework } from '../../../../src/core/tasks/testFrameworks.ts';
import { findTestPlace } from '../../../../src/core/tasks/testPlace.ts';
import { english } from '../../../../src/core/translate.ts';

const estimate = (text: string): number => Math.ceil(text.length / 4);

describe('the review of a change', () => {
  const lines: readonly DiffLine[] = [
    { type: 'context', text: 'export function mean(list: number[]): number {', oldLine: 4, newLine: 4 },
    { type: 'removed', text: '  if (list.length === 0) return 0;', oldLine: 5 },
    { type: 'added', text: '  const sum = list.reduce((a, b) => a + b);', newLine: 5 },
    { type: 'added', text: '  return sum / list.length;', newLine: 6 },
    { type: 'context', text: '}', oldLine: 7, newLine: 7 },
  ];
  const change: DiffFile = {
    status: 'modified',
    oldPath: 'src/mean.ts',
    newPath: 'src/mean.ts',
    isBinary: false,
    hunks: [{ oldStart: 4, oldLines: 4, newStart: 4, newLines: 4, section: '', lines }],
  };
  const current = `// mean\n\n\n${lines.flatMap((line) => (line.newLine === undefined ? [] : [`${line.text}\n`])).join('')}`;
  const answer = [
    'Here is what I found:',
    '{"path":"b/src/mean.ts","line":5,"severity":"critical","title":"Throws on an empty list","reason":"reduce without a start value throws.","quote":"const sum = list.reduce((a, b) => a + b);"}',
    '<<<<<<< SEARCH',
    '  const sum = list.reduce((a, b) => a + b);',
    '=======',
    '  const sum = list.reduce((a, b) => a + b, 0);',
    '>>>>>>> REPLACE',
    '{"path":"src/mean.ts","line":4,"severity":"nit","title":"The name says little"}',
    '{"path":"src/median.ts","line":1,"severity":"error","title":"Elsewhere"}',
    '',
  ].join('\n');

  it('asks with the change as data, numbered as in the new file', () => {
    const [batch = []] = packUnits(unitsOfChange(change, current, { budgetTokens: 1000, estimate }), 1000);
    const prompt = reviewPrompt({
      subject: 'the staged changes',
      kind: 'changes',
      context: formatMaterials(batch.map(({ path, text }) => ({ kind: 'changes', name: path, text }))),
      replyLanguage: 'English',
    });
    const text = promptText(prompt);
    expect(text).toContain('5 + ');
    expect(text).toContain('-   if (list.length === 0) return 0;');
    expect(text).toContain('<material-1 kind="changes" name="src/mean.ts">');
  });

  it('keeps what points at the change, with its edit, and counts the rest', () => {
    const parser = createFindingsParser();
    const raw = [...answer.match(/[\s\S]{1,7}/g)?.flatMap((piece) => parser.push(piece)) ?? [], ...parser.end()];
    expect(raw).toHaveLength(3);
    const check = createFindingCheck([{ ...reviewedChange(change), currentText: current }], () => 'f1');
    const kept = raw.flatMap((finding): readonly Finding[] => {
      const verdict = check.check(finding);
      return verdict.kept ? [verdict.finding] : [];
    });
    expect(kept.map(({ path, startLine, severity, suggestion }) => ({ path, startLine, severity, edit: suggestion?.newText }))).toEqual([
      { path: 'src/mean.ts', startLine: 5, severity: 'error', edit: '  const sum = list.reduce((a, b) => a + b, 0);\n' },
      { path: 'src/mean.ts', startLine: 4, severity: 'info', edit: undefined },
    ]);
    expect([...check.dropped]).toEqual([['unknown-file', 1]]);

    const report = formatReviewReport({ subject: 'staged changes', findings: kept, dropped: 1, notes: [], cost: 'review → m' }, english);
    expect(report).toMatch(/## Errors[\s\S]*Throws on an empty list[\s\S]*`src\/mean\.ts:5`[\s\S]*## Notes/);
  });
});

interface Project {
  readonly source: string;
  readonly files: Readonly<Record<string, string>>;
  readonly framework: string;
  readonly place: string;
  readonly neighbour: string | undefined;
  readonly command: string;
}

const projects: Readonly<Record<string, Project>> = {
  'a Vitest monorepo with pnpm': {
    source: 'packages/core/src/price.ts',
    files: {
      'pnpm-lock.yaml': '',
      'package.json': '{"private":true}',
      'packages/core/package.json': '{"scripts":{"test":"vitest run"}}',
      'packages/core/src/money.ts': '',
      'packages/core/test/money.test.ts': '',
    },
    framework: 'vitest',
    place: 'packages/core/test/price.test.ts',
    neighbour: 'packages/core/test/money.test.ts',
    command: 'pnpm exec vitest run test/price.test.ts',
  },
  'a React app with Jest': {
    source: 'src/components/Price.tsx',
    files: {
      'yarn.lock': '',
      'package.json': '{"scripts":{"test":"react-scripts test"}}',
      'src/components/Cart.tsx': '',
      'src/components/__tests__/Cart.test.tsx': '',
    },
    framework: 'jest',
    place: 'src/components/__tests__/Price.test.tsx',
    neighbour: 'src/components/__tests__/Cart.test.tsx',
    command: 'yarn jest --runTestsByPath src/components/__tests__/Price.test.tsx',
  },
  'an Express server with Mocha': {
    source: 'lib/price.js',
    files: {
      'package-lock.json': '',
      'package.json': '{"scripts":{"test":"mocha --recursive"},"devDependencies":{"mocha":"10"}}',
      'lib/cart.js': '',
      'test/lib/cart.spec.js': '',
    },
    framework: 'mocha',
    place: 'test/lib/price.spec.js',
    neighbour: 'test/lib/cart.spec.js',
    command: 'npx --no -- mocha test/lib/price.spec.js',
  },
  'a Node library without dependencies': {
    source: 'src/price.ts',
    files: {
      'package.json': `{"scripts":{"test":"node --test 'test/*.test.ts'"}}`,
      'src/cart.ts': '',
      'test/cart.test.ts': '',
    },
    framework: 'node-test',
    place: 'test/price.test.ts',
    neighbour: 'test/cart.test.ts',
    command: 'node --test test/price.test.ts',
  },
  'a Python package with a virtual environment': {
    source: 'shop/pricing/price.py',
    files: {
      'pyproject.toml': '[tool.pytest.ini_options]\n',
      '.venv/bin/python': '',
      'shop/pricing/cart.py': '',
      'tests/pricing/test_cart.py': '',
      'tests/conftest.py': '',
    },
    framework: 'pytest',
    place: 'tests/pricing/test_price.py',
    neighbour: 'tests/pricing/test_cart.py',
    command: './.venv/bin/python -m pytest tests/pricing/test_price.py',
  },
  'a Go module': {
    source: 'internal/price/price.go',
    files: { 'go.mod': '', 'internal/cart/cart.go': '', 'internal/cart/cart_test.go': '' },
    framework: 'go',
    place: 'internal/price/price_test.go',
    neighbour: 'internal/cart/cart_test.go',
    command: 'go test ./internal/price',
  },
  'a Maven project': {
    source: 'src/main/java/shop/Price.java',
    files: { 'pom.xml': '', mvnw: '', 'src/main/java/shop/Cart.java': '', 'src/test/java/shop/CartTest.java': '' },
    framework: 'junit',
    place: 'src/test/java/shop/PriceTest.java',
    neighbour: 'src/test/java/shop/CartTest.java',
    command: './mvnw -q -Dtest=PriceTest test',
  },
  'a Gradle project in Kotlin': {
    source: 'app/src/main/kotlin/shop/Price.kt',
    files: { gradlew: '', 'settings.gradle.kts': '', 'app/build.gradle.kts': '' },
    framework: 'junit',
    place: 'app/src/test/kotlin/shop/PriceTest.kt',
    neighbour: undefined,
    command: '../gradlew test --tests PriceTest',
  },
  'a Rust crate': {
    source: 'src/price.rs',
    files: { 'Cargo.toml': '', 'src/lib.rs': '' },
    framework: 'cargo',
    place: 'src/price.rs',
    neighbour: undefined,
    command: 'cargo test price::',
  },
  'a Ruby gem': {
    source: 'lib/shop/price.rb',
    files: { Gemfile: "gem 'rspec'", 'lib/shop/cart.rb': '', 'spec/shop/cart_spec.rb': '' },
    framework: 'rspec',
    place: 'spec/shop/price_spec.rb',
    neighbour: 'spec/shop/cart_spec.rb',
    command: 'bundle exec rspec spec/shop/price_spec.rb',
  },
};

describe('tests for a file of', () => {
  for (const [name, project] of Object.entries(projects)) {
    it(`${name} are asked for, placed and run as the project does`, () => {
      const files = { [project.source]: '', ...project.files };
      const listing = { paths: Object.keys(files), text: (path: string): string | undefined => files[path] };
      const choice = detectFramework(project.source, listing);
      expect(choice?.framework).toBe(project.framework);
      if (choice === undefined) return;

      const place = findTestPlace(project.source, choice, listing);
      expect(place.path).toBe(project.place);
      expect(place.neighbour).toBe(project.neighbour);

      const command = testCommand(place.path, choice, listing);
      expect(command && formatCommand(command)).toBe(project.command);

      const prompt = generateTestsPrompt({ context: '', replyLanguage: 'English', editFormat: 'FORMAT', framework: choice.framework, place, target: project.source });
      expect(promptText(prompt)).toContain(project.place);
    });
  }
});
