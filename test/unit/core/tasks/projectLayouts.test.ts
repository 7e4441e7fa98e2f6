// Projects as they are really laid out, from listing to command: framework, place, neighbour and run have to fit together.
import { describe, expect, it } from 'vitest';
import { formatCommand, testCommand } from '../../../../src/core/tasks/testCommand.ts';
import { detectFramework, type ProjectListing } from '../../../../src/core/tasks/testFrameworks.ts';
import { findTestPlace } from '../../../../src/core/tasks/testPlace.ts';

interface Project {
  readonly files: readonly string[];
  readonly texts?: Readonly<Record<string, string>>;
}

/** Expected: framework, place, neighbour, command, and the folder that it runs in. */
function check({ files, texts = {} }: Project, source: string, expected: readonly [framework: string, place: string, neighbour: string | undefined, command: string, folder?: string]): void {
  const listing: ProjectListing = { paths: files, text: (path) => texts[path] };
  const choice = detectFramework(source, listing);
  if (choice === undefined) throw new Error('no framework');
  const place = findTestPlace(source, choice, listing);
  const command = testCommand(place.path, choice, listing);
  expect([choice.framework, place.path, place.neighbour, command === undefined ? '' : formatCommand(command), command?.folder]).toEqual([...expected.slice(0, 4), expected[4] ?? '']);
}

describe('a project in JavaScript or TypeScript', () => {
  it('as a monorepo of packages, with vitest in one and jest in the other', () => {
    const project: Project = {
      files: ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'packages/ui/package.json', 'packages/ui/vite.config.ts', 'packages/ui/src/Button.tsx', 'packages/ui/src/Button.test.tsx', 'packages/ui/src/Menu.tsx', 'packages/api/package.json', 'packages/api/jest.config.js', 'packages/api/src/server.ts', 'packages/api/src/routes/users.ts', 'packages/api/src/routes/__tests__/users.spec.ts', 'packages/api/src/routes/orders.ts'],
      texts: { 'package.json': '{"private":true,"scripts":{"test":"pnpm -r test"}}', 'packages/ui/package.json': '{"scripts":{"test":"vitest run --environment jsdom"},"devDependencies":{"vitest":"^3"}}', 'packages/api/package.json': '{"scripts":{"test":"jest"},"devDependencies":{"jest":"^30"}}' },
    };
    check(project, 'packages/ui/src/Menu.tsx', ['vitest', 'packages/ui/src/Menu.test.tsx', 'packages/ui/src/Button.test.tsx', 'pnpm exec vitest run --environment jsdom src/Menu.test.tsx', 'packages/ui']);
    check(project, 'packages/api/src/routes/orders.ts', ['jest', 'packages/api/src/routes/__tests__/orders.spec.ts', 'packages/api/src/routes/__tests__/users.spec.ts', 'pnpm exec jest --runTestsByPath src/routes/__tests__/orders.spec.ts', 'packages/api']);
  });

  it('as a library with mocha, a loader and a folder of tests', () => {
    check({
      files: ['package.json', 'package-lock.json', '.mocharc.json', 'lib/parse.ts', 'lib/format.ts', 'test/parse.spec.ts'],
      texts: { 'package.json': '{"scripts":{"test":"mocha --import=tsx \'test/**/*.spec.ts\'"},"devDependencies":{"mocha":"^11","tsx":"^4"}}' },
    }, 'lib/format.ts', ['mocha', 'test/format.spec.ts', 'test/parse.spec.ts', 'npx --no -- mocha --import tsx test/format.spec.ts']);
  });

  it('without a single dependency, on the runner of Node', () => {
    check({
      files: ['package.json', 'src/money.ts', 'src/tracking.ts', 'test/money.test.ts'],
      texts: { 'package.json': '{"type":"module","scripts":{"test":"node --test \'test/*.test.ts\'"}}', 'test/money.test.ts': "import { it } from 'node:test';" },
    }, 'src/tracking.ts', ['node-test', 'test/tracking.test.ts', 'test/money.test.ts', 'node --test test/tracking.test.ts']);
  });

  it('as an application with mirrored unit tests and a config of their own', () => {
    check({
      files: ['package.json', 'package-lock.json', 'test/vitest.config.ts', 'src/core/api/http.ts', 'src/core/models/router.ts', 'test/unit/core/api/http.test.ts', 'test/editor/suites/chat.test.ts'],
      texts: { 'package.json': '{"scripts":{"test:unit":"vitest run --config test/vitest.config.ts"},"devDependencies":{"vitest":"^3"}}' },
    }, 'src/core/models/router.ts', ['vitest', 'test/unit/core/models/router.test.ts', 'test/unit/core/api/http.test.ts', 'npx --no -- vitest run --config test/vitest.config.ts test/unit/core/models/router.test.ts']);
  });

  it('made by a generator for React, with yarn', () => {
    check({
      files: ['package.json', 'yarn.lock', 'src/App.jsx', 'src/App.test.jsx', 'src/Cart.jsx'],
      texts: { 'package.json': '{"scripts":{"test":"react-scripts test"},"dependencies":{"react-scripts":"5"}}' },
    }, 'src/Cart.jsx', ['jest', 'src/Cart.test.jsx', 'src/App.test.jsx', 'yarn jest --runTestsByPath src/Cart.test.jsx']);
  });
});

describe('a project in another language', () => {
  it('in Python, with the src layout and uv', () => {
    check({
      files: ['pyproject.toml', 'uv.lock', 'src/desk/__init__.py', 'src/desk/money.py', 'src/desk/zones.py', 'tests/test_money.py', 'tests/conftest.py'],
      texts: { 'pyproject.toml': '[dependency-groups]\ndev = ["pytest>=8"]\n' },
    }, 'src/desk/zones.py', ['pytest', 'tests/test_zones.py', 'tests/test_money.py', 'uv run python -m pytest tests/test_zones.py']);
  });

  it('in Python, an application of Django with unittest', () => {
    check({
      files: ['manage.py', 'requirements.txt', 'shop/models.py', 'shop/views.py', 'shop/tests/test_models.py'],
      texts: { 'requirements.txt': 'Django\n', 'shop/tests/test_models.py': 'from unittest import TestCase\n' },
    }, 'shop/views.py', ['unittest', 'shop/tests/test_views.py', 'shop/tests/test_models.py', 'python3 -m unittest shop/tests/test_views.py']);
  });

  it('in Go, with packages', () => {
    check({ files: ['go.mod', 'cmd/desk/main.go', 'internal/money/money.go', 'internal/money/money_test.go', 'internal/zones/zones.go'] }, 'internal/zones/zones.go', ['go', 'internal/zones/zones_test.go', 'internal/money/money_test.go', 'go test ./internal/zones']);
  });

  it('in Java, with modules of Gradle', () => {
    check({
      files: ['settings.gradle.kts', 'gradlew', 'app/build.gradle.kts', 'app/src/main/java/desk/Main.java', 'core/build.gradle.kts', 'core/src/main/java/desk/Money.java', 'core/src/main/java/desk/Zones.java', 'core/src/test/java/desk/MoneyTest.java'],
    }, 'core/src/main/java/desk/Zones.java', ['junit', 'core/src/test/java/desk/ZonesTest.java', 'core/src/test/java/desk/MoneyTest.java', '../gradlew test --tests ZonesTest', 'core']);
  });

  it('in Java, with Maven and its wrapper', () => {
    check({
      files: ['pom.xml', 'mvnw', 'src/main/java/desk/Money.java', 'src/main/java/desk/Zones.java', 'src/test/java/desk/MoneyTests.java'],
    }, 'src/main/java/desk/Zones.java', ['junit', 'src/test/java/desk/ZonesTests.java', 'src/test/java/desk/MoneyTests.java', './mvnw -q -Dtest=ZonesTests test']);
  });

  it('in Rust, as a workspace of crates', () => {
    check({ files: ['Cargo.toml', 'crates/money/Cargo.toml', 'crates/money/src/lib.rs', 'crates/money/src/rates/eu.rs', 'crates/money/tests/quotes.rs'] }, 'crates/money/src/rates/eu.rs', ['cargo', 'crates/money/src/rates/eu.rs', undefined, 'cargo test rates::eu::', 'crates/money']);
  });

  it('in Ruby, with RSpec', () => {
    check({ files: ['Gemfile', '.rspec', 'lib/desk/money.rb', 'lib/desk/zones.rb', 'spec/desk/money_spec.rb'], texts: { Gemfile: "gem 'rspec'\n" } }, 'lib/desk/zones.rb', ['rspec', 'spec/desk/zones_spec.rb', 'spec/desk/money_spec.rb', 'bundle exec rspec spec/desk/zones_spec.rb']);
  });

  it('in C#, with tests in a project beside', () => {
    check({ files: ['Desk.sln', 'Desk/Desk.csproj', 'Desk/Money.cs', 'Desk/Zones.cs', 'Desk.Tests/Desk.Tests.csproj', 'Desk.Tests/MoneyTests.cs'] }, 'Desk/Zones.cs', ['dotnet', 'Desk.Tests/ZonesTests.cs', 'Desk.Tests/MoneyTests.cs', 'dotnet test --filter ZonesTests']);
  });

  it('in PHP, with PHPUnit', () => {
    check({ files: ['composer.json', 'phpunit.xml', 'src/Money.php', 'src/Zones/Eu.php', 'tests/MoneyTest.php'], texts: { 'composer.json': '{}' } }, 'src/Zones/Eu.php', ['phpunit', 'tests/Zones/EuTest.php', 'tests/MoneyTest.php', 'vendor/bin/phpunit tests/Zones/EuTest.php']);
  });
});
