import { describe, expect, it } from 'vitest';
import { formatGitDiff, parseGitDiff } from '../../../../src/core/context/gitDiff.ts';
import { maskDiff } from '../../../../src/core/context/maskDiff.ts';
import { createRedactor } from '../../../../src/core/context/redactSecrets.ts';

const secret = ['gh', 'p_', 'Ab3dE5fGh7JkLm9NpQr2StUv4WxYz6Ab3dE5'].join('');
const keyLines = [['-----BEGIN ', 'PRIVATE KEY-----'].join(''), 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC', 'BKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj', ['-----END ', 'PRIVATE KEY-----'].join('')];

function check(body: string, counts: string): { readonly text: string; readonly kinds: readonly string[] } {
  const [file] = parseGitDiff(`diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ ${counts} @@\n${body}`);
  if (file === undefined) throw new Error('no file');
  const masked = maskDiff(file, createRedactor());
  return { text: formatGitDiff([masked.file]).split('\n').slice(4, -1).join('\n'), kinds: masked.kinds };
}

describe('a secret in a diff', () => {
  it('is masked where it was added, removed or merely stands', () => {
    expect(check(` a ${secret}\n-b ${secret}\n+c ${secret}\n`, '-1,2 +1,2')).toEqual({
      text: ' a [masked-github-token-1]\n-b [masked-github-token-1]\n+c [masked-github-token-1]',
      kinds: ['github-token', 'github-token', 'github-token'],
    });
  });

  it('of several lines leaves its lines empty, so that none moves', () => {
    const body = [' before', ...keyLines.map((line) => `+${line}`), ' after'].join('\n');
    expect(check(`${body}\n`, '-1,2 +1,6').text).toBe(' before\n+[masked-private-key-1]\n+\n+\n+\n after');
  });

  it('is found though lines of the other side stand between its own', () => {
    const [first = '', second = '', third = '', fourth = ''] = keyLines;
    const { text } = check(`+${first}\n-old one\n+${second}\n-old two\n+${third}\n+${fourth}\n`, '-1,2 +1,4');
    expect(text).not.toMatch(/MII|BKc/);
    expect(text.match(/^-old (?:one|two)$/gm)).toHaveLength(2);
  });

  it('in the name of the enclosing function is masked too', () => {
    const [file] = parseGitDiff(`diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@ token = "${secret}"\n-a\n+b\n`);
    expect(file && formatGitDiff([maskDiff(file, createRedactor()).file])).not.toContain(secret);
  });

  it('leaves a file without one as it is', () => {
    const [file] = parseGitDiff('diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n');
    expect(file && maskDiff(file, createRedactor())).toEqual({ file, kinds: [] });
  });
});
