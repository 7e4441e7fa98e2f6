// A test file for what a piece exports: calls with plain values, asserts what the signature promises.
import { findDeclarations, toWords, type Declaration } from './codeFacts.ts';
import { toEditBlocks, toNewFileBlock } from './editBlocks.ts';
import type { PromptPiece } from './readPrompt.ts';

export interface TestWish {
  readonly source: PromptPiece;
  readonly testPath: string;
  readonly framework: string;
  /** The test file as it is, when it is to be extended. */
  readonly present: PromptPiece | undefined;
}

export function writeTests({ source, testPath, framework, present }: TestWish): string {
  const functions = findDeclarations(source.text).filter((declaration) => declaration.kind === 'function' && (declaration.isExported || !/\.[cm]?[jt]sx?$/.test(source.path)));
  if (present !== undefined) return toEditBlocks(testPath, present.text, `${present.text.replace(/\n$/, '')}\n\n${cases(functions, framework, source)}\n`);
  const head = header(functions, framework, { from: testPath, to: source.path });
  return toNewFileBlock(testPath, `${head}\n\n${cases(functions, framework, source)}\n`);
}

function header(functions: readonly Declaration[], framework: string, { from, to }: { readonly from: string; readonly to: string }): string {
  const names = functions.map(({ name }) => name).join(', ');
  switch (framework) {
    case 'pytest': return `from ${to.replace(/\.py$/, '').replaceAll('/', '.')} import ${names}`;
    case 'node:test': return `import assert from 'node:assert/strict';\nimport { describe, it } from 'node:test';\nimport { ${names} } from '${relativePath(from, to)}';`;
    default: return `import { describe, expect, it } from '${framework.toLowerCase()}';\nimport { ${names} } from '${relativePath(from, to)}';`;
  }
}

function cases(functions: readonly Declaration[], framework: string, source: PromptPiece): string {
  if (functions.length === 0) return framework === 'pytest' ? '# Nothing is exported.' : '// Nothing is exported.';
  return functions.map((declaration) => oneCase(declaration, framework, source)).join('\n\n');
}

function oneCase(declaration: Declaration, framework: string, source: PromptPiece): string {
  const call = `${declaration.name}(${declaration.parameters.map(({ type }) => sample(type, source.text)).join(', ')})`;
  const kind = /^(number|string|boolean)$/.exec(declaration.returns)?.[1];
  if (framework === 'pytest') return `def test_${declaration.name}():\n    assert ${declaration.name}(${declaration.parameters.map(() => '1').join(', ')}) is not None`;
  const check = framework === 'node:test'
    ? (kind === undefined ? `assert.notEqual(${call}, undefined)` : `assert.equal(typeof ${call}, '${kind}')`)
    : (kind === undefined ? `expect(${call}).toBeDefined()` : `expect(typeof ${call}).toBe('${kind}')`);
  return `describe('${declaration.name}', () => {\n  it('gives ${kind === undefined ? `the ${toWords(declaration.name)}` : `a ${kind}`} for plain values', () => {\n    ${check};\n  });\n});`;
}

/** A value of a type, as far as the type can be read here. */
function sample(type: string, text: string, depth = 0): string {
  if (type.startsWith('number')) return '1';
  if (type.startsWith('string')) return "'a'";
  if (type.startsWith('boolean')) return 'true';
  if (type.startsWith('Date')) return "new Date('2026-03-02T10:00:00Z')";
  if (/Set<|Map</.test(type)) return `new ${/Set</.test(type) ? 'Set' : 'Map'}()`;
  if (/\[\]$|Array</.test(type)) return '[]';
  const literal = /^'[^']*'/.exec(type)?.[0];
  if (literal !== undefined) return literal;
  const body = new RegExp(`(?:interface|type) ${type.replaceAll(/\W/g, '')}\\b[^{]*\\{([^}]*)\\}`).exec(text)?.[1];
  if (body === undefined || depth > 3) return '{} as never';
  const fields = [...body.matchAll(/(?:readonly )?(\w+)(\??): ([^;\n]+)/g)].filter((match) => match[2] === '').map(([, name = '', , fieldType = '']) => `${name}: ${sample(fieldType, text, depth + 1)}`);
  return `{ ${fields.join(', ')} }`;
}

function relativePath(from: string, to: string): string {
  const fromFolders = from.split('/').slice(0, -1);
  const toParts = to.split('/');
  let shared = 0;
  while (shared < fromFolders.length && shared < toParts.length - 1 && fromFolders[shared] === toParts[shared]) shared += 1;
  const up = '../'.repeat(fromFolders.length - shared);
  return `${up === '' ? './' : up}${toParts.slice(shared).join('/')}`;
}
