import { describe, expect, it } from 'vitest';
import { readCommitStyle } from '../../../../src/core/tasks/commitStyle.ts';

function check(messages: readonly string[], expected: readonly (string | RegExp)[]): void {
  const rules = readCommitStyle(messages).rules.join('\n');
  for (const rule of expected) expect(rules).toMatch(typeof rule === 'string' ? new RegExp(rule.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : rule);
}

describe('the style of a repository', () => {
  it('is customary without a history', () => check([], ['imperative', 'at most 72']));
  it('is customary with two commits', () => check(['a', 'b'], ['imperative']));
  it('is conventional where most are', () => {
    check(['feat(api): add x', 'fix: y', 'chore(deps): z', 'Merge branch a'], ['Conventional Commits: type(scope): subject', 'Scopes in use: api, deps']);
  });
  it('has no scope where none is used', () => {
    check(['feat: a', 'fix: b', 'docs: c'], ['Conventional Commits: type: subject. No scope.']);
  });
  it('is not conventional by chance', () => {
    expect(readCommitStyle(['fix: a', 'Add b', 'Remove c', 'Change d']).rules.join()).not.toContain('Conventional');
  });
  it('begins with an emoji', () => {
    check([':bug: a', ':sparkles: b', ':art: c'], ['emoji']);
    check(['🐛 a', '✨ b', '🎨 c'], ['emoji']);
  });
  it('has bodies where most have, with two of them to imitate', () => {
    const messages = ['Fix a\n\nIt was wrong.', 'Add b\n\nIt was missed.', 'Drop c\n\nNobody used it.', 'Move d'];
    check(messages, ['A body says why']);
    expect(readCommitStyle(messages).examples.slice(4)).toEqual(messages.slice(0, 2));
  });
  it('has bodies that are lists where most are', () => check(['Fix a\n\n- one\n- two', 'Add b\n\n- three', 'Drop c\n\n* four'], ['A body lists what changes, a line with a dash each']));
  it('takes no trailer for a body', () => {
    const messages = ['Fix a\n\nSigned-off-by: A <a@example.com>', 'Add b\n\nRefs: #12\nChange-Id: I1', 'Drop c\n\nFixes: x'];
    check(messages, ['No body unless']);
    expect(readCommitStyle(messages).examples).toEqual(['Fix a', 'Add b', 'Drop c']);
  });
  it('begins with a ticket', () => check(['ABC-12: a', '[ABC-13] b', 'ABC-14 c'], ['ticket']));
  it('is in the language of the history', () => {
    check(['버그를 고친다', '테스트 추가', '문서 정리'], ['Korean']);
    check(['バグを直す', 'テストを追加', 'ドキュメント'], ['Japanese']);
    check(['修复错误', '添加测试', '更新文档'], ['Chinese']);
    check(['Fix a', 'Add b', 'Drop c'], ['English']);
  });
  it('knows capitals and lower case', () => {
    check(['Fix a', 'Add b', 'Drop c'], ['begins with a capital']);
    check(['fix: add a', 'feat: drop b', 'docs: say c'], ['begins in lower case']);
    expect(readCommitStyle(['Fix a', 'add b', 'Drop c', 'say d']).rules.join()).not.toMatch(/capital|lower case/);
  });
  it('knows the full stop', () => {
    check(['Fix a.', 'Add b.', 'Drop c.'], ['ends with a full stop']);
    check(['Fix a', 'Add b', 'Drop c.'], ['without a full stop']);
  });
  it('keeps to the usual length within bounds', () => {
    check(['Fix a', 'Add b', 'Drop c'], ['at most 50']);
    check([`Fix ${'a'.repeat(200)}`, `Add ${'b'.repeat(200)}`, `Drop ${'c'.repeat(200)}`], ['at most 100']);
    check([`Fix ${'a'.repeat(60)}`, 'Add b', 'Drop c'], ['at most 64']);
  });
  it('has a body where most have', () => {
    check(['Fix a\n\nBecause.', 'Add b\n\nBecause.', 'Drop c'], [/A body says why/]);
  });
  it('has seldom a body otherwise', () => check(['Fix a', 'Add b', 'Drop c'], ['No body unless']));
  it('shows the newest subjects', () => {
    expect(readCommitStyle(Array.from({ length: 20 }, (_, index) => `Change ${index}`)).examples).toEqual(Array.from({ length: 8 }, (_, index) => `Change ${index}`));
  });
  it('learns nothing from merges, reverts and fixups', () => {
    expect(readCommitStyle(['Merge pull request #1', 'Revert "x"', 'fixup! y', 'squash! z', '']).examples).toEqual([]);
  });
});
