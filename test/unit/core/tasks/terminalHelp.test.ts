import { describe, expect, it } from 'vitest';
import { parseTerminalAnswer } from '../../../../src/core/tasks/terminalHelp.ts';

function check(answer: string, commands: readonly string[], note = ''): void {
  const parsed = parseTerminalAnswer(answer);
  expect(parsed.proposals.map(({ command }) => command)).toEqual(commands);
  expect(parsed.note).toBe(note);
}

describe('commands from a model', () => {
  it('stand one to a line', () => {
    check('{"command":"npm install","reason":"missing"}\n{"command":"npm ci","reason":"clean"}', ['npm install', 'npm ci']);
  });
  it('carry their reason', () => {
    expect(parseTerminalAnswer('{"command":"ls","reason":"look\\n around"}').proposals[0]?.reason).toBe('look around');
  });
  it('may come in a fence, a list, an array', () => check('```json\n[\n- {"command":"ls"},\n]\n```', ['ls']));
  it('are three at most', () => {
    check('{"command":"a"}\n{"command":"b"}\n{"command":"c"}\n{"command":"d"}', ['a', 'b', 'c']);
  });
  it('lose a prompt sign', () => check('{"command":"$ ls -l"}', ['ls -l']));
  it('never hold a line end, which would run them', () => {
    check('{"command":"ls\\nrm -rf /"}\n{"command":"ls\\rrm"}', []);
  });
  it('never hold an escape sequence or a hidden character', () => {
    check('{"command":"ls\\u001b[2K\\u202e -l\\u0003"}', ['ls -l']);
  });
  it('are not empty and not endless', () => check(`{"command":"  "}\n{"command":"${'x'.repeat(2000)}"}`, []));
  it('are not read from broken JSON', () => check('{"command":"ls"', []));
  it('may be none, with a word on the cause', () => {
    check('NONE\nThe import in a.ts is misspelt.', [], 'The import in a.ts is misspelt.');
  });
  it('may be none on the same line', () => check('NONE: fix the code.', [], 'fix the code.'));
});
