import { runSideTask, type SideTaskOptions } from './sideTask.ts';

/** So much of question and answer tells what a conversation is about. */
const excerptLength = 600;
const longestTitle = 60;

/** Asks once, after the first answer, unless the user gave a title. A failure is no one's concern: the first words of the question stay. */
export async function writeTitle(options: SideTaskOptions): Promise<void> {
  const { log } = options;
  const { session } = log;
  if (session.title !== undefined) return;
  const [question, answer] = firstExchange(session.path, (id) => session.head(id)?.role);
  const asked = question === undefined ? undefined : session.body(question)?.text;
  if (asked === undefined) return;
  const answered = answer === undefined ? '' : (session.body(answer)?.text ?? '');
  const content = `Question:\n${asked.slice(0, excerptLength)}\n\nAnswer:\n${answered.slice(0, excerptLength)}`;
  const text = await runSideTask({
    task: 'title', allowsCut: true,
    system: 'Task: title. Write a title of three to six words for the conversation in the language of the question. No quotes, no markdown, no full stop, nothing but the title.',
    messages: [{ role: 'user', content }],
  }, options);
  const title = cleanTitle(text);
  // The user may have named it meanwhile.
  if (title !== '' && session.title === undefined) log.append({ type: 'title', title, byUser: false });
}

/** One plain line: titles stand in lists and tabs. */
export function cleanTitle(text: string): string {
  const line = text
    // oxlint-disable-next-line no-control-regex -- what cannot be seen has no place in a title
    .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/gu, '')
    .split('\n').map((candidate) => candidate.trim()).find((candidate) => candidate !== '') ?? '';
  const plain = line.replace(/^(?:title|제목)\s*:\s*/i, '').replaceAll(/[*_`#<>[\]|]/g, '').replaceAll(/\$\(/g, '(').replace(/^["'“”‘’「]+|["'“”‘’」.。]+$/g, '').replaceAll(/\s+/g, ' ').trim();
  return plain.length > longestTitle ? `${plain.slice(0, longestTitle - 1).trimEnd()}…` : plain;
}

function firstExchange(path: readonly string[], roleOf: (id: string) => string | undefined): readonly [string | undefined, string | undefined] {
  const question = path.find((id) => roleOf(id) === 'user');
  const answer = path.find((id) => roleOf(id) === 'assistant');
  return [question, answer];
}
