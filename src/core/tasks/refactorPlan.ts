// The plan of a refactoring as text and as steps: read from a model's stream, and read back from the document in which the user
// changed it.

export interface PlanStep {
  readonly text: string;
  /** The file that the step names first, where it names one. */
  readonly path?: string;
}

export interface RefactorPlan {
  readonly steps: readonly PlanStep[];
  /** What may break for others, in the model's words. */
  readonly risk?: string;
}

const maxSteps = 20;
const maxStepCharacters = 500;

/** `complete` false leaves the last line out, which may still grow. */
export function parsePlan(text: string, complete = true): RefactorPlan {
  const lines = text.split(/\r\n|\r|\n/);
  if (!complete) lines.pop();
  const steps: PlanStep[] = [];
  let risk: string | undefined;
  let inCode = false;
  for (const line of lines) {
    if (/^\s*(?:```|~~~)/.test(line)) inCode = !inCode;
    if (inCode) continue;
    const riskMatch = /^[\s>*_-]*(?:risks?|위험)[\s*_]*[:：][\s*_]*(.+)$/i.exec(line);
    if (riskMatch !== null) risk = cleanLine(riskMatch[1] ?? '');
    else if (/^\s*(?:[-*•]|\d+[.)])\s+\S/.test(line)) steps.push(toStep(line.replace(/^\s*(?:[-*•]|\d+[.)])\s+/, '')));
    else if (/^\s{2,}\S/.test(line) && steps.length > 0) steps.push(continued(steps.pop(), line));
  }
  return { steps: steps.filter((step) => step.text !== '').slice(0, maxSteps), ...(risk === undefined ? {} : { risk }) };
}

export function formatPlan(steps: readonly PlanStep[]): string {
  return steps.map((step) => `- ${step.text}`).join('\n');
}

/** The plan as a document to change: steps can be reworded, moved, removed and added. `notes` stand above as comments. */
export function formatPlanDocument(plan: RefactorPlan, title: string, notes: readonly string[]): string {
  const comments = notes.map((note) => `<!-- ${note.replace(/--+>?/g, '—')} -->`);
  const risk = plan.risk === undefined ? [] : ['', `> ${plan.risk}`];
  return [`# ${title}`, '', ...comments, '', ...plan.steps.map((step) => `- ${step.text}`), ...risk, ''].join('\n');
}

/** Each list item is a step; text without a list counts line by line, so that a plan typed from nothing works too. */
export function readPlanDocument(text: string): readonly PlanStep[] {
  const withoutComments = text.replace(/<!--[\s\S]*?-->/g, '');
  const { steps } = parsePlan(withoutComments);
  if (steps.length > 0) return steps;
  return withoutComments.split(/\r\n|\r|\n/).map((line) => line.trim()).filter((line) => line !== '' && !/^[#>]/.test(line)).map(toStep).slice(0, maxSteps);
}

export function toStep(line: string): PlanStep {
  const text = cleanLine(line.replace(/^\[[ xX]\]\s*/, ''));
  const path = /^[`*"']*((?:[\w@.()[\]-]+\/)*[\w@.()[\]-]+\.\w{1,10})[`*"']*\s*(?:[:：—–-]|\s)/.exec(text)?.[1];
  return { text, ...(path === undefined ? {} : { path }) };
}

function continued(step: PlanStep | undefined, line: string): PlanStep {
  return toStep(`${step?.text ?? ''} ${line.trim()}`);
}

function cleanLine(line: string): string {
  return line.replace(/\*\*|__/g, '').replace(/\s+/g, ' ').trim().slice(0, maxStepCharacters);
}
