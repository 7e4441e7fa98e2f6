// The options of a package's own test script that a run of one file needs too: its config, its loaders. Only those named here are taken,
// each with a plain value: the script is text of the workspace, and no shell reads what is made of it.

const optionsOf: Readonly<Record<string, readonly string[]>> = {
  vitest: ['--config', '-c', '--root', '-r', '--project', '--environment'],
  jest: ['--config', '-c', '--rootDir', '--selectProjects'],
  mocha: ['--config', '--require', '-r', '--import', '--loader', '--experimental-loader', '--ui', '-u', '--extension'],
  node: ['--import', '--require', '-r', '--loader', '--experimental-loader', '--conditions', '-C', '--env-file', '--experimental-strip-types', '--experimental-transform-types', '--enable-source-maps'],
  tsx: ['--tsconfig', '--import', '--require', '--conditions'],
};
/** They stand alone. */
const flags = new Set(['--experimental-strip-types', '--experimental-transform-types', '--enable-source-maps']);
const plainValue = /^[\w@./:+-]+$/;

export function carriedOptions(tool: string, manifest: string | undefined): readonly string[] {
  const known = optionsOf[tool] ?? [];
  const call = testScripts(manifest).map((script) => wordsAfter(tool, script)).find((words) => words !== undefined) ?? [];
  const kept: string[] = [];
  for (let index = 0; index < call.length; index += 1) {
    const word = call[index] ?? '';
    const [name = '', value] = word.split(/=(.*)/s);
    if (!known.includes(name)) continue;
    if (flags.has(name)) kept.push(name);
    else if (value !== undefined) kept.push(...(plainValue.test(value) ? [name, value] : []));
    else {
      const next = call[index + 1] ?? '';
      if (plainValue.test(next) && !next.startsWith('-')) kept.push(name, next);
      index += 1;
    }
  }
  return kept;
}

/** Those whose names speak of tests, the one that is called so first. */
function testScripts(manifest: string | undefined): readonly string[] {
  try {
    const value: unknown = JSON.parse(manifest ?? '{}');
    const scripts = typeof value === 'object' && value !== null && 'scripts' in value && typeof value.scripts === 'object' && value.scripts !== null ? Object.entries(value.scripts) : [];
    const named = scripts.filter((entry): entry is [string, string] => /test|spec|unit/.test(entry[0]) && typeof entry[1] === 'string');
    return named.toSorted(([left], [right]) => Number(right === 'test') - Number(left === 'test')).map(([, script]) => script);
  } catch {
    return [];
  }
}

/** The words of the call of this tool, up to the next command; of several calls the one that tests. */
function wordsAfter(tool: string, script: string): readonly string[] | undefined {
  const isTool = (word: string): boolean => word === tool || word.endsWith(`/${tool}`);
  const calls = script.split(/&&|\|\||[;|&]/).map((part) => part.trim().split(/\s+/)).filter((words) => words.some(isTool));
  const call = calls.find((words) => words.includes('--test')) ?? calls[0];
  return call?.slice(call.findIndex(isTool) + 1).map((word) => word.replace(/^(['"])(.*)\1$/, '$2'));
}
