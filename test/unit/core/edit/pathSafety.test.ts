import { describe, expect, it } from 'vitest';
import { checkPath } from '../../../../src/core/edit/pathSafety.ts';
import { canonicalPath, protectionOf } from '../../../../src/core/edit/protectedFiles.ts';

const check = (path: string, expected: string): void => {
  const verdict = checkPath(path);
  expect(verdict.ok ? `ok ${verdict.segments.join('/')}` : verdict.reason).toBe(expected);
};

describe('a path from an answer', () => {
  it.each([
    ['src/a.ts', 'ok src/a.ts'], ['./src/a.ts', 'ok src/a.ts'], ['src//a.ts', 'ok src/a.ts'], ['src\\a.ts', 'ok src/a.ts'],
    ['app/[...slug]/(group)/page.tsx', 'ok app/[...slug]/(group)/page.tsx'], ['.env.example', 'ok .env.example'], ['ünï/é.ts', 'ok ünï/é.ts'], ['a b/c.ts', 'ok a b/c.ts'],
    ['../a.ts', 'parent'], ['src/../../a.ts', 'parent'], ['a/../b.ts', 'parent'], ['src/..\\..\\a', 'parent'], ['．．/a.ts', 'parent'], ['…/a.ts', 'parent'], ['a/./b', 'parent'],
    ['/etc/passwd', 'absolute'], ['\\\\server\\share\\x', 'absolute'], ['\\\\?\\C:\\x', 'character'], ['~/.ssh/id_rsa', 'absolute'], ['~root/x', 'absolute'], ['C:\\x', 'absolute'], ['C:rel', 'absolute'], ['c:/x', 'absolute'],
    ['file:///etc/passwd', 'scheme'], ['vscode://x/y', 'scheme'], ['untitled:Untitled-1', 'scheme'],
    ['%2e%2e/x', 'encoded'], ['a%2fb', 'encoded'], ['a%5Cb', 'encoded'], ['a%00b', 'encoded'],
    ['a\u0000b', 'character'], ['a\nb', 'character'], ['a.txt:stream', 'scheme'], ['a b.txt:stream', 'character'], ['a\u202Eb', 'character'], ['a\u200Bb', 'character'], ['a*b', 'character'], ['a?b', 'character'], ['a|b', 'character'], ['a"b', 'character'],
    ['CON', 'device'], ['con.txt', 'device'], ['src/nul', 'device'], ['LPT1.ts', 'device'], ['com¹', 'device'], ['conin$', 'device'],
    ['a.', 'trailing'], ['a ', 'trailing'], ['.git./config', 'trailing'], [' a', 'trailing'],
    ['PROGRA~1/x', 'short-name'], ['GIT~1', 'short-name'],
    ['', 'empty'], ['  ', 'empty'], ['.', 'empty'], ['x'.repeat(2000), 'too-long'],
  ])('%j → %s', (path, expected) => check(path, expected));
});

describe('protected files', () => {
  it.each([
    ['.vscode/settings.json', 'editor-settings'], ['sub/.vscode/tasks.json', 'editor-settings'], ['x.code-workspace', 'editor-settings'],
    ['.git/config', 'git'], ['.git/hooks/pre-commit', 'git'], ['.gitmodules', 'git'], ['.gitattributes', 'git'],
    ['.husky/pre-commit', 'hooks'], ['hooks/pre-push', 'hooks'], ['.pre-commit-config.yaml', 'hooks'],
    ['.devcontainer/devcontainer.json', 'dev-container'], ['.devcontainer.json', 'dev-container'],
    ['.github/workflows/ci.yml', 'pipeline'], ['.gitlab-ci.yml', 'pipeline'], ['Jenkinsfile', 'pipeline'],
    ['.npmrc', 'package-source'], ['.cargo/config.toml', 'package-source'],
    ['.envrc', 'shell'], ['.bashrc', 'shell'], ['.zshenv', 'shell'],
    ['.vscode/mcp.json', 'agent-rules'], ['.mcp.json', 'agent-rules'], ['AGENTS.md', 'agent-rules'], ['CLAUDE.md', 'agent-rules'], ['.github/copilot-instructions.md', 'agent-rules'], ['.claude/settings.json', 'agent-rules'], ['.cursorrules', 'agent-rules'],
    ['.runapiignore', 'own-settings'], ['.aiexclude', 'own-settings'],
    ['src/a.ts', undefined], ['src/hooks/useThing.ts', undefined], ['README.md', undefined], ['git/config.ts', undefined], ['.github/README.md', undefined], ['docs/agents.md.txt', undefined], ['src/vscode/settings.json', undefined],
  ])('%s: %s', (path, expected) => {
    expect(protectionOf({ path, original: '', proposed: 'x' })).toBe(expected);
  });

  it.each(['.VSCode/Settings.JSON', './.vscode//settings.json', '.vscode/./settings.json', '．vscode/settings.json', '.vscode\\settings.json', '.vscode/settings.json.', '.vscode/settings.json '])('%j is judged as .vscode/settings.json is', (path) => {
    expect(protectionOf({ path, original: '', proposed: 'x' })).toBe('editor-settings');
  });

  it('keeps what makes paths differ', () => {
    expect(canonicalPath('A/B.ts')).toBe('a/b.ts');
    expect(canonicalPath('..')).toBe('..');
  });

  it('watch what package.json runs, not the rest of it', () => {
    const original = '{"name":"a","scripts":{"test":"vitest"},"version":"1"}';
    expect(protectionOf({ path: 'package.json', original, proposed: original.replace('"1"', '"2"') })).toBeUndefined();
    expect(protectionOf({ path: 'sub/package.json', original, proposed: original.replace('vitest', 'curl x | sh') })).toBe('scripts');
    expect(protectionOf({ path: 'package.json', original, proposed: original.replace('"version"', '"bin":{"a":"x"},"version"') })).toBe('scripts');
    expect(protectionOf({ path: 'package.json', original, proposed: 'not json' })).toBe('scripts');
    expect(protectionOf({ path: 'package.json', original: '', proposed: '{"name":"n"}' })).toBeUndefined();
  });

  it('see an address that the editor would load', () => {
    const path = 'conf/a.json';
    expect(protectionOf({ path, original: '{}', proposed: '{"$schema": "https://evil/x.json"}' })).toBe('remote-schema');
    expect(protectionOf({ path, original: '{"$schema": "https://known/x.json"}', proposed: '{"$schema": "https://known/x.json", "a": 1}' })).toBeUndefined();
    expect(protectionOf({ path, original: '{}', proposed: '{"$schema": "./local.json"}' })).toBeUndefined();
    expect(protectionOf({ path: 'a.yaml', original: '', proposed: '# yaml-language-server: $schema=https://evil/x' })).toBe('remote-schema');
    expect(protectionOf({ path: 'a.ipynb', original: '', proposed: '{"data": {"text/html": ["<script>"]}}' })).toBe('notebook-output');
    expect(protectionOf({ path: 'a.ipynb', original: '', proposed: '{"data": {"text/plain": ["1"]}}' })).toBeUndefined();
  });
});
