import { randomBytes } from 'node:crypto';
import type { StackPorts } from './choose-ports.js';
import type { StackAddresses } from './stack-addresses.js';

/** The name under which artifacts are kept unless the caller says otherwise. */
export const DEFAULT_BUCKET = 'digitloom';
const REGION = 'us-east-1';

/** Which servers the user's environment names. */
export function foreignServers(env: NodeJS.ProcessEnv): { readonly temporal: boolean; readonly s3: boolean } {
  return { temporal: Boolean(env['TEMPORAL_ADDRESS']), s3: Boolean(env['AWS_ENDPOINT_URL_S3']) };
}

/** The addresses that the environment gives, and loopback ports with fresh credentials for the servers that are ours. */
export function resolveAddresses(env: NodeJS.ProcessEnv, ports: StackPorts, bucket: string = DEFAULT_BUCKET): StackAddresses {
  const foreign = foreignServers(env);
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = env;
  const s3 = foreign.s3
    ? {
        s3: env['AWS_ENDPOINT_URL_S3'] ?? '',
        region: env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? REGION,
        ...(accessKeyId === undefined || secretAccessKey === undefined ? {} : { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) }),
      }
    : { s3: `http://127.0.0.1:${ports.s3}`, region: REGION, accessKeyId: 'digitloom', secretAccessKey: randomBytes(24).toString('base64url') };
  const temporal = foreign.temporal
    ? { temporal: env['TEMPORAL_ADDRESS'] ?? '', namespace: env['TEMPORAL_NAMESPACE'] ?? 'default' }
    : { temporal: `127.0.0.1:${ports.temporal}`, namespace: 'default', temporalUi: `http://127.0.0.1:${ports.temporalUi}` };
  return { ...temporal, ...s3, bucket };
}
