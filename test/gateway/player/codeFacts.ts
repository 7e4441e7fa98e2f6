// Declarations found in code line by line: enough to speak about a file, not enough to compile it.

export interface Declaration {
  readonly kind: 'function' | 'class' | 'interface' | 'type' | 'constant';
  readonly name: string;
  /** From 0, within the text. */
  readonly line: number;
  readonly isExported: boolean;
  readonly parameters: readonly { readonly name: string; readonly type: string }[];
  readonly returns: string;
}

const patterns: readonly (readonly [Declaration['kind'], RegExp])[] = [
  ['function', /^(\s*)(export\s+)?(?:default\s+)?(?:async\s+)?function\s*\*?\s*(\w+)\s*(?:<[^>]*>)?\((.*?)\)(?:\s*:\s*([^{]+?))?\s*\{/],
  ['function', /^(\s*)(export\s+)?const\s+(\w+)\s*=\s*(?:async\s*)?\((.*?)\)(?:\s*:\s*([^=]+?))?\s*=>/],
  ['function', /^(\s*)()(?:async\s+)?def\s+(\w+)\s*\((.*?)\)(?:\s*->\s*([^:]+))?\s*:/],
  ['function', /^(\s*)()func\s+(?:\([^)]*\)\s*)?(\w+)\s*\((.*?)\)\s*([^{]*)\{/],
  ['function', /^(\s*)(pub\s+)?(?:async\s+)?fn\s+(\w+)\s*(?:<[^>]*>)?\((.*?)\)(?:\s*->\s*([^{]+))?\s*\{/],
  ['class', /^(\s*)(export\s+)?(?:abstract\s+)?(?:public\s+)?class\s+(\w+)()()/],
  ['interface', /^(\s*)(export\s+)?interface\s+(\w+)()()/],
  ['type', /^(\s*)(export\s+)?type\s+(\w+)()()(?:<[^>]*>)?\s*=/],
  ['constant', /^(\s*)(export\s+)?const\s+(\w+)()()\b/],
];

export function findDeclarations(text: string): readonly Declaration[] {
  return text.split('\n').flatMap((line, index): readonly Declaration[] => {
    for (const [kind, pattern] of patterns) {
      const match = pattern.exec(line);
      if (match === null || (kind === 'constant' && (match[1] ?? '') !== '')) continue;
      return [{ kind, name: match[3] ?? '', line: index, isExported: (match[2] ?? '') !== '', parameters: readParameters(match[4] ?? ''), returns: (match[5] ?? '').trim() }];
    }
    return [];
  });
}

/** Separated at commas that are in no bracket. */
function readParameters(text: string): Declaration['parameters'] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const character of text) {
    if ('([{<'.includes(character)) depth += 1;
    if (')]}>'.includes(character)) depth -= 1;
    if (character === ',' && depth === 0) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  return [...parts, part].map((each) => each.trim()).filter((each) => each !== '' && each !== 'self').map((each) => {
    const [, name = '', type = ''] = /^(\{[^}]*\}|\[[^\]]*\]|\.{0,3}\w+)\??(?:\s*:\s*([^=]+))?/.exec(each) ?? [];
    return { name, type: type.trim() };
  });
}

/** "chargeableWeightKg" → "chargeable weight kg". */
export function toWords(name: string): string {
  return name.replaceAll(/(?<=[a-z\d])(?=[A-Z])|_/g, ' ').toLowerCase().trim();
}

export function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function languageOf(path: string): string {
  const ending = path.slice(path.lastIndexOf('.') + 1);
  return { ts: 'ts', tsx: 'tsx', js: 'js', mjs: 'js', py: 'python', go: 'go', rs: 'rust', java: 'java', md: 'markdown', json: 'json' }[ending] ?? '';
}
