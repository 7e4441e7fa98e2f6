import { describe, expect, it } from 'vitest';
import { detectFramework, familyOf, type ProjectListing } from '../../../../src/core/tasks/testFrameworks.ts';

export function listing(files: Readonly<Record<string, string>>): ProjectListing {
  return { paths: Object.keys(files), text: (path) => files[path] };
}

/** "framework in folder by evidence" */
function check(path: string, files: Readonly<Record<string, string>>, expected: string | undefined): void {
  const choice = detectFramework(path, listing({ [path]: '', ...files }));
  expect(choice && `${choice.framework} in ${choice.projectFolder || '.'} by ${choice.evidence ?? 'custom'}`).toBe(expected);
}

const manifest = (parts: object): string => JSON.stringify(parts);

describe('the test framework of a JavaScript file', () => {
  it('stands in the test script', () => {
    for (const [script, framework] of [['vitest run', 'vitest'], ['jest --ci', 'jest'], ['react-scripts test', 'jest'], ['mocha', 'mocha'], ['c8 ava', 'ava'], ['jasmine', 'jasmine'], ['bun test', 'bun'], ['deno test -A', 'deno'], ['node --test', 'node-test'], ['node --import tsx --test', 'node-test'], ['tsx --test src', 'node-test']]) {
      check('src/a.ts', { 'package.json': manifest({ scripts: { test: script } }) }, `${framework} in . by package.json`);
    }
  });
  it('stands in the dependencies', () => {
    for (const name of ['vitest', 'jest', 'mocha', 'ava', 'jasmine']) check('src/a.ts', { 'package.json': manifest({ devDependencies: { [name]: '1' } }) }, `${name} in . by package.json`);
  });
  it('is what the script runs, not what else is installed', () => {
    check('a.js', { 'package.json': manifest({ scripts: { test: 'mocha' }, devDependencies: { vitest: '1' } }) }, 'mocha in . by package.json');
  });
  it('stands in a script of another name', () => {
    check('a.js', { 'package.json': manifest({ scripts: { 'test:unit': 'vitest' } }) }, 'vitest in . by package.json');
  });
  it('is not read from a script that only sounds like it', () => {
    check('a.js', { 'package.json': manifest({ scripts: { build: 'mocha-loader' } }) }, 'node-test in . by custom');
  });
  it('shows in a config file', () => {
    check('a.ts', { 'package.json': '{}', 'vitest.config.ts': '' }, 'vitest in . by vitest.config.ts');
    check('a.ts', { 'package.json': '{}', 'jest.config.cjs': '' }, 'jest in . by jest.config.cjs');
    check('a.ts', { 'package.json': '{}', '.mocharc.json': '' }, 'mocha in . by .mocharc.json');
  });
  it('is configured in the manifest', () => {
    check('a.ts', { 'package.json': manifest({ jest: {} }) }, 'jest in . by package.json');
  });
  it('is that of the nearest package', () => {
    check('packages/a/src/x.ts', { 'package.json': manifest({ devDependencies: { jest: '1' } }), 'packages/a/package.json': manifest({ devDependencies: { vitest: '1' } }), 'packages/b/package.json': manifest({ devDependencies: { mocha: '1' } }) }, 'vitest in packages/a by packages/a/package.json');
  });
  it('is that of the root where the package names none', () => {
    check('packages/a/src/x.ts', { 'package.json': manifest({ devDependencies: { jest: '1' } }), 'packages/a/package.json': '{}' }, 'jest in . by package.json');
  });
  it('is deno beside deno.json', () => check('src/a.ts', { 'deno.json': '{}' }, 'deno in . by deno.json'));
  it('is node:test where tests import it', () => {
    check('src/a.mjs', { 'package.json': '{}', 'test/b.test.mjs': "import { test } from 'node:test';" }, 'node-test in . by test/b.test.mjs');
  });
  it('is node:test by custom', () => check('src/a.mjs', {}, 'node-test in . by custom'));
  it('survives a broken manifest', () => {
    check('a.js', { 'package.json': '{ "scripts": ' }, 'node-test in . by custom');
  });
  it('survives a manifest of another form', () => {
    check('a.js', { 'package.json': '["vitest"]' }, 'node-test in . by custom');
  });
});

describe('the test framework of other languages', () => {
  it('pytest', () => {
    check('pkg/a.py', { 'pyproject.toml': '[tool.pytest.ini_options]' }, 'pytest in . by pyproject.toml');
    check('pkg/a.py', { 'pytest.ini': '' }, 'pytest in . by pytest.ini');
    check('pkg/a.py', { 'requirements-dev.txt': 'pytest==8\n' }, 'pytest in . by requirements-dev.txt');
    check('pkg/a.py', { 'tests/conftest.py': '' }, 'pytest in . by tests/conftest.py');
    check('pkg/a.py', {}, 'pytest in . by custom');
    check('svc/pkg/a.py', { 'svc/pyproject.toml': 'pytest', 'pyproject.toml': '' }, 'pytest in svc by svc/pyproject.toml');
  });
  it('unittest', () => {
    check('pkg/a.py', { 'tests/test_b.py': 'import unittest\n' }, 'unittest in . by tests/test_b.py');
  });
  it('go', () => check('pkg/a.go', { 'go.mod': '' }, 'go in . by go.mod'));
  it('go in a module below', () => check('svc/pkg/a.go', { 'svc/go.mod': '' }, 'go in svc by svc/go.mod'));
  it('JUnit', () => {
    check('src/main/java/A.java', { 'pom.xml': '' }, 'junit in . by pom.xml');
    check('app/src/main/kotlin/A.kt', { 'app/build.gradle.kts': '', 'settings.gradle': '' }, 'junit in app by app/build.gradle.kts');
  });
  it('cargo', () => {
    check('crates/a/src/lib.rs', { 'Cargo.toml': '', 'crates/a/Cargo.toml': '' }, 'cargo in crates/a by crates/a/Cargo.toml');
  });
  it('rspec and minitest', () => {
    check('lib/a.rb', { Gemfile: "gem 'rspec'" }, 'rspec in . by Gemfile');
    check('lib/a.rb', { 'spec/b_spec.rb': '' }, 'rspec in . by spec/b_spec.rb');
    check('lib/a.rb', { Gemfile: "gem 'rails'" }, 'minitest in . by Gemfile');
  });
  it('PHPUnit and .NET', () => {
    check('src/A.php', { 'phpunit.xml.dist': '' }, 'phpunit in . by phpunit.xml.dist');
    check('src/A.cs', {}, 'dotnet in . by custom');
  });
  it('none', () => check('README.md', {}, undefined));
});

describe('the family of a file', () => {
  it('follows from its extension', () => {
    expect(['a.tsx', 'a.MTS', 'a.vue', 'a.py', 'a.kt', 'a.rs', 'a', 'a.md', '.ts'].map(familyOf)).toEqual(['javascript', 'javascript', 'javascript', 'python', 'java', 'rust', undefined, undefined, 'javascript']);
  });
});
