// The findings of a review as they stream in: one JSON object to a line, each optionally followed by a search/replace block with the
// suggested edit. Tolerant of what models add around it: prose, fences, list marks, trailing commas, an enclosing array.
import * as z from 'zod';
import { blockStart, createBlockReader, isStrayMarker, type BlockStart } from '../edit/searchReplaceBlock.ts';
import type { ParserSink, SectionReader } from '../edit/sectionReader.ts';

export const severities = ['error', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

export interface SuggestedEdit {
  readonly oldText: string;
  readonly newText: string;
  /** Where the text has lines of equal signs of its own, the file decides which of them parts the two. */
  readonly otherReadings?: readonly SuggestedEdit[];
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
  /** There was an edit, and where it ends is not certain. */
  readonly lostSuggestion?: true;
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

/** Bounds of what one finding may hold, so that a runaway stream stays small. */
const maxTitleCharacters = 200;
const maxReasonCharacters = 4000;

export function createFindingsParser(): FindingsParser {
  const reading: Reading = { pending: '', open: undefined, block: undefined, section: undefined, malformed: 0 };
  return {
    push(text) {
      if (!text.includes('\n')) {
        reading.pending += text;
        return [];
      }
      const lines = (reading.pending + text).split('\n');
      reading.pending = lines.pop() ?? '';
      return lines.flatMap((line) => takeLine(reading, line.replace(/\r$/, '')));
    },
    end() {
      const last = reading.pending === '' ? [] : takeLine(reading, reading.pending.replace(/\r$/, ''));
      reading.pending = '';
      // An edit that never closed is no edit, but what was said before it stands.
      reading.section?.end();
      reading.section = undefined;
      return [...last, ...takeOpen(reading)];
    },
    get malformed() {
      return reading.malformed;
    },
  };
}

interface Reading {
  pending: string;
  /** Held until the next one begins: what follows a block tells whether it ended where it seemed to. */
  open: RawFinding | undefined;
  block: BlockStart | undefined;
  section: SectionReader | undefined;
  malformed: number;
}

/** The findings that the line completes. */
function takeLine(reading: Reading, line: string): readonly RawFinding[] {
  const parsed = parseFindingLine(line);
  if (reading.section !== undefined && takeInBlock(reading, reading.section, line, typeof parsed === 'object')) return [];
  if (reading.open?.suggestion !== undefined && reading.block !== undefined && isStrayMarker(line, { start: reading.block, countsBare: true })) loseSuggestion(reading);
  const start = blockStart(line);
  if (start?.kind === 'replace') {
    reading.block = start;
    reading.section = createBlockReader({ start, path: undefined, answerLine: 0, sink: sinkOf(reading) });
    return [];
  }
  if (parsed === undefined) return [];
  const complete = takeOpen(reading);
  if (parsed === 'malformed') reading.malformed += 1;
  else reading.open = parsed;
  return complete;
}

/** False where the block ended before the line: the next finding, or the next block, begins in a block without an end. */
function takeInBlock(reading: Reading, section: SectionReader, line: string, isFinding: boolean): boolean {
  const taken = isFinding ? 'not-mine' : section.take(line, 0);
  if (taken === 'more') return true;
  reading.section = undefined;
  if (isFinding) loseSuggestion(reading);
  return taken === 'done';
}

function sinkOf(reading: Reading): ParserSink {
  return {
    edit(edit) {
      const { open } = reading;
      if (edit.kind !== 'replace' || open === undefined || open.suggestion !== undefined || open.lostSuggestion === true) return;
      const otherReadings = edit.otherReadings?.map(toSuggestion);
      reading.open = { ...open, suggestion: { ...toSuggestion(edit), ...(otherReadings === undefined ? {} : { otherReadings }) } };
    },
    problem: () => loseSuggestion(reading),
  };
}

function toSuggestion({ oldLines, newLines }: Readonly<Record<'oldLines' | 'newLines', readonly string[]>>): SuggestedEdit {
  return { oldText: joinLines(oldLines), newText: joinLines(newLines) };
}

function loseSuggestion(reading: Reading): void {
  if (reading.open === undefined) return;
  const { suggestion: _, ...rest } = reading.open;
  reading.open = { ...rest, lostSuggestion: true };
}

function takeOpen(reading: Reading): readonly RawFinding[] {
  const { open } = reading;
  reading.open = undefined;
  return open === undefined ? [] : [open];
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
