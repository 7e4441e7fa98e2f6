// The findings of a review as they stream in: one JSON object to a line, each optionally followed by a search/replace block with the
// suggested edit. Tolerant of what models add around it: prose, fences, list marks, trailing commas, an enclosing array.
import * as z from 'zod';

export const severities = ['error', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

export interface SuggestedEdit {
  readonly oldText: string;
  readonly newText: string;
}

export interface RawFinding {
  readonly path: string;
  /** First and last line, from 1, as the model counted them. */
  readonly startLine: number;
  readonly endLine: number;
  readonly severity: Severity;
  readonly title: string;
  readonly reason: string;
  /** The first line it is about, copied: corrects a miscounted line. */
  readonly quote?: string;
  readonly suggestion?: SuggestedEdit;
}

/** Lines that a model may count as text ("12", "12-14", "L12"). */
const lineNumber = z.union([z.number(), z.string()]).transform((value) => Number.parseInt(String(value).replace(/^\D+/, ''), 10)).pipe(z.number().int().min(1).max(10_000_000));
const words = z.string().transform((value) => value.trim());

const schema = z.object({
  path: words.pipe(z.string().min(1).max(1000)),
  line: lineNumber,
  endLine: lineNumber.optional().catch(undefined),
  severity: z.string().optional().catch(undefined),
  title: words.pipe(z.string().min(1)),
  reason: words.optional().catch(undefined),
  quote: z.string().optional().catch(undefined),
});

export interface FindingsParser {
  /** Findings that became complete with this piece of the stream. */
  push(text: string): readonly RawFinding[];
  /** The rest, once the stream is complete. */
  end(): readonly RawFinding[];
  /** Lines that began like a finding and were none. */
  readonly malformed: number;
}

const searchMark = /^<{5,9} ?SEARCH\b/;
const middleMark = /^={5,9}\s*$/;
const replaceMark = /^>{5,9} ?REPLACE\b/;
/** Bounds of what one finding may hold, so that a runaway stream stays small. */
const maxTitleCharacters = 200;
const maxReasonCharacters = 4000;

export function createFindingsParser(): FindingsParser {
  let pending = '';
  let open: RawFinding | undefined;
  let block: { side: 'old' | 'new'; oldLines: string[]; newLines: string[] } | undefined;
  let malformed = 0;

  const takeLine = (line: string, out: RawFinding[]): void => {
    if (block !== undefined) {
      if (block.side === 'old' && middleMark.test(line)) block.side = 'new';
      else if (block.side === 'new' && replaceMark.test(line)) {
        if (open !== undefined) out.push({ ...open, suggestion: { oldText: joinLines(block.oldLines), newText: joinLines(block.newLines) } });
        open = undefined;
        block = undefined;
      } else (block.side === 'old' ? block.oldLines : block.newLines).push(line);
      return;
    }
    if (searchMark.test(line.trimStart())) {
      block = { side: 'old', oldLines: [], newLines: [] };
      return;
    }
    const parsed = parseFindingLine(line);
    if (parsed === undefined) return;
    if (open !== undefined) out.push(open);
    open = parsed === 'malformed' ? undefined : parsed;
    if (parsed === 'malformed') malformed += 1;
  };

  return {
    push(text) {
      const out: RawFinding[] = [];
      const lines = (pending + text).split('\n');
      pending = lines.pop() ?? '';
      for (const line of lines) takeLine(line.replace(/\r$/, ''), out);
      return out;
    },
    end() {
      const out: RawFinding[] = [];
      if (pending !== '') takeLine(pending.replace(/\r$/, ''), out);
      pending = '';
      // An edit that never closed is no edit, but what was said before it stands.
      if (open !== undefined) out.push(open);
      open = undefined;
      block = undefined;
      return out;
    },
    get malformed() {
      return malformed;
    },
  };
}

function joinLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

function parseFindingLine(line: string): RawFinding | 'malformed' | undefined {
  const start = line.indexOf('{');
  const before = line.slice(0, Math.max(0, start)).trim();
  if (start < 0 || !/^(?:\[|,|[-*]|\d+[.)]|`{1,3}(?:json[l]?)?)?$/.test(before)) return undefined;
  const body = line.slice(start).trim().replace(/[`,\]\s]+$/, '');
  if (!body.includes('"')) return undefined;
  try {
    const value: unknown = JSON.parse(body);
    const result = schema.safeParse(value);
    return result.success ? toFinding(result.data) : 'malformed';
  } catch {
    return 'malformed';
  }
}

function toFinding(data: z.infer<typeof schema>): RawFinding {
  const endLine = data.endLine === undefined || data.endLine < data.line ? data.line : data.endLine;
  return {
    path: data.path.replace(/^\.\//, '').replace(/\\/g, '/'),
    startLine: data.line,
    endLine,
    severity: toSeverity(data.severity ?? ''),
    title: data.title.slice(0, maxTitleCharacters),
    reason: (data.reason ?? '').slice(0, maxReasonCharacters),
    ...(data.quote === undefined || data.quote.trim() === '' ? {} : { quote: data.quote }),
  };
}

function toSeverity(word: string): Severity {
  if (/^(?:error|critical|high|bug|blocker|severe|major)/i.test(word)) return 'error';
  if (/^(?:info|hint|nit|low|suggestion|style|note|minor|trivial)/i.test(word)) return 'info';
  return 'warning';
}
