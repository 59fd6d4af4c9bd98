import { existsSync, statfsSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { execa } from 'execa';
import prettyBytes from 'pretty-bytes';
import { cacheFolder } from '../provision/cache-folder.js';
import { choosePorts, DEFAULT_PORTS } from '../stack/choose-ports.js';
import { runningStack } from '../stack/start-detached.js';
import type { Check } from './check.js';

const WANTED_DISK = 4e9;
const WANTED_MEMORY = 3e9;

/** Processors, memory, disk, GPU, ports and the local stack. */
export async function checkMachine(stateDir: string, env: NodeJS.ProcessEnv = process.env): Promise<Check[]> {
  const memory = totalmem();
  return [
    { name: 'Processors', state: 'ok', found: String(availableParallelism()) },
    {
      name: 'Memory', state: memory >= WANTED_MEMORY ? 'ok' : 'note', found: prettyBytes(memory),
      ...(memory >= WANTED_MEMORY ? {} : { remedy: `A default run wants ${prettyBytes(WANTED_MEMORY)}; use --preset smoke, or a bigger machine.` }),
    },
    disk('Disk for the cache', cacheFolder(env)),
    disk('Disk for runs', stateDir),
    await gpu(),
    ...(await stack(stateDir, env)),
  ];
}

function disk(name: string, folder: string): Check {
  let existing = folder;
  while (!existsSync(existing)) existing = dirname(existing);
  const { bavail, bsize } = statfsSync(existing);
  const free = bavail * bsize;
  const found = `${prettyBytes(free)} free`;
  if (free >= WANTED_DISK) return { name, state: 'ok', found, where: folder };
  return { name, state: 'note', found, where: folder, remedy: `Free some space: ${prettyBytes(WANTED_DISK)} is comfortable.` };
}

async function gpu(): Promise<Check> {
  const { stdout, failed } = await execa('nvidia-smi', ['--query-gpu=name,memory.total,driver_version', '--format=csv,noheader'], { reject: false });
  if (failed || stdout === '') return { name: 'GPU', state: 'note', found: 'none seen; training uses the processor' };
  return { name: 'GPU', state: 'ok', found: stdout.split('\n').join('; '), remedy: 'For a worker of its own: ./digitloom worker train-gpu' };
}

async function stack(stateDir: string, env: NodeJS.ProcessEnv): Promise<Check[]> {
  const foreign = ['TEMPORAL_ADDRESS', 'AWS_ENDPOINT_URL_S3'].flatMap((name): Check[] =>
    env[name] ? [{ name, state: 'ok', found: env[name] ?? '', where: 'environment: used, not started' }] : []);
  const running = runningStack(stateDir);
  if (running) {
    const { temporal, temporalUi, s3 } = running.addresses;
    const found = `Temporal ${temporal}${temporalUi === undefined ? '' : `, Web UI ${temporalUi}`}, S3 ${s3 ?? 'AWS'}; parts: ${Object.keys(running.parts).join(', ')}`;
    return [...foreign, { name: 'Local stack', state: 'ok', found, where: stateDir }];
  }
  const ports = await choosePorts();
  const moved = (['temporal', 'temporalUi', 's3'] as const).filter((name) => ports[name] !== DEFAULT_PORTS[name]);
  const found = moved.length === 0
    ? `${Object.values(DEFAULT_PORTS).join(', ')} are free`
    : moved.map((name) => `${DEFAULT_PORTS[name]} is taken, ${ports[name]} will serve`).join('; ');
  return [...foreign, { name: 'Local stack', state: 'note', found: 'not running', remedy: './digitloom up, or npm start' }, { name: 'Ports', state: 'ok', found }];
}
