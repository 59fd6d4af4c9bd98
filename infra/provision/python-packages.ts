import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { NativeLibraryError } from '../../shared/errors.js';
import { PYTHON_FOLDERS } from './pins.js';
import type { PythonFolder } from './pins.js';
import { placeInCache } from './place-in-cache.js';
import { pythonVersionKey } from './python-version-key.js';
import type { Found } from './program.js';
import type { PartProgress } from './progress.js';

/** Headers that no Python reads: a quarter of TensorFlow's wheel. */
const UNUSED = ['tensorflow/include'];
/** Says for which Python and from which packages the folder was made. */
const STAMP = 'digitloom-packages';

/**
 * Puts the official runtimes that judge our files into a folder for PYTHONPATH; the user's own packages are not touched.
 * They hold extensions for one Python, so another Python makes it again.
 * @throws NativeLibraryError when pip cannot fetch them.
 */
export async function provisionPython(name: PythonFolder, cache: string, progress: PartProgress, signal: AbortSignal): Promise<Found> {
  const { stdout: python } = await execa('python3', ['-c', 'import sys; print("%d.%d" % sys.version_info[:2])']);
  const { folder, packages } = PYTHON_FOLDERS[name];
  const version = pythonVersionKey(python, name);
  const path = join(cache, folder);
  if (existsSync(join(path, STAMP)) && readFileSync(join(path, STAMP), 'utf8') === version) return { path, how: 'cache', version };
  progress.stage(`installing ${packages.join(', ')} with pip`);
  await placeInCache(path, [STAMP], async (staging) => {
    const result = await execa('python3', [
      '-m', 'pip', 'install', '--quiet', '--no-cache-dir', '--disable-pip-version-check', '--only-binary=:all:', '--target', staging, ...packages,
    ], { cancelSignal: signal, reject: false });
    signal.throwIfAborted();
    if (result.failed) throw new NativeLibraryError(`pip could not install ${packages.join(', ')} for Python ${python}: ${result.stderr.trim()}`);
    for (const unused of UNUSED) rmSync(join(staging, unused), { recursive: true, force: true });
    writeFileSync(join(staging, STAMP), version);
  });
  progress.done('ready');
  return { path, how: 'wheel', version };
}
