import { describe, expect, it } from 'vitest';
import { carriedOptions } from '../../../../src/core/tasks/carriedOptions.ts';

function check(tool: string, script: string, expected: string, name = 'test'): void {
  expect(carriedOptions(tool, JSON.stringify({ scripts: { build: `${tool} --config wrong.js`, [name]: script } })).join(' ')).toBe(expected);
}

describe('the options of the own test script that go along', () => {
  it('are configs and loaders', () => {
    check('vitest', 'vitest run --config test/vitest.config.ts', '--config test/vitest.config.ts');
    check('vitest', 'vitest --config=vite.config.ts --environment jsdom', '--config vite.config.ts --environment jsdom');
    check('jest', 'cross-env NODE_ENV=test jest -c jest.json --coverage', '-c jest.json');
    check('node', 'node --import tsx --test', '--import tsx');
    check('node', 'node --experimental-strip-types --test test', '--experimental-strip-types');
    check('mocha', './node_modules/.bin/mocha -r "ts-node/register" spec', '-r ts-node/register');
  });
  it('are not those of another command of the script', () => {
    check('jest', 'tsc --config a.json && jest', '');
    check('node', 'node -r ./build.js make.js && node --import tsx --test', '--import tsx');
    check('jest', 'webpack --config x.js', '');
  });
  it('are none that change what is run or where it writes', () => {
    for (const script of ['vitest --coverage --reporter ./evil.js', 'vitest --outputFile=/etc/passwd', 'vitest --globalSetup x', 'vitest -t name']) check('vitest', script, '');
  });
  it('have plain values only', () => {
    check('jest', 'jest --config "$(touch pwn)"', '');
    check('jest', 'jest --config `touch`', '');
    check('jest', 'jest --config --silent', '');
    check('jest', 'jest --config', '');
  });
  it('are taken from a script whose name speaks of tests, the one called test first', () => {
    check('jest', 'jest --config unit.json', '--config unit.json', 'unit');
    expect(carriedOptions('jest', '{"scripts":{"test:e2e":"jest -c e2e.json","test":"jest -c unit.json"}}')).toEqual(['-c', 'unit.json']);
  });
  it.each([undefined, '', '{', '[]', '{"scripts":[1]}', '{"scripts":{"test":7}}'])('are none where the manifest is %j', (manifest) => expect(carriedOptions('jest', manifest)).toEqual([]));
  it('are none for a tool that is not known', () => check('ava', 'ava --config x.js', ''));
});
