// The way a repository writes its commit messages, read from its latest ones: said to the model as rules, with examples.

export interface CommitStyle {
  /** One to a line, for the prompt. */
  readonly rules: readonly string[];
  readonly examples: readonly string[];
}

const shownExamples = 8;
/** Whole messages besides, where bodies are the habit. */
const shownBodies = 2;
const shownBodyCharacters = 600;
/** A habit counts from this share of the subjects on. */
const habitShare = 0.6;
const conventional = /^(?:build|chore|ci|docs|feat|fix|perf|refactor|revert|style|test|wip|release|deps)(?:\(([^)]+)\))?!?: \S/i;

export function readCommitStyle(messages: readonly string[]): CommitStyle {
  const own = messages.filter((message) => !/^(?:Merge |Revert "|fixup! |squash! )/.test(message) && message.trim() !== '').map(withoutTrailers);
  const subjects = own.map((message) => message.split('\n')[0]?.trim() ?? '').filter((subject) => subject !== '');
  if (subjects.length < 3) return { rules: customaryRules, examples: subjects };
  const withBody = own.filter((message) => message.includes('\n'));
  const writesBodies = withBody.length / own.length >= habitShare;
  const share = (test: (subject: string) => boolean): number => subjects.filter(test).length / subjects.length;
  const isHabit = (test: (subject: string) => boolean): boolean => share(test) >= habitShare;
  const isConventional = isHabit((subject) => conventional.test(subject));
  const rules = [
    isConventional ? conventionalRule(subjects) : undefined,
    isHabit((subject) => /^(?::\w+:|\p{Extended_Pictographic})/u.test(subject)) ? 'The subject begins with an emoji as in the examples.' : undefined,
    isHabit((subject) => /^\[?[A-Z]{2,10}-\d+\]?[: ]/.test(subject)) ? 'The subject begins with the ticket as in the examples, if the branch names one; else leave it out.' : undefined,
    isHabit((subject) => /[\u3131-\u318e\uac00-\ud7a3]/.test(subject)) ? 'Write it in Korean.' : isHabit((subject) => /[\u3040-\u30ff]/.test(subject)) ? 'Write it in Japanese.' : isHabit((subject) => /[\u4e00-\u9fff]/.test(subject)) ? 'Write it in Chinese.' : 'Write it in English.',
    capitalRule(subjects, isConventional),
    isHabit((subject) => subject.endsWith('.')) ? 'The subject ends with a full stop.' : 'The subject ends without a full stop.',
    `The subject has at most ${String(subjectLimit(subjects))} characters.`,
    writesBodies ? `A body ${writesLists(withBody) ? 'lists what changes, a line with a dash each,' : 'says why,'} after a blank line, wrapped at 72 characters.` : 'No body unless the reason is not plain from the subject; then one short paragraph after a blank line, wrapped at 72 characters.',
  ];
  return { rules: rules.filter((rule) => rule !== undefined), examples: [...subjects.slice(0, shownExamples), ...(writesBodies ? withBody.slice(0, shownBodies).map((message) => message.slice(0, shownBodyCharacters)) : [])] };
}

/** Signatures and references at the end are no body. */
function withoutTrailers(message: string): string {
  return message.trim().replace(/(?:\n+[A-Z][\w-]*: [^\n]+)+$/, '').trim();
}

function writesLists(messages: readonly string[]): boolean {
  return messages.filter((message) => /^[-*] /m.test(message)).length / messages.length >= habitShare;
}

const customaryRules: readonly string[] = [
  'The subject is an imperative sentence of at most 72 characters without a full stop.',
  'A body only if the reason is not plain from the subject: one short paragraph after a blank line, wrapped at 72 characters.',
];

function conventionalRule(subjects: readonly string[]): string {
  const scopes = [...new Set(subjects.map((subject) => conventional.exec(subject)?.[1]).filter((scope) => scope !== undefined))].slice(0, 12);
  return `Conventional Commits: type${scopes.length === 0 ? '' : '(scope)'}: subject.${scopes.length === 0 ? ' No scope.' : ` Scopes in use: ${scopes.join(', ')}.`}`;
}

function capitalRule(subjects: readonly string[], isConventional: boolean): string | undefined {
  const starts = subjects.map((subject) => (isConventional ? subject.replace(/^[^:]*:\s*/, '') : subject)).filter((subject) => /^\p{Letter}/u.test(subject) && subject[0]?.toLowerCase() !== subject[0]?.toUpperCase());
  if (starts.length === 0) return undefined;
  const capitals = starts.filter((subject) => /^\p{Lu}/u.test(subject)).length / starts.length;
  return capitals >= habitShare ? 'The description begins with a capital.' : capitals <= 1 - habitShare ? 'The description begins in lower case.' : undefined;
}

/** Nine of ten subjects stay below it; never under 50, never over 100. */
function subjectLimit(subjects: readonly string[]): number {
  const lengths = subjects.map((subject) => subject.length).sort((left, right) => left - right);
  return Math.min(100, Math.max(50, lengths[Math.floor(lengths.length * 0.9)] ?? 72));
}
