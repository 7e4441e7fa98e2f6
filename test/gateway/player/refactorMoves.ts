// Refactorings that a text allows without being understood: each keeps what the code does, or is not made.

export interface Move {
  /** For the plan: what changes. */
  readonly what: string;
  readonly text: string;
}

/** Makes what can be made, one kind after the other; `range` (lines from 1) limits where. */
export function refactorText(text: string, range: { readonly startLine: number; readonly endLine: number } | undefined): { readonly text: string; readonly moves: readonly string[] } {
  const moves: string[] = [];
  let current = text;
  for (const make of [invertGuards, dropElse, nameNumbers, useTemplates, useConst]) {
    const made = make(current, range);
    if (made === undefined || made.text === current) continue;
    current = made.text;
    moves.push(made.what);
  }
  return { text: current, moves };
}

type Range = Parameters<typeof refactorText>[1];

function inRange(line: number, range: Range): boolean {
  return range === undefined || (line + 1 >= range.startLine && line + 1 <= range.endLine);
}

/** An `if` and its `else`, by line and indentation. All from 0. */
interface Branch {
  readonly ifLine: number;
  readonly elseLine: number;
  readonly endLine: number;
  readonly indent: string;
  readonly condition: string;
}

function findBranches(lines: readonly string[]): readonly Branch[] {
  const branches: Branch[] = [];
  for (const [elseLine, line] of lines.entries()) {
    const indent = /^(\s*)\} else \{$/.exec(line)?.[1];
    if (indent === undefined) continue;
    const ifLine = lines.findLastIndex((other, index) => index < elseLine && other.startsWith(indent) && !/^\s/.test(other.slice(indent.length)) && other.trim() !== '');
    const condition = new RegExp(`^${indent}if \\((.*)\\) \\{$`).exec(lines[ifLine] ?? '')?.[1];
    const endLine = lines.findIndex((other, index) => index > elseLine && other === `${indent}}`);
    if (condition !== undefined && endLine > 0) branches.push({ ifLine, elseLine, endLine, indent, condition });
  }
  return branches;
}

/** `if (good) { … } else { throw }` becomes a guard and the rest one level out; outermost first, as long as there are any. */
function invertGuards(text: string, range: Range): Move | undefined {
  let lines = text.split('\n');
  let count = 0;
  for (let round = 0; round < 20; round++) {
    const branch = findBranches(lines).find((each) => inRange(each.ifLine, range) && isGuard(lines, each) && !declares(lines.slice(each.ifLine + 1, each.elseLine), `${each.indent}  `));
    if (branch === undefined) break;
    const exit = (lines[branch.elseLine + 1] ?? '').trim();
    const body = lines.slice(branch.ifLine + 1, branch.elseLine).map((line) => line.replace('  ', ''));
    lines = [...lines.slice(0, branch.ifLine), `${branch.indent}if (!(${branch.condition})) ${exit}`, ...body, ...lines.slice(branch.endLine + 1)];
    count += 1;
  }
  return count === 0 ? undefined : { what: `turn ${count} nested ${count === 1 ? 'condition' : 'conditions'} into guards at the top, so that the main path is not indented`, text: lines.join('\n') };
}

function isGuard(lines: readonly string[], branch: Branch): boolean {
  return branch.endLine === branch.elseLine + 2 && /^\s*(?:throw|return)\b.*;$/.test(lines[branch.elseLine + 1] ?? '');
}

/** Names would move to the scope outside. */
function declares(lines: readonly string[], indent: string): boolean {
  return lines.some((line) => new RegExp(`^${indent}(?:const|let|class|function)\\b`).test(line));
}

/** `if (x) { throw } else { … }`, when nothing else stands in its block: the else is not needed. */
function dropElse(text: string, range: Range): Move | undefined {
  const lines = text.split('\n');
  const branch = findBranches(lines).find((each) => inRange(each.ifLine, range) && each.elseLine === each.ifLine + 2 && /^\s*(?:throw|return)\b/.test(lines[each.ifLine + 1] ?? '') && isAlone(lines, each));
  if (branch === undefined) return undefined;
  const body = lines.slice(branch.elseLine + 1, branch.endLine).map((line) => line.replace('  ', ''));
  const changed = [...lines.slice(0, branch.elseLine), `${branch.indent}}`, ...body, ...lines.slice(branch.endLine + 1)];
  return { what: 'drop an else behind a branch that leaves', text: changed.join('\n') };
}

function isAlone(lines: readonly string[], branch: Branch): boolean {
  const outer = branch.indent.slice(2);
  return branch.indent.length >= 2 && (lines[branch.ifLine - 1] ?? '').endsWith('{') && (lines[branch.endLine + 1] ?? '').startsWith(`${outer}}`);
}

const comparison = /(?<![\w.])([A-Za-z]\w*)(?:\([^()]*\))? (<=?|>=?) (\d+(?:\.\d+)?)(?![\w.])/g;

/** A number that a name is compared with, when it is not one of those that say themselves. */
function nameNumbers(text: string, range: Range): Move | undefined {
  const lines = text.split('\n');
  const counts = new Map<string, number>();
  for (const [, name = '', , number = ''] of text.matchAll(comparison)) counts.set(name, (counts.get(name) ?? 0) + (Number(number) > 2 ? 1 : 0));
  const names: string[] = [];
  const declarations: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (!inRange(index, range) || /^\s*(?:\/\/|\*|for\b)/.test(line)) continue;
    lines[index] = line.replace(comparison, (whole, name: string, _operator: string, number: string) => {
      const constant = `${name}Limit`;
      if (Number(number) <= 2 || names.length >= 3 || counts.get(name) !== 1 || text.includes(constant) || text.split(number).length > 2) return whole;
      names.push(constant);
      declarations.push(`const ${constant} = ${number};`);
      return whole.slice(0, whole.length - number.length) + constant;
    });
  }
  if (names.length === 0) return undefined;
  const at = lines.findLastIndex((line, index) => /^import\b/.test(line) && index < 60) + 1;
  const block = at === 0 ? [...declarations, ''] : ['', ...declarations];
  return { what: `give ${names.length === 1 ? 'a number' : 'numbers'} a name: ${names.join(', ')}`, text: [...lines.slice(0, at), ...block, ...lines.slice(at)].join('\n') };
}

/** 'Hello ' + name + '!' */
function useTemplates(text: string, range: Range): Move | undefined {
  const lines = text.split('\n').map((line, index) => (inRange(index, range) ? line.replaceAll(/'([^'\\`$]*)' \+ ([A-Za-z_][\w.]*)(?: \+ '([^'\\`$]*)')?(?! [+*])/g, (_, before: string, name: string, after: string | undefined) => `\`${before}\${${name}}${after ?? ''}\``) : line));
  return { what: 'write joined strings as templates', text: lines.join('\n') };
}

/** `var` and `let` that are never assigned again. */
function useConst(text: string, range: Range): Move | undefined {
  const lines = text.split('\n').map((line, index) => {
    const name = /^\s*(?:var|let) (\w+)(?:\s*:[^=]+)? = /.exec(line)?.[1];
    if (name === undefined || !inRange(index, range)) return line;
    const isAssigned = new RegExp(`(?<![\\w.])(?:${name}\\s*(?:[+\\-*/%&|^?]{0,3}=(?!=)|\\+\\+|--)|(?:\\+\\+|--)${name}\\b|[[{,][^=\\n]*\\b${name}\\b[^=\\n]*[\\]}] = )`).test(text.replace(line, ''));
    return isAssigned ? line : line.replace(/\b(?:var|let)\b/, 'const');
  });
  return { what: 'declare what is never assigned again with const', text: lines.join('\n') };
}
