import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { NativeLibraryError } from '../../shared/errors.js';
import { PYTHON_PACKAGES } from './pins.js';
import { placeInCache } from './place-in-cache.js';
import { pythonVersionKey } from './python-version-key.js';
import type { Found } from './program.js';
import type { PartProgress } from './progress.js';

/** Says for which Python and from which packages the folder was made. */
const STAMP = 'digitloom-packages';

/**
 * Puts the official runtimes that judge our files into a folder for PYTHONPATH; the user's own packages are not touched.
 * They hold extensions for one Python, so another Python makes it again.
 * @throws NativeLibraryError when pip cannot fetch them.
 */
export async function provisionPython(cache: string, progress: PartProgress, signal: AbortSignal): Promise<Found> {
  const { stdout: python } = await execa('python3', ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']);
  const version = pythonVersionKey(python);
  const path = join(cache, 'python-interop');
  if (existsSync(join(path, STAMP)) && readFileSync(join(path, STAMP), 'utf8') === version) return { path, how: 'cache', version };
  progress.stage(`installing ${PYTHON_PACKAGES.join(', ')} with pip`);
  await placeInCache(path, [STAMP], async (staging) => {
    const result = await execa('python3', [
      '-m', 'pip', 'install', '--quiet', '--no-cache-dir', '--disable-pip-version-check', '--only-binary=:all:', '--target', staging, ...PYTHON_PACKAGES,
    ], { cancelSignal: signal, reject: false });
    signal.throwIfAborted();
    if (result.failed) throw new NativeLibraryError(`pip could not install ${PYTHON_PACKAGES.join(', ')} for Python ${python}: ${result.stderr.trim()}`);
    writeFileSync(join(staging, STAMP), version);
  });
  progress.done('ready');
  return { path, how: 'wheel', version };
}
