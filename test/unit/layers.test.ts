// The rules of src/ARCHITECTURE.md, held against the imports. Folders drift unless a test checks them.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scanSource } from '../helpers/sentences.ts';

const root = join(import.meta.dirname, '../../src');

interface Import {
  readonly specifier: string;
  readonly isType: boolean;
}

interface SourceFile {
  /** From src, with slashes. */
  readonly path: string;
  readonly text: string;
  /** Without comments and the contents of strings and patterns. */
  readonly code: string;
  readonly imports: readonly Import[];
}

const files = readFiles();

function readFiles(): readonly SourceFile[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const text = readFileSync(path, 'utf8');
      return { path: relative(root, path).replaceAll('\\', '/'), text, code: scanSource(text).code, imports: readImports(text) };
    });
}

function readImports(text: string): readonly Import[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const found = code.matchAll(/(?:^|[\n;])\s*(import|export)\s+(type\s)?(?:[\w*{}\s,$]+?\sfrom\s)?'([^'\n]+)'|\bimport\(\s*'([^'\n]+)'\s*\)/g);
  return [...found].map((match) => ({ specifier: match[3] ?? match[4] ?? '', isType: match[2] !== undefined }));
}

function layerOf(path: string): string {
  return path.includes('/') ? (path.split('/')[0] ?? '') : path === 'extension.ts' ? 'host' : path;
}

/** The layer that an import leads to: a folder of src, "node:", "vscode" or a package's name. */
function targetOf(file: SourceFile, specifier: string): string {
  if (specifier.startsWith('.')) return layerOf(resolve(file, specifier));
  if (specifier.startsWith('node:')) return 'node:';
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

function resolve(file: SourceFile, specifier: string): string {
  return join(dirname(file.path), specifier).replaceAll('\\', '/');
}

const pureLibraries = ['eventsource-parser', 'diff', 'fastest-levenshtein', 'ignore', 'zod'];
const allowed: Readonly<Record<string, readonly string[]>> = {
  shared: ['shared', 'zod'],
  core: ['core', 'shared', ...pureLibraries],
  host: ['host', 'core', 'shared', 'vscode', 'node:', 'zod', '@secretlint', '@secretlint/core', '@secretlint/secretlint-rule-preset-recommend', '@vscode/tree-sitter-wasm', 'web-tree-sitter', 'typescript-pin'],
  webview: ['webview', 'shared', 'preact', '@preact/signals', 'markdown-it', 'highlight.js', '@vscode/codicons'],
};

function violations(check: (file: SourceFile) => readonly string[]): readonly string[] {
  return files.flatMap((file) => check(file).map((problem) => `${file.path}: ${problem}`));
}

describe('layers', () => {
  it('reads the sources', () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.flatMap((file) => file.imports).length).toBeGreaterThan(files.length);
  });

  it('import only what their layer may', () => {
    expect(violations((file) => file.imports
      .filter(({ specifier }) => !(allowed[layerOf(file.path)] ?? []).includes(targetOf(file, specifier)))
      .map(({ specifier }) => `may not import ${specifier}`))).toEqual([]);
  });

  it('keep zod and shared code out of the view: types only', () => {
    expect(violations((file) => file.imports
      .filter(({ specifier, isType }) => layerOf(file.path) === 'webview' && targetOf(file, specifier) === 'shared' && !isType)
      .map(({ specifier }) => `needs import type for ${specifier}`))).toEqual([]);
  });

  it('keep completion, chat and tasks apart', () => {
    const rooms = ['core/completion', 'core/chat', 'core/tasks'];
    const roomOf = (path: string): string | undefined => rooms.find((room) => path.startsWith(`${room}/`));
    expect(violations((file) => file.imports
      .filter(({ specifier }) => {
        const [from, to] = [roomOf(file.path), specifier.startsWith('.') ? roomOf(resolve(file, specifier)) : undefined];
        return from !== undefined && to !== undefined && from !== to;
      })
      .map(({ specifier }) => `may not import ${specifier}`))).toEqual([]);
  });

  it('take no more than types of the pinned TypeScript: VS Code brings its own', () => {
    expect(violations((file) => file.imports
      .filter(({ specifier, isType }) => specifier === 'typescript-pin' && !isType)
      .map(({ specifier }) => `needs import type for ${specifier}`))).toEqual([]);
  });

  it('give core no clock, chance, network, timers or process of its own', () => {
    const globals = /\b(?:Date\.now|new Date\(\)|Math\.random|performance\.now|setTimeout|setInterval|setImmediate|queueMicrotask|process\.|Buffer\.|require\(|localStorage)|(?<![.\w])fetch\(|globalThis\.(?:fetch|setTimeout)/;
    expect(violations((file) => {
      if (layerOf(file.path) !== 'core' && layerOf(file.path) !== 'shared') return [];
      const found = globals.exec(file.code);
      return found ? [`uses ${found[0]}`] : [];
    })).toEqual([]);
  });

  it('write the ending of every file they import', () => {
    expect(violations((file) => file.imports
      .filter(({ specifier }) => specifier.startsWith('.') && !/\.(?:tsx?|json|svg|css)$/.test(specifier))
      .map(({ specifier }) => `has no ending: ${specifier}`))).toEqual([]);
  });

  it('have no cycles', () => {
    expect(findCycles()).toEqual([]);
  });
});

describe('files', () => {
  it('have at most 400 lines', () => {
    expect(violations((file) => {
      const lines = file.text.split('\n').length - 1;
      return lines > 400 ? [`${lines} lines`] : [];
    })).toEqual([]);
  });

  it('are named in camelCase after what they hold (components as they are written), never after nothing', () => {
    expect(violations((file) => {
      const name = file.path.split('/').at(-1) ?? '';
      const problems = /^(?:[a-z][A-Za-z0-9]*(?:\.d)?\.ts|[A-Za-z][A-Za-z0-9]*\.tsx)$/.test(name) ? [] : ['not camelCase'];
      return /(?:^|\/)(?:utils?|common|helpers?|misc|manager|service)(?:\/|\.)|(?:Utils?|Manager|Service)\.tsx?$/.test(file.path) ? [...problems, 'names nothing'] : problems;
    })).toEqual([]);
  });

  it('have no default exports and no barrels', () => {
    expect(violations((file) => {
      const body = file.code.replace(/^\s*(?:import|export)\b[^;]*\bfrom\s+'\s*'\s*;?/gm, '').trim();
      return [
        ...(/\bexport default\b/.test(file.code) && !file.path.endsWith('.d.ts') ? ['default export'] : []),
        ...(body === '' && /\bexport\b/.test(file.code) ? ['barrel'] : []),
      ];
    })).toEqual([]);
  });

  it('have no enums, namespaces, parameter properties or decorators', () => {
    const banned = /^\s*(?:export\s+)?(?:const\s+)?enum\s|^\s*(?:export\s+)?namespace\s|constructor\([^)]*\b(?:private|public|protected|readonly)\s|^\s*@[A-Z]\w*\(/m;
    expect(violations((file) => (banned.test(file.code) ? ['not erasable'] : []))).toEqual([]);
  });

  it('leave nothing to be done later and look away from no error', () => {
    expect(violations((file) => {
      const found = /\b(?:TODO|FIXME|XXX|HACK)\b|@ts-ignore|@ts-expect-error|@ts-nocheck|eslint-disable/.exec(file.text);
      return found ? [found[0]] : [];
    })).toEqual([]);
  });
});

/** Type imports count too: a cycle of types is a cycle of understanding. */
function findCycles(): readonly string[] {
  const edges = new Map(files.map((file) => [file.path, file.imports.filter(({ specifier }) => specifier.startsWith('.')).map(({ specifier }) => resolve(file, specifier))]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at !== -1) {
      cycles.push([...trail.slice(at), path].join(' → '));
      return;
    }
    if (done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return cycles;
}
