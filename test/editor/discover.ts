import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Editor } from './editor.ts';
import type { EditorOptions } from './editorOptions.ts';
import type { EditorSuite } from './editorSuite.ts';

export interface RunnableTest {
  readonly name: string;
  readonly timeoutMs: number;
  readonly run: (editor: Editor) => Promise<void>;
}

/** Tests that share one start of the editor. */
export interface TestGroup {
  /** Without options: the host tests run here too. */
  readonly isUsual: boolean;
  readonly options: EditorOptions;
  readonly tests: readonly RunnableTest[];
}

const suitesFolder = join(import.meta.dirname, 'suites');
const hostSuitesFolder = join(import.meta.dirname, 'hostTests/suites');
const defaultTimeoutMs = 60_000;

/** The tests of suites/*.test.ts whose "suite: test" contains `only`, grouped by equal options; the usual group also when it is asked for. */
export async function readGroups(only: string, withUsual: boolean): Promise<readonly TestGroup[]> {
  const groups = new Map<string, { readonly options: EditorOptions; readonly isUsual: boolean; readonly tests: RunnableTest[] }>();
  if (withUsual) groups.set(groupKey({}), { options: {}, isUsual: true, tests: [] });
  for (const suite of await readSuites()) {
    const options = suite.options ?? {};
    const key = groupKey(options);
    const group = groups.get(key) ?? { options, isUsual: key === groupKey({}), tests: [] };
    group.tests.push(...readTests(suite).filter(({ name }) => includes(name, only)));
    if (group.tests.length > 0) groups.set(key, group);
  }
  return [...groups.values()];
}

function groupKey(options: EditorOptions): string {
  return JSON.stringify(Object.entries(options).sort(([a], [b]) => a.localeCompare(b)));
}

/** Host suites import `vscode`, so their names are known only in the editor; this tells whether it is worth starting one. */
export async function mayHoldHostTests(only: string): Promise<boolean> {
  const texts = await Promise.all((await testFiles(hostSuitesFolder)).map((file) => readFile(file, 'utf8')));
  return texts.some((text) => includes(text, only) || includes(only, '(in the host)'));
}

async function readSuites(): Promise<readonly EditorSuite[]> {
  const files = await testFiles(suitesFolder);
  // Each suite file exports `suite: EditorSuite`; the type check sees to it.
  return Promise.all(files.map(async (file) => ((await import(file)) as { readonly suite: EditorSuite }).suite));
}

function readTests(suite: EditorSuite): readonly RunnableTest[] {
  return Object.entries(suite.tests).map(([name, run]) => ({ name: `${suite.name}: ${name}`, timeoutMs: suite.timeoutMs ?? defaultTimeoutMs, run }));
}

async function testFiles(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((file) => file.endsWith('.test.ts')).sort().map((file) => join(folder, file));
}

function includes(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}
