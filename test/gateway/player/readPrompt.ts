// What a prompt asks for: the task that it names, the pieces of files in it, and the words of the user. Knows the forms in which the
// product writes them, from outside: by their marks.
import { lastUserText, type ModelCall } from '../modelCall.ts';

export interface PromptPiece {
  readonly path: string;
  readonly kind: string;
  /** Line of the file that the text begins at, from 1. */
  readonly startLine: number;
  readonly text: string;
}

export interface ReadPrompt {
  /** As in "Task: review."; undefined for free chat. */
  readonly task: string | undefined;
  readonly pieces: readonly PromptPiece[];
  /** The newest message of the user without the pieces. */
  readonly words: string;
  /** Lines (from 1) that the words point at. */
  readonly range: { readonly startLine: number; readonly endLine: number } | undefined;
}

export function readPrompt(call: ModelCall): ReadPrompt {
  const newest = lastUserText(call);
  const told = call.messages.filter((message) => message.role === 'user').map((message) => message.text);
  const pieces = told.flatMap(readPieces);
  const fenced = readFencedFile(newest);
  const words = removePieces(newest).trim();
  const range = /\blines? (\d+)(?: (?:to|–|-) (\d+)|[–-](\d+))?/i.exec(words);
  return {
    task: /\bTask: ([a-z][a-z ]*)\./.exec(newest)?.[1] ?? /\bTask: ([a-z][a-z ]*)\./.exec(call.system)?.[1],
    pieces: fenced === undefined ? pieces : [...pieces, fenced],
    words,
    range: range === null ? undefined : { startLine: Number(range[1]), endLine: Number(range[2] ?? range[3] ?? range[1]) },
  };
}

const marked = /<((?:piece|material|context)-[\w-]+)((?: [\w-]+="[^"]*")*)>\n([\s\S]*?)\n?<\/\1>/g;

/** Of marks within marks the inner ones count: they name the file. */
function readPieces(text: string): readonly PromptPiece[] {
  return [...text.matchAll(marked)].flatMap(([, , attributes = '', body = '']) => {
    const inner = readPieces(body);
    return inner.length > 0 ? inner : [toPiece(attributes, body)];
  });
}

function toPiece(attributes: string, body: string): PromptPiece {
  const values = new Map([...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = '', value = '']) => [name, unescape(value)]));
  const numbered = readNumbered(body);
  return {
    path: values.get('path') ?? values.get('name') ?? '',
    kind: values.get('kind') ?? 'file',
    startLine: numbered?.startLine ?? Number(values.get('line') ?? 1),
    text: numbered?.text ?? `${body}\n`,
  };
}

/** Reviews number their lines: "12 | code", "12 + code". What was removed is not in the file. */
function readNumbered(body: string): { readonly startLine: number; readonly text: string } | undefined {
  const lines = body.split('\n').map((line) => /^ *(\d*) ([|+ -]) (.*)$/.exec(line.padEnd(line.length + 1)));
  if (lines.length === 0 || lines.some((line) => line === null)) return undefined;
  const kept = lines.filter((line) => line?.[2] !== '-');
  return { startLine: Number(kept[0]?.[1] ?? 1), text: kept.map((line) => `${(line?.[3] ?? '').trimEnd()}\n`).join('') };
}

/** The inline prompt writes "path:" and the file in a fence below. */
function readFencedFile(text: string): PromptPiece | undefined {
  const match = /^(\S+?)(?: \(lines (\d+) to \d+\))?:\n\n(`{3,})\w*\n([\s\S]*?)\n\3\n/.exec(text);
  return match === null ? undefined : { path: match[1] ?? '', kind: 'file', startLine: Number(match[2] ?? 1), text: `${match[4] ?? ''}\n` };
}

function removePieces(text: string): string {
  return text.replaceAll(marked, '').replace(/^(\S+?)(?: \(lines (\d+) to \d+\))?:\n\n(`{3,})\w*\n[\s\S]*?\n\3\n/, '');
}

function unescape(value: string): string {
  return value.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}
