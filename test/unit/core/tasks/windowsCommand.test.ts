import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowsStart } from '../../../../src/core/tasks/windowsCommand.ts';

const line = (program: string, ...args: readonly string[]): string => {
  const start = windowsStart({ program, arguments: args });
  return start.kind === 'batch' ? [start.command.program, ...start.command.arguments].join(' ') : start.kind;
};

describe('a program on Windows', () => {
  it('is started directly where it is an executable', () => {
    for (const program of ['node', 'cargo', 'go', './.venv/Scripts/python.exe']) expect(line(program, 'a b')).toBe('direct');
  });
  it('goes through cmd.exe where it is a batch file', () => {
    expect(line('npx', '--no', '--', 'vitest', 'run', 'src/a b.test.ts')).toBe('cmd.exe /d /s /c ""npx" "--no" "--" "vitest" "run" "src/a b.test.ts""');
    expect(line('./gradlew', 'test')).toBe('cmd.exe /d /s /c ""gradlew" "test""');
    expect(line('../gradlew', 'test')).toBe('cmd.exe /d /s /c ""..\\gradlew" "test""');
  });
  it('keeps a backslash at the end from escaping the quote', () => expect(line('npx', 'a\\')).toBe('cmd.exe /d /s /c ""npx" "a\\\\""'));
  it('is refused where cmd.exe would read more than a name', () => {
    for (const name of ['%PATH%', 'a&calc', 'a|b', 'a>b', 'a"b', 'a^b', '!x!', 'a\nb']) expect(line('npx', `${name}.test.ts`)).toBe('refused');
  });
  it('never lets an argument out of its quotes', () => {
    fc.assert(fc.property(fc.array(fc.string(), { maxLength: 5 }), (args) => {
      const start = windowsStart({ program: 'npx', arguments: args });
      if (start.kind !== 'batch') return args.some((word) => /["%!^&|<>\r\n\0]/.test(word));
      const inner = start.command.arguments.at(-1)?.slice(1, -1) ?? '';
      const quoted = [...inner.matchAll(/"([^"]*)"/g)].map(([, word]) => word);
      return quoted.length === args.length + 1;
    }), { numRuns: 3000 });
  });
});
