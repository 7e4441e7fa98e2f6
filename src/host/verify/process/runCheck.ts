// One check: the problems of the touched files and of those that depend on them, before a change and after it, both in memory.
import type { DocumentRegistry } from 'typescript-pin';
import { findDependents } from '../../../core/tasks/refactorDependents.ts';
import type { CheckRequest, CheckResult, FoundProblem } from '../checkMessages.ts';
import { createProjectFinder, type Project } from './findProject.ts';
import { isScript } from '../scriptPath.ts';
import { createOverlayFiles, type OverlayFiles } from './overlayFiles.ts';
import type { TypeScript } from './loadTypeScript.ts';
import { createProjectProblems, type ProjectProblems } from './projectProblems.ts';

export interface CheckDependencies {
  readonly ts: TypeScript;
  readonly registry: DocumentRegistry;
  /** Takes what a later check is faster with: a service holds the parsed files of its project. */
  readonly keep: (services: readonly ProjectProblems[]) => void;
  readonly now: () => number;
}

interface Work extends CheckDependencies {
  readonly request: CheckRequest;
  readonly before: OverlayFiles;
  readonly after: OverlayFiles;
  readonly deadline: number;
  readonly result: Findings;
}

interface Findings {
  readonly before: FoundProblem[];
  readonly after: FoundProblem[];
  readonly checked: { path: string; depth: 'types' | 'names' }[];
  readonly dependents: string[];
  leftOut: number;
}

/** Problems beyond this tell nothing more. */
const maxProblems = 500;
/** A change that touches more projects than this is checked in the first ones. */
const maxProjects = 4;

export function runCheck(request: CheckRequest, dependencies: CheckDependencies): CheckResult {
  const { ts, now } = dependencies;
  const started = now();
  const result: Findings = { before: [], after: [], checked: [], dependents: [], leftOut: 0 };
  const work: Work = {
    ...dependencies, request, result,
    before: createOverlayFiles(ts, [request.unsaved]),
    after: createOverlayFiles(ts, [request.unsaved, request.changes]),
    deadline: started + request.limits.budgetMs,
  };
  dependencies.keep(groupByProject(work).map((group) => checkProject(group, work)));
  return {
    before: result.before.slice(0, maxProblems), after: result.after.slice(0, maxProblems),
    checked: result.checked, dependents: [...new Set(result.dependents)], leftOut: result.leftOut,
    version: ts.version, tookMs: now() - started,
  };
}

interface ProjectWork {
  readonly project: Project;
  /** Checked here. */
  readonly touched: string[];
  /** Listed here too: only their users are checked here. */
  readonly shared: string[];
  readonly named: string[];
}

function groupByProject({ ts, request, before, after }: Work): readonly ProjectWork[] {
  const finders = { before: createProjectFinder({ ts, files: before, roots: request.roots }), after: createProjectFinder({ ts, files: after, roots: request.roots }) };
  const groups = new Map<string, ProjectWork>();
  const projectsOf = (path: string): readonly [Project, ...Project[]] => (before.fileExists(path) ? finders.before : finders.after)(path);
  const add = (path: string, project: Project, kind: 'touched' | 'shared' | 'named'): void => {
    const group = groups.get(project.name) ?? { project, touched: [], shared: [], named: [] };
    groups.set(project.name, group);
    group[kind].push(path);
  };
  const touched = request.changes.map(({ path }) => path).filter(isScript);
  for (const path of touched) add(path, projectsOf(path)[0], 'touched');
  for (const path of request.dependents) if (isScript(path) && before.fileExists(path)) add(path, projectsOf(path)[0], 'named');
  for (const path of touched) for (const project of projectsOf(path).slice(1)) add(path, project, 'shared');
  return [...groups.values()].slice(0, maxProjects);
}

function checkProject({ project, touched, shared, named }: ProjectWork, work: Work): ProjectProblems {
  const { request, before, after, result } = work;
  const whole = project.files.length <= request.limits.maxProjectFiles ? project.files : project.files.filter((name) => name.endsWith('.d.ts'));
  const roots = [...new Set([...whole, ...touched, ...shared, ...named])];
  const first = createProjectProblems(project, roots.filter((path) => before.fileExists(path)), { ...work, files: before });
  const isSameSet = request.changes.every(({ path }) => before.fileExists(path) && after.fileExists(path));
  const second = createProjectProblems(project, roots.filter((path) => after.fileExists(path)), { ...work, files: after, ...(isSameSet ? { resolutions: first.resolutions } : {}) });
  const services = { before: first, after: second };
  try {
    for (const path of touched) {
      if (before.fileExists(path)) result.before.push(...services.before.problems(path));
      if (after.fileExists(path)) result.after.push(...services.after.problems(path));
      result.checked.push({ path, depth: services.after.depthOf(path) });
    }
    checkDependents({ changed: [...touched, ...shared], named, services, work });
  } finally {
    services.after.dispose();
  }
  return services.before;
}

interface DependentWork {
  readonly changed: readonly string[];
  readonly named: readonly string[];
  readonly services: { readonly before: ProjectProblems; readonly after: ProjectProblems };
  readonly work: Work;
}

/** The state before is looked at only where there are problems after: most files have none. */
function checkDependents({ changed, named, services, work }: DependentWork): void {
  const { before, after, request, deadline, now, result } = work;
  const looked = new Set([...request.changes.map(({ path }) => before.keyOf(path)), ...result.dependents.map((path) => before.keyOf(path))]);
  const found = findDependents(services.before.imports(), changed.map(before.keyOf), request.limits.maxDependents);
  const paths = [...new Set([...named, ...found.paths])].filter((path) => !looked.has(before.keyOf(path)) && !path.includes('/node_modules/') && after.fileExists(path));
  result.leftOut += found.leftOut;
  for (const [index, path] of paths.entries()) {
    if (now() > deadline) {
      result.leftOut += paths.length - index;
      return;
    }
    const problems = services.after.problems(path);
    result.after.push(...problems);
    if (problems.length > 0) result.before.push(...services.before.problems(path));
    result.dependents.push(path);
  }
}
