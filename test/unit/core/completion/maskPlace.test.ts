// What of a secret is in a question, wherever the cursor is and wherever the window begins: with the real masks.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readMaskedLines } from '../../../../src/core/completion/maskedLines.ts';
import { createPrompt } from '../../../../src/core/completion/prompt.ts';
import { createRedactor } from '../../../../src/core/context/redactSecrets.ts';
import { beginKey, endKey, glue, keyLines, randomText, secretShapes } from '../../../helpers/secretShapes.ts';
import { callAt, cursorMark, placeAt } from './harness.ts';

const findReal = (text: string) => createRedactor().mask(text, 'file:///a.ts');
const code = (count: number): string => Array.from({ length: count }, (_, index) => `  call(${index});`).join('\n');

function ask(marked: string, findSecrets = findReal): string {
  return createPrompt({ place: placeAt(marked), lines: callAt(marked).lines, mode: 'line', path: 'a.ts', snippets: [], alternatives: 1, findSecrets }).turns.at(-1)?.text ?? '';
}

/** Pieces of the secret that can be told from other text. */
function leaked(question: string, secret: string): string[] {
  const pieces = Array.from({ length: Math.max(0, secret.length - 9) }, (_, at) => secret.slice(at, at + 10));
  return pieces.filter((piece) => !piece.includes('\n') && question.includes(piece));
}

/** A key of 60 lines in a file, with the cursor so many lines and columns behind the beginning of its text. */
function keyFile(cursorLine: number, cursorColumn = 0): { readonly marked: string; readonly key: string } {
  const key = keyLines(60);
  const lines = `${code(30)}\nconst k = \`${beginKey('RSA ')}\n${key}\n${endKey('RSA ')}\`;\n${code(40)}`.split('\n');
  const at = 31 + cursorLine;
  lines[at] = (lines[at] ?? '').slice(0, cursorColumn) + cursorMark + (lines[at] ?? '').slice(cursorColumn);
  return { marked: lines.join('\n'), key };
}

describe('a key in lines is not in the question', () => {
  it.each([
    ['that begins above the window', 63, 0],
    ['that begins far above it', 85, 0],
    ['around the cursor', 12, 20],
    ['around the cursor, most of it above', 55, 3],
    ['that begins in the line above', 0, 0],
    ['that is below', -2, 0],
  ])('%s', (_name, line, column) => {
    const { marked, key } = keyFile(line, column);
    expect(leaked(ask(marked), key)).toEqual([]);
  });

  it('from any place in it', () => {
    fc.assert(fc.property(fc.integer({ min: -30, max: 95 }), fc.integer({ min: 0, max: 64 }), (line, column) => {
      const { marked, key } = keyFile(line, column);
      expect(leaked(ask(marked), key)).toEqual([]);
    }));
  });

  it('and what stands around it is', () => {
    const question = ask(keyFile(64).marked);
    expect(question).toContain('call(39);');
    expect(question).toContain('`;\n  call(0);');
  });

  it('where its lines have headers of their own and only its end tells it', () => {
    const key = keyLines(40);
    const file = `const k = \`${beginKey('RSA ')}\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n${key}\n${endKey('RSA ')}\`;\n${code(3)}`;
    expect(leaked(ask(file.replace('\n\n', `\n${cursorMark}\n`)), key)).toEqual([]);
  });
});

describe('a secret that the cursor stands in', () => {
  it.each([
    ['a token', glue("const k = 'gh", "p_0123456789abcdef0123█456789abcdef0123';"), ['abcdef0123', '456789abcd']],
    ['a password with a name', "const password = 'hunter2█SuperSecret99';", ['hunter2', 'SuperSecret99']],
    ['a password in an address', "const url = 'postgres://admin:S3cr3tPa█ss@db.example.com/x';", ['S3cr3tPa', 'ss@']],
    ['a key behind its prefix', glue("const k = 'sk", "-ant-api03-█AAbb1122334455667788990011223344';"), ['AAbb112233', '9900112233']],
  ])('%s', (_name, marked, halves) => {
    const question = ask(`${code(2)}\n${marked}\n${code(2)}`);
    expect(halves.filter((half) => question.includes(half))).toEqual([]);
    expect(question).toMatch(/\[masked-[a-z-]+-1\]$/);
  });

  it('leaves the text around it as it is', () => {
    const question = ask("const password = 'hunter2█SuperSecret99'; next();");
    expect(question.endsWith("<after>\n'; next();\n</after>\nconst password = '[masked-password-1]")).toBe(true);
  });

  it.each(secretShapes)('%s, at each of its characters', (_name, template, secret) => {
    for (let at = 1; at < secret.length; at += 5) {
      const text = template.replace('{}', () => `${secret.slice(0, at)}${cursorMark}${secret.slice(at)}`);
      expect(leaked(ask(`${code(3)}\n${text}\n${code(3)}`), secret)).toEqual([]);
    }
  });
});

describe('a secret in a long line', () => {
  const token = glue('gh', 'p_', randomText(36));
  it.each([
    ['that is cut in the middle of it', `${'x'.repeat(380)} ${token};\n█`],
    ['that the cursor is in, cut before it', `${token} ${'x '.repeat(495)}█`],
    ['behind the cursor, cut in the middle of it', `█ ${'x '.repeat(340)}${token} ${'y '.repeat(300)}`],
    ['of a megabyte', `${'a '.repeat(250_000)}${token} b█ ${token} ${'c '.repeat(250_000)}`],
  ])('%s', (_name, marked) => expect(leaked(ask(marked), token)).toEqual([]));

  it('a token of three thousand characters of which the line shows four hundred', () => {
    const long = glue('ey', 'J', randomText(300), '.ey', 'J', randomText(3000), '.', randomText(43));
    expect(leaked(ask(`const t = '${long}';\n█`), long)).toEqual([]);
  });
});

describe('how much is looked at', () => {
  const lookedAt = (marked: string): number => {
    let length = 0;
    ask(marked, (text) => ((length += text.length), findReal(text)));
    return length;
  };
  it('is little more than the window', () => expect(lookedAt(`${code(5000)}\n█\n${code(5000)}`)).toBeLessThan(4_000));
  it('is bounded where lines are long', () => expect(lookedAt(Array.from({ length: 40 }, (_, line) => 'x'.repeat(9000) + (line === 20 ? cursorMark : '')).join('\n'))).toBeLessThan(25_000));
  it('is the key and the window where a key is near', () => expect(lookedAt(keyFile(40).marked)).toBeLessThan(9_000));
  it('ends with a key that never does', () => expect(lookedAt(`${beginKey('')}\n${`${randomText(60)}\n`.repeat(3000)}█\n${`${randomText(60)}\n`.repeat(3000)}`)).toBeLessThan(45_000));
});

it('a document that has changed since is not read by the old places', () => {
  const marked = 'a();\nconst b = SECRET█;\nc();';
  const changed = callAt('x();\ny();\nSECRET\nz█').lines;
  const question = createPrompt({ place: placeAt(marked), lines: changed, mode: 'line', path: 'a.ts', snippets: [], alternatives: 1, findSecrets: () => [] }).turns.at(-1)?.text;
  expect(question?.endsWith('<after>\n;\nc();\n</after>\na();\nconst b = SECRET')).toBe(true);
});

describe('lines of another place', () => {
  const key = keyLines(20);
  const lines = `const k = \`${beginKey('')}\n${key}\n${endKey('')}\`;\nuse(k);`.split('\n');
  const read = (from: number, to: number): string[] => readMaskedLines({ lineCount: lines.length, lineAt: (line) => lines[line] ?? '' }, from, to, findReal);
  it('in the middle of a key are blank', () => expect(read(8, 11)).toEqual(['', '', '']));
  it('at its beginning have the mark', () => expect(read(0, 2)).toEqual(['const k = `[masked-private-key-1]', '']));
  it('behind it are as they are', () => expect(read(21, 23)).toEqual(['`;', 'use(k);']));
  it('end where the document ends', () => expect(read(22, 90)).toEqual(['use(k);']));
  it('begin where it begins', () => expect(read(-3, 1)).toHaveLength(1));
});
