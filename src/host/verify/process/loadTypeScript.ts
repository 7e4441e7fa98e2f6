// The compiler that VS Code ships, or the one that the user names in their own settings. A library too old, or one without a programming
// interface (TypeScript 7), is passed over.
import { createRequire } from 'node:module';
import type * as ts from 'typescript-pin';

export type TypeScript = typeof ts;

const oldestMajor = 5;
const used = ['createLanguageService', 'createDocumentRegistry', 'resolveModuleName', 'getModeForUsageLocation', 'parseJsonConfigFileContent'] as const;

export function loadTypeScript(libraries: readonly string[], locale: string): TypeScript | undefined {
  for (const path of libraries) {
    const library = tryLoad(path);
    if (!isTypeScript(library)) continue;
    library.validateLocaleAndSetLanguage?.(locale, library.sys);
    return library;
  }
  return undefined;
}

function tryLoad(path: string): unknown {
  try {
    return createRequire(path)(path);
  } catch {
    // Not there, or not what its name says: the next one is tried.
    return undefined;
  }
}

/** Structure is checked by name; that the functions are those of the compiler follows from the major version. */
function isTypeScript(library: unknown): library is TypeScript {
  if (typeof library !== 'object' || library === null || !('version' in library) || typeof library.version !== 'string') return false;
  return Number.parseInt(library.version, 10) >= oldestMajor && used.every((name) => typeof Object.entries(library).find(([key]) => key === name)?.[1] === 'function');
}
