// Answers in the chat: markdown with headings, lists, tables and code, about what was attached.
import { capitalize, findDeclarations, languageOf, toWords, type Declaration } from './codeFacts.ts';
import type { ReadPrompt, PromptPiece } from './readPrompt.ts';

export const notice = 'This is the local RunAPI, not a model.';
const koreanNotice = '이 답은 모델이 아니라 로컬 RunAPI가 규칙으로 만든 것입니다.';

export function writeChatAnswer({ pieces, words }: ReadPrompt, modelId: string): string {
  const opening = /[\uac00-\ud7a3]/.test(words) ? `${koreanNotice} (${notice})` : `${notice} It stands in for **${modelId}** and answers by rules.`;
  const wantedWords = Number(/(\d[\d,]*) words/i.exec(words)?.[1]?.replaceAll(',', '') ?? 0);
  const body = pieces.length === 0 ? demonstration(words) : pieces.slice(0, 4).map(describePiece).join('\n\n');
  const long = wantedWords > 0 ? `\n\n## ${wantedWords} words\n\n${filler(Math.min(wantedWords, 40_000))}` : '';
  return `${opening}\n\n${body}${long}\n`;
}

function demonstration(words: string): string {
  const question = words.split('\n').find((line) => line.trim() !== '')?.trim().slice(0, 160) ?? '';
  return [
    `You asked: *${question.replaceAll(/[*_`<>[\]]/g, '')}*`,
    '## What it can do\n\n1. Describe files that you attach with `@`.\n2. Refactor, document, test and fix code with `/refactor`, `/doc`, `/tests`, `/fix`.\n3. Review with `/review` and write a commit message with `/commit`.',
    '## For example\n\n```ts\nexport function greet(name: string): string {\n  return `Hello, ${name}`;\n}\n```',
    '| part | works | made by |\n| --- | :---: | --- |\n| streaming | yes | the server |\n| prices, tokens | yes | the ledger |\n| understanding | no | a model would |',
    '- [x] lists\n- [x] tables and code\n- [ ] an opinion\n\n> With a key of RunAPI the same question goes to a real model.',
  ].join('\n\n');
}

function describePiece(piece: PromptPiece): string {
  const lineCount = piece.text.replace(/\n$/, '').split('\n').length;
  const declarations = findDeclarations(piece.text);
  const name = piece.path === '' ? `The attached ${piece.kind}` : `\`${piece.path}\``;
  const parts = [
    `## ${name}`,
    `${lineCount} lines from line ${piece.startLine}, ${declarations.length === 0 ? 'without declarations that rules could find' : `with ${declarations.length} declarations`}.`,
    ...(declarations.length === 0 ? [] : [table(declarations, piece)]),
    `\`\`\`${languageOf(piece.path)}\n${excerpt(piece, declarations)}\n\`\`\``,
    ...remarks(piece),
  ];
  return parts.join('\n\n');
}

function table(declarations: readonly Declaration[], piece: PromptPiece): string {
  const rows = declarations.slice(0, 12).map(({ kind, name, line, isExported, returns }) => `| \`${name}\` | ${kind}${isExported ? ', exported' : ''} | ${piece.startLine + line} | ${returns === '' ? '' : `\`${returns.replaceAll('|', '\\|')}\``} |`);
  return ['| name | kind | line | gives |', '| --- | --- | ---: | --- |', ...rows].join('\n');
}

/** The first function with its body, at most 14 lines. */
function excerpt(piece: PromptPiece, declarations: readonly Declaration[]): string {
  const lines = piece.text.replace(/\n$/, '').split('\n');
  const start = declarations.find((declaration) => declaration.kind === 'function')?.line ?? 0;
  const end = lines.findIndex((line, index) => index > start && /^[})]/.test(line));
  return lines.slice(start, Math.min(end < 0 ? start + 14 : end + 1, start + 14)).join('\n');
}

function remarks(piece: PromptPiece): readonly string[] {
  const deepest = Math.max(0, ...piece.text.split('\n').filter((line) => line.trim() !== '').map((line) => (/^ */.exec(line)?.[0].length ?? 0) / 2));
  const throws = piece.text.match(/\bthrow\b/g)?.length ?? 0;
  const functions = findDeclarations(piece.text).filter((declaration) => declaration.kind === 'function').slice(0, 3);
  return [[
    `- The deepest line is ${deepest} levels in${deepest > 4 ? ': a candidate for `/refactor`' : ''}.`,
    `- It throws in ${throws} ${throws === 1 ? 'place' : 'places'}.`,
    ...functions.map(({ name, parameters }) => `- \`${name}\`: ${toWords(name)}${parameters.length === 0 ? '' : `, from ${parameters.map((parameter) => `\`${parameter.name}\``).join(', ')}`}.`),
  ].join('\n')];
}

function filler(count: number): string {
  const stock = 'the parcel leaves the depot before noon and reaches its zone on the same day unless a holiday or a Sunday lies between'.split(' ');
  const sentences: string[] = [];
  for (let at = 0; at < count; at += 12) {
    const words = Array.from({ length: Math.min(12, count - at) }, (_, index) => stock[(at * 5 + index) % stock.length] ?? '');
    sentences.push(`${capitalize(words.join(' '))}.`);
  }
  return sentences.map((sentence, index) => (index % 6 === 5 ? `${sentence}\n\n` : `${sentence} `)).join('');
}
