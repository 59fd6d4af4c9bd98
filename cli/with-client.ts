import { join } from 'node:path';
import type { DigitloomClient } from '../client/digitloom-client.js';
import { cacheFolder } from '../infra/provision/cache-folder.js';
import { findAddresses } from '../infra/stack/find-addresses.js';
import type { StackAddresses } from '../infra/stack/stack-addresses.js';
import { InvalidConfigError, NotFoundError } from '../shared/errors.js';
import { NoStackError } from './exit-codes.js';

/** Folder of the copies of artifacts that the workers of this machine use too. */
export const artifactFolder = (): string => join(cacheFolder(), 'artifacts');

/** Runs `work` with a client of these servers, or of the environment's or the running stack's, and closes it. @throws NoStackError when there are none. */
export async function withClient<T>(stateDir: string, work: (client: DigitloomClient) => Promise<T>, known?: StackAddresses): Promise<T> {
  const client = await open(known ?? addressesOf(stateDir));
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

/** The servers of the environment or of the running stack. @throws NoStackError when there are none. */
export function addressesOf(stateDir: string): StackAddresses {
  try {
    return findAddresses(stateDir);
  } catch (error) {
    if (error instanceof InvalidConfigError) throw new NoStackError(error.message, { cause: error });
    throw error;
  }
}

async function open({ temporal, namespace, s3, region, accessKeyId, secretAccessKey, sessionToken, bucket }: StackAddresses): Promise<DigitloomClient> {
  const { connect } = await import('../client/connect.js'); // half a second that not every command needs
  try {
    return await connect({
      temporal: { address: temporal, namespace },
      s3: {
        region,
        bucket,
        ...(s3 !== undefined && { endpoint: s3 }),
        ...(accessKeyId !== undefined && { accessKeyId }),
        ...(secretAccessKey !== undefined && { secretAccessKey }),
        ...(sessionToken !== undefined && { sessionToken }),
      },
      cacheFolder: join(artifactFolder(), 'objects'),
    });
  } catch (error) {
    if (error instanceof NotFoundError || isRefused(error)) throw new NoStackError(messageOf(error, s3), { cause: error });
    throw error;
  }
}

function isRefused(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'ETIMEDOUT';
}

function messageOf(error: unknown, s3: string | undefined): string {
  if (error instanceof NotFoundError) return error.message;
  return `The S3 server does not answer at ${s3 ?? 'AWS'}. Start it with \`digitloom up\`, or correct AWS_ENDPOINT_URL_S3.`;
}
