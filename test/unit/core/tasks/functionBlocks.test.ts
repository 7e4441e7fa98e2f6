import { describe, expect, it } from 'vitest';
import { findFunctions } from '../../../../src/core/tasks/functionBlocks.ts';

/** "name start-end parameters", lines from 0. */
function check(text: string, languageId: string, expected: readonly string[]): void {
  expect(findFunctions(text, languageId).map(({ name, startLine, endLine, parameters }) => `${name} ${startLine}-${endLine} ${parameters}`)).toEqual(expected);
}

describe('functions', () => {
  it('declared', () => {
    check('\nexport async function load(path: string): Promise<void> {\n}\n', 'typescript', ['load 1-2 1']);
  });
  it('without a name', () => check('export default function () {\n}', 'javascript', [' 0-1 0']));
  it('of generators and generics', () => {
    check('function* walk<T>(list: T[]) {\n}', 'typescript', ['walk 0-1 1']);
  });
  it('assigned', () => check('const add = (a, b) => {\n  return a + b;\n};', 'javascript', ['add 0-2 2']));
  it('assigned with a type', () => {
    check('export const add: Adder = async (a, b): Promise<number> => {\n};', 'typescript', ['add 0-1 2']);
  });
  it('not an arrow without a body', () => {
    check('const add = (a, b) => a + b;\nconst c = { d: 1 };', 'javascript', []);
  });
  it('methods, getters, constructors', () => {
    check('class A {\n  constructor(private x: number) {\n  }\n  get value() {\n  }\n  static async #load(a, b) {\n  }\n}', 'typescript', ['constructor 1-2 1', 'value 3-4 0', '#load 5-6 2']);
  });
  it('not calls, conditions and loops', () => {
    check('if (a) {\n}\nfor (const a of b) {\n}\nswitch (a) {\n}\ncall(a, b);\nreturn call(() => {\n});', 'javascript', []);
  });
  it('one inside another', () => {
    check('function outer() {\n  function inner(a) {\n  }\n}', 'javascript', ['outer 0-3 0', 'inner 1-2 1']);
  });
  it('of Go with a receiver and two results', () => {
    check('func (s *Server) Run(ctx context.Context, n int) (int, error) {\n}', 'go', []);
  });
  it('of Go with one result', () => check('func Run(n int) error {\n}', 'go', ['Run 0-1 1']));
  it('of Rust', () => {
    check('impl A {\n    fn get(&self, key: &str) -> Option<&str> {\n    }\n}', 'rust', ['get 1-2 1']);
  });
  it('of Java', () => {
    check('class A {\n  private static <T> List<T> of(T a, T b) throws Oops {\n  }\n}', 'java', ['of 1-2 2']);
  });
  it('of C', () => check('int main(int argc, char **argv)\n{\n}\n', 'c', ['main 0-2 2']));
  it('of Python, with decorators and over lines', () => {
    check('@cached\nasync def load(\n    a,\n    *,\n    b=1,\n):\n    x = 1\n\n    return x\n\nload()\n', 'python', ['load 1-8 2']);
  });
  it('of Python in a class', () => {
    check('class A:\n    def f(self, a):\n        pass\n\n    @classmethod\n    def g(cls):\n        pass\n', 'python', ['f 1-2 1', 'g 5-6 0']);
  });
  it('not in strings and comments', () => {
    check('// function a() {}\nconst b = "function c() {}";', 'javascript', []);
  });
  it('that never close end with the text', () => {
    check('function a() {\n  b();\n', 'javascript', ['a 0-1 0']);
  });
});
