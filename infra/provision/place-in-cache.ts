import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NativeLibraryError } from '../../shared/errors.js';
import { isAlive, processIdentity } from '../process/process-identity.js';

const STAGING = '.staging-';

/**
 * Fills a folder of the cache: `fill` works in a staging folder, which takes its final name only when it is whole, so
 * that an interrupted provisioning is never taken for a finished one. Nothing is left behind when `fill` fails.
 * @throws NativeLibraryError when one of `expect` is missing after `fill`.
 */
export async function placeInCache(folder: string, expect: readonly string[], fill: (staging: string) => Promise<void>): Promise<void> {
  const cache = dirname(folder);
  await mkdir(cache, { recursive: true });
  const me = processIdentity(process.pid);
  const staging = await mkdtemp(join(cache, `${STAGING}${process.pid}-${me?.startTime ?? '0'}-`));
  try {
    await fill(staging);
    const missing = expect.filter((path) => !existsSync(join(staging, path)));
    if (missing.length > 0) throw new NativeLibraryError(`${folder} would lack ${missing.join(', ')}; expected ${expect.join(', ')}.`);
    await rm(folder, { recursive: true, force: true });
    await rename(staging, folder);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** Removes staging folders whose process is gone. */
export async function removeAbandonedStaging(cache: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const [, pid, startTime] = new RegExp(`^\\${STAGING}(\\d+)-(\\d+)-`).exec(name) ?? [];
    if (pid === undefined || startTime === undefined || isAlive({ pid: Number(pid), startTime })) continue;
    await rm(join(cache, name), { recursive: true, force: true });
  }
}
