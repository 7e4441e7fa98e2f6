// The parent's end of the type check: one process of its own, with a limit on its memory, started when it is first needed, ended when a
// check is cancelled or takes too long, and after a while without work. Nothing that happens in it can hold up the extension host.
import { fork, type ChildProcess } from 'node:child_process';
import { childEnvironment } from '../childEnvironment.ts';
import { checkReply, type CheckRequest, type CheckResult } from './checkMessages.ts';

export interface TypeChecker {
  /** Rejects with the signal's reason when it is aborted, else with an Error that says why there is no result. */
  check(request: Omit<CheckRequest, 'id'>, signal: AbortSignal): Promise<CheckResult>;
  dispose(): void;
}

export interface TypeCheckerOptions {
  /** The process's script. */
  readonly script: string;
  readonly idleMs?: number;
  /** On top of the budget of a request, for what cannot be interrupted: reading the project, one very large file. */
  readonly graceMs?: number;
}

/** As much as VS Code gives to its own TypeScript on a large project, less what this one leaves out. */
const memoryMegabytes = 2048;
const defaultIdleMs = 120_000;
const defaultGraceMs = 20_000;

export function createTypeChecker({ script, idleMs = defaultIdleMs, graceMs = defaultGraceMs }: TypeCheckerOptions): TypeChecker {
  let child: ChildProcess | undefined;
  let idle: NodeJS.Timeout | undefined;
  let nextId = 1;
  let last: Promise<unknown> = Promise.resolve();

  const end = (): void => {
    clearTimeout(idle);
    child?.kill('SIGKILL');
    child = undefined;
  };
  const running = (): ChildProcess => {
    clearTimeout(idle);
    child ??= startProcess(script, (ended) => {
      if (child === ended) child = undefined;
    });
    return child;
  };
  const restSoon = (): void => {
    clearTimeout(idle);
    idle = setTimeout(end, idleMs);
    idle.unref();
  };

  const run = async (request: Omit<CheckRequest, 'id'>, signal: AbortSignal): Promise<CheckResult> => {
    signal.throwIfAborted();
    try {
      return await ask(running(), { ...request, id: nextId++ }, { signal, limitMs: request.limits.budgetMs + graceMs });
    } catch (error) {
      // Aborted, out of time or broken: work that goes on would keep the next check waiting.
      end();
      throw error;
    } finally {
      restSoon();
    }
  };
  return {
    check(request, signal) {
      const mine = last.then(() => run(request, signal));
      last = mine.catch(() => undefined);
      return mine;
    },
    dispose: end,
  };
}

function startProcess(script: string, onExit: (child: ChildProcess) => void): ChildProcess {
  const child = fork(script, [], {
    // A compiler makes many objects that live a little: with the default space for new ones, half of the time went into collecting them.
    execArgv: [`--max-old-space-size=${String(memoryMegabytes)}`, '--max-semi-space-size=64'],
    // The extension host of the desktop is Electron, which is Node only if told so.
    env: { ...childEnvironment(), ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '' },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
  child.on('exit', () => onExit(child));
  child.on('error', () => onExit(child));
  child.unref();
  child.channel?.unref();
  return child;
}

interface Patience {
  readonly signal: AbortSignal;
  readonly limitMs: number;
}

function ask(child: ChildProcess, request: CheckRequest, { signal, limitMs }: Patience): Promise<CheckResult> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      child.off('message', onMessage).off('exit', onExit).off('error', onError);
      act();
    };
    const fail = (reason: string): void => settle(() => reject(new Error(reason)));
    const onAbort = (): void => settle(() => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted')));
    const onExit = (code: number | null): void => fail(code === outOfMemoryCode || code === null ? 'out-of-memory' : `exit ${String(code)}`);
    const onError = (error: Error): void => fail(error.message);
    const onMessage = (message: unknown): void => {
      const reply = checkReply.safeParse(message);
      if (!reply.success) fail('unreadable');
      else if (reply.data.id !== request.id) return;
      else if ('failure' in reply.data) fail(reply.data.failure);
      else {
        const { result } = reply.data;
        settle(() => resolve(result));
      }
    };
    const timer = setTimeout(() => fail('timeout'), limitMs);
    signal.addEventListener('abort', onAbort, { once: true });
    child.on('message', onMessage).on('exit', onExit).on('error', onError);
    child.send(request, (error) => {
      if (error !== null) fail(error.message);
    });
  });
}

/** What Node ends with when its heap is full: SIGABRT, which a shell would report as this. */
const outOfMemoryCode = 134;
