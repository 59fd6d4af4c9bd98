/** Where the servers are, and what opens them. */
export interface StackAddresses {
  readonly temporal: string;
  readonly namespace: string;
  /** Temporal's Web UI; absent when the server is not ours. */
  readonly temporalUi?: string;
  /** Undefined: AWS S3 itself, or what the AWS settings say. */
  readonly s3?: string;
  readonly region: string;
  /** Absent when the AWS SDK is to look for credentials itself. */
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  /** Of temporary credentials. */
  readonly sessionToken?: string;
  readonly bucket: string;
}

/** The same as environment variables under their usual names, for workers and clients. */
export function addressVariables(addresses: StackAddresses): Record<string, string> {
  const { temporal, namespace, s3, region, accessKeyId, secretAccessKey, sessionToken } = addresses;
  return {
    TEMPORAL_ADDRESS: temporal,
    TEMPORAL_NAMESPACE: namespace,
    AWS_REGION: region,
    ...(s3 === undefined ? {} : { AWS_ENDPOINT_URL_S3: s3 }),
    ...(accessKeyId === undefined ? {} : { AWS_ACCESS_KEY_ID: accessKeyId }),
    ...(secretAccessKey === undefined ? {} : { AWS_SECRET_ACCESS_KEY: secretAccessKey }),
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
  };
}
