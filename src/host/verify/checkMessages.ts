// What the extension host and the process of the type check say to each other. Paths are whole, with forward slashes.
import * as z from 'zod';

export interface OverlayFile {
  readonly path: string;
  /** Undefined: the file is not there. */
  readonly text: string | undefined;
}

export interface CheckLimits {
  /** What is not checked by then is left out and counted. */
  readonly budgetMs: number;
  readonly maxDependents: number;
  /** A project of more files than this is not read whole: only what the touched files import, and the dependents that are named. */
  readonly maxProjectFiles: number;
}

export interface CheckRequest {
  readonly id: number;
  /** typescript.js, the first that can be loaded is used. */
  readonly libraries: readonly string[];
  /** Of VS Code: problems come in its language. */
  readonly locale: string;
  /** Configurations are looked for up to these folders. */
  readonly roots: readonly string[];
  /** Texts that are not saved: they are the state before. */
  readonly unsaved: readonly OverlayFile[];
  readonly changes: readonly OverlayFile[];
  /** Files that use what is changed, as a language service knows it. */
  readonly dependents: readonly string[];
  readonly limits: CheckLimits;
}

const problem = z.object({
  path: z.string(),
  /** From 0. */
  line: z.number().int().min(0),
  character: z.number().int().min(0),
  endLine: z.number().int().min(0),
  endCharacter: z.number().int().min(0),
  message: z.string(),
  code: z.string(),
});
export type FoundProblem = Readonly<z.infer<typeof problem>>;

const result = z.object({
  before: z.array(problem),
  after: z.array(problem),
  /** Changed files that were checked, by what. */
  checked: z.array(z.object({ path: z.string(), depth: z.enum(['types', 'names']) })),
  dependents: z.array(z.string()),
  /** Dependents that were not checked: too many, or the time was over. */
  leftOut: z.number().int().min(0),
  version: z.string(),
  tookMs: z.number(),
});
export type CheckResult = Readonly<z.infer<typeof result>>;

export const checkReply = z.union([z.object({ id: z.number(), result }), z.object({ id: z.number(), failure: z.string() })]);
export type CheckReply = Readonly<z.infer<typeof checkReply>>;
