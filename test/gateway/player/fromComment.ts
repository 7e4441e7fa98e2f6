// A comment line that asks for something becomes a function of that name: words give name, parameters and what is returned.

/** After a line that is a comment and nothing else; undefined anywhere else. The text goes on at the end of `before`. */
export function writeFromComment(before: string): string | undefined {
  const match = /(?:^|\n)([ \t]*)(\/\/|#)[ \t]*([A-Za-z][^\n]{2,100})\n[ \t]*$/.exec(before);
  const words = (match?.[3] ?? '').toLowerCase().match(/[a-z]+/g)?.filter((word) => !fillers.has(word)).slice(0, 4) ?? [];
  if (match === null || words.length < 2) return undefined;
  const indent = match[1] ?? '';
  const text = match[2] === '#' ? writePython(words, indent) : writeScript(words, indent);
  // The editor has set the indentation of the first line already.
  return text.slice(Math.min(indent.length, before.length - before.lastIndexOf('\n') - 1));
}

const fillers = new Set(['a', 'an', 'the', 'that', 'which', 'is', 'are', 'to', 'of', 'for', 'and', 'or', 'in', 'on', 'with', 'function', 'write', 'create', 'make', 'given', 'this', 'todo', 'returns', 'return', 'it']);

interface Shape {
  readonly parameters: readonly (readonly [name: string, type: string])[];
  readonly returns: string;
  readonly result: string;
}

function shapeOf(words: readonly string[]): Shape {
  const has = (...wanted: readonly string[]): boolean => wanted.some((word) => words.includes(word));
  if (has('add', 'sum', 'plus')) return { parameters: [['left', 'number'], ['right', 'number']], returns: 'number', result: 'left + right' };
  if (has('multiply', 'product', 'times')) return { parameters: [['left', 'number'], ['right', 'number']], returns: 'number', result: 'left * right' };
  if (has('average', 'mean')) return { parameters: [['values', 'number[]']], returns: 'number', result: 'values.reduce((sum, value) => sum + value, 0) / values.length' };
  if (has('largest', 'max', 'maximum', 'biggest')) return { parameters: [['values', 'number[]']], returns: 'number', result: 'Math.max(...values)' };
  if (has('sort', 'sorted')) return { parameters: [['values', 'string[]']], returns: 'string[]', result: '[...values].sort()' };
  if (has('reverse', 'reversed')) return { parameters: [['text', 'string']], returns: 'string', result: "[...text].reverse().join('')" };
  if (has('even')) return { parameters: [['value', 'number']], returns: 'boolean', result: 'value % 2 === 0' };
  if (has('count', 'length')) return { parameters: [['text', 'string']], returns: 'number', result: 'text.length' };
  return { parameters: [['text', 'string']], returns: 'string', result: 'text.trim()' };
}

function writeScript(words: readonly string[], indent: string): string {
  const { parameters, returns, result } = shapeOf(words);
  const name = words.map((word, index) => (index === 0 ? word : `${word.charAt(0).toUpperCase()}${word.slice(1)}`)).join('');
  return `${indent}function ${name}(${parameters.map(([parameter, type]) => `${parameter}: ${type}`).join(', ')}): ${returns} {\n${indent}  return ${result};\n${indent}}`;
}

const pythonResults: Readonly<Record<string, string>> = {
  'values.reduce((sum, value) => sum + value, 0) / values.length': 'sum(values) / len(values)',
  'Math.max(...values)': 'max(values)',
  '[...values].sort()': 'sorted(values)',
  "[...text].reverse().join('')": 'text[::-1]',
  'value % 2 === 0': 'value % 2 == 0',
  'text.length': 'len(text)',
  'text.trim()': 'text.strip()',
};

function writePython(words: readonly string[], indent: string): string {
  const { parameters, result } = shapeOf(words);
  return `${indent}def ${words.join('_')}(${parameters.map(([name]) => name).join(', ')}):\n${indent}    return ${pythonResults[result] ?? result}`;
}
