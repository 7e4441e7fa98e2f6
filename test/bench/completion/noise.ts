// The ways in which a chat model wraps, repeats and overshoots: each turns what belongs into a hole into what may come back.
import { answerTag } from '../../../src/core/completion/cleaning/readAnswer.ts';
import type { Hole } from './holes.ts';

export type Noise = (hole: Hole) => string;

const tagged = (text: string): string => `<${answerTag}>${text}</${answerTag}>`;
const fenced = (text: string, hole: Hole): string => `\`\`\`${hole.file.languageId}\n${text}\n\`\`\``;
const linePrefix = (hole: Hole): string => hole.before.slice(hole.before.lastIndexOf('\n') + 1);
const indentOf = (hole: Hole): string => /^[ \t]*/.exec(linePrefix(hole))?.[0] ?? '';

export const clean: Noise = (hole) => tagged(hole.middle);

export const noises: Readonly<Record<string, Noise>> = {
  'no tag': (hole) => hole.middle,
  'no closing tag': (hole) => `<${answerTag}>${hole.middle}`,
  'other tag': (hole) => `<completion>${hole.middle}</completion>`,
  'fence': (hole) => fenced(hole.middle, hole),
  'fence in tag': (hole) => tagged(`\n${fenced(hole.middle, hole)}\n`),
  'preamble and fence': (hole) => `Here is the code that belongs at the cursor:\n\n${fenced(hole.middle, hole)}`,
  'preamble and tag': (hole) => `Sure, I'll complete this for you.\n${tagged(hole.middle)}`,
  'explanation behind': (hole) => `${tagged(hole.middle)}\n\nThis fills in the missing part and keeps the style of the file.`,
  'explanation behind fence': (hole) => `${fenced(hole.middle, hole)}\n\nThis fills in the missing part.`,
  'line ends around': (hole) => tagged(`\n${hole.middle}\n`),
  'echo of the line': (hole) => tagged(linePrefix(hole).trim() === '' ? linePrefix(hole) + hole.middle : linePrefix(hole).trimStart() + hole.middle),
  'echo of lines before': (hole) => tagged(`${hole.before.split('\n').slice(-4).join('\n')}${hole.middle}`),
  'text below repeated': (hole) => tagged(`${hole.middle}${hole.after.split('\n').slice(0, 5).join('\n')}`),
  'left margin, or space before': (hole) => tagged(hole.kind === 'line' ? (/\s$/.test(hole.before) ? ` ${hole.middle}` : hole.middle) : shiftLeft(hole)),
  'CRLF': (hole) => tagged(hole.middle.replaceAll('\n', '\r\n')) + '\r\n',
};

/** The block as if it stood at the left margin. */
function shiftLeft(hole: Hole): string {
  const indent = indentOf(hole);
  return hole.middle.split('\n').map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join('\n');
}
