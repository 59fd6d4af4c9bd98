import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Between the moment a port is found free and the moment a server binds it, another process may take it: the server then ends at once. */
const STARTS = 5;
const LOOK_EVERY_MS = 100;
const PATIENCE_MS = 30_000;

/**
 * Starts a server and resolves once `probe` succeeds. One that ends before is started again, a few times.
 * @throws with the server's own words when it ended each time; what the probe threw when it never answered.
 */
export async function startServer(program: string, args: readonly string[], env: NodeJS.ProcessEnv, probe: () => Promise<void>): Promise<ChildProcess> {
  const said: string[] = [];
  for (let start = 1; start <= STARTS; start++) {
    const server = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], env });
    server.stderr.setEncoding('utf8').on('data', (text: string) => said.push(text));
    await once(server, 'spawn');
    if (await answers(server, probe)) return server;
  }
  throw new Error(`${basename(program)} ended ${STARTS} times while it started; it said:\n${said.join('').slice(-2000)}`);
}

/** True once the probe succeeds, false when the server has ended. */
async function answers(server: ChildProcess, probe: () => Promise<void>): Promise<boolean> {
  for (let waited = 0; ; waited += LOOK_EVERY_MS) {
    if (server.exitCode !== null || server.signalCode !== null) return false;
    try {
      await probe();
      return true;
    } catch (error) {
      if (waited >= PATIENCE_MS) throw error;
      await sleep(LOOK_EVERY_MS);
    }
  }
}
