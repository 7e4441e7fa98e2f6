// Better names for one symbol: asked of a model, read line by line while they stream, put into the style of the name that they replace.
import { proseRule, systemPrompt, userMessage, type PromptContext, type TaskPrompt } from './taskPrompt.ts';

export interface NamesRequest extends PromptContext {
  readonly name: string;
  /** "src/money.ts, line 17". */
  readonly place: string;
}

export interface SuggestedName {
  readonly name: string;
  /** In a few words; empty when the model gave none. */
  readonly reason: string;
}

const maxNames = 6;
const maxNameLength = 60;
const maxReasonLength = 120;

export function namesPrompt(request: NamesRequest): TaskPrompt {
  return {
    system: systemPrompt('suggest names', [
      'You are asked for better names for one symbol of the code. Tell from its definition and its uses what it is for.',
      `Answer with 3 to ${String(maxNames)} lines, the best name first, each "name: reason" with a reason of at most eight words. No other text, no code.`,
      'Full words in the language and the style of the names around it. A name says what it is or does, no longer than it takes to be clear; never one that is in use in the same scope.',
      proseRule(request.replyLanguage),
    ]),
    messages: [userMessage(request, `Suggest names for \`${request.name}\` in ${request.place}.`)],
  };
}

/** `complete` false leaves the last line out, which may still grow. Names that cannot be one, and the present one, are dropped. */
export function parseNames(text: string, present: string, complete = true): readonly SuggestedName[] {
  const lines = text.split(/\r\n|\r|\n/);
  if (!complete) lines.pop();
  const found = new Map<string, SuggestedName>();
  for (const line of lines) {
    const [, written, reason = ''] = /^\s*(?:[-*•]|\d+[.)])?\s*[`*"']*([\p{L}_$#@][\p{L}\p{N}_$-]*[?!]?)[`*"']*\s*(?:(?:\(\))?\s*(?:[:：—–]|\s-\s)\s*(.*))?$/u.exec(line) ?? [];
    if (written === undefined) continue;
    const name = toStyleOf(present, written);
    if (name === present || name.length > maxNameLength || !isName(name) || found.has(name)) continue;
    found.set(name, { name, reason: reason.replace(/[`*]/g, '').replace(/\.$/, '').trim().slice(0, maxReasonLength) });
  }
  return [...found.values()].slice(0, maxNames);
}

function isName(text: string): boolean {
  return /^[#@$]?[\p{L}_$][\p{L}\p{N}_$]*[?!]?$/u.test(text);
}

/** A constant stays in capitals and a class begins with one, whatever the model wrote. */
export function toStyleOf(present: string, name: string): string {
  const lead = /^[_$#@]*/.exec(present)?.[0] ?? '';
  const bare = name.replace(/^[_$#@]+/, '');
  const words = bare.replace(/[?!]$/, '').split(/[_-]+|(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u).filter((word) => word !== '');
  const ending = /[?!]$/.exec(bare)?.[0] ?? '';
  const style = styleOf(present.slice(lead.length));
  const restyled = style === undefined || words.length === 0 ? bare.replace(/[?!]$/, '') : restyle(words, style);
  return `${lead}${restyled}${ending}`;
}

type NameStyle = 'camel' | 'pascal' | 'snake' | 'capitals';

/** Undefined where the name does not tell: letters without case, or a mixture. */
function styleOf(name: string): NameStyle | undefined {
  if (!/\p{Ll}|\p{Lu}/u.test(name)) return undefined;
  if (/^[\p{Lu}\p{N}_]+$/u.test(name) && name.length > 1) return 'capitals';
  if (/^[\p{Ll}\p{N}]+(?:_[\p{Ll}\p{N}]+)+$/u.test(name)) return 'snake';
  if (name.includes('_')) return undefined;
  if (/^\p{Lu}/u.test(name)) return 'pascal';
  // One word in small letters could be either: what the model wrote is kept, except for its first letter.
  return /\p{Lu}/u.test(name) ? 'camel' : undefined;
}

function restyle(words: readonly string[], style: NameStyle): string {
  const capital = (word: string): string => word.slice(0, 1).toUpperCase() + (/^\p{Lu}+$/u.test(word) ? word.slice(1) : word.slice(1).toLowerCase());
  switch (style) {
    case 'capitals': return words.join('_').toUpperCase();
    case 'snake': return words.join('_').toLowerCase();
    case 'pascal': return words.map(capital).join('');
    case 'camel': return words.map((word, index) => (index === 0 ? word.toLowerCase() : capital(word))).join('');
  }
}
