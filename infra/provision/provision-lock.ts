import { lockIsFree, takeLock } from '../process/named-lock.js';

/** Lets one process at a time provision into a cache folder; the others wait. */
export async function withProvisionLock<T>(cache: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  let lock = await takeLock('provision', cache);
  if (!lock) onWait();
  while (!lock) {
    await lockIsFree('provision', cache);
    lock = await takeLock('provision', cache);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}
