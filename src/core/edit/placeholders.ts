// "// ... existing code ..." stands for lines that the answer leaves out. It is never written: the lines are filled in where the text around
// them proves which they are, else the edit is refused.
import { blockEnd } from './blockRange.ts';

export interface Filled {
  readonly lines: readonly string[];
  /** How many lines came from the file. */
  readonly filledLines: number;
}

/** Whether a line stands for others, by the language of the file: "..." is code in Python and prose in markdown, "#" a heading there. */
export type PlaceholderTest = (line: string) => boolean;

/** Bounds the time of the patterns on hostile lines. */
const longestComment = 500;

/** A line that the file itself has is a line, not a placeholder: `base` says which. */
export function placeholderTest(path: string, base: readonly string[]): PlaceholderTest {
  const isProse = /\.(?:md|mdx|markdown|txt|rst|adoc)$/i.test(path);
  const dotsAreText = isProse || /\.(?:pyi?|ya?ml)$/i.test(path);
  let inFile: ReadonlySet<string> | undefined;
  return (line) => {
    const stands = (line.length <= longestComment && isComment(line, isProse)) || (!dotsAreText && isBareDots(line));
    if (!stands) return false;
    inFile ??= new Set(base.map((each) => each.trim()));
    return !inFile.has(line.trim());
  };
}

function isBareDots(line: string): boolean {
  const text = line.trim();
  return text === '...' || text === '…' || /\{\s*(?:\.\.\.|…)\s*\}/.test(text);
}

function isComment(line: string, isProse: boolean): boolean {
  const comment = (isProse ? proseComment : lineComment).exec(line.trim())?.[1];
  if (comment !== undefined) return standsForOthers(plainComment(comment), true);
  const inner = isProse ? undefined : /\/\*(.*?)\*\//.exec(line)?.[1];
  return inner !== undefined && standsForOthers(plainComment(inner), false);
}

/** Without brackets and rules around it: "(unchanged)", "---- existing code ----". */
function plainComment(comment: string): string {
  return comment.replace(/^[\s([{]+|[\s)\]}]+$/g, '').replace(/^[-=*~_]{2,}\s*|\s*[-=*~_]{2,}$/g, '');
}

const lineComment = /^(?:\/\/+|#+|--+|;+|%+|\/\*+|<!--+|\{\s*\/\*+|\(\*+)(.*?)(?:\*+\/\s*\}?|--+>|\*+\))?$/;
const proseComment = /^(?:<!--+|\{\s*\/\*+)(.*?)(?:\*+\/\s*\}?|--+>)$/;
const subject = '(?:code|implementation|imports?|methods?|functions?|logic|content|class(?:es)?|file|lines?|fields|properties|tests?|body|definitions?|cases?|routes?|styles?|options?|component|module|script)';
/** Without dots a comment must say outright that something is left out: "Other methods" may well be a comment to write. */
const leftOut = new RegExp(
  [
    `^(?:the )?(?:rest|remainder) of (?:the |your |this )?${subject}\\b.*$`,
    '^(?:the |your )?(?:existing|remaining|unchanged) (?:code|implementation)(?: here| below| above)?\\.?$',
    `^(?:the )?(?:existing|remaining|previous|original|unchanged|other)(?: existing)? ${subject} (?:here|unchanged|remains?|stays?|goes here|as (?:is|before)).*$`,
    `^${subject} (?:remains?|stays?|is|are) ?(?:unchanged|the same).*$`,
    `^keep (?:the )?existing ${subject}.*$`,
    '^(?:the |all )?(?:existing|remaining|previous|original|other) (?:handlers?|endpoints?|hooks?|helpers?|props|components|types) (?:here|unchanged|(?:remains?|stays?|is|are) (?:the same|unchanged|as (?:is|before|they (?:are|were))))\\.?$',
  ].join('|'),
  'i',
);
/** Said so only by a comment that is alone on its line: within code it says something of that code. */
const leftOutAlone = new RegExp(
  [
    '^(?:unchanged|omitted|truncated|snip(?:ped)?)\\.?$',
    `^(?:${subject} |the rest |rest )?(?:is |are )?(?:omitted|truncated|left out|shortened)(?: here)? for (?:brevity|clarity|simplicity)\\.?$`,
    `^(?:code|implementation|the rest|rest) (?:is |are )?(?:omitted|truncated|left out)(?: here)?\\.?$`,
    '^(?:the )?(?:rest|remainder) (?:remains?|stays?|is) (?:unchanged|the same|as (?:it )?(?:is|was|before)).*$',
    '^(?:the )?remaining (?:methods|functions|imports|tests|handlers|routes|properties|styles|definitions|classes|components)\\.?$',
  ].join('|'),
  'i',
);
/** "기존 코드 유지", "나머지 코드는 동일", "이하 동일", "생략": Korean says so without dots. */
const leftOutInKorean = new RegExp(
  [
    '^(?:기존|나머지|이전|원래|다른|그 외)(?:의)? ?(?:코드|로직|구현|함수|메서드|메소드|내용|부분|임포트|import|클래스|테스트|필드|속성|스타일|라우트|핸들러)(?:들)?(?:[은는이가을를도])? ?(?:기존과 |이전과 |모두 |전부 |그대로 |계속 )*(?:유지|동일|그대로|생략|같음|같습니다|변경 ?없음)\\S*(?: (?:유지|동일)\\S*)?$',
    '^(?:이하|나머지|이후)(?:[은는도])? ?(?:코드)?(?:[은는도])? ?(?:기존과 |이전과 |모두 |전부 )*(?:동일|생략|그대로|같음|같습니다|변경 ?없음)\\S*$',
    '^(?:기존|나머지) (?:코드|구현)\\.?$',
    '^(?:중략|생략|코드 생략|변경 ?없음)\\.?$',
  ].join('|'),
);
/** What a phrase that begins or ends in dots has to speak of; "Fetching other items…" is a comment like any other. */
const afterDots = /existing|rest|remain|unchanged|same|other|previous|before|keep|omitted|code|above|below|implementation|imports?|methods?|functions?|truncated|unmodified|continue|기존|나머지|생략|동일|现有|其余|省略|其他|既存|残り/i;
const beforeDots = /^(?:the )?(?:existing|remaining|previous|unchanged|same|rest|remainder|omitted|other|기존|나머지|이하|现有|其余|省略|既存|残り)(?:\s+\S+){0,5}$/i;

function standsForOthers(text: string, isAlone: boolean): boolean {
  if (/^(?:\.\.\.|…)/.test(text)) {
    const phrase = text.replace(/\.\.\.+|…/g, '').trim();
    return phrase === '' || afterDots.test(phrase);
  }
  if (/(?:\.\.\.|…)$/.test(text)) return beforeDots.test(text.replace(/(?:\.\.\.+|…)$/, '').trim());
  return leftOut.test(text) || (isAlone && (leftOutAlone.test(text) || leftOutInKorean.test(text)));
}

/**
 * The new lines with each placeholder replaced by the lines of `region` that it stands for: those between the line before it and the
 * line after it, which must each stand in the region exactly once. Undefined where that is not so.
 */
export function fillPlaceholders(newLines: readonly string[], region: readonly string[], isPlaceholder: PlaceholderTest): Filled | undefined {
  const lines: string[] = [];
  let filledLines = 0;
  let from = 0;
  let segmentStart = 0;
  for (const [index, line] of newLines.entries()) {
    if (!isPlaceholder(line)) {
      lines.push(line);
      continue;
    }
    const start = endBefore(newLines.slice(segmentStart, index), region, from, segmentStart === 0);
    const after = startAfter(newLines.slice(index + 1), region, start ?? 0);
    if (start === undefined || after === undefined || after.at < start) return undefined;
    const fill = withoutDoubledBlanks(region.slice(start, after.at), after.blankLines, lines.at(-1)?.trim() === '');
    lines.push(...fill);
    filledLines += fill.length;
    from = after.at;
    segmentStart = index + 1;
  }
  return { lines, filledLines };
}

/** Where the counterpart of the lines before a placeholder ends in the region. */
function endBefore(segment: readonly string[], region: readonly string[], from: number, isFirst: boolean): number | undefined {
  const last = segment.findLastIndex((line) => line.trim() !== '');
  if (last < 0) return isFirst ? 0 : from;
  const anchor = onlyIndex(region, segment[last] ?? '', from);
  if (anchor !== undefined) return anchor + 1;
  return endOfLastBlock(segment.slice(0, last + 1), region, from);
}

/** The last line was changed or is a common one: then the block that it ends is looked for by its opening line and its indentation. */
function endOfLastBlock(segment: readonly string[], region: readonly string[], from: number): number | undefined {
  for (let opening = segment.length - 1; opening >= 0; opening--) {
    if (segment[opening]?.trim() === '' || blockEnd(segment, opening) !== segment.length) continue;
    const at = onlyIndex(region, segment[opening] ?? '', from);
    if (at !== undefined) return blockEnd(region, at);
  }
  return undefined;
}

function startAfter(rest: readonly string[], region: readonly string[], from: number): { readonly at: number; readonly blankLines: number } | undefined {
  const blankLines = rest.findIndex((line) => line.trim() !== '');
  if (blankLines < 0) return { at: region.length, blankLines: rest.length };
  const at = onlyIndex(region, rest[blankLines] ?? '', from);
  return at === undefined ? undefined : { at, blankLines };
}

function onlyIndex(lines: readonly string[], wanted: string, from: number): number | undefined {
  const first = lines.indexOf(wanted, from);
  return first < 0 || lines.includes(wanted, first + 1) ? undefined : first;
}

/** Blank lines around a placeholder are written by the answer and stand in the file too: they are kept once. */
function withoutDoubledBlanks(fill: readonly string[], blankAfter: number, blankBefore: boolean): readonly string[] {
  let start = 0;
  let end = fill.length;
  if (blankBefore && fill[start]?.trim() === '') start++;
  for (let left = blankAfter; left > 0 && end > start && fill[end - 1]?.trim() === ''; left--) end--;
  return fill.slice(start, end);
}
