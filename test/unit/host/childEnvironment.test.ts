import { describe, expect, it } from 'vitest';
import { childEnvironment } from '../../../src/host/childEnvironment.ts';

describe('the environment of a program that we start', () => {
  it('has neither our key nor what makes it a part of VS Code, in any case of letters', () => {
    expect(childEnvironment({ PATH: '/bin', HOME: '/home/me', RUNAPI_API_KEY: 'canary', runapi_base_url: 'x', VSCODE_IPC_HOOK: 'x', ELECTRON_RUN_AS_NODE: '1' })).toEqual({ PATH: '/bin', HOME: '/home/me' });
  });

  it('keeps names that only look alike', () => {
    expect(childEnvironment({ MY_RUNAPI_KEY: 'a', VSCODEX: 'b' })).toEqual({ MY_RUNAPI_KEY: 'a', VSCODEX: 'b' });
  });
});
