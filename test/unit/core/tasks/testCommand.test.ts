import { describe, expect, it } from 'vitest';
import { formatCommand, testCommand } from '../../../../src/core/tasks/testCommand.ts';
import type { FrameworkChoice, TestFramework } from '../../../../src/core/tasks/testFrameworks.ts';

interface Project {
  readonly folder?: string;
  readonly evidence?: string;
  readonly paths?: readonly string[];
  readonly texts?: Readonly<Record<string, string>>;
}

/** Expected: the arguments with a bar between, then the folder. */
function check(framework: TestFramework, path: string, expected: string, { folder = '', evidence, paths = [], texts = {} }: Project = {}): void {
  const choice: FrameworkChoice = { framework, projectFolder: folder, ...(evidence === undefined ? {} : { evidence }) };
  const command = testCommand(path, choice, { paths, text: (name) => texts[name] });
  expect(command && [command.program, ...command.arguments].join('|') + (command.folder === '' ? '' : ` in ${command.folder}`)).toBe(expected);
}

describe('the command that runs a test', () => {
  it('runs installed tools only', () => {
    check('vitest', 'src/a.test.ts', 'npx|--no|--|vitest|run|src/a.test.ts');
  });
  it('uses the package manager of the project', () => {
    check('vitest', 'a.test.ts', 'pnpm|exec|vitest|run|a.test.ts', { paths: ['pnpm-lock.yaml'] });
    check('jest', 'a.test.ts', 'yarn|jest|--runTestsByPath|a.test.ts', { paths: ['yarn.lock'] });
    check('mocha', 'a.test.js', 'bunx|mocha|a.test.js', { paths: ['bun.lock'] });
    check('ava', 'a.test.js', 'npx|--no|--|ava|a.test.js', { paths: ['package-lock.json'] });
  });
  it('finds the lock file above a package', () => {
    check('vitest', 'packages/a/src/a.test.ts', 'pnpm|exec|vitest|run|src/a.test.ts in packages/a', { folder: 'packages/a', paths: ['pnpm-lock.yaml'] });
  });
  it('keeps the config that the script names', () => {
    check('vitest', 'a.test.ts', 'npx|--no|--|vitest|run|--config|test/vitest.config.ts|a.test.ts', { texts: { 'package.json': '{"scripts":{"test":"vitest run --config test/vitest.config.ts"}}' } });
  });
  it('takes no config of another tool', () => {
    check('jest', 'a.test.ts', 'npx|--no|--|jest|--runTestsByPath|a.test.ts', { texts: { 'package.json': '{"scripts":{"build":"webpack --config x.js"}}' } });
  });
  it('knows every framework', () => {
    check('jasmine', 'spec/a.spec.js', 'npx|--no|--|jasmine|spec/a.spec.js');
    check('node-test', 'test/a.test.js', 'node|--test|test/a.test.js');
    check('bun', 'a.test.ts', 'bun|test|a.test.ts');
    check('deno', 'a_test.ts', 'deno|test|a_test.ts');
    check('pytest', 'tests/test_a.py', 'python3|-m|pytest|tests/test_a.py');
    check('unittest', 'tests/test_a.py', 'python3|-m|unittest|tests/test_a.py');
    check('go', 'pkg/a_test.go', 'go|test|./pkg');
    check('go', 'a_test.go', 'go|test|.');
    check('rspec', 'spec/a_spec.rb', 'bundle|exec|rspec|spec/a_spec.rb');
    check('minitest', 'test/a_test.rb', 'ruby|-Itest|-Ilib|test/a_test.rb');
    check('phpunit', 'tests/ATest.php', 'vendor/bin/phpunit|tests/ATest.php');
    check('dotnet', 'Tests/ATests.cs', 'dotnet|test|--filter|ATests');
  });
  it('runs the tests of one module or file of a crate', () => {
    check('cargo', 'src/lib.rs', 'cargo|test');
    check('cargo', 'src/main.rs', 'cargo|test');
    check('cargo', 'src/bin/tool.rs', 'cargo|test');
    check('cargo', 'src/parse/lexer.rs', 'cargo|test|parse::lexer::');
    check('cargo', 'src/parse/mod.rs', 'cargo|test|parse::');
    check('cargo', 'tests/quotes.rs', 'cargo|test|--test|quotes');
    check('cargo', 'crates/core/src/parse.rs', 'cargo|test|parse:: in crates/core', { folder: 'crates/core' });
  });
  it('keeps the loaders of the own script', () => {
    check('mocha', 'a.test.ts', 'npx|--no|--|mocha|-r|ts-node/register|--extension|ts|a.test.ts', { texts: { 'package.json': '{"scripts":{"test":"mocha -r ts-node/register --extension ts \'test/**\'"}}' } });
    check('node-test', 'a.test.ts', 'node|--import|tsx|--test|a.test.ts', { texts: { 'package.json': '{"scripts":{"test":"tsc && node --import=tsx --test"}}' } });
    check('node-test', 'a.test.ts', 'npx|--no|--|tsx|--test|a.test.ts', { texts: { 'package.json': '{"scripts":{"test":"tsx --test"}}' } });
  });
  it('asks the tool of the lock file for a Python', () => {
    check('pytest', 'tests/test_a.py', 'uv|run|python|-m|pytest|tests/test_a.py', { paths: ['uv.lock'] });
    check('pytest', 'svc/tests/test_a.py', 'poetry|run|python|-m|pytest|tests/test_a.py in svc', { folder: 'svc', paths: ['svc/poetry.lock'] });
    check('unittest', 'tests/test_a.py', 'pipenv|run|python|-m|unittest|tests/test_a.py', { paths: ['Pipfile.lock'] });
  });
  it('uses the virtual environment', () => {
    check('pytest', 'tests/test_a.py', './.venv/bin/python|-m|pytest|tests/test_a.py', { paths: ['.venv/bin/python'] });
    check('pytest', 'svc/tests/test_a.py', '../.venv/bin/python|-m|pytest|tests/test_a.py in svc', { folder: 'svc', paths: ['.venv/bin/python'] });
    check('pytest', 'svc/tests/test_a.py', './venv/bin/python|-m|pytest|tests/test_a.py in svc', { folder: 'svc', paths: ['svc/venv/bin/python'] });
  });
  it('uses the wrappers of Maven and Gradle', () => {
    check('junit', 'src/test/java/ATest.java', 'mvn|-q|-Dtest=ATest|test', { evidence: 'pom.xml' });
    check('junit', 'src/test/java/ATest.java', './mvnw|-q|-Dtest=ATest|test', { evidence: 'pom.xml', paths: ['mvnw'] });
    check('junit', 'src/test/java/ATest.java', 'gradle|test|--tests|ATest', { evidence: 'build.gradle' });
    check('junit', 'src/test/java/ATest.java', './gradlew|test|--tests|ATest', { evidence: 'build.gradle', paths: ['gradlew'] });
    check('junit', 'app/src/test/java/ATest.java', '../gradlew|test|--tests|ATest in app', { folder: 'app', evidence: 'app/build.gradle', paths: ['gradlew'] });
  });
  it('takes a hostile name for a name', () => {
    check('vitest', '$(touch pwn).test.ts', 'npx|--no|--|vitest|run|$(touch pwn).test.ts');
    check('vitest', '--config=evil.test.ts', 'npx|--no|--|vitest|run|./--config=evil.test.ts');
    check('node-test', '-e process.exit().test.js', 'node|--test|./-e process.exit().test.js');
  });
});

describe('a command as a person reads it', () => {
  it('is quoted where a shell would need it', () => {
    expect(formatCommand({ program: 'npx', arguments: ['vitest', 'a b.ts', "it's", '$(x)', 'src/a.ts'] })).toBe("npx vitest 'a b.ts' 'it'\\''s' '$(x)' src/a.ts");
  });
});
