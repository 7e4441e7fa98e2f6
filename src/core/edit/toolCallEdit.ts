// Edits that come as calls of the `str_replace` tool (the models' own text editor protocol) instead of text. Input is data from outside: parsed
// once, unknown keys dropped, sizes bounded.
import * as z from 'zod';
import { toLines } from './lineText.ts';
import type { ParsedEdit } from './parsedEdit.ts';
import type { EditProblem } from './proposal.ts';

export interface ToolCallEdits {
  start(index: number, name: string): void;
  delta(index: number, json: string): void;
  finish(): { readonly edits: readonly ParsedEdit[]; readonly problems: readonly EditProblem[] };
}

/** Input longer than this is no edit of a file that the engine would take. */
const longestInput = 4_000_000;
const mostCalls = 200;

const text = z.string().max(longestInput);
const path = z.string().max(1024);
const call = z.union([
  z.object({ command: z.literal('str_replace').optional(), path, old_str: text, new_str: text.default('') }),
  z.object({ command: z.literal('create'), path, file_text: text }),
  z.object({ command: z.literal('insert'), path, insert_line: z.number().int().min(0).max(10_000_000), insert_text: text.optional(), new_str: text.optional() }),
  z.object({ command: z.literal('view') }),
]);

const editTools = /^(?:str_replace(?:_based_edit_tool|_editor)?|text_editor|edit_file|create_file)$/;

export function createToolCallEdits(): ToolCallEdits {
  const calls = new Map<number, { readonly name: string; json: string; tooLong: boolean }>();
  return {
    start(index, name) {
      if (calls.size < mostCalls && !calls.has(index)) calls.set(index, { name, json: '', tooLong: false });
    },
    delta(index, json) {
      const open = calls.get(index);
      if (open === undefined || open.tooLong) return;
      if (open.json.length + json.length > longestInput) open.tooLong = true;
      else open.json += json;
    },
    finish() {
      const edits: ParsedEdit[] = [];
      const problems: EditProblem[] = [];
      for (const { name, json, tooLong } of calls.values()) {
        if (!editTools.test(name)) continue;
        const edit = tooLong ? 'bad' : parseCall(json);
        if (edit === 'bad') problems.push({ kind: 'parse', detail: `The input of the tool call ${name.slice(0, 40)} cannot be read.` });
        else if (edit !== undefined) edits.push(edit);
      }
      return { edits, problems };
    },
  };
}

function parseCall(json: string): ParsedEdit | 'bad' | undefined {
  const parsed = call.safeParse(readJson(json));
  if (!parsed.success) return 'bad';
  const input = parsed.data;
  if ('old_str' in input) return { kind: 'replace-text', path: input.path, answerLine: 0, oldText: input.old_str, newText: input.new_str };
  if ('file_text' in input) return { kind: 'write', path: input.path, answerLine: 0, lines: toLines(input.file_text), mustBeNew: true };
  if ('insert_line' in input) return { kind: 'insert', path: input.path, answerLine: 0, afterLines: input.insert_line, newLines: inserted(input.insert_text ?? input.new_str ?? '') };
  return undefined;
}

function inserted(value: string): readonly string[] {
  const lines = toLines(value);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
