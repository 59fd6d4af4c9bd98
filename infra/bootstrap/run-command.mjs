import { spawn } from 'node:child_process';
import { ROOT } from './project.mjs';

/**
 * Runs a program in the project's root with this terminal and resolves with its exit code (128 + the signal's number
 * when a signal ended it). An interrupt reaches the program through the terminal; this process waits for it to end.
 * `say` takes its output in place of the terminal.
 */
export function runCommand(program, args, { env = process.env, say, stdio = say ? ['inherit', 'pipe', 'pipe'] : 'inherit' } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env, stdio });
    if (say) for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', say);
    const forward = (signal) => child.kill(signal);
    const wait = () => {};
    process.on('SIGTERM', forward);
    process.on('SIGINT', wait);
    const done = () => {
      process.off('SIGTERM', forward);
      process.off('SIGINT', wait);
    };
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('close', (code, signal) => {
      done();
      resolve(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  });
}
