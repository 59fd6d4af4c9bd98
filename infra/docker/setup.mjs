import { ensureBucket } from '../../dist/infra/stack/s3-part.js';
import { registerSearchAttributes } from '../../dist/infra/stack/register-search-attributes.js';

/*
 * node infra/docker/setup.mjs: makes the bucket and registers the runs' search attributes, once both servers answer. Both
 * calls change nothing where the work is done already.
 */
const ATTEMPTS = 30;
const PAUSE_MS = 2_000;

const { TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, AWS_ENDPOINT_URL_S3, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
const addresses = {
  temporal: TEMPORAL_ADDRESS ?? '', namespace: TEMPORAL_NAMESPACE ?? 'default',
  s3: AWS_ENDPOINT_URL_S3, region: AWS_REGION ?? 'us-east-1',
  accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY, bucket: process.env.DIGITLOOM_BUCKET ?? 'digitloom',
};

/** Tries until it works; a server in a container answers before its schema and namespace are ready. */
async function untilDone(what, attempt) {
  for (let i = 1; ; i++) {
    try {
      if (await attempt()) break;
      if (i === ATTEMPTS) throw new Error('no answer');
    } catch (error) {
      if (i === ATTEMPTS) throw new Error(`${what}: ${error.message}`, { cause: error });
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  console.log(`${what}: ready`);
}

await untilDone(`bucket ${addresses.bucket}`, async () => (await ensureBucket(addresses)) === 'ready');
await untilDone('search attributes', async () => {
  await registerSearchAttributes(addresses.temporal, addresses.namespace);
  return true;
});
