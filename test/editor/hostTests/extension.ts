// Bundled with the host suites into a test extension. Listens on the loopback interface for the runner: `evaluate` runs a function's
// source with the `vscode` module (as a browser driver does with a page), `run-test` runs one test of a host suite.
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { compileFunction } from 'node:vm';
import * as vscode from 'vscode';
import { hostSuites } from 'host-suites';
import type { HostTestContext } from './hostSuite.ts';

type HostRequest =
  | { readonly type: 'list-tests' }
  | { readonly type: 'evaluate'; readonly source: string; readonly argument: unknown }
  | { readonly type: 'run-test'; readonly suite: string; readonly test: string; readonly context: HostTestContext };

const defaultTimeoutMs = 20_000;

export function activate(context: vscode.ExtensionContext): void {
  const server = createServer((request, response) => {
    void answer(request).then(
      (value) => response.end(JSON.stringify({ ok: true, value })),
      (error: unknown) => response.end(JSON.stringify({ ok: false, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })),
    );
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    const file = process.env['RUNAPI_TEST_HOST_FILE'];
    if (file !== undefined && address !== null && typeof address === 'object') writeFileSync(file, String(address.port));
  });
  context.subscriptions.push({ dispose: () => server.close() });
}

async function answer(request: IncomingMessage): Promise<unknown> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  // The only client is the runner of this folder, which sends this type.
  const message = JSON.parse(body) as HostRequest;
  switch (message.type) {
    case 'list-tests': return hostSuites.flatMap(({ name, tests }) => Object.keys(tests).map((test) => ({ suite: name, test })));
    case 'evaluate': return evaluate(message.source, message.argument);
    case 'run-test': return runTest(message);
  }
}

async function evaluate(source: string, argument: unknown): Promise<unknown> {
  // The source is a function that the runner wrote out with toString().
  return compileFunction(`return (${source})(vscode, argument);`, ['vscode', 'argument'])(vscode, argument);
}

async function runTest(message: Extract<HostRequest, { type: 'run-test' }>): Promise<void> {
  const suite = hostSuites.find(({ name }) => name === message.suite);
  const test = suite?.tests[message.test];
  if (suite === undefined || test === undefined) throw new Error(`No host test is called "${message.suite}: ${message.test}"`);
  const timeoutMs = suite.timeoutMs ?? defaultTimeoutMs;
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Took longer than ${timeoutMs} ms`)), timeoutMs);
  });
  await Promise.race([test(message.context), timeout]).finally(() => clearTimeout(timer));
}
