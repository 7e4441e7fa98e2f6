// The process behind the check: it starts, answers, is ended and starts again.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTypeChecker, type TypeChecker, type TypeCheckerOptions } from '../../../../src/host/verify/typeChecker.ts';
import { limits, putProject, strictConfig, toRequest } from './checkProject.ts';

const never = new AbortController().signal;
const files = { 'tsconfig.json': strictConfig, 'src/a.ts': 'export const a = 1;\n', 'src/b.ts': "import { a } from './a.ts';\nexport const b: number = a;\n" };
const realScript = join(import.meta.dirname, '../../../../src/host/verify/process/main.ts');

function checker(options: Partial<TypeCheckerOptions> = {}): TypeChecker {
  const made = createTypeChecker({ script: realScript, ...options });
  onTestFinished(() => made.dispose());
  return made;
}

/** A process that behaves as `code` says. */
function scripted(code: string): string {
  const path = join(putProject({}), 'process.mjs');
  writeFileSync(path, code);
  return path;
}

describe('the process of the type check', () => {
  it('answers, and reads the disk anew for each question', async () => {
    const folder = putProject(files);
    const types = checker();
    const first = await types.check(toRequest(folder, { changes: { 'src/a.ts': 'export const a = "one";\n' } }), never);
    expect(first.after.map(({ code }) => code)).toEqual(['2322']);
    expect(first.version).toBe('6.0.3');
    writeFileSync(join(folder, 'src/b.ts'), 'export const b = 2;\n');
    const second = await types.check(toRequest(folder, { changes: { 'src/a.ts': 'export const a = "one";\n' } }), never);
    expect(second.after).toEqual([]);
  });

  it('speaks the language of VS Code', async () => {
    const { after } = await checker().check({ ...toRequest(putProject(files), { changes: { 'src/a.ts': 'export const a: string = 1;\n' } }), locale: 'ko' }, never);
    expect(after[0]?.message).toMatch(/형식/);
  });

  it('says that there is no TypeScript', async () => {
    const request = { ...toRequest(putProject(files), { changes: {} }), libraries: ['/nowhere/typescript.js'] };
    await expect(checker().check(request, never)).rejects.toThrow('no-typescript');
  });

  it('passes over a library without the interface', async () => {
    const folder = putProject({ ...files, 'old.js': 'module.exports = { version: "4.9.5", createLanguageService() {} };', 'native.js': 'module.exports = { version: "7.0.2" };', 'broken.js': 'throw new Error("no")' });
    const request = toRequest(folder, { changes: { 'src/a.ts': 'export const a = "one";\n' } });
    const result = await checker().check({ ...request, libraries: ['old.js', 'native.js', 'broken.js'].map((name) => join(folder, name)).concat(request.libraries) }, never);
    expect(result.version).toBe('6.0.3');
  });

  it('is ended when a check is cancelled, and the next one starts another', async () => {
    const folder = putProject(files);
    const types = checker();
    const stop = new AbortController();
    const request = toRequest(folder, { changes: { 'src/a.ts': 'export const a = "one";\n' } });
    const cancelled = types.check(request, stop.signal);
    const next = types.check(request, never);
    stop.abort(new Error('not wanted any more'));
    await expect(cancelled).rejects.toThrow('not wanted any more');
    expect((await next).after.length).toBe(1);
    await expect(types.check(request, stop.signal)).rejects.toThrow('not wanted any more');
  });

  it('is ended when it takes too long', async () => {
    const types = checker({ script: scripted('process.on("message", () => { for (;;); });'), graceMs: 200 });
    await expect(types.check({ ...toRequest('/', { changes: {} }), limits: { ...limits, budgetMs: 100 } }, never)).rejects.toThrow('timeout');
  });

  it('may die without harm', async () => {
    const died = checker({ script: scripted('process.on("message", () => process.exit(7));') });
    await expect(died.check(toRequest('/', { changes: {} }), never)).rejects.toThrow('exit 7');
    const full = checker({ script: scripted('process.on("message", () => process.kill(process.pid, "SIGKILL"));') });
    await expect(full.check(toRequest('/', { changes: {} }), never)).rejects.toThrow('out-of-memory');
  });

  it('is not believed when it talks nonsense', async () => {
    const types = checker({ script: scripted('process.on("message", () => process.send({ id: 1, result: { after: "none" } }));') });
    await expect(types.check(toRequest('/', { changes: {} }), never)).rejects.toThrow('unreadable');
  });

  it('rests when there is nothing to do, and comes back', async () => {
    const types = checker({ idleMs: 1, script: scripted('let n = 0; process.on("message", ({ id }) => { n += 1; process.send({ id, failure: `question ${n}` }); });') });
    await expect(types.check(toRequest('/', { changes: {} }), never)).rejects.toThrow('question 1');
    await expect(types.check(toRequest('/', { changes: {} }), never)).rejects.toThrow('question 1');
  });
});
