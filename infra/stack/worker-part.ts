import { fileURLToPath } from 'node:url';
import type { TaskQueue } from '../../shared/task-queues.js';
import { inheritedVariables } from './inherited-variables.js';
import { addressVariables, type StackAddresses } from './stack-addresses.js';
import type { PartSpec } from './supervise.js';

/** The built entry of a queue's worker. */
export function workerEntry(queue: TaskQueue): string {
  return fileURLToPath(new URL(`../../workers/${queue}.js`, import.meta.url));
}

/** A worker of one queue as a process of its own. `native` is the path of native.json. */
export function workerPart(queue: TaskQueue, addresses: StackAddresses, native: string, logFile: string): PartSpec {
  return {
    name: `worker-${queue}`,
    program: process.execPath,
    args: ['--enable-source-maps', workerEntry(queue), '--bucket', addresses.bucket, '--native', native],
    env: { ...inheritedVariables(), ...credentialVariables(), ...addressVariables(addresses) },
    logFile,
  };
}

/** The user's own credentials for servers that are not ours. */
function credentialVariables(): Record<string, string> {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => /^(AWS|TEMPORAL)_/.test(entry[0]) && entry[1] !== undefined);
  return Object.fromEntries(entries);
}
