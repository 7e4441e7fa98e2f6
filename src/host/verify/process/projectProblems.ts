// The problems of a project's files, from a language service of their own. Which file imports which is noted on the way: that tells who
// depends on what.
import type { CompilerOptions, Diagnostic, DocumentRegistry, LanguageServiceHost, ModuleResolutionCache } from 'typescript-pin';
import type { FoundProblem } from '../checkMessages.ts';
import type { Project } from './findProject.ts';
import type { TypeScript } from './loadTypeScript.ts';
import type { OverlayFiles } from './overlayFiles.ts';

export interface ProjectProblems {
  problems(path: string): readonly FoundProblem[];
  /** File → the files of the project's own sources that it imports. */
  imports(): ReadonlyMap<string, ReadonlySet<string>>;
  /** `names`: JavaScript that nobody asked to have checked; only names and modules that are not there count. */
  depthOf(path: string): 'types' | 'names';
  readonly resolutions: ModuleResolutionCache;
  dispose(): void;
}

export interface ServiceParts {
  readonly ts: TypeScript;
  readonly registry: DocumentRegistry;
  readonly files: OverlayFiles;
  /** Of another state in which the same files exist. */
  readonly resolutions?: ModuleResolutionCache;
}

export function createProjectProblems(project: Project, roots: readonly string[], parts: ServiceParts): ProjectProblems {
  const { ts, registry, files } = parts;
  const checksJs = project.options.checkJs === true;
  // Checked in any case: what an edit breaks shows against what was there before, and depthOf says which problems count.
  const options: CompilerOptions = { ...project.options, noEmit: true, composite: false, incremental: false, declaration: false, declarationMap: false, skipLibCheck: true, allowNonTsExtensions: true, ...(project.options.allowJs === true ? { checkJs: true } : {}) };
  const graph = new Map<string, Set<string>>();
  const resolutions = parts.resolutions ?? ts.createModuleResolutionCache(project.folder, files.keyOf, options);
  const service = ts.createLanguageService(createHost(parts, { project, options, roots, graph, resolutions }), registry);
  const depthOf = (path: string): 'types' | 'names' => (/\.[cm]?jsx?$/.test(path) && !checksJs && !/^\s*\/\/\s*@ts-check/m.test(files.readFile(path)?.slice(0, 2000) ?? '') ? 'names' : 'types');
  return {
    resolutions,
    depthOf,
    problems: (path) => {
      if (service.getProgram()?.getSourceFile(path) === undefined) return [];
      const found = [...service.getSyntacticDiagnostics(path), ...service.getSemanticDiagnostics(path)];
      const counted = depthOf(path) === 'types' ? found : found.filter(({ code }) => code < firstSemanticCode || missingNameCodes.has(code));
      return counted.filter(({ category }) => category === ts.DiagnosticCategory.Error).map((diagnostic) => toProblem(ts, path, diagnostic));
    },
    imports: () => {
      service.getProgram();
      return graph;
    },
    dispose: () => service.dispose(),
  };
}

/** Codes of syntax errors are below it. */
const firstSemanticCode = 2000;
/** Names, members of modules and modules that are not there; a default export that is not. */
const missingNameCodes: ReadonlySet<number> = new Set([2304, 2305, 2306, 2307, 2552, 2613, 2614, 2724, 1192]);

interface HostWish {
  readonly project: Project;
  readonly options: CompilerOptions;
  readonly roots: readonly string[];
  readonly graph: Map<string, Set<string>>;
  readonly resolutions: ModuleResolutionCache;
}

function createHost({ ts, files }: ServiceParts, { project, options, roots, graph, resolutions }: HostWish): LanguageServiceHost {
  const host: LanguageServiceHost = {
    getCompilationSettings: () => options,
    getScriptFileNames: () => [...roots],
    getScriptVersion: files.versionOf,
    getScriptSnapshot: (path) => {
      const text = files.readFile(path);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => project.folder,
    getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    fileExists: files.fileExists,
    readFile: files.readFile,
    directoryExists: (path) => ts.sys.directoryExists(path) || files.added.some((added) => files.keyOf(added).startsWith(`${files.keyOf(path)}/`)),
    getDirectories: (path) => ts.sys.getDirectories(path),
    realpath: (path) => ts.sys.realpath?.(path) ?? path,
    resolveModuleNameLiterals: (literals, ...[from, redirected, settings, source]) => literals.map((literal) => {
      const resolved = ts.resolveModuleName(literal.text, from, settings, host, resolutions, redirected, ts.getModeForUsageLocation(source, literal, settings));
      const target = resolved.resolvedModule;
      if (target !== undefined && target.isExternalLibraryImport !== true) note(graph, files.keyOf(from), files.keyOf(target.resolvedFileName));
      return resolved;
    }),
  };
  return host;
}

function note(graph: Map<string, Set<string>>, from: string, to: string): void {
  const known = graph.get(from);
  if (known === undefined) graph.set(from, new Set([to]));
  else known.add(to);
}

function toProblem(ts: TypeScript, path: string, { file, start = 0, length = 0, messageText, code }: Diagnostic): FoundProblem {
  const at = file?.getLineAndCharacterOfPosition(start) ?? { line: 0, character: 0 };
  const end = file?.getLineAndCharacterOfPosition(start + length) ?? at;
  return { path, line: at.line, character: at.character, endLine: end.line, endCharacter: end.character, message: ts.flattenDiagnosticMessageText(messageText, '\n'), code: String(code) };
}
