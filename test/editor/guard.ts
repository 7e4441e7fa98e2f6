// Runs a program in a process group of its own and ends the whole group when it is told to, or when its own standard input closes:
// that happens however the parent dies, so no editor outlives the run that started it.
import { spawn } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
if (command === undefined) throw new Error('guard.ts needs a command');

const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: process.platform !== 'win32' });
child.on('exit', (code) => {
  endGroup();
  process.exit(code ?? 1);
});
process.stdin.resume();
process.stdin.on('close', endGroup);
process.on('SIGTERM', endGroup);
// Ctrl+C reaches the whole terminal group: the parent decides, and closes our input.
process.on('SIGINT', () => undefined);

function endGroup(): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill();
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}
