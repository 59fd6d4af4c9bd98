import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cacheFolder } from '../infra/provision/cache-folder.js';
import { InvalidConfigError } from '../shared/errors.js';
import type { S3Settings } from '../storage/connect.js';

/** What a worker is told from outside. */
export interface WorkerSettings {
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly s3: S3Settings;
  /** Folder for copies of objects and for the files of running processes. */
  readonly cacheDir: string;
  /** Path of native.json; absent: no foreign library is known. */
  readonly nativeFile?: string;
  /** Activities at once. */
  readonly slots: number;
}

const USAGE = 'Usage: node dist/workers/<queue>.js --bucket NAME [--native FILE] [--cache-dir DIR] [--slots N]';

/**
 * Reads a worker's arguments and its environment: the only place of a worker that does. Addresses and credentials come under
 * their usual names.
 * @throws InvalidConfigError that lists every problem at once.
 */
export function parseSettings(args: readonly string[], env: NodeJS.ProcessEnv): WorkerSettings {
  const problems: string[] = [];
  const values = parseArguments(args, problems);
  const required = (name: string): string => {
    const value = env[name];
    if (!value) problems.push(`${name} is not set in the environment.`);
    return value ?? '';
  };
  if (!values.bucket) problems.push('--bucket is missing: the bucket of the artifact store.');
  const slots = values.slots === undefined ? availableParallelism() : Number(values.slots);
  if (!Number.isInteger(slots) || slots < 1) problems.push(`--slots must be a whole number above 0, got "${values.slots}".`);
  const s3 = s3Settings(env, values.bucket ?? '', problems);
  const address = required('TEMPORAL_ADDRESS');
  if (problems.length > 0) throw new InvalidConfigError(`A worker cannot start:\n${problems.map((problem) => `- ${problem}`).join('\n')}\n${USAGE}`);
  return {
    temporal: { address, namespace: env['TEMPORAL_NAMESPACE'] ?? 'default' },
    s3,
    cacheDir: values['cache-dir'] ?? join(cacheFolder(env), 'artifacts'),
    ...(values.native === undefined ? {} : { nativeFile: values.native }),
    slots,
  };
}

function parseArguments(args: readonly string[], problems: string[]): { bucket?: string; native?: string; 'cache-dir'?: string; slots?: string } {
  const string = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...args], options: { bucket: string, native: string, 'cache-dir': string, slots: string } }).values;
  } catch (error) {
    problems.push((error as Error).message);
    return { bucket: 'unknown' };
  }
}

function s3Settings(env: NodeJS.ProcessEnv, bucket: string, problems: string[]): S3Settings {
  const endpoint = env['AWS_ENDPOINT_URL_S3'];
  if (endpoint && !URL.canParse(endpoint)) problems.push(`AWS_ENDPOINT_URL_S3 must be a URL such as http://127.0.0.1:7070, got "${endpoint}".`);
  const [accessKeyId, secretAccessKey, sessionToken] = [env['AWS_ACCESS_KEY_ID'], env['AWS_SECRET_ACCESS_KEY'], env['AWS_SESSION_TOKEN']];
  if (Boolean(accessKeyId) !== Boolean(secretAccessKey)) problems.push('AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY go together: one of them is not set.');
  return {
    ...(endpoint ? { endpoint } : {}),
    region: env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? 'us-east-1',
    ...(accessKeyId && secretAccessKey ? { accessKeyId, secretAccessKey } : {}),
    ...(sessionToken ? { sessionToken } : {}),
    bucket,
  };
}
