import { describe, expect, it } from 'vitest';
import { detectFramework, type FrameworkChoice, type ProjectListing } from '../../../../src/core/tasks/testFrameworks.ts';
import { findTestPlace, isTestPath } from '../../../../src/core/tasks/testPlace.ts';

interface Expected {
  readonly path: string;
  readonly exists?: boolean;
  readonly inSource?: boolean;
  readonly neighbour?: string | undefined;
}

function check(path: string, others: readonly string[], expected: Expected, texts: Readonly<Record<string, string>> = {}): void {
  const listing: ProjectListing = { paths: [path, ...others], text: (name) => texts[name] };
  const choice = detectFramework(path, listing) as FrameworkChoice;
  const place = findTestPlace(path, choice, listing);
  expect({ ...place, neighbour: place.neighbour }).toEqual({ exists: false, inSource: false, neighbour: undefined, ...expected });
}

const vitest = { 'package.json': '{"devDependencies":{"vitest":"1"}}' };

describe('the place of tests where the project has some', () => {
  it('is beside the source', () => {
    check('src/b.ts', ['package.json', 'src/a.ts', 'src/a.test.ts'], { path: 'src/b.test.ts', neighbour: 'src/a.test.ts' }, vitest);
  });
  it('takes the word that the project uses', () => {
    check('src/b.ts', ['package.json', 'src/a.ts', 'src/a.spec.ts'], { path: 'src/b.spec.ts', neighbour: 'src/a.spec.ts' }, vitest);
  });
  it('is in __tests__ below', () => {
    check('src/b.ts', ['package.json', 'src/a.ts', 'src/__tests__/a.test.ts'], { path: 'src/__tests__/b.test.ts', neighbour: 'src/__tests__/a.test.ts' }, vitest);
  });
  it('is in a __tests__ without a word in the name', () => {
    check('src/b.ts', ['package.json', 'src/a.ts', 'src/__tests__/a.ts'], { path: 'src/__tests__/b.ts', neighbour: 'src/__tests__/a.ts' }, vitest);
  });
  it('mirrors the sources', () => {
    check('src/core/api/b.ts', ['package.json', 'src/core/models/a.ts', 'test/unit/core/models/a.test.ts'], { path: 'test/unit/core/api/b.test.ts', neighbour: 'test/unit/core/models/a.test.ts' }, vitest);
  });
  it('mirrors flat test folders', () => {
    check('src/b.ts', ['package.json', 'src/a.ts', 'test/a.test.ts'], { path: 'test/b.test.ts', neighbour: 'test/a.test.ts' }, vitest);
  });
  it('keeps the extension of the source', () => {
    check('src/view.tsx', ['package.json', 'src/a.ts', 'src/a.test.ts'], { path: 'src/view.test.tsx', neighbour: 'src/a.test.ts' }, vitest);
  });
  it('tests a component by a script', () => {
    check('src/View.vue', ['package.json', 'src/a.ts', 'src/a.test.ts'], { path: 'src/View.test.ts', neighbour: 'src/a.test.ts' }, vitest);
  });
  it('follows the nearest tests where layouts differ', () => {
    const others = ['package.json', 'packages/one/src/a.ts', 'packages/one/test/a.test.ts', 'packages/one/package.json', 'packages/two/src/c.ts', 'packages/two/src/c.test.ts', 'packages/two/package.json'];
    check('packages/two/src/b.ts', others, { path: 'packages/two/src/b.test.ts', neighbour: 'packages/two/src/c.test.ts' }, { ...vitest });
    check('packages/one/src/b.ts', others, { path: 'packages/one/test/b.test.ts', neighbour: 'packages/one/test/a.test.ts' }, { ...vitest });
  });
  it('extends the test that is there', () => {
    check('src/a.ts', ['package.json', 'src/a.test.ts'], { path: 'src/a.test.ts', exists: true, neighbour: 'src/a.test.ts' }, vitest);
  });
  it('extends a mirrored test', () => {
    check('src/core/a.ts', ['package.json', 'test/core/a.test.ts', 'src/b.ts'], { path: 'test/core/a.test.ts', exists: true, neighbour: 'test/core/a.test.ts' }, vitest);
  });
  it('does not take the test of a file with the same name', () => {
    check('src/one/index.ts', ['package.json', 'src/two/index.ts', 'src/two/index.test.ts'], { path: 'src/one/index.test.ts', neighbour: 'src/two/index.test.ts' }, vitest);
  });
  it('is the file itself when it is a test', () => {
    check('src/a.test.ts', ['package.json', 'src/b.test.ts'], { path: 'src/a.test.ts', exists: true, neighbour: 'src/b.test.ts' }, vitest);
  });
  it('mirrors in Python', () => {
    check('pkg/core/b.py', ['pytest.ini', 'pkg/core/a.py', 'tests/core/test_a.py'], { path: 'tests/core/test_b.py', neighbour: 'tests/core/test_a.py' });
  });
  it('mirrors in Java', () => {
    check('src/main/java/com/b/B.java', ['pom.xml', 'src/main/java/com/a/A.java', 'src/test/java/com/a/ATest.java'], { path: 'src/test/java/com/b/BTest.java', neighbour: 'src/test/java/com/a/ATest.java' });
  });
  it('takes no test of another language for a neighbour', () => {
    check('src/b.ts', ['package.json', 'tests/test_a.py'], { path: 'src/b.test.ts' }, vitest);
  });
});

describe('the place of tests by custom', () => {
  it('for vitest and jest is beside', () => {
    check('src/a.ts', ['package.json'], { path: 'src/a.test.ts' }, vitest);
  });
  it('for mocha and node:test is test/', () => {
    check('src/a.js', ['package.json'], { path: 'test/a.test.js' }, { 'package.json': '{"devDependencies":{"mocha":"1"}}' });
    check('src/a.mjs', [], { path: 'test/a.test.mjs' });
  });
  it('for pytest is tests/', () => {
    check('pkg/a.py', ['pyproject.toml'], { path: 'tests/test_a.py' }, { 'pyproject.toml': 'pytest' });
  });
  it('for pytest is test/ where that exists', () => {
    check('pkg/a.py', ['pytest.ini', 'test/data.txt'], { path: 'test/test_a.py' });
  });
  it('for Go is beside', () => check('pkg/a.go', ['go.mod'], { path: 'pkg/a_test.go' }));
  it('for JUnit is src/test', () => {
    check('app/src/main/java/com/A.java', ['pom.xml'], { path: 'app/src/test/java/com/ATest.java' });
  });
  it('for cargo is in the source', () => {
    check('src/lib.rs', ['Cargo.toml'], { path: 'src/lib.rs', exists: true, inSource: true });
  });
  it('for rspec mirrors lib', () => check('lib/deep/a.rb', ['.rspec'], { path: 'spec/deep/a_spec.rb' }));
  it('for minitest mirrors app', () => {
    check('app/models/a.rb', ['Gemfile'], { path: 'test/models/a_test.rb' });
  });
  it('for PHPUnit mirrors src', () => {
    check('src/Deep/A.php', ['composer.json'], { path: 'tests/Deep/ATest.php' });
  });
  it('for deno is beside', () => check('a.ts', ['deno.json'], { path: 'a_test.ts' }));
});

describe('a test by its path', () => {
  it('is told from a source', () => {
    const tests = ['a.test.ts', 'a.spec.jsx', 'a-test.js', '__tests__/a.ts', 'test_a.py', 'a_test.py', 'a_test.go', 'ATest.java', 'ATests.cs', 'AIT.java', 'TestA.java', 'a_spec.rb', 'AppTest.php', 'test.mjs'];
    const sources = ['a.ts', 'latest.ts', 'contest.py', 'testing.go', 'attest.py', 'Test.java', 'protest.rb', 'tests/helper.ts', 'manifest.json'];
    expect(tests.filter((path) => !isTestPath(path))).toEqual([]);
    expect(sources.filter(isTestPath)).toEqual([]);
  });
});
