import type { GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { S3ServiceException } from '@aws-sdk/client-s3';
import { setTimeout as sleep } from 'node:timers/promises';
import { ownedBytes } from '../shared/owned-bytes.js';

const ATTEMPTS = 4;
const FIRST_DELAY_MS = 100;

/**
 * Reads a response to its end. The client repeats failed requests, but not a body that breaks off in the middle: that is
 * done here, with back-off.
 * @throws the last attempt's error.
 */
export async function readBody(send: () => Promise<GetObjectCommandOutput>, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { Body, ContentLength } = await send();
      const bytes = ownedBytes((await Body?.transformToByteArray()) ?? new Uint8Array());
      if (ContentLength !== undefined && bytes.byteLength !== ContentLength) {
        throw new Error(`The body broke off after ${bytes.byteLength} of ${ContentLength} bytes.`);
      }
      return bytes;
    } catch (error) {
      if (error instanceof S3ServiceException || signal?.aborted || attempt === ATTEMPTS) throw error;
      await sleep(FIRST_DELAY_MS * 2 ** (attempt - 1), undefined, signal ? { signal } : {});
    }
  }
}
