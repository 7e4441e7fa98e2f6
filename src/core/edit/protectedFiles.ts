// Files that run or steer something by being changed: each asks on its own, with its reason, and is never part of "accept all".
// The name is judged as a file system that ignores case and normal form would see it.
import type { ProtectionReason } from './proposal.ts';

export interface ProtectionInput {
  /** Relative to the workspace, as resolved. */
  readonly path: string;
  readonly original: string;
  readonly proposed: string;
}

export function protectionOf({ path, original, proposed }: ProtectionInput): ProtectionReason | undefined {
  const canonical = canonicalPath(path);
  const rule = rules.find(([pattern]) => pattern.test(canonical));
  if (rule !== undefined) return rule[1];
  if (/(?:^|\/)package\.json$/.test(canonical)) return runsOtherScripts(original, proposed) ? 'scripts' : undefined;
  return addsRemote(canonical, original, proposed);
}

/** Lower case, composed, forward slashes, without "./", empty segments, trailing dots and spaces. */
export function canonicalPath(path: string): string {
  return path
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('\\', '/')
    .split('/')
    .map((segment) => segment.replace(/[\s.]+$/, (end, offset: number) => (offset === 0 ? end : '')))
    .filter((segment) => segment !== '' && segment !== '.')
    .join('/');
}

const rules: readonly (readonly [RegExp, ProtectionReason])[] = [
  [/(?:^|\/)\.vscode\/mcp\.json$|(?:^|\/)\.?mcp\.json$|(?:^|\/)\.(?:claude|cursor|roo|kilocode|gemini|codex|continue|windsurf|clinerules|aider)(?:\/|$)/, 'agent-rules'],
  [/(?:^|\/)\.vscode\/|\.code-workspace$|(?:^|\/)\.idea\//, 'editor-settings'],
  [/(?:^|\/)\.git(?:\/|$)|(?:^|\/)\.git(?:modules|attributes|config)$/, 'git'],
  [/(?:^|\/)(?:\.husky|\.githooks)\/|(?:^|\/)hooks\/(?:pre|post|commit|prepare|update|reference|fsmonitor)[a-z-]*(?:\.sh)?$|(?:^|\/)(?:lefthook|\.lefthook|\.pre-commit-config)\.ya?ml$|(?:^|\/)\.?lint-?staged/, 'hooks'],
  [/(?:^|\/)\.devcontainer(?:\/|\.json$)/, 'dev-container'],
  [/(?:^|\/)\.github\/(?:workflows|actions)\/|(?:^|\/)\.gitlab-ci\.ya?ml$|(?:^|\/)(?:jenkinsfile|azure-pipelines\.ya?ml|\.travis\.yml)$|(?:^|\/)\.circleci\/|(?:^|\/)\.ci\//, 'pipeline'],
  [/(?:^|\/)\.(?:npmrc|yarnrc(?:\.yml)?|pnpmfile\.cjs|pypirc|netrc)$|(?:^|\/)(?:pip\.conf|nuget\.config)$|(?:^|\/)\.cargo\/config(?:\.toml)?$/, 'package-source'],
  [/(?:^|\/)\.(?:envrc|bashrc|bash_profile|bash_login|profile|zshrc|zshenv|zprofile|zlogin|cshrc|kshrc|inputrc)$|(?:^|\/)\.config\/fish\/|(?:^|\/)(?:direnv\.toml|mise\.toml|\.tool-versions)$/, 'shell'],
  [/(?:^|\/)\.runapi(?:\/|$|ignore$)|(?:^|\/)\.aiexclude$/, 'own-settings'],
  [/(?:^|\/)(?:agents|claude|gemini)\.md$|(?:^|\/)\.github\/(?:copilot-instructions\.md$|instructions\/|prompts\/|agents\/)|(?:^|\/)\.(?:cursorrules|windsurfrules|clinerules|roorules)$/, 'agent-rules'],
];

/** What `npm install` or a script runner would run. A file that cannot be read is judged as if it did. */
function runsOtherScripts(original: string, proposed: string): boolean {
  const before = scriptsOf(original === '' ? '{}' : original);
  const after = scriptsOf(proposed === '' ? '{}' : proposed);
  return before === undefined || after === undefined || before !== after;
}

function scriptsOf(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const record = new Map(Object.entries(value));
    return JSON.stringify(['scripts', 'husky', 'lint-staged', 'pre-commit', 'simple-git-hooks', 'bin', 'gypfile', 'packageManager', 'publishConfig'].map((key) => record.get(key) ?? null));
  } catch {
    return undefined;
  }
}

/** A schema or an output that makes the editor load something from elsewhere as soon as the file is open. */
function addsRemote(path: string, original: string, proposed: string): ProtectionReason | undefined {
  const active = /"text\/html"|"application\/javascript"|"image\/svg\+xml"/g;
  if (path.endsWith('.ipynb') && countOf(proposed, active) > countOf(original, active)) return 'notebook-output';
  const before = new Set(remoteSchemas(original));
  return remoteSchemas(proposed).some((address) => !before.has(address)) ? 'remote-schema' : undefined;
}

function remoteSchemas(text: string): readonly string[] {
  return [...text.matchAll(/(?:"\$schema"\s*:\s*"|yaml-language-server:\s*\$schema=|xsi:(?:noNamespaceSchemaLocation|schemaLocation)\s*=\s*"[^"]{0,500}?)((?:https?|ftp|file):[^"\s>]{1,500})/gi)].map((match) => match[1] ?? '');
}

function countOf(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
