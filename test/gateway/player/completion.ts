// Goes on where the cursor is: the way the same file went on after the same words before, else by the form of the line.
import { findDeclarations } from './codeFacts.ts';
import { writeFromComment } from './fromComment.ts';

export interface CompletionQuestion {
  readonly before: string;
  readonly after: string;
  /** Other text that came along. */
  readonly other: string;
  readonly mode: 'line' | 'block';
  readonly alternatives: number;
}

/** The form of the product's completion prompt, read by its marks; undefined for any other prompt. */
export function readCompletionQuestion(text: string): CompletionQuestion | undefined {
  const match = /^([\s\S]*?)\n<after>\n([\s\S]*?)\n?<\/after>\n([\s\S]*)$/.exec(text);
  const head = match?.[1]?.split('\n')[0] ?? '';
  if (match === null || !/: the (?:rest of the line|block)/.test(head)) return undefined;
  return {
    other: match[1]?.slice(head.length) ?? '',
    after: match[2] ?? '',
    before: match[3] ?? '',
    mode: head.includes(': the block') ? 'block' : 'line',
    alternatives: Number(/; (\d+) different answers/.exec(head)?.[1] ?? 1),
  };
}

/** Different continuations, best first; none when there is nothing to say. */
export function continueCode(question: CompletionQuestion): readonly string[] {
  const found = [question.mode === 'block' ? writeBody(question) : undefined, writeFromComment(question.before), byForm(question), ...byExample(question)];
  const next = question.after.split('\n').map((line) => line.trim()).find((line) => line !== '');
  const usable = found.filter((text) => text !== undefined).filter((text) => text.trim() !== '' && text.trim() !== next);
  return [...new Set(usable)].slice(0, question.alternatives);
}

/** Where the end of the text before stands elsewhere: what followed it there. The longest end first. */
function byExample({ before, after, other, mode }: CompletionQuestion): readonly string[] {
  const corpus = `${other}\n${before}\n\u{0}\n${after}`;
  const ends = before.length + other.length + 1;
  const found: string[] = [];
  for (let length = Math.min(120, before.length); length >= 3 && found.length < 4; length -= 1) {
    const end = before.slice(-length);
    const startsInWord = /^\w/.test(end) && /\w$/.test(before.slice(0, -length));
    if (end.trim().length < 3 || startsInWord) continue;
    const earlier = corpus.lastIndexOf(end, ends - length - 1);
    const at = earlier >= 0 ? earlier : corpus.indexOf(end, ends + 1);
    const rest = at < 0 ? '' : (corpus.slice(at + length).split('\n', mode === 'block' ? 4 : 1).join('\n').split('\u{0}')[0] ?? '');
    if (rest.trim() !== '' && !found.includes(rest)) found.push(rest);
  }
  return found;
}

function byForm({ before, after, mode }: CompletionQuestion): string | undefined {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const start = line.trimStart();
  const newest = newestName(before);
  const many = [...before.matchAll(/\b(\w{2,}s)\b(?=[:,)\s.])/g)].map((match) => match[1] ?? '').at(-1) ?? 'items';
  if (/^(?:\/\/|#)\s*$/.test(start)) return describeNext(after);
  if (/\breturn $/.test(line)) return `${newest};`;
  if (/\bif \($/.test(line)) return `${newest} === undefined) return;`;
  if (/\bfor \(const $/.test(line)) return `${singular(many)} of ${many}) {`;
  if (/\bconsole\.log\($/.test(line)) return `${newest});`;
  if (/\bconst \w+ = $/.test(line)) return `${many}.filter((${singular(many)}) => ${singular(many)} !== undefined);`;
  if (/\bimport \{ ?$/.test(line)) return undefined;
  if (mode === 'line' && start === '' && /\bconst (\w+) = [^\n]*\n\s*$/.test(before) && /^\s*\}/.test(after)) return `return ${newest};`;
  return undefined;
}

/** After a signature: what its names and types promise. */
function writeBody({ before, after }: CompletionQuestion): string | undefined {
  const lines = before.split('\n');
  const signatureLine = lines.findLastIndex((line) => findDeclarations(line)[0]?.kind === 'function');
  const signature = findDeclarations(lines[signatureLine] ?? '')[0];
  if (signature === undefined || signatureLine < lines.length - 3 || !/^\s*(?:\}|$)/.test(after)) return undefined;
  const indent = /^\s*$/.exec(lines.at(-1) ?? '')?.[0] ?? '  ';
  const list = signature.parameters.find(({ type }) => /\[\]|Array|Set|Map|List/.test(type));
  const first = signature.parameters[0]?.name ?? 'undefined';
  const item = list === undefined ? '' : singular(list.name);
  switch (true) {
    case list !== undefined && /^(?:number|int|float)/.test(signature.returns): return `let total = 0;\n${indent}for (const ${item} of ${list.name}) total += Number(${item});\n${indent}return total;`;
    case list !== undefined && /^boolean|^bool/.test(signature.returns): return `return ${list.name}.some((${item}) => ${item} !== undefined);`;
    case list !== undefined && /\[\]|Array/.test(signature.returns): return `return ${list.name}.filter((${item}) => ${item} !== undefined);`;
    case signature.returns.startsWith('number'): return `return Math.round(${first});`;
    case signature.returns.startsWith('string'): return `return String(${first});`;
    case signature.returns.startsWith('boolean'): return `return ${first} !== undefined;`;
    default: return undefined;
  }
}

function newestName(before: string): string {
  return [...before.matchAll(/\b(?:const|let|var)\s+(\w+)\s*[=:]/g)].map((match) => match[1] ?? '').at(-1) ?? 'undefined';
}

function singular(name: string): string {
  return name.endsWith('ies') ? `${name.slice(0, -3)}y` : name.endsWith('s') ? name.slice(0, -1) : `each${name}`;
}

function describeNext(after: string): string {
  const next = findDeclarations(after)[0];
  return next === undefined ? ' Why, not what.' : `${next.name}: ${next.kind}`;
}
