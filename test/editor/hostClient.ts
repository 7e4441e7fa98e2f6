// The runner's side of hostTests/extension.ts.
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type * as vscode from 'vscode';
import type { HostTestContext } from './hostTests/hostSuite.ts';

export type VsCode = typeof vscode;

export interface HostClient {
  /**
   * Runs a function in the extension host with the real `vscode` module. Its source is sent: it sees nothing of the test's scope but
   * `argument`, and its result must be JSON.
   */
  evaluate<Result>(run: (api: VsCode) => Result): Promise<Awaited<Result>>;
  evaluate<Result, Argument>(run: (api: VsCode, argument: Argument) => Result, argument: Argument): Promise<Awaited<Result>>;
  listTests(): Promise<readonly { readonly suite: string; readonly test: string }[]>;
  runTest(suite: string, test: string, context: HostTestContext): Promise<void>;
}

/** `portFile` is written by the test extension when it is active, and again after a window reload. */
export function createHostClient(portFile: string): HostClient {
  const send = async (message: unknown): Promise<unknown> => {
    const port = await waitForPort(portFile);
    const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: JSON.stringify(message) });
    // The test extension answers with exactly this.
    const reply = (await response.json()) as { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: string };
    if (!reply.ok) throw new Error(`In the extension host: ${reply.error}`);
    return reply.value;
  };
  return {
    evaluate: async <Result, Argument>(run: (api: VsCode, argument: Argument) => Result, argument?: Argument) =>
      // What came back is what `run` returned, through JSON.
      (await send({ type: 'evaluate', source: run.toString(), argument })) as Awaited<Result>,
    // The test extension answers with this shape.
    listTests: async () => (await send({ type: 'list-tests' })) as readonly { readonly suite: string; readonly test: string }[],
    runTest: async (suite, test, context) => {
      await send({ type: 'run-test', suite, test, context });
    },
  };
}

async function waitForPort(file: string): Promise<string> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const port = await readFile(file, 'utf8').catch(() => '');
    if (port !== '') return port;
    await sleep(100);
  }
  throw new Error('The test extension did not start in the extension host within 30 s');
}
