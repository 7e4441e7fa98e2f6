// The command that runs all tests of the project that a file belongs to, where the project itself says how: its test script, or a runner
// that needs no script. As an argument list: no shell reads it.
import * as z from 'zod';
import { foldersAbove, join, nameOf, detectFramework, type ProjectListing } from './testFrameworks.ts';
import type { CommandLine } from './testCommand.ts';

export interface ProjectTests {
  readonly command: CommandLine;
  /** What the command comes to, where it is only the name of a script. */
  readonly script?: string;
}

export function projectTests(path: string, listing: ProjectListing): ProjectTests | undefined {
  const scripted = scriptedTests(path, listing);
  if (scripted !== undefined) return scripted;
  const choice = detectFramework(path, listing);
  // A custom of the language alone is no sign that there are tests.
  if (choice?.evidence === undefined) return undefined;
  const run = (program: string, ...args: readonly string[]): ProjectTests => ({ command: { program, arguments: args, folder: choice.projectFolder } });
  switch (choice.framework) {
    case 'pytest': return run(python(choice.projectFolder, listing), '-m', 'pytest');
    case 'go': return run('go', 'test', './...');
    case 'cargo': return run('cargo', 'test');
    case 'junit': return choice.evidence.endsWith('pom.xml') ? run(wrapper('mvnw', choice.projectFolder, listing) ?? 'mvn', '-q', 'test') : run(wrapper('gradlew', choice.projectFolder, listing) ?? 'gradle', 'test');
    case 'rspec': return run('bundle', 'exec', 'rspec');
    case 'deno': return run('deno', 'test');
    case 'vitest': case 'jest': case 'mocha': case 'node-test': case 'bun': case 'ava': case 'jasmine': case 'unittest': case 'minitest': case 'phpunit': case 'dotnet': return undefined;
  }
}

/** The nearest manifest with a test script; the one that `npm init` writes only fails. */
function scriptedTests(path: string, listing: ProjectListing): ProjectTests | undefined {
  if (!/\.(?:[cm]?[jt]sx?|vue|svelte)$/.test(path)) return undefined;
  for (const folder of foldersAbove(path)) {
    const script = testScript(listing.text(join(folder, 'package.json')));
    if (script !== undefined) return { command: { program: packageManager(folder, listing), arguments: ['test'], folder }, script };
  }
  return undefined;
}

const scripted = z.object({ scripts: z.object({ test: z.string() }) });

function testScript(manifest: string | undefined): string | undefined {
  if (manifest === undefined) return undefined;
  try {
    const script = scripted.safeParse(JSON.parse(manifest)).data?.scripts.test;
    return script === undefined || script.trim() === '' || script.includes('no test specified') ? undefined : script;
  } catch {
    // A manifest that is no JSON names nothing.
    return undefined;
  }
}

function packageManager(folder: string, listing: ProjectListing): string {
  const locks = ['pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb', 'package-lock.json'];
  const lock = foldersAbove(join(folder, 'x')).flatMap((above) => locks.map((name) => join(above, name))).find((candidate) => listing.paths.includes(candidate));
  switch (nameOf(lock ?? '')) {
    case 'pnpm-lock.yaml': return 'pnpm';
    case 'yarn.lock': return 'yarn';
    // Also with bun, whose own `bun test` is its runner and not the script.
    default: return 'npm';
  }
}

function python(folder: string, listing: ProjectListing): string {
  const found = ['.venv/bin/python', 'venv/bin/python', '.venv/Scripts/python.exe', 'venv/Scripts/python.exe'].find((name) => listing.paths.includes(join(folder, name)));
  return found === undefined ? 'python3' : `./${found}`;
}

function wrapper(name: string, folder: string, listing: ProjectListing): string | undefined {
  return listing.paths.includes(join(folder, name)) ? `./${name}` : undefined;
}
