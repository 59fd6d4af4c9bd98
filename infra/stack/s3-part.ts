import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { inheritedVariables } from './inherited-variables.js';
import type { StackAddresses } from './stack-addresses.js';
import type { PartSpec } from './supervise.js';

/** versitygw on a local folder. Its credentials travel in the environment, not on the command line that everybody can read. */
export function s3Part(program: string, stateDir: string, addresses: StackAddresses, logFile: string): PartSpec {
  const folder = join(stateDir, 's3');
  mkdirSync(folder, { recursive: true });
  const { host } = new URL(addresses.s3 ?? '');
  return {
    name: 's3',
    program,
    args: ['--port', host, '--region', addresses.region, '--quiet', 'posix', folder],
    env: {
      ...inheritedVariables(),
      ROOT_ACCESS_KEY_ID: addresses.accessKeyId ?? '',
      ROOT_SECRET_ACCESS_KEY: addresses.secretAccessKey ?? '',
    },
    logFile,
  };
}

/**
 * Makes sure that the bucket is there: `ready`, or `waiting` while the server does not answer.
 * @throws what the server answers when it refuses (wrong credentials, for example).
 */
export async function ensureBucket(addresses: StackAddresses): Promise<'ready' | 'waiting'> {
  const { s3, region, accessKeyId, secretAccessKey, sessionToken, bucket } = addresses;
  const client = new S3Client({
    region,
    maxAttempts: 1,
    ...(s3 === undefined ? {} : { endpoint: s3, forcePathStyle: true }),
    ...(accessKeyId === undefined || secretAccessKey === undefined ? {} : { credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) } }),
  });
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
    return 'ready';
  } catch (error) {
    if (status(error) === undefined) return 'waiting';
    if (status(error) !== 404) throw error;
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    return 'ready';
  } finally {
    client.destroy();
  }
}

function status(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}
