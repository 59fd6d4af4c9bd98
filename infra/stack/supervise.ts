import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, renameSync, statSync } from 'node:fs';
import { endProcess } from '../process/end-process.js';
import { processIdentity, type ProcessIdentity } from '../process/process-identity.js';
import { backOffMs } from './back-off.js';

/** A program to keep running. */
export interface PartSpec {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly logFile: string;
}

/** A program that is kept running. */
export interface SupervisedPart {
  readonly spec: PartSpec;
  /** The process that runs it now; undefined between its death and its restart. */
  identity(): ProcessIdentity | undefined;
  /** How often it ended without having been told to. */
  failures(): number;
  /** Ends it for good: SIGTERM, then SIGKILL to it and its children after `graceMs`. */
  stop(graceMs: number): Promise<void>;
}

/** Who is told what happens to a part. */
export interface PartHooks {
  /** A process of it started or ended. */
  onChange(): void;
  log(line: string): void;
}

/** A part that lived this long starts again at the shortest pause. */
const STEADY_MS = 60_000;
const LOG_BYTES = 10_000_000;
// In Debian's util-linux and most others: the kernel ends the part when its supervisor dies, even by SIGKILL.
const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path));

/**
 * Starts a program and starts it again, after a growing pause, whenever it ends without having been told to. It runs in
 * a session of its own, so that Ctrl-C reaches the supervisor alone, which then ends the parts in order.
 */
export function supervise(spec: PartSpec, hooks: PartHooks): SupervisedPart {
  let child: ChildProcess | undefined;
  let identity: ProcessIdentity | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let failures = 0;
  let restarts = 0;

  const start = (): void => {
    const startedAt = performance.now();
    const started = launch(spec);
    child = started;
    identity = started.pid === undefined ? undefined : processIdentity(started.pid);
    hooks.onChange();
    const ended = (reason: string): void => {
      if (child !== started) return;
      child = undefined;
      identity = undefined;
      if (stopped) return;
      if (performance.now() - startedAt > STEADY_MS) restarts = 0;
      const pause = backOffMs(restarts++);
      failures += 1;
      hooks.log(`${spec.name} ended (${reason}); it starts again in ${pause / 1000} s. Its log: ${spec.logFile}`);
      timer = setTimeout(start, pause);
      hooks.onChange();
    };
    started.once('error', (error) => ended(error.message));
    started.once('exit', (code, signal) => ended(signal ?? `exit code ${code}`));
  };
  start();

  return {
    spec,
    identity: () => identity,
    failures: () => failures,
    async stop(graceMs) {
      stopped = true;
      clearTimeout(timer);
      if (identity) await endProcess(identity, graceMs);
      identity = undefined;
      hooks.onChange();
    },
  };
}

function launch({ program, args, env, logFile }: PartSpec): ChildProcess {
  if (existsSync(logFile) && statSync(logFile).size > LOG_BYTES) renameSync(logFile, `${logFile}.old`);
  const log = openSync(logFile, 'a');
  try {
    const command = SETPRIV === undefined ? [program, ...args] : [SETPRIV, '--pdeathsig', 'KILL', '--', program, ...args];
    return spawn(command[0] ?? program, command.slice(1), { env, detached: true, stdio: ['ignore', log, log] });
  } finally {
    closeSync(log);
  }
}
