// Plays a model well enough to try everything: finds the task in the prompt and answers by rules, in the form that the prompt asks for.
import type { Answer } from '../answer.ts';
import { lastUserText, type ModelCall } from '../modelCall.ts';
import { notice, writeChatAnswer } from './chatAnswer.ts';
import { capitalize, findDeclarations, toWords, type Declaration } from './codeFacts.ts';
import { writeCommitMessage } from './commitMessage.ts';
import { continueCode, readCompletionQuestion } from './completion.ts';
import { toEditBlocks } from './editBlocks.ts';
import { fixText } from './fixes.ts';
import { readPrompt, type PromptPiece, type ReadPrompt } from './readPrompt.ts';
import { refactorText } from './refactorMoves.ts';
import { writeFindings } from './reviewFindings.ts';
import { writeTests } from './testFile.ts';

export function playModel(call: ModelCall): Answer {
  const question = readCompletionQuestion(lastUserText(call));
  if (question !== undefined) {
    const found = continueCode(question);
    return { text: (found.length === 0 ? [''] : found).map((text) => `<insert>${text}</insert>`).join('\n') };
  }
  const prompt = readPrompt(call);
  const text = answerTask(prompt, call);
  return call.thinkingTokens === undefined ? { text } : { thinking: think(prompt), text };
}

function answerTask(prompt: ReadPrompt, call: ModelCall): string {
  const { pieces } = prompt;
  switch (prompt.task) {
    case 'title': return capitalize(/^(?:Question:)?\s*(.*)/.exec(prompt.words)?.[1]?.split(/\s+/).slice(0, 6).join(' ') ?? 'Conversation');
    case 'compact': return summarize(call);
    case 'commit message':
    case 'write a commit message for the changes shown': return commit(prompt, call);
    case 'review': return prompt.words.includes('Task: review') ? `${notice} Its findings, by rules:\n\n${readable(writeFindings(pieces))}` : writeFindings(pieces);
    case 'refactor': return refactor(prompt);
    case 'edit': return edit(prompt);
    case 'generate tests':
    case 'write tests': return tests(prompt);
    case 'document': return document(pieces);
    case 'fix': return fix(prompt);
    case 'merge conflict': return resolveConflict(pieces);
    case 'terminal fix': return `NONE\n${notice} It cannot tell what the command was meant to do.`;
    default: return /<{7} SEARCH/.test(call.system) ? edit(prompt) : writeChatAnswer(prompt, call.modelId);
  }
}

function think({ task, pieces }: ReadPrompt): string {
  return `The local RunAPI pretends to think. The task reads as "${task ?? 'chat'}"; ${pieces.length} pieces came along: ${pieces.map((piece) => piece.path).join(', ')}.`;
}

function commit({ pieces }: ReadPrompt, call: ModelCall): string {
  const diff = pieces.filter((piece) => piece.text.includes('diff --git')).map((piece) => piece.text).join('\n');
  const message = writeCommitMessage(diff, call.system);
  return call.system.includes('Task: commit message') ? message : `\`\`\`\n${message}\n\`\`\``;
}

/** The palette's refactoring asks for a plan first; in the chat it is one answer. */
function refactor(prompt: ReadPrompt): string {
  const files = filesOf(prompt.pieces);
  const made = files.map((piece) => ({ piece, ...renamed(prompt, piece) ?? refactorText(piece.text, local(prompt, piece)) })).filter(({ moves }) => moves.length > 0);
  if (/Write the plan\.\s*$/.test(prompt.words)) {
    if (made.length === 0) return `- ${files[0]?.path ?? 'no file'}: nothing that rules could improve without changing what it does`;
    return made.flatMap(({ piece, moves }) => moves.map((what) => `- ${piece.path}: ${what}`)).join('\n');
  }
  return withBlocks(made.map(({ piece, text }) => toEditBlocks(piece.path, piece.text, text)), made.flatMap(({ moves }) => moves));
}

function edit(prompt: ReadPrompt): string {
  const files = filesOf(prompt.pieces);
  const [first] = files;
  const answered = refactor({ ...prompt, words: prompt.words.replace(/Write the plan\.\s*$/, '') });
  if (first === undefined || answered.includes('<<<<<<< SEARCH')) return answered;
  const lines = first.text.split('\n');
  const at = Math.max(0, (prompt.range?.startLine ?? first.startLine) - first.startLine);
  const indent = /^\s*/.exec(lines[at] ?? '')?.[0] ?? '';
  const wish = prompt.words.split('\n').findLast((line) => line.trim() !== '')?.trim() ?? 'change';
  const mark = /\.(?:py|rb|sh|ya?ml)$/.test(first.path) ? '#' : '//';
  const after = [...lines.slice(0, at), `${indent}${mark} Asked of the local RunAPI: ${wish.slice(0, 80)}`, ...lines.slice(at)].join('\n');
  return withBlocks([toEditBlocks(first.path, first.text, after)], ['mark the place, for what was asked takes a model']);
}

/** "rename a to b", in any words around. */
function renamed({ words }: ReadPrompt, piece: PromptPiece): { readonly text: string; readonly moves: readonly string[] } | undefined {
  const [, from, to] = /\brename\s+[`'"]?(\w+)[`'"]?\s+(?:to|into|as)\s+[`'"]?(\w+)/i.exec(words) ?? [];
  if (from === undefined || to === undefined) return undefined;
  const text = piece.text.replaceAll(new RegExp(`\\b${from}\\b`, 'g'), to);
  return { text, moves: text === piece.text ? [] : [`rename \`${from}\` to \`${to}\``] };
}

function local({ range }: ReadPrompt, piece: PromptPiece): ReadPrompt['range'] {
  return range === undefined ? undefined : { startLine: range.startLine - piece.startLine + 1, endLine: range.endLine - piece.startLine + 1 };
}

function tests(prompt: ReadPrompt): string {
  const [, framework = 'Vitest'] = /\bwith (Vitest|Jest|node:test|Mocha|pytest|bun:test)/.exec(prompt.words) ?? [];
  const testPath = /(?:new file|Extend) (\S+?)[,.](?:\s|$)/.exec(prompt.words)?.[1];
  const files = filesOf(prompt.pieces);
  const source = files.find((piece) => !/[._]test\.|\btests?\//.test(piece.path)) ?? files[0];
  if (source === undefined) return `${notice} It needs a file to write tests for.`;
  const target = testPath ?? source.path.replace(/(\.\w+)$/, '.test$1');
  const present = /\bExtend\b/.test(prompt.words) ? files.find((piece) => piece.path === target) : undefined;
  return `${notice} These tests hold the signatures of \`${source.path}\` and no more.\n\n${writeTests({ source, testPath: target, framework, present })}`;
}

function document(pieces: readonly PromptPiece[]): string {
  const blocks = filesOf(pieces).map((piece) => {
    const lines = piece.text.split('\n');
    const open = findDeclarations(piece.text).filter(({ line, kind, isExported }) => (isExported || kind === 'function') && !/\*\/|^\s*(?:\/\/|#|@|""")/.test(lines[line - 1] ?? ''));
    for (const declaration of open.toReversed()) addComment(lines, declaration, piece.path);
    return toEditBlocks(piece.path, piece.text, lines.join('\n'));
  });
  return withBlocks(blocks, ['add comments to what had none, from its names']);
}

function addComment(lines: string[], declaration: Declaration, path: string): void {
  const indent = /^\s*/.exec(lines[declaration.line] ?? '')?.[0] ?? '';
  const from = declaration.parameters.length === 0 ? '' : ` from ${declaration.parameters.map(({ name }) => name.replaceAll(/[{}\s]/g, '').replaceAll(',', ', ')).join(', ')}`;
  const sentence = `${capitalize(toWords(declaration.name))}${from}.`;
  if (path.endsWith('.py')) lines.splice(declaration.line + 1, 0, `${indent}    """${sentence}"""`);
  else lines.splice(declaration.line, 0, `${indent}/** ${sentence} */`);
}

function fix({ pieces, words }: ReadPrompt): string {
  const problems = [words, ...pieces.filter((piece) => piece.kind === 'problems').map((piece) => piece.text)].join('\n');
  const made = filesOf(pieces).map((piece) => ({ piece, ...fixText(piece, problems) })).filter(({ what }) => what !== undefined);
  if (made.length === 0) return `${notice} The message of the problem does not say its cure, so nothing is changed.`;
  return withBlocks(made.map(({ piece, text }) => toEditBlocks(piece.path, piece.text, text)), made.map(({ what }) => what ?? ''));
}

function withBlocks(blocks: readonly string[], what: readonly string[]): string {
  const written = blocks.filter((block) => block !== '');
  if (written.length === 0) return `${notice} It found nothing that rules could change safely here.`;
  return `${notice} By rules: ${what.join('; ')}.\n\n${written.join('\n\n')}`;
}

function filesOf(pieces: readonly PromptPiece[]): readonly PromptPiece[] {
  const byPath = new Map<string, PromptPiece>();
  for (const piece of pieces) if (/\.\w+$/.test(piece.path) && !['problems', 'output', 'history', 'changes', 'instructions'].includes(piece.kind)) byPath.set(`${piece.path}:${piece.startLine}`, piece);
  return [...byPath.values()];
}

/** Both sides, ours first. */
function resolveConflict(pieces: readonly PromptPiece[]): string {
  const text = pieces.find((piece) => piece.text.includes('<<<<<<<'))?.text ?? '';
  const [, ours = '', theirs = ''] = /<{7}[^\n]*\n([\s\S]*?)(?:\|{7}[\s\S]*?)?={7}\n([\s\S]*?)>{7}/.exec(text) ?? [];
  return `${notice} It keeps the lines of both sides, ours first.\n\n\`\`\`\n${ours}${theirs}\`\`\`\n`;
}

function summarize(call: ModelCall): string {
  const asked = call.messages.filter((message) => message.role === 'user').slice(0, -1).map((message) => message.text.replaceAll(/\s+/g, ' ').slice(0, 160));
  const paths = new Set(call.messages.flatMap((message) => message.text.match(/\b[\w./-]+\.(?:tsx?|jsx?|py|go|rs|md|json)\b/g) ?? []));
  return `## Summary\n\n${notice} Kept by rules:\n\n${asked.map((text) => `- asked: ${text}`).join('\n')}\n- files: ${[...paths].slice(0, 30).join(', ') || 'none'}\n`;
}

function readable(findings: string): string {
  if (findings === 'NONE') return 'Nothing that rules could find.';
  return findings.split('\n').filter((line) => line.startsWith('{')).map((line) => {
    const finding = JSON.parse(line) as { readonly path: string; readonly line: number; readonly severity: string; readonly title: string; readonly reason: string };
    return `- **${finding.severity}** \`${finding.path}:${finding.line}\` ${finding.title}. ${finding.reason}`;
  }).join('\n');
}
