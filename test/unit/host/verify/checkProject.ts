// A small project on the disk, and a check of a change to it: in this process, with the TypeScript that VS Code ships.
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { DocumentRegistry } from 'typescript-pin';
import { onTestFinished } from 'vitest';
import type { CheckLimits, CheckRequest, CheckResult } from '../../../../src/host/verify/checkMessages.ts';
import { loadTypeScript, type TypeScript } from '../../../../src/host/verify/process/loadTypeScript.ts';
import type { ProjectProblems } from '../../../../src/host/verify/process/projectProblems.ts';
import { runCheck } from '../../../../src/host/verify/process/runCheck.ts';

const library = createRequire(join(import.meta.dirname, '../../../typescript-pin/package.json')).resolve('typescript');

export const limits: CheckLimits = { budgetMs: 60_000, maxDependents: 40, maxProjectFiles: 3000 };

export type Files = Readonly<Record<string, string>>;

export const strictConfig = '{ "compilerOptions": { "strict": true, "module": "esnext", "moduleResolution": "bundler", "target": "es2022", "lib": ["es2022"], "types": [], "allowImportingTsExtensions": true, "noEmit": true }, "include": ["src"] }';

/** Gone when the test is over. */
export function putProject(files: Files): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'type-check-')));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

let loaded: TypeScript | undefined;
/** The parsed library of the language, from one test to the next. */
let registry: DocumentRegistry | undefined;
let kept: readonly ProjectProblems[] = [];

function typeScript(): TypeScript {
  loaded ??= loadTypeScript([library], 'en');
  if (loaded === undefined) throw new Error('TypeScript could not be loaded');
  return loaded;
}

export interface Change {
  /** Path → text after; undefined deletes. */
  readonly changes: Readonly<Record<string, string | undefined>>;
  readonly unsaved?: Files;
  readonly dependents?: readonly string[];
  readonly limits?: Partial<CheckLimits>;
  readonly now?: () => number;
}

export function toRequest(folder: string, change: Change): CheckRequest {
  const overlay = (files: Change['changes'] = {}): CheckRequest['changes'] => Object.entries(files).map(([path, text]) => ({ path: join(folder, path), text }));
  return {
    id: 1, libraries: [library], locale: 'en', roots: [folder],
    unsaved: overlay(change.unsaved), changes: overlay(change.changes), dependents: (change.dependents ?? []).map((path) => join(folder, path)),
    limits: { ...limits, ...change.limits },
  };
}

/** Paths of the result are relative to the project again. */
export function checkChange(files: Files, change: Change): CheckResult {
  const folder = putProject(files);
  const ts = typeScript();
  registry ??= ts.createDocumentRegistry();
  const keep = (services: readonly ProjectProblems[]): void => {
    for (const service of kept) service.dispose();
    kept = services;
  };
  const result = runCheck(toRequest(folder, change), { ts, registry, now: change.now ?? (() => 0), keep });
  const relative = (path: string): string => path.slice(folder.length + 1);
  return {
    ...result,
    before: result.before.map((problem) => ({ ...problem, path: relative(problem.path) })),
    after: result.after.map((problem) => ({ ...problem, path: relative(problem.path) })),
    checked: result.checked.map((file) => ({ ...file, path: relative(file.path) })),
    dependents: result.dependents.map(relative),
  };
}

/** "src/use.ts:1 2305" */
export function short(problems: CheckResult['after']): readonly string[] {
  return problems.map(({ path, line, code }) => `${path}:${String(line + 1)} ${code}`);
}
