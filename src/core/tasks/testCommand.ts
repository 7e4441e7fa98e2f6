// The command that runs one test file, as an argument list: no shell reads it, so a path is never more than a path.
import { carriedOptions } from './carriedOptions.ts';
import { folderOf, foldersAbove, join, nameOf, type FrameworkChoice, type ProjectListing } from './testFrameworks.ts';

export interface CommandLine {
  readonly program: string;
  readonly arguments: readonly string[];
  /** Folder to run in, relative to the root of the listing. */
  readonly folder: string;
}

export function testCommand(testPath: string, choice: FrameworkChoice, listing: ProjectListing): CommandLine | undefined {
  const folder = choice.projectFolder;
  const path = dashSafe(folder === '' ? testPath : testPath.startsWith(`${folder}/`) ? testPath.slice(folder.length + 1) : testPath);
  const run = (program: string, ...args: readonly string[]): CommandLine => ({ program, arguments: args, folder });
  const runner = (tool: string, ...args: readonly string[]): CommandLine => ({ ...packageRunner(tool, args, folder, listing), folder });
  const kept = (tool: string): readonly string[] => carriedOptions(tool, listing.text(join(folder, 'package.json')));
  switch (choice.framework) {
    case 'vitest': return runner('vitest', 'run', ...kept('vitest'), path);
    case 'jest': return runner('jest', ...kept('jest'), '--runTestsByPath', path);
    case 'mocha': return runner('mocha', ...kept('mocha'), path);
    case 'ava': return runner('ava', path);
    case 'jasmine': return runner('jasmine', path);
    case 'node-test': return usesTsx(folder, listing) ? runner('tsx', ...kept('tsx'), '--test', path) : run('node', ...kept('node'), '--test', path);
    case 'bun': return run('bun', 'test', path);
    case 'deno': return run('deno', 'test', path);
    case 'pytest': case 'unittest': return { ...python(['-m', choice.framework, path], folder, listing), folder };
    case 'go': return run('go', 'test', `./${folderOf(path)}`.replace(/\/$/, ''));
    case 'junit': return junit(path, choice, listing);
    case 'cargo': return run('cargo', 'test', ...cargoFilter(path));
    case 'rspec': return run('bundle', 'exec', 'rspec', path);
    case 'minitest': return run('ruby', '-Itest', '-Ilib', path);
    case 'phpunit': return run('vendor/bin/phpunit', path);
    case 'dotnet': return run('dotnet', 'test', '--filter', nameOf(path).replace(/\.\w+$/, ''));
  }
}

/** The command as a person would type it: for the question before it runs. */
export function formatCommand({ program, arguments: args }: Pick<CommandLine, 'program' | 'arguments'>): string {
  return [program, ...args].map((part) => (/^[\w@%+=:,./-]+$/.test(part) ? part : `'${part.replace(/'/g, `'\\''`)}'`)).join(' ');
}

/** A path that begins with a dash would be read as an option. */
function dashSafe(path: string): string {
  return path.startsWith('-') ? `./${path}` : path;
}

function packageRunner(tool: string, args: readonly string[], folder: string, listing: ProjectListing): Pick<CommandLine, 'program' | 'arguments'> {
  const lock = [folder, ...foldersAbove(join(folder, 'x'))].flatMap((above) => ['pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb', 'package-lock.json'].map((name) => join(above, name))).find((path) => listing.paths.includes(path));
  switch (nameOf(lock ?? '')) {
    case 'pnpm-lock.yaml': return { program: 'pnpm', arguments: ['exec', tool, ...args] };
    case 'yarn.lock': return { program: 'yarn', arguments: [tool, ...args] };
    case 'bun.lock': case 'bun.lockb': return { program: 'bunx', arguments: [tool, ...args] };
    // --no: a tool that is not installed is an error to show, not a package to fetch.
    default: return { program: 'npx', arguments: ['--no', '--', tool, ...args] };
  }
}

function usesTsx(folder: string, listing: ProjectListing): boolean {
  return /["&|;]\s*(?:npx\s+)?tsx\s[^"&|;]*--test\b/.test(listing.text(join(folder, 'package.json')) ?? '');
}

/** The module that the tests stand in, or the file of `tests/`: `cargo test` alone would build and run everything. */
function cargoFilter(path: string): readonly string[] {
  const own = /^tests\/(\w[\w-]*)(?:\.rs|\/main\.rs)$/.exec(path)?.[1];
  if (own !== undefined) return ['--test', own];
  const parts = /^src\/(.+)\.rs$/.exec(path)?.[1]?.split('/') ?? [];
  const modules = ['mod', 'lib', 'main'].includes(parts.at(-1) ?? '') ? parts.slice(0, -1) : parts;
  return modules.length === 0 || modules[0] === 'bin' ? [] : [`${modules.join('::')}::`];
}

/** The environment beside the project, else the tool that its lock file belongs to, else the machine's own Python. */
function python(args: readonly string[], folder: string, listing: ProjectListing): Pick<CommandLine, 'program' | 'arguments'> {
  const above = foldersAbove(join(folder, 'x'));
  const candidates = above.flatMap((each) => ['.venv/bin/python', 'venv/bin/python', '.venv/Scripts/python.exe', 'venv/Scripts/python.exe'].map((name) => join(each, name)));
  const found = candidates.find((path) => listing.paths.includes(path));
  if (found !== undefined) return { program: folder === '' ? `./${found}` : found.startsWith(`${folder}/`) ? `./${found.slice(folder.length + 1)}` : `${'../'.repeat(folder.split('/').length)}${found}`, arguments: args };
  const lock = above.flatMap((each) => Object.keys(lockTools).map((name) => join(each, name))).find((path) => listing.paths.includes(path));
  const tool = lock === undefined ? undefined : lockTools[nameOf(lock)];
  return tool === undefined ? { program: 'python3', arguments: args } : { program: tool, arguments: ['run', 'python', ...args] };
}

const lockTools: Readonly<Record<string, string>> = { 'uv.lock': 'uv', 'poetry.lock': 'poetry', 'Pipfile.lock': 'pipenv', 'pdm.lock': 'pdm' };

function junit(path: string, choice: FrameworkChoice, listing: ProjectListing): CommandLine {
  const name = nameOf(path).replace(/\.\w+$/, '');
  const folder = choice.projectFolder;
  if (choice.evidence?.endsWith('pom.xml') === true) {
    const program = listing.paths.includes(join(folder, 'mvnw')) ? './mvnw' : 'mvn';
    return { program, arguments: ['-q', `-Dtest=${name}`, 'test'], folder };
  }
  const root = foldersAbove(join(folder, 'x')).find((above) => listing.paths.includes(join(above, 'gradlew')));
  const program = root === undefined ? 'gradle' : root === folder ? './gradlew' : `${'../'.repeat(folder.split('/').length - (root === '' ? 0 : root.split('/').length))}gradlew`;
  return { program, arguments: ['test', '--tests', name], folder };
}
