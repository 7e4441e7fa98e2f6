// Which task a free chat message asks for. Precision before recall: what is not plainly a request for a task stays chat, because the
// wrong task costs the user a model and a prompt they did not ask for, and chat answers everything.
import type { TaskId } from '../../shared/chatTypes.ts';
import type { Translate } from '../translate.ts';
import { englishTask } from './englishTasks.ts';
import { koreanTask } from './koreanTasks.ts';

export interface TaskGuess {
  readonly task: TaskId;
  /** The user's words that decided; absent for chat. */
  readonly matched?: string;
}

export function taskFromText(text: string): TaskGuess {
  for (const sentence of sentencesOf(prose(text))) {
    const guess = /[가-힣]/.test(sentence) ? koreanTask(sentence) : englishTask(sentence);
    if (guess) return { task: guess.task, matched: shorten(guess.matched) };
  }
  return { task: 'chat' };
}

/** "you asked to refactor 1 file (“clean up”)": what the first line of the answer says. */
export function describeGuess(guess: TaskGuess, fileCount: number, translate: Translate): string {
  const what = fileCount === 0 ? translate('code') : fileCount === 1 ? translate('1 file') : translate('{count} files', { count: fileCount });
  const words = guess.matched === undefined ? '' : ` (“${guess.matched}”)`;
  return reasonFor(guess.task, what, translate) + words;
}

function reasonFor(task: TaskId, what: string, translate: Translate): string {
  switch (task) {
    case 'refactor': return translate('you asked to refactor {what}', { what });
    case 'review': return translate('you asked for a review of {what}', { what });
    case 'tests': return translate('you asked for tests of {what}', { what });
    case 'fix': return translate('you asked to fix {what}', { what });
    case 'document': return translate('you asked to document {what}', { what });
    case 'explain': return translate('you asked to explain {what}', { what });
    case 'commit': return translate('you asked for a commit message');
    case 'chat': case 'edit': case 'complete': case 'rename': case 'title': case 'compact': return translate('reads as a conversation');
  }
}

/** A request stands at the start, or after the pasted text; more would only cost time. */
const headLength = 1500;
const tailLength = 500;

/** Without code, quotes and addresses: their words are not the user's. */
function prose(text: string): string {
  const bounded = text.length <= headLength + tailLength ? text : `${text.slice(0, headLength)}\n${text.slice(-tailLength)}`;
  return bounded
    .replace(/```[\s\S]*?(?:```|$)/g, '\n')
    .replace(/^[ \t]*>.*$/gm, '')
    .replace(/`[^`\n]*`/g, ' it ')
    .replace(/https?:\/\/\S+/g, ' it ')
    .replace(/[“”"][^“”"\n]{0,200}[“”"]/g, ' it ');
}

function sentencesOf(text: string): readonly string[] {
  return text
    // A dot ends a sentence only before white space, so that "parser.ts" stays whole.
    .split(/[!?。\n]+|\.(?=\s|$)|(?<=\?)/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

function shorten(words: string): string {
  const text = words.replace(/\s+/g, ' ').trim();
  return text.length <= 40 ? text : `${text.slice(0, 39).trimEnd()}…`;
}
