import type { TaskQueue } from '../../shared/task-queues.js';
import type { ProcessIdentity } from '../process/process-identity.js';
import type { StackPorts } from './choose-ports.js';
import type { StackAddresses } from './stack-addresses.js';

/** The workers that the local stack runs. */
export const LOCAL_WORKERS: readonly TaskQueue[] = ['pipeline', 'cpu', 'train-cpu'];

/** How to start the stack. */
export interface StackOptions {
  /** Folder of the database, the objects, the logs and the state file. */
  readonly stateDir: string;
  /** Preferred ports; occupied ones are stepped over. */
  readonly ports?: Partial<StackPorts>;
  /** Which workers to run: false none, true {@link LOCAL_WORKERS}. @default true */
  readonly workers?: boolean | readonly TaskQueue[];
  /** @default 'digitloom' */
  readonly bucket?: string;
  /** Told in one line what happens. */
  readonly log?: (line: string) => void;
  /** Addresses and credentials. @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** Tells which build is there now. @default the stamp that the build left */
  readonly build?: () => string;
}

/** A stack that answers. */
export interface Stack {
  readonly addresses: StackAddresses;
  /** The addresses as environment variables (TEMPORAL_ADDRESS, AWS_ENDPOINT_URL_S3 …). */
  readonly env: Readonly<Record<string, string>>;
  /** The processes that belong to it now, by part: `temporal`, `s3`, `worker-<queue>`. */
  parts(): Readonly<Record<string, ProcessIdentity>>;
  /** True when another process started it: `stop` then leaves it alone. */
  readonly reused: boolean;
  /** Ends every part that this call started, workers first, and nothing else. */
  stop(): Promise<void>;
}
