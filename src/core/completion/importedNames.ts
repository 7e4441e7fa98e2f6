// Which names a file takes from which neighbours, read from its import lines.

export interface ImportedNames {
  /** As written: "./money", ".models". */
  readonly from: string;
  readonly names: readonly string[];
}

/** Import lines stand at the top; a file of data has none and is not searched to its end. */
const searchedLines = 80;

/** Only what lies beside the file: packages have their own documentation, and the model knows the common ones. */
export function readImportedNames(lines: readonly string[], languageId: string): ImportedNames[] {
  const text = lines.slice(0, searchedLines).join('\n');
  if (languageId === 'python') return readPython(text);
  return /^(?:java|type)script(?:react)?$|^(?:vue|svelte)$/.test(languageId) ? readScript(text) : [];
}

/** Where such a file may be, relative to the importing file's folder; the first that exists is meant. */
export function pathsOf(from: string, languageId: string): string[] {
  if (languageId === 'python') return pythonPaths(from);
  if (/\.\w+$/.test(from)) return [from, from.replace(/\.(?:m|c)?jsx?$/, '.ts')];
  return ['.ts', '.tsx', '.js', '.jsx', '.mjs', '/index.ts', '/index.js'].map((ending) => from + ending);
}

function readScript(text: string): ImportedNames[] {
  const found = [...text.matchAll(/import\s+(?:type\s+)?([\w$]+\s*,?\s*)?(?:\{([^}]*)\}\s*)?from\s*['"](\.[^'"]+)['"]/g)];
  return found.map(([, whole, list, from]) => ({ from: from ?? '', names: [...namesIn(list ?? ''), ...namesIn(whole ?? '')] })).filter(hasNames);
}

function readPython(text: string): ImportedNames[] {
  const found = [...text.matchAll(/^from\s+(\.[\w.]*)\s+import\s+(?:\(([^)]*)\)|([^\n#]+))/gm)];
  return found.map(([, from, inBrackets, plain]) => ({ from: from ?? '', names: namesIn(inBrackets ?? plain ?? '') })).filter(hasNames);
}

/** "a, type b, c as d" → a, b, c: the names that the other file knows them by. */
function namesIn(list: string): string[] {
  return list.split(',').map((part) => /^\s*(?:type\s+)?([\w$]+)/.exec(part)?.[1] ?? '').filter((name) => name !== '');
}

function hasNames(imported: ImportedNames): boolean {
  return imported.names.length > 0;
}

function pythonPaths(from: string): string[] {
  const dots = /^\.+/.exec(from)?.[0].length ?? 1;
  const path = `${'../'.repeat(dots - 1) || './'}${from.slice(dots).replaceAll('.', '/')}`;
  return [`${path}.py`, `${path}/__init__.py`];
}
