import { CreateBucketCommand, HeadBucketCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { NotFoundError } from '../shared/errors.js';

/** Where an S3-compatible store is and who asks. */
export interface S3Settings {
  readonly endpoint?: string;
  readonly region: string;
  /** Absent: the AWS SDK looks for credentials itself. */
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
  readonly bucket: string;
}

/** An S3 client with time limits, and retries with back-off; path-style, since local servers have no bucket host names. */
export function connectS3(settings: S3Settings): S3Client {
  const { endpoint, region, accessKeyId, secretAccessKey, sessionToken } = settings;
  return new S3Client({
    ...(endpoint ? { endpoint, forcePathStyle: true } : {}),
    region,
    ...(accessKeyId && secretAccessKey ? { credentials: { accessKeyId, secretAccessKey, ...(sessionToken ? { sessionToken } : {}) } } : {}),
    maxAttempts: 6,
    retryMode: 'standard',
    // The default adds checksum trailers that several S3-compatible servers refuse; every read is verified by SHA-256 here.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 5_000, requestTimeout: 120_000, httpAgent: { maxSockets: 64 } },
  });
}

/** Makes the bucket unless it is there. @throws NotFoundError when it is there but closed to these credentials. */
export async function ensureBucket(client: S3Client, bucket: string): Promise<void> {
  try {
    await client.send(new HeadBucketCommand({ Bucket: bucket }));
    return;
  } catch (error) {
    if (!(error instanceof S3ServiceException) || error.$metadata.httpStatusCode !== 404) throw error;
  }
  try {
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
  } catch (error) {
    // Another worker that starts at the same moment may have made it.
    const name = error instanceof Error ? error.name : '';
    if (name === 'BucketAlreadyOwnedByYou') return;
    if (name === 'BucketAlreadyExists') {
      throw new NotFoundError(`The bucket "${bucket}" belongs to somebody else. Name another one with --bucket.`, { cause: error });
    }
    throw error;
  }
}
