// Takes the code out of what a chat model wrote: out of our tag (also unclosed, also absent), a code fence, and prose around it.

/** Of no language: "insert" is a tag of MyBatis, "Fill" and "Completion" are names of components and types. */
export const answerTag = 'at_cursor';

const openTag = `<${answerTag}>`;
const closeTag = `</${answerTag}>`;

/** What a model may write in place of our tag, around all of its code. */
const otherTags = ['insert', 'insertion', 'completion', 'fill', 'middle', 'cursor_fill'];
const otherTag = new RegExp(`^\\s*<(${otherTags.join('|')})>`);

export interface ReadAnswer {
  /** The code so far; what might still become markup is held back while `open`. */
  readonly code: string;
  /** Markup said that the code is over. */
  readonly closed: boolean;
  /** More than one when several alternatives were asked for. */
  readonly alternatives: readonly string[];
}

/** `keepsFences`: in this file fences are code, so one within our tag is too. */
export function readAnswer(raw: string, open: boolean, keepsFences = false): ReadAnswer {
  const own = raw.indexOf(openTag);
  if (own >= 0) return readTagged(raw.slice(own), answerTag, { open, keepsFences });
  const { rest, undecided } = stripPreamble(open ? holdBack(raw, [openTag, closeTag]) : raw, open);
  if (undecided) return nothing;
  const { code, closed } = stripFence(rest, open);
  const other = otherTag.exec(code)?.[1];
  if (other !== undefined) return readTagged(code, other, { open: open && !closed, keepsFences: false });
  if (open && otherTags.some((tag) => `<${tag}>`.startsWith(code.trimStart())) && code.trim() !== '') return nothing;
  const end = code.indexOf(closeTag);
  return { code: end < 0 ? code : code.slice(0, end), closed: closed || end >= 0, alternatives: [] };
}

const nothing: ReadAnswer = { code: '', closed: false, alternatives: [] };

/** `text` begins with the tag; each further one that follows a closing tag is another answer. */
function readTagged(text: string, tag: string, { open, keepsFences }: { readonly open: boolean; readonly keepsFences: boolean }): ReadAnswer {
  const closer = `</${tag}>`;
  const bodies: { readonly code: string; readonly closed: boolean }[] = [];
  let at = text.indexOf(`<${tag}>`);
  while (at >= 0) {
    const from = at + tag.length + 2;
    const end = text.indexOf(closer, from);
    const isLast = end < 0;
    const body = isLast ? (open ? holdBack(text.slice(from), [closer]) : dropPartialTag(text.slice(from), closer)) : text.slice(from, end);
    const read = keepsFences ? { code: body, closed: false } : stripFence(body, isLast && open);
    bodies.push({ code: read.code, closed: read.closed || !isLast });
    at = isLast ? -1 : text.indexOf(`<${tag}>`, end);
  }
  const first = bodies[0];
  return { code: first?.code ?? '', closed: (first?.closed ?? false) || bodies.length > 1, alternatives: bodies.slice(1).map((body) => body.code) };
}

// A fence counts only as the first thing of the code: fences inside comments and markdown are code.
function stripFence(text: string, open: boolean): { readonly code: string; readonly closed: boolean } {
  const opener = /^\s*(```+|~~~+)[ \t]*[\w+#.-]*(?:[ \t][^\n`"<>]*)?(\n|$)/.exec(text);
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

/** Keeps back an end of `text` that is the beginning of one of `needles`. */
function holdBack(text: string, needles: readonly string[]): string {
  const from = text.lastIndexOf('<');
  if (from < 0) return text;
  const tail = text.slice(from);
  return needles.some((needle) => needle.startsWith(tail)) ? text.slice(0, from) : text;
}

/** A closing tag that was cut: four characters of it are no accident. */
function dropPartialTag(text: string, closer: string): string {
  const from = text.lastIndexOf('</');
  return from >= 0 && text.length - from >= 4 && closer.startsWith(text.slice(from)) ? text.slice(0, from) : text;
}
