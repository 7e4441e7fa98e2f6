// Which test framework a file's project uses, told from a listing of paths and the text of a few manifests. Pure: the host lists and
// reads. The nearest manifest above the file decides, so that each package of a monorepo is seen as its own.

export type TestFramework =
  | 'vitest' | 'jest' | 'mocha' | 'node-test' | 'bun' | 'deno' | 'ava' | 'jasmine'
  | 'pytest' | 'unittest' | 'go' | 'junit' | 'cargo' | 'rspec' | 'minitest' | 'phpunit' | 'dotnet';

/** Paths are relative to one root, with slashes. */
export interface ProjectListing {
  readonly paths: readonly string[];
  /** Text of a manifest; undefined when it is absent or must not be read. */
  readonly text: (path: string) => string | undefined;
}

export interface FrameworkChoice {
  readonly framework: TestFramework;
  /** Folder of the manifest that decided, '' for the root: where its tests are run. */
  readonly projectFolder: string;
  /** The manifest or file that told it; undefined when it is only the language's custom. */
  readonly evidence?: string;
}

/** The manifests that `text` is asked for, by name. */
export const manifestNames = ['package.json', 'deno.json', 'deno.jsonc', 'pyproject.toml', 'setup.cfg', 'tox.ini', 'pytest.ini', 'requirements.txt', 'requirements-dev.txt', 'Gemfile', 'composer.json', 'build.gradle', 'build.gradle.kts', 'pom.xml'] as const;

export function detectFramework(path: string, listing: ProjectListing): FrameworkChoice | undefined {
  switch (familyOf(path)) {
    case 'javascript': return detectJavascript(path, listing);
    case 'python': return detectPython(path, listing);
    case 'go': return inFolderOf(path, listing, ['go.mod'], 'go');
    case 'java': return inFolderOf(path, listing, ['build.gradle', 'build.gradle.kts', 'pom.xml'], 'junit');
    case 'rust': return inFolderOf(path, listing, ['Cargo.toml'], 'cargo');
    case 'ruby': return detectRuby(path, listing);
    case 'php': return inFolderOf(path, listing, ['phpunit.xml', 'phpunit.xml.dist', 'composer.json'], 'phpunit');
    case 'dotnet': return inFolderOf(path, listing, [], 'dotnet');
    case undefined: return undefined;
  }
}

export type LanguageFamily = 'javascript' | 'python' | 'go' | 'java' | 'rust' | 'ruby' | 'php' | 'dotnet';

const familyByExtension: Readonly<Record<string, LanguageFamily>> = {
  js: 'javascript', jsx: 'javascript', ts: 'javascript', tsx: 'javascript', mjs: 'javascript', cjs: 'javascript', mts: 'javascript', cts: 'javascript', vue: 'javascript', svelte: 'javascript',
  py: 'python', go: 'go', java: 'java', kt: 'java', rs: 'rust', rb: 'ruby', php: 'php', cs: 'dotnet', fs: 'dotnet',
};

export function familyOf(path: string): LanguageFamily | undefined {
  return familyByExtension[/\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''];
}

const configFiles: readonly (readonly [pattern: RegExp, framework: TestFramework])[] = [
  [/^vitest\.(?:config|workspace)\.\w+$/, 'vitest'],
  [/^jest\.config\.\w+$/, 'jest'],
  [/^\.mocharc(?:\.\w+)?$/, 'mocha'],
  [/^ava\.config\.\w+$/, 'ava'],
  [/^jasmine\.json$/, 'jasmine'],
];

/** The first of them that a package uses wins; a test script speaks before dependencies. */
const packages: readonly (readonly [name: string, framework: TestFramework])[] = [['vitest', 'vitest'], ['jest', 'jest'], ['mocha', 'mocha'], ['ava', 'ava'], ['jasmine', 'jasmine']];
const scriptWords: readonly (readonly [pattern: RegExp, framework: TestFramework])[] = [
  [/\bvitest\b/, 'vitest'], [/\b(?:jest|react-scripts test)\b/, 'jest'], [/\bmocha\b/, 'mocha'], [/\bava\b/, 'ava'], [/\bjasmine\b/, 'jasmine'],
  [/\bbun test\b/, 'bun'], [/\bdeno test\b/, 'deno'], [/\bnode\b[^&|;]*\s--test\b|\btsx\b[^&|;]*\s--test\b/, 'node-test'],
];

function detectJavascript(path: string, listing: ProjectListing): FrameworkChoice {
  for (const folder of foldersAbove(path)) {
    const found = javascriptIn(folder, listing);
    if (found !== undefined) return found;
  }
  const usesNodeTest = listing.paths.find((other) => /\.test\.[cm]?[jt]s$/.test(other) && /from ['"]node:test['"]/.test(listing.text(other) ?? ''));
  const projectFolder = foldersAbove(path).find((folder) => listing.paths.includes(join(folder, 'package.json'))) ?? '';
  return { framework: 'node-test', projectFolder, ...(usesNodeTest === undefined ? {} : { evidence: usesNodeTest }) };
}

function javascriptIn(projectFolder: string, listing: ProjectListing): FrameworkChoice | undefined {
  const deno = ['deno.json', 'deno.jsonc'].map((name) => join(projectFolder, name)).find((name) => listing.paths.includes(name));
  if (deno !== undefined) return { framework: 'deno', projectFolder, evidence: deno };
  const manifestPath = join(projectFolder, 'package.json');
  const manifest = listing.text(manifestPath);
  const byManifest = manifest === undefined ? undefined : javascriptByManifest(manifest);
  if (byManifest !== undefined) return { framework: byManifest, projectFolder, evidence: manifestPath };
  for (const [pattern, framework] of configFiles) {
    const evidence = listing.paths.find((other) => folderOf(other) === projectFolder && pattern.test(nameOf(other)));
    if (evidence !== undefined) return { framework, projectFolder, evidence };
  }
  return undefined;
}

function javascriptByManifest(text: string): TestFramework | undefined {
  const manifest = parseObject(text);
  const scripts = Object.entries(asObject(manifest['scripts'])).filter(([name]) => /test|spec|unit/.test(name)).map(([, script]) => String(script));
  for (const [pattern, framework] of scriptWords) if (scripts.some((script) => pattern.test(script))) return framework;
  const dependencies = { ...asObject(manifest['dependencies']), ...asObject(manifest['devDependencies']) };
  if ('jest' in manifest) return 'jest';
  if ('ava' in manifest) return 'ava';
  return packages.find(([name]) => name in dependencies)?.[1];
}

function detectPython(path: string, listing: ProjectListing): FrameworkChoice {
  const folders = foldersAbove(path);
  const projectFolder = folders.find((folder) => ['pyproject.toml', 'setup.py', 'setup.cfg', 'pytest.ini', 'tox.ini', 'requirements.txt'].some((name) => listing.paths.includes(join(folder, name)))) ?? '';
  for (const folder of folders) {
    for (const name of ['pytest.ini', 'pyproject.toml', 'setup.cfg', 'tox.ini', 'requirements-dev.txt', 'requirements.txt']) {
      const evidence = join(folder, name);
      if (name === 'pytest.ini' ? listing.paths.includes(evidence) : /\bpytest\b/.test(listing.text(evidence) ?? '')) return { framework: 'pytest', projectFolder: projectFolder || folder, evidence };
    }
    const conftest = listing.paths.find((other) => nameOf(other) === 'conftest.py' && other.startsWith(folder === '' ? '' : `${folder}/`));
    if (conftest !== undefined) return { framework: 'pytest', projectFolder, evidence: conftest };
  }
  const unittest = listing.paths.find((other) => isPythonTest(other) && /^\s*(?:import unittest|from unittest)/m.test(listing.text(other) ?? ''));
  return unittest === undefined ? { framework: 'pytest', projectFolder } : { framework: 'unittest', projectFolder, evidence: unittest };
}

function isPythonTest(path: string): boolean {
  return /(?:^|\/)(?:test_[^/]+|[^/]+_test)\.py$/.test(path);
}

function detectRuby(path: string, listing: ProjectListing): FrameworkChoice {
  const rspec = listing.paths.find((other) => /(?:^|\/)\.rspec$|_spec\.rb$/.test(other));
  const gemfile = foldersAbove(path).map((folder) => join(folder, 'Gemfile')).find((name) => listing.paths.includes(name));
  const usesRspec = rspec !== undefined || /\brspec\b/.test(gemfile === undefined ? '' : (listing.text(gemfile) ?? ''));
  const evidence = rspec ?? gemfile;
  return { framework: usesRspec ? 'rspec' : 'minitest', projectFolder: gemfile === undefined ? '' : folderOf(gemfile), ...(evidence === undefined ? {} : { evidence }) };
}

function inFolderOf(path: string, listing: ProjectListing, names: readonly string[], framework: TestFramework): FrameworkChoice {
  for (const projectFolder of foldersAbove(path)) {
    const evidence = names.map((name) => join(projectFolder, name)).find((name) => listing.paths.includes(name));
    if (evidence !== undefined) return { framework, projectFolder, evidence };
  }
  return { framework, projectFolder: '' };
}

/** Nearest first, '' last. */
export function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return [...parts.keys()].map((index) => parts.slice(0, parts.length - index).join('/')).concat('');
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function join(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return {};
  }
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
