// The command that runs one test file, as an argument list: no shell reads it, so a path is never more than a path.
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
  switch (choice.framework) {
    case 'vitest': return runner('vitest', 'run', ...configArguments('vitest', folder, listing), path);
    case 'jest': return runner('jest', ...configArguments('jest', folder, listing), '--runTestsByPath', path);
    case 'mocha': return runner('mocha', path);
    case 'ava': return runner('ava', path);
    case 'jasmine': return runner('jasmine', path);
    case 'node-test': return run('node', '--test', path);
    case 'bun': return run('bun', 'test', path);
    case 'deno': return run('deno', 'test', path);
    case 'pytest': return run(python(folder, listing), '-m', 'pytest', path);
    case 'unittest': return run(python(folder, listing), '-m', 'unittest', path);
    case 'go': return run('go', 'test', `./${folderOf(path)}`.replace(/\/$/, ''));
    case 'junit': return junit(path, choice, listing);
    case 'cargo': return run('cargo', 'test');
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

/** A config file that the package's own test script names. */
function configArguments(tool: string, folder: string, listing: ProjectListing): readonly string[] {
  const manifest = listing.text(join(folder, 'package.json')) ?? '';
  const match = new RegExp(`\\b${tool}\\b[^"&|;]*?(?:--config|-c)[= ]([\\w./-]+)`).exec(manifest);
  return match?.[1] === undefined ? [] : ['--config', match[1]];
}

function python(folder: string, listing: ProjectListing): string {
  const candidates = foldersAbove(join(folder, 'x')).flatMap((above) => ['.venv/bin/python', 'venv/bin/python', '.venv/Scripts/python.exe', 'venv/Scripts/python.exe'].map((name) => join(above, name)));
  const found = candidates.find((path) => listing.paths.includes(path));
  if (found === undefined) return 'python3';
  return folder === '' ? `./${found}` : found.startsWith(`${folder}/`) ? `./${found.slice(folder.length + 1)}` : `${'../'.repeat(folder.split('/').length)}${found}`;
}

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
