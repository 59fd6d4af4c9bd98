import { Client, Connection } from '@temporalio/client';
import { NotFoundError } from '../shared/errors.js';
import type { S3Settings } from '../storage/connect.js';
import { connectS3, ensureBucket } from '../storage/connect.js';
import { DiskCache } from '../storage/disk-cache.js';
import { S3Store } from '../storage/s3-store.js';
import { DigitloomClient } from './digitloom-client.js';

/** Where the servers are. */
export interface ClientSettings {
  readonly temporal: { readonly address: string; readonly namespace: string };
  readonly s3: S3Settings;
  /** Folder of the read-through cache of artifacts. */
  readonly cacheFolder: string;
}

const CONNECT_TIMEOUT = '10s';

/**
 * Connects to Temporal and to the artifact store. Close the client when done.
 * @throws NotFoundError when Temporal does not answer within ten seconds, or the bucket is closed to these credentials.
 */
export async function connect({ temporal, s3, cacheFolder }: ClientSettings): Promise<DigitloomClient> {
  const { address, namespace } = temporal;
  let connection: Connection;
  try {
    connection = await Connection.connect({ address, connectTimeout: CONNECT_TIMEOUT });
  } catch (error) {
    throw new NotFoundError(`Temporal does not answer at ${address}. Start it with \`digitloom up\`, or correct TEMPORAL_ADDRESS.`, { cause: error });
  }
  const client = connectS3(s3);
  try {
    await ensureBucket(client, s3.bucket);
  } catch (error) {
    await connection.close();
    client.destroy();
    throw error;
  }
  const store = new S3Store({ client, bucket: s3.bucket, cache: new DiskCache({ folder: cacheFolder }) });
  return new DigitloomClient(new Client({ connection, namespace }), store, async () => {
    client.destroy();
    await connection.close();
  });
}
