import { existsSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { goInstall } from './go-install.js';
import { fetchRelease } from './official-release.js';
import { programFolder } from './part-folder.js';
import { PINS } from './pins.js';
import { placeInCache } from './place-in-cache.js';
import type { PartProgress } from './progress.js';

/** A part that was found: where, how, and which version. */
export interface Found {
  readonly path: string;
  readonly how: string;
  readonly version: string;
}

/** The oldest Temporal server (major, minor) that has what the workflows use. */
const OLDEST_SERVER = [1, 28] as const;

/** A program on PATH, then in the cache, then its official release, then `go install`. */
export async function provisionProgram(
  name: 'temporal' | 'versitygw', cache: string, progress: PartProgress, signal: AbortSignal,
): Promise<Found> {
  const onPath = await findOnPath(name);
  if (onPath) return onPath;
  const pin = PINS[name];
  const folder = programFolder(cache, name);
  const path = join(folder, name);
  if (existsSync(path)) return { path, how: 'cache', version: pin.version };
  let how = 'release';
  await placeInCache(folder, [name], async (staging) => {
    if (!(await fetchRelease(pin, name, staging, progress))) {
      how = 'go install';
      await goInstall(pin, staging, cache, progress, signal);
    }
    await chmod(join(staging, name), 0o755);
  });
  progress.done(`${pin.version} ready`);
  return { path, how, version: pin.version };
}

async function findOnPath(name: 'temporal' | 'versitygw'): Promise<Found | undefined> {
  const which = await execa('sh', ['-c', `command -v ${name}`], { reject: false });
  if (which.failed || !which.stdout.startsWith('/')) return undefined;
  const { stdout, failed } = await execa(which.stdout, ['--version'], { reject: false });
  if (failed) return undefined;
  if (name === 'versitygw') return { path: which.stdout, how: 'PATH', version: /Version\s*:\s*(\S+)/.exec(stdout)?.[1] ?? 'unknown' };
  const [, major, minor] = /Server (\d+)\.(\d+)/.exec(stdout) ?? [];
  const server = Number(major) * 1000 + Number(minor);
  if (!(server >= OLDEST_SERVER[0] * 1000 + OLDEST_SERVER[1])) return undefined;
  return { path: which.stdout, how: 'PATH', version: /version (\S+)/.exec(stdout)?.[1] ?? 'unknown' };
}
