import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTerminalText, stripEscapes } from '../../../../src/core/context/terminalText.ts';

describe('the text of a terminal', () => {
  it.each<readonly [string, string, string]>([
    ['colours', '\u{1b}[31mred\u{1b}[0m and \u{1b}[1;38;5;208mbold\u{1b}[m', 'red and bold'],
    ['a title', '\u{1b}]0;my title\u{7}done', 'done'],
    ['a link', '\u{1b}]8;;https://sink.example\u{1b}\\text\u{1b}]8;;\u{1b}\\', 'text'],
    ['the clipboard', '\u{1b}]52;c;cHduZWQ=\u{7}ok', 'ok'],
    ['shell integration marks', '\u{1b}]633;C\u{7}output\u{1b}]633;D;0\u{7}', 'output'],
    ['a device string', '\u{1b}P+q544e\u{1b}\\x', 'x'],
    ['single escapes', '\u{1b}(B\u{1b}=\u{1b}>\u{1b}Mx', 'x'],
    ['eight-bit sequences', '\u{9b}31mx', 'x'],
    ['an unfinished sequence', 'a\u{1b}[', 'a'],
    ['CRLF', 'a\r\nb\r\n', 'a\nb'],
    ['a progress bar', '10 %\r50 %\r100 %\ndone', '100 %\ndone'],
    ['a shorter last state', 'downloading\rdone', 'doneloading'],
    ['backspaces', 'passs\bword\b\b', 'passwo'],
    ['a bell and NUL', 'a\u{7}b\u{0}', 'ab'],
    ['blanks at line ends', 'a   \nb\t', 'a\nb'],
    ['Korean', '오류: 파일이 없습니다', '오류: 파일이 없습니다'],
  ])('without %s', (_name, raw, expected) => {
    expect(readTerminalText(raw)).toBe(expected);
  });

  it('keeps the end, from a whole line on', () => {
    const text = readTerminalText(`${'noise\n'.repeat(1000)}error: the cause`, 100);
    expect(text.length).toBeLessThanOrEqual(101);
    expect(text).toMatch(/^…\nnoise\n/);
    expect(text.endsWith('error: the cause')).toBe(true);
  });

  it('has no control character left but tab and line end, whatever comes', () => {
    const hostile = fc.array(fc.constantFrom('\u{1b}', '[', ']', '0', ';', 'm', '\u{7}', '\\', 'P', '\u{9b}', '\r', '\n', '\b', 'a', '\u{1b}]52;c;', '\u{9d}'), { maxLength: 40 }).map((parts) => parts.join(''));
    fc.assert(fc.property(hostile, (raw) => {
      // oxlint-disable-next-line no-control-regex -- the absence of these is what is tested
      expect(readTerminalText(raw)).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
    }));
  });

  it.each(['\u{1b}]', '\u{1b}[0;', '\u{1b}P', '\r', '\b', '\u{1b}'])('takes time in line with its length: %j repeated', (piece) => {
    stripEscapes(piece.repeat(300_000));
    readTerminalText(piece.repeat(100_000));
  });
});
