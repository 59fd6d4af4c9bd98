import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NativeLibraryError } from '../../shared/errors.js';
import type { TaskQueue } from '../../shared/task-queues.js';
import { lockIsFree, takeLock } from '../process/named-lock.js';
import { isAlive, processIdentity, type ProcessIdentity } from '../process/process-identity.js';
import { cacheFolder } from '../provision/cache-folder.js';
import { nativePartsFile, readNativeParts } from '../provision/native-parts.js';
import { buildStamp } from './build-stamp.js';
import { CHECKOUT } from './checkout.js';
import { choosePorts } from './choose-ports.js';
import { endLeftovers } from './end-leftovers.js';
import { registerSearchAttributes } from './register-search-attributes.js';
import { foreignServers, resolveAddresses } from './resolve-addresses.js';
import { ensureBucket, s3Part } from './s3-part.js';
import { addressVariables } from './stack-addresses.js';
import { readStackState, removeStackState, writeStackState, type StackState } from './stack-state.js';
import { LOCAL_WORKERS, type Stack, type StackOptions } from './stack.js';
import { supervise, type PartSpec, type SupervisedPart } from './supervise.js';
import { temporalAnswers, temporalPart } from './temporal-part.js';
import { untilReady } from './until-ready.js';
import { watchPollers } from './task-queue-pollers.js';
import { workerPart } from './worker-part.js';

const STOP_WORKERS_MS = 12_000;
const STOP_SERVERS_MS = 8000;
const LOOK_EVERY_MS = 100;
/** Asks whoever supervises a stack to restart its workers; SIGHUP says that a terminal was closed. */
const RENEW_SIGNAL = 'SIGUSR2';

/**
 * Brings up the local stack (Temporal with its Web UI, an S3 server, workers), or joins the one that already runs in
 * `stateDir`. A server whose address is in the environment is used and not started; with both given, nothing is started.
 * Parts that die are restarted until `stop()`; they cannot outlive this process. SIGUSR2 restarts the workers where the
 * build changed since they were started.
 * @throws NativeLibraryError when a part does not come up, with the end of its log.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const stateDir = resolve(options.stateDir);
  for (;;) {
    const lock = await takeLock('stack', stateDir);
    if (lock) {
      try {
        return await startHere({ ...options, stateDir }, () => lock.release());
      } catch (error) {
        lock.release();
        throw error;
      }
    }
    const running = await joinRunning(stateDir);
    if (running) return running;
  }
}

/** The running stack once it is ready; undefined when its supervisor went away meanwhile. */
async function joinRunning(stateDir: string): Promise<Stack | undefined> {
  const gone = new AbortController();
  const joined = new AbortController(); // an open wait would keep this process alive
  void lockIsFree('stack', stateDir, joined.signal).then(() => gone.abort());
  try {
    while (!gone.signal.aborted) {
      const state = readStackState(stateDir);
      if (state?.ready && isAlive(state.supervisor)) {
        const parts = (): Readonly<Record<string, ProcessIdentity>> => readStackState(stateDir)?.parts ?? {};
        return { addresses: state.addresses, env: addressVariables(state.addresses), parts, reused: true, stop: () => Promise.resolve() };
      }
      await sleep(LOOK_EVERY_MS);
    }
    return undefined;
  } finally {
    joined.abort();
  }
}

async function startHere(options: StackOptions, release: () => void): Promise<Stack> {
  const { stateDir, env = process.env, log = () => undefined, build = buildStamp } = options;
  await endLeftovers(stateDir);
  const logs = join(stateDir, 'logs');
  mkdirSync(logs, { recursive: true });
  const foreign = foreignServers(env);
  const ports = await choosePorts(options.ports);
  const addresses = resolveAddresses(env, ports, options.bucket);
  const me = processIdentity(process.pid);
  const parts: SupervisedPart[] = [];
  const queues = foreign.temporal && foreign.s3 ? [] : wantedWorkers(options.workers);
  let ready = false;
  let stopped = false;
  let running = build();
  let renewalFailure: StackState['renewalFailure'];
  let renewing: Promise<void> | undefined;

  const identities = (): Record<string, ProcessIdentity> =>
    Object.fromEntries(parts.flatMap((part) => [part.identity()].flatMap((identity) => (identity ? [[part.spec.name, identity]] : []))));
  const save = (): void => {
    if (!me || stopped) return;
    writeStackState(stateDir, {
      supervisor: me, ready, build: running, checkout: CHECKOUT, renewSignal: RENEW_SIGNAL, ...(renewalFailure && { renewalFailure }), addresses, parts: identities(),
    });
  };
  const launch = (spec: PartSpec): SupervisedPart => {
    const part = supervise(spec, { log, onChange: save });
    parts.push(part);
    save();
    return part;
  };
  const isServer = (part: SupervisedPart): boolean => part.spec.name === 'temporal' || part.spec.name === 's3';
  const renew = async (): Promise<void> => {
    renewalFailure = undefined;
    try {
      for (let next = build(); ready && running !== next; next = build()) {
        log('The build changed: restarting the workers.');
        const old = parts.filter((part) => !isServer(part));
        await Promise.all(old.map((part) => part.stop(STOP_WORKERS_MS)));
        parts.splice(0, parts.length, ...parts.filter(isServer));
        if (ready) await startWorkers();
        running = next;
      }
    } catch (error) {
      renewalFailure = { at: Date.now(), message: (error as Error).message };
      log(`The workers could not be restarted: ${renewalFailure.message}`);
    }
    save();
  };
  const onRenew = (): void => {
    renewing ??= renew().finally(() => (renewing = undefined));
  };
  process.on(RENEW_SIGNAL, onRenew);
  const stop = async (): Promise<void> => {
    process.off(RENEW_SIGNAL, onRenew);
    ready = false; // whoever joins now waits, and starts a stack of his own
    save();
    await Promise.all(parts.filter((part) => !isServer(part)).map((part) => part.stop(STOP_WORKERS_MS)));
    await Promise.all(parts.filter(isServer).map((part) => part.stop(STOP_SERVERS_MS)));
    stopped = true;
    removeStackState(stateDir);
    release();
  };

  try {
    const native = readNativeParts(cacheFolder(env));
    const temporal = foreign.temporal ? undefined : launch(temporalPart(provided(native?.temporal, 'temporal'), stateDir, ports, join(logs, 'temporal.log')));
    const s3 = foreign.s3 ? undefined : launch(s3Part(provided(native?.versitygw, 'versitygw'), stateDir, addresses, join(logs, 's3.log')));
    await Promise.all([
      untilReady(`Temporal at ${addresses.temporal}`, temporal, () => temporalAnswers(addresses.temporal)),
      untilReady(`the S3 server at ${addresses.s3}`, s3, async () => (await ensureBucket(addresses)) === 'ready'),
    ]);
    if (foreign.temporal) await registerSearchAttributes(addresses.temporal, addresses.namespace);
    await startWorkers();
    ready = true;
    save();
  } catch (error) {
    await stop();
    throw error;
  }
  return { addresses, env: addressVariables(addresses), parts: identities, reused: false, stop };

  async function startWorkers(): Promise<void> {
    if (queues.length === 0) return;
    const since = Date.now();
    const spec = (queue: TaskQueue): PartSpec => workerPart(queue, addresses, nativePartsFile(cacheFolder(env)), join(logs, `worker-${queue}.log`));
    const workers = queues.map((queue) => [queue, launch(spec(queue))] as const);
    const pollers = await watchPollers(addresses.temporal, addresses.namespace);
    try {
      await Promise.all(workers.map(([queue, part]) =>
        untilReady(`the worker of queue ${queue}`, part, async () => (await pollers.polled([queue], since)).length > 0)));
    } finally {
      await pollers.close();
    }
  }
}

function wantedWorkers(workers: StackOptions['workers'] = true): readonly TaskQueue[] {
  if (workers === false) return [];
  return workers === true ? LOCAL_WORKERS : workers;
}

function provided(path: string | undefined, name: string): string {
  if (path !== undefined) return path;
  throw new NativeLibraryError(`${name} is not provisioned. Run \`npm run build\` and \`./digitloom doctor\`, which say what is missing.`);
}
