import { describe, expect, it } from 'vitest';
import { closeDangling, hideTableHead, holdBack } from '../../../../src/webview/markdown/holdBack.ts';

describe('an unfinished line', () => {
  it.each([
    ['a **bo', 'a **bo**'],
    ['a *em', 'a *em*'],
    ['a **bold *and em', 'a **bold *and em***'],
    ['a **', 'a'],
    ['a ~~gone', 'a ~~gone~~'],
    ['call `retr', 'call `retr`'],
    ['call `', 'call'],
    ['two ``a`b', 'two ``a`b``'],
    ['snake_case_name and more', 'snake_case_name and more'],
    ['3 * 4 * 5', '3 * 4 * 5'],
    ['closed **b** and *c*', 'closed **b** and *c*'],
    ['see [the no', 'see [the no'],
    ['see [the notes](https://docs.exa', 'see the notes'],
    ['see [the notes]', 'see the notes'],
    ['see ![a dia', 'see'],
    ['see ![a](b', 'see'],
    ['see [the notes](https://a.example) and', 'see [the notes](https://a.example) and'],
    ['escaped \\*star', 'escaped \\*star'],
    ['한국어 **굵', '한국어 **굵**'],
  ])('%j is shown as %j', (line, shown) => {
    expect(holdBack('', line)).toBe(shown);
  });

  it('closes what an earlier line of its paragraph opened', () => {
    expect(closeDangling('this is **bold\n', 'and mo')).toBe('and mo**');
  });
  it('leaves an open fence alone', () => {
    expect(closeDangling('- a\n  ```\n', '  x = `')).toBe('  x = `');
  });
  it('waits for the end of a table row', () => {
    expect(holdBack('| a |\n|---|\n', '| 1')).toBe('');
    expect(holdBack('a | b\n--|--\n', '1 |')).toBe('');
  });
  it('keeps complete lines before it', () => {
    expect(holdBack('', 'one\n- ')).toBe('one\n');
  });
});

describe('the first row of a table', () => {
  it('is hidden while it is alone', () => {
    expect(hideTableHead('| a | b |\n')).toBe('');
    expect(hideTableHead('text\n\n| a | b |\n')).toBe('text\n\n');
  });
  it('is shown as part of a paragraph or a table', () => {
    expect(hideTableHead('text\n| a |\n')).toBe('text\n| a |\n');
    expect(hideTableHead('| a |\n|---|\n')).toBe('| a |\n|---|\n');
  });
});
