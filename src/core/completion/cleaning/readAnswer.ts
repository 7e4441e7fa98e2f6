// Takes the code out of what a chat model wrote: out of our tag (also unclosed, also absent), a code fence, and prose around it.

/** Not a tag of HTML, JSX or any template language that the product completes. */
export const answerTag = 'insert';

/** What a model may write in place of our tag. */
const openTag = /<\s*(insert|insertion|completion|fill|middle|cursor_fill)\s*>/i;
const closeTags = ['</insert>', '</insertion>', '</completion>', '</fill>', '</middle>', '</cursor_fill>'];
const longestOpenTag = '<cursor_fill>'.length;

export interface ReadAnswer {
  /** The code so far; what might still become markup is held back while `open`. */
  readonly code: string;
  /** Markup said that the code is over. */
  readonly closed: boolean;
  /** More than one when several alternatives were asked for. */
  readonly alternatives: readonly string[];
}

export function readAnswer(raw: string, open: boolean): ReadAnswer {
  const tag = openTag.exec(raw);
  if (tag === null) return readUntagged(raw, open);
  const parts = raw.slice(tag.index).split(new RegExp(openTag, 'gi')).filter((_, index) => index % 2 === 0).slice(1);
  const bodies = parts.map((part, index) => readTagged(part, open && index === parts.length - 1));
  const first = bodies[0];
  return { code: first?.code ?? '', closed: (first?.closed ?? false) || bodies.length > 1, alternatives: bodies.slice(1).map((body) => body.code) };
}

function readTagged(text: string, open: boolean): { readonly code: string; readonly closed: boolean } {
  const end = firstIndexOf(text, closeTags);
  if (end !== undefined) return { code: stripFence(text.slice(0, end), false).code, closed: true };
  return stripFence(open ? holdBack(text, closeTags) : dropPartialTag(text), open);
}

function readUntagged(raw: string, open: boolean): ReadAnswer {
  const text = open ? holdBackOpenTag(raw) : dropStrayCloseTag(raw);
  const { rest, undecided } = stripPreamble(text, open);
  if (undecided) return { code: '', closed: false, alternatives: [] };
  const { code, closed } = stripFence(rest, open);
  return { code: dropStrayCloseTag(code), closed: closed || firstIndexOf(rest, closeTags) !== undefined, alternatives: [] };
}

// A fence counts only as the first thing of the code: fences inside comments and markdown are code.
function stripFence(text: string, open: boolean): { readonly code: string; readonly closed: boolean } {
  const opener = /^\s*(```+|~~~+)[^\n`]*(\n|$)/.exec(text);
  if (opener === null) {
    const mayBecomeFence = open && /^\s*(`{1,2}|~{1,2})?$/.test(text);
    return { code: mayBecomeFence ? '' : text, closed: false };
  }
  if (opener[2] === '') return { code: '', closed: false };
  const fence = opener[1] ?? '```';
  const body = text.slice(opener[0].length);
  // The end of an open stream is not yet the end of its line: "```" may become "```ts".
  const close = new RegExp(`(^|\\n)[ \\t]*${fence.slice(0, 3)}+[ \\t]*(\\n${open ? '' : '|$'})`).exec(body);
  if (close !== null) return { code: body.slice(0, close.index), closed: true };
  return { code: open ? body.replace(/\n?[ \t]*(?:[`~]+[ \t]*)?$/, keepUnlessFence) : body, closed: false };
}

// The tail of an open stream: a line that is only back-ticks so far, or the line end before it, may be the closing fence.
function keepUnlessFence(tail: string): string {
  return /^\n?[ \t]*[`~]+[ \t]*$/.test(tail) || tail === '\n' ? '' : tail;
}

const preambleStart = /^(?:sure|certainly|of course|okay|ok\b|here(?:'|’)?s|here is|here are|the (?:code|completion|continuation|missing|completed|following|answer|next)|completion\b|completed code|answer\b|output\b|continuation\b|code:|i(?:'|’)?ll|i will|i would|i can|this (?:is|completes|continues)|based on|looking at|to complete|to continue|you can|let me|the cursor)/i;

function stripPreamble(text: string, open: boolean): { readonly rest: string; readonly undecided: boolean } {
  const start = text.search(/\S/);
  if (start < 0) return { rest: text, undecided: false };
  const lineEnd = text.indexOf('\n', start);
  const line = text.slice(start, lineEnd < 0 ? undefined : lineEnd);
  if (!isPreamble(line)) {
    const undecided = open && lineEnd < 0 && mayBecomePreamble(line);
    return { rest: text, undecided };
  }
  if (lineEnd < 0) return { rest: '', undecided: open };
  return stripPreamble(text.slice(lineEnd + 1).replace(/^[ \t]*\n/, ''), open);
}

/** Prose that announces code: starts like it, ends like it, and has nothing in it that code is made of. */
function isPreamble(line: string): boolean {
  return preambleStart.test(line) && /[:.!]\s*$/.test(line) && !/[;{}=]|=>|\w\(/.test(line.replace(/`[^`]*`/g, ''));
}

function mayBecomePreamble(line: string): boolean {
  return preambleStart.test(line) || (line.length < 14 && /^[a-z'’ ]+$/i.test(line) && /^[A-Z]/.test(line));
}

function firstIndexOf(text: string, needles: readonly string[]): number | undefined {
  const lower = text.toLowerCase();
  const found = needles.map((needle) => lower.indexOf(needle)).filter((index) => index >= 0);
  return found.length === 0 ? undefined : Math.min(...found);
}

/** Keeps back an end of `text` that is the beginning of one of `needles`. */
function holdBack(text: string, needles: readonly string[]): string {
  const from = text.lastIndexOf('<');
  if (from < 0) return text;
  const tail = text.slice(from).toLowerCase();
  return needles.some((needle) => needle.startsWith(tail)) ? text.slice(0, from) : text;
}

function dropPartialTag(text: string): string {
  const from = text.lastIndexOf('</');
  return from >= 0 && text.length - from >= 4 && holdBack(text, closeTags).length < text.length ? text.slice(0, from) : text;
}

function holdBackOpenTag(raw: string): string {
  const from = raw.lastIndexOf('<');
  if (from < 0 || raw.length - from > longestOpenTag) return raw;
  const tail = raw.slice(from).toLowerCase().replaceAll(/\s/g, '');
  const tags = ['<insert>', '<insertion>', '<completion>', '<fill>', '<middle>', '<cursor_fill>'];
  return [...tags, ...closeTags].some((tag) => tag.startsWith(tail)) ? raw.slice(0, from) : raw;
}

function dropStrayCloseTag(text: string): string {
  const end = firstIndexOf(text, closeTags);
  return end === undefined ? text : text.slice(0, end);
}
