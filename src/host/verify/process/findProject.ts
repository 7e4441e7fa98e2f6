// Which projects a file belongs to: those whose tsconfig or jsconfig, in a folder above, lists it, the projects that one refers to
// included; the nearest comes first. A file that none lists is a project of its own with the options of the nearest.
import { dirname, join } from 'node:path/posix';
import type { CompilerOptions, ParsedCommandLine } from 'typescript-pin';
import type { TypeScript } from './loadTypeScript.ts';
import type { OverlayFiles } from './overlayFiles.ts';

export interface Project {
  /** The configuration's path, or the folder of a file without one. */
  readonly name: string;
  readonly folder: string;
  readonly options: CompilerOptions;
  readonly files: readonly string[];
}

export interface ProjectSearch {
  readonly ts: TypeScript;
  readonly files: OverlayFiles;
  readonly roots: readonly string[];
}

/** References of references: deeper than this nobody nests them. */
const maxReferenceDepth = 4;

export function createProjectFinder({ ts, files, roots }: ProjectSearch): (path: string) => readonly [Project, ...Project[]] {
  const parsed = new Map<string, ParsedCommandLine | undefined>();
  const parse = (config: string): ParsedCommandLine | undefined => {
    if (!parsed.has(config)) parsed.set(config, parseConfig(ts, config, files));
    return parsed.get(config);
  };
  const lists = (line: ParsedCommandLine, path: string): boolean => line.fileNames.some((name) => files.keyOf(name) === files.keyOf(path));

  const owner = (config: string, path: string, depth: number): Project | undefined => {
    const line = parse(config);
    if (line === undefined) return undefined;
    if (lists(line, path)) return toProject(config, line);
    if (depth === 0) return undefined;
    for (const reference of line.projectReferences ?? []) {
      const found = owner(ts.resolveProjectReferencePath(reference), path, depth - 1);
      if (found !== undefined) return found;
    }
    return undefined;
  };

  return (path) => {
    const configs = configsAbove(path, roots, files);
    const found = new Map(configs.flatMap((config) => {
      const project = owner(config, path, maxReferenceDepth);
      return project === undefined ? [] : [[project.name, project] as const];
    }));
    const [first, ...others] = found.values();
    if (first !== undefined) return [first, ...others];
    const nearest = configs[0] === undefined ? undefined : parse(configs[0]);
    const folder = dirname(path);
    return [{ name: folder, folder, options: nearest?.options ?? inferredOptions(ts), files: [path] }];
  };
}

function configsAbove(path: string, roots: readonly string[], files: OverlayFiles): readonly string[] {
  const top = roots.filter((root) => files.keyOf(path).startsWith(`${files.keyOf(root)}/`)).sort((left, right) => right.length - left.length)[0] ?? dirname(path);
  const found: string[] = [];
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const config = ['tsconfig.json', 'jsconfig.json'].map((name) => join(folder, name)).find((candidate) => files.fileExists(candidate));
    if (config !== undefined) found.push(config);
    if (files.keyOf(folder) === files.keyOf(top) || folder === dirname(folder)) return found;
  }
}

function parseConfig(ts: TypeScript, path: string, files: OverlayFiles): ParsedCommandLine | undefined {
  const { config, error } = ts.readConfigFile(path, (name) => files.readFile(name));
  if (error !== undefined && config === undefined) return undefined;
  const folder = dirname(path);
  const host = { ...ts.sys, fileExists: files.fileExists, readFile: files.readFile };
  const line = ts.parseJsonConfigFileContent(config, host, folder, undefined, path);
  const added = files.added.filter((name) => files.keyOf(name).startsWith(`${files.keyOf(folder)}/`) && /\.(?:[cm]?ts|tsx)$/.test(name) && !line.fileNames.includes(name));
  return { ...line, fileNames: [...line.fileNames, ...added].filter((name) => files.fileExists(name)) };
}

function toProject(config: string, { options, fileNames }: ParsedCommandLine): Project {
  return { name: config, folder: dirname(config), options, files: fileNames };
}

/** What VS Code takes for files without a project. */
function inferredOptions(ts: TypeScript): CompilerOptions {
  return { allowJs: true, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, target: ts.ScriptTarget.ES2022, jsx: ts.JsxEmit.Preserve, allowImportingTsExtensions: true, strict: true };
}
