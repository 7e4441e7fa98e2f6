import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCommand } from '../../../../src/core/tasks/testCommand.ts';
import { projectTests } from '../../../../src/core/tasks/refactorTestCommand.ts';

/** "folder> command" of a project of these files. */
function check(path: string, files: Readonly<Record<string, string>>, expected: string | undefined): void {
  const found = projectTests(path, { paths: [path, ...Object.keys(files)], text: (name) => files[name] });
  expect(found === undefined ? undefined : `${found.command.folder}> ${formatCommand(found.command)}`).toBe(expected);
}

const manifest = (script: string): string => JSON.stringify({ name: 'a', scripts: { build: 'x {y}', test: script } });

describe('the tests of a project', () => {
  it('are its test script', () => check('src/a.ts', { 'package.json': manifest('node --test') }, '> npm test'));
  it('tell what the script is', () => expect(projectTests('a.js', { paths: [], text: () => '{ "scripts": { "test": "node --test \\"a b\\"" } }' })?.script).toBe('node --test "a b"'));
  it('run with the package manager of the lock file', () => {
    for (const [lock, program] of [['pnpm-lock.yaml', 'pnpm'], ['yarn.lock', 'yarn'], ['bun.lock', 'npm'], ['package-lock.json', 'npm']]) check('a.ts', { 'package.json': '{"scripts":{"test":"vitest run"}}', [lock ?? '']: '' }, `> ${program ?? ''} test`);
  });
  it('are those of the nearest package that has any', () => {
    const files = { 'package.json': '{"scripts":{"test":"all"}}', 'packages/a/package.json': '{"scripts":{"test":"mine"}}', 'packages/b/package.json': '{"scripts":{"build":"x"}}', 'pnpm-lock.yaml': '' };
    check('packages/a/src/x.ts', files, 'packages/a> pnpm test');
    check('packages/b/src/x.ts', files, '> pnpm test');
  });
  it('are not what npm init writes, nor an empty script, nor nothing', () => {
    check('a.ts', { 'package.json': manifest('echo \\"Error: no test specified\\" && exit 1') }, undefined);
    check('a.ts', { 'package.json': '{"scripts":{"test":" "}}' }, undefined);
    check('a.ts', { 'package.json': '{"scripts":{}}' }, undefined);
    check('a.ts', { 'package.json': '{ not json' }, undefined);
    check('a.ts', {}, undefined);
  });
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['pkg/a.go', { 'go.mod': '' }, "> go test ./..."],
    ['src/a.rs', { 'Cargo.toml': '' }, '> cargo test'],
    ['app/a.py', { 'pytest.ini': '' }, '> python3 -m pytest'],
    ['app/a.py', { 'pytest.ini': '', '.venv/bin/python': '' }, '> ./.venv/bin/python -m pytest'],
    ['src/main/java/A.java', { 'pom.xml': '', mvnw: '' }, '> ./mvnw -q test'],
    ['src/main/java/A.java', { 'pom.xml': '' }, '> mvn -q test'],
    ['src/main/java/A.java', { 'build.gradle': '', gradlew: '' }, '> ./gradlew test'],
    ['lib/a.rb', { '.rspec': '', Gemfile: '' }, '> bundle exec rspec'],
    ['a.ts', { 'deno.json': '{}' }, '> deno test'],
  ])('of %s with %j are %s', (path, files, expected) => check(path, files, expected));
  it('take nothing of a repository into the command: names and scripts are only shown', () => {
    const hostile = fc.constantFrom('a; touch x', '$(touch x)', '`touch x`', '--version', '../..', 'x && y');
    fc.assert(fc.property(hostile, hostile, (folder, script) => {
      const path = `${folder}/src/a.ts`;
      const found = projectTests(path, { paths: [path], text: (name) => (name === `${folder}/package.json` ? JSON.stringify({ scripts: { test: script } }) : undefined) });
      expect(found).toEqual({ command: { program: 'npm', arguments: ['test'], folder }, script });
    }));
  });
  it('are none where only the language has a custom', () => {
    check('a.py', {}, undefined);
    check('a.cs', {}, undefined);
    check('README.md', { 'package.json': '{"scripts":{"test":"x"}}' }, undefined);
  });
});
