// JSON needs no language service: a file that was valid and is no longer has a new error. What allows comments is left to its service.

export interface JsonProblem {
  /** From 0. */
  readonly line: number;
  readonly message: string;
}

export function isJson(path: string): boolean {
  return path.endsWith('.json') && !/(?:^|\/)(?:[tj]sconfig[^/]*|\.?(?:eslintrc|babelrc|swcrc|devcontainer))\.json$|(?:^|\/)\.(?:vscode|devcontainer)\//.test(path);
}

/** Undefined where there is nothing new to say. */
export function newJsonProblem(before: string, after: string): JsonProblem | undefined {
  const problem = parseProblem(after);
  return problem === undefined || (before.trim() !== '' && parseProblem(before) !== undefined) ? undefined : problem;
}

function parseProblem(text: string): JsonProblem | undefined {
  if (text.trim() === '') return undefined;
  try {
    JSON.parse(text.replace(/^\uFEFF/, ''));
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const position = Number(/position (\d+)/.exec(message)?.[1] ?? (/Unexpected end/.test(message) ? text.length : 0));
    return { line: text.slice(0, position).split('\n').length - 1, message: message.replace(/,? *(?:\.\.\.)?"[\s\S]*"(?:\.\.\.)? is not valid JSON/, '').replace(/ in JSON at position.*$/, '').trim() };
  }
}
