// Where the tests of a file belong and which test to imitate. The tests that the project already has vote: each that can be traced to
// its source shows a layout and a way of naming, and the nearest count most. Without any, the framework's custom decides.
import { familyOf, folderOf, join, nameOf, type FrameworkChoice, type ProjectListing } from './testFrameworks.ts';

export interface TestPlace {
  /** Where the tests go. */
  readonly path: string;
  /** The file is there already and is extended. */
  readonly exists: boolean;
  /** Tests stand in the source file itself (Rust's unit tests). */
  readonly inSource: boolean;
  /** A test of this project whose style is imitated. */
  readonly neighbour?: string;
}

/** How a test's name and folder follow from its source's. */
interface Layout {
  readonly naming: Naming;
  readonly folder: (sourceFolder: string) => string;
}

interface Naming {
  readonly prefix: string;
  readonly suffix: string;
}

export function findTestPlace(path: string, choice: FrameworkChoice, listing: ProjectListing): TestPlace {
  const tests = listing.paths.filter((other) => other !== path && familyOf(other) === familyOf(path) && isTestPath(other));
  const neighbour = nearest(path, tests);
  const withNeighbour = neighbour === undefined ? {} : { neighbour };
  if (isTestPath(path)) return { path, exists: true, inSource: false, ...withNeighbour };
  if (choice.framework === 'cargo') return { path, exists: true, inSource: true, ...withNeighbour };
  const own = tests.filter((test) => sourceName(test) === stem(path));
  const existing = own.find((test) => nearest(test, listing.paths.filter((other) => stem(other) === stem(path) && !isTestPath(other))) === path);
  if (existing !== undefined) return { path: existing, exists: true, inSource: false, neighbour: existing };
  const layout = votedLayout(path, tests, listing) ?? customaryLayout(choice, path, listing);
  const name = `${layout.naming.prefix}${stem(path)}${layout.naming.suffix}`;
  const place = join(layout.folder(folderOf(path)), name);
  return { path: place, exists: listing.paths.includes(place), inSource: false, ...withNeighbour };
}

const testName = /^(?:test_.+\.py|.+_test\.(?:py|go|exs?|rb|cc|cpp)|.+[._-](?:test|spec)\.[cm]?[jt]sx?|.+_spec\.rb|(?:Test[A-Z].*|.+(?:Tests?|IT|Spec))\.(?:java|kt|cs|fs|php)|test\.[cm]?[jt]sx?)$/;

export function isTestPath(path: string): boolean {
  const name = nameOf(path);
  if (testName.test(name)) return true;
  return /(?:^|\/)__tests__\//.test(path) && /\.[cm]?[jt]sx?$/.test(name);
}

/** The name of the source that a test's name speaks of. */
function sourceName(testPath: string): string {
  const name = nameOf(testPath);
  const bare = name.replace(/\.\w+$/, '');
  return bare.replace(/^test_|_test$|_spec$|[._-](?:test|spec)$|(?:Tests?|IT|Spec)$/, '').replace(/^Test(?=[A-Z])/, '');
}

function stem(path: string): string {
  return nameOf(path).replace(/\.\w+$/, '');
}

function votedLayout(path: string, tests: readonly string[], listing: ProjectListing): Layout | undefined {
  const votes = new Map<string, { weight: number; layout: Layout }>();
  const sources = listing.paths.filter((other) => familyOf(other) === familyOf(path) && !isTestPath(other));
  for (const test of tests) {
    const source = nearest(test, sources.filter((other) => stem(other) === sourceName(test)));
    const seen = source === undefined ? undefined : observeLayout(source, test);
    if (seen === undefined) continue;
    const key = `${seen.key} ${seen.layout.naming.prefix}*${seen.layout.naming.suffix}`;
    const weight = (votes.get(key)?.weight ?? 0) + 1 / (1 + distance(path, source ?? test));
    votes.set(key, { weight, layout: votes.get(key)?.layout ?? withExtension(seen.layout, path) });
  }
  return [...votes.values()].sort((left, right) => right.weight - left.weight)[0]?.layout;
}

/** `src/a/b.ts` and `test/unit/a/b.test.ts` show that `src` maps to `test/unit`. */
function observeLayout(source: string, test: string): { readonly key: string; readonly layout: Layout } | undefined {
  const naming = observeNaming(source, test);
  const sourceFolder = folderOf(source);
  const testFolder = folderOf(test);
  if (sourceFolder === testFolder) return { key: 'beside', layout: { naming, folder: (folder) => folder } };
  if (testFolder.startsWith(sourceFolder === '' ? '' : `${sourceFolder}/`) && !testFolder.slice(sourceFolder.length + 1).includes('/')) {
    const below = testFolder.slice(sourceFolder === '' ? 0 : sourceFolder.length + 1);
    return { key: `below ${below}`, layout: { naming, folder: (folder) => join(folder, below) } };
  }
  const { from, to } = commonTail(sourceFolder, testFolder);
  return { key: `mirror ${from} ${to}`, layout: { naming, folder: (folder) => mirror(folder, from, to) } };
}

function observeNaming(source: string, test: string): Naming {
  const at = nameOf(test).indexOf(stem(source));
  return { prefix: nameOf(test).slice(0, at), suffix: nameOf(test).slice(at + stem(source).length) };
}

/** A test of a .tsx file is .tsx too; a .vue or .svelte file is tested by a script. */
function withExtension(layout: Layout, path: string): Layout {
  const wanted = /\.(\w+)$/.exec(path)?.[1] ?? '';
  if (!/^(?:[cm]?[jt]s|[jt]sx)$/.test(wanted)) return layout;
  return { ...layout, naming: { ...layout.naming, suffix: layout.naming.suffix.replace(/\.\w+$/, `.${wanted}`) } };
}

function commonTail(left: string, right: string): { readonly from: string; readonly to: string } {
  const from = left.split('/').filter((part) => part !== '');
  const to = right.split('/').filter((part) => part !== '');
  while (from.length > 0 && to.length > 0 && from.at(-1) === to.at(-1)) {
    from.pop();
    to.pop();
  }
  return { from: from.join('/'), to: to.join('/') };
}

function mirror(folder: string, from: string, to: string): string {
  if (from === '') return join(to, folder);
  if (folder === from) return to;
  if (folder.startsWith(`${from}/`)) return join(to, folder.slice(from.length + 1));
  return to;
}

function customaryLayout(choice: FrameworkChoice, path: string, listing: ProjectListing): Layout {
  const beside = (naming: Naming): Layout => ({ naming, folder: (folder) => folder });
  const extension = /\.\w+$/.exec(path)?.[0] ?? '';
  switch (choice.framework) {
    case 'vitest': case 'jest': case 'bun': return beside({ prefix: '', suffix: `.test${scriptExtension(extension)}` });
    case 'node-test': case 'mocha': case 'ava': return { naming: { prefix: '', suffix: `.test${scriptExtension(extension)}` }, folder: () => join(choice.projectFolder, 'test') };
    case 'jasmine': return { naming: { prefix: '', suffix: `.spec${scriptExtension(extension)}` }, folder: () => join(choice.projectFolder, 'spec') };
    case 'deno': return beside({ prefix: '', suffix: `_test${extension}` });
    case 'pytest': case 'unittest': return { naming: { prefix: 'test_', suffix: '.py' }, folder: () => join(choice.projectFolder, listing.paths.some((other) => other.startsWith(join(choice.projectFolder, 'test/'))) ? 'test' : 'tests') };
    case 'go': return beside({ prefix: '', suffix: '_test.go' });
    case 'junit': return { naming: { prefix: '', suffix: `Test${extension}` }, folder: (folder) => folder.replace(/(^|\/)src\/main\//, '$1src/test/') };
    case 'cargo': return { naming: { prefix: '', suffix: '.rs' }, folder: () => join(choice.projectFolder, 'tests') };
    case 'rspec': return { naming: { prefix: '', suffix: '_spec.rb' }, folder: (folder) => mirror(folder, rubyRoot(folder), 'spec') };
    case 'minitest': return { naming: { prefix: '', suffix: '_test.rb' }, folder: (folder) => mirror(folder, rubyRoot(folder), 'test') };
    case 'phpunit': return { naming: { prefix: '', suffix: 'Test.php' }, folder: (folder) => mirror(folder, 'src', 'tests') };
    case 'dotnet': return beside({ prefix: '', suffix: `Tests${extension}` });
  }
}

function rubyRoot(folder: string): string {
  return ['lib', 'app'].find((root) => folder === root || folder.startsWith(`${root}/`)) ?? '';
}

function scriptExtension(extension: string): string {
  return /^\.(?:[cm]?[jt]s|[jt]sx)$/.test(extension) ? extension : '.ts';
}

/** Fewest folders apart; the shorter, then the alphabetically first path among equals. */
function nearest(path: string, others: readonly string[]): string | undefined {
  return others.toSorted((left, right) => distance(path, left) - distance(path, right) || left.length - right.length || (left < right ? -1 : 1))[0];
}

/** Folders that the two paths do not share, in any order: `src/core/a` is close to `test/unit/core/a`. Among equals a common beginning decides. */
function distance(left: string, right: string): number {
  const folders = folderOf(left).split('/');
  const others = folderOf(right).split('/');
  const unshared = folders.filter((folder) => !others.includes(folder)).length + others.filter((folder) => !folders.includes(folder)).length;
  const fork = folders.findIndex((folder, index) => folder !== others[index]);
  return unshared + 1 / (2 + (fork < 0 ? folders.length : fork));
}
