import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { NativeLibraryError } from '../../shared/errors.js';
import type { WheelPin } from './pins.js';
import { placeInCache } from './place-in-cache.js';
import type { PartProgress } from './progress.js';
import { verifyChecksum } from './verify-checksum.js';

const LOOK_EVERY_MS = 500;

/** Takes the files named by prefixes out of a zip as a stream (a library of TensorFlow's is 0.8 GB) and says how far it is. */
const EXTRACT = `
import os, shutil, sys, zipfile
wheel, target, prefixes = sys.argv[1], sys.argv[2], tuple(sys.argv[3:])
with zipfile.ZipFile(wheel) as archive:
    members = [m for m in archive.infolist() if m.filename.startswith(prefixes) and not m.is_dir() and '..' not in m.filename.split('/')]
    total = sum(m.file_size for m in members)
    done = 0
    for member in members:
        path = os.path.join(target, member.filename)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with archive.open(member) as source, open(path, 'wb') as sink:
            while chunk := source.read(1 << 22):
                sink.write(chunk)
                done += len(chunk)
                print(done / total, flush=True)
`;

/**
 * Puts the wanted files of a pinned wheel into the cache. pip fetches it whatever Python the user has: only C libraries
 * are taken from it.
 * @throws NativeLibraryError when pip cannot fetch it, or when its checksum is not the pinned one.
 */
export async function provisionWheel(pin: WheelPin, folder: string, progress: PartProgress, signal: AbortSignal): Promise<void> {
  await placeInCache(folder, pin.expect, async (staging) => {
    const download = join(staging, '.download');
    const wheel = await pipDownload(pin, download, progress, signal);
    progress.stage('checking the checksum');
    await verifyChecksum(wheel, pin.sha256, 'PyPI');
    progress.stage('unpacking');
    const unpack = execa('python3', ['-I', '-c', EXTRACT, wheel, staging, ...pin.take], { cancelSignal: signal });
    for await (const line of unpack) progress.fraction(Number(line));
    await rm(download, { recursive: true });
  });
}

async function pipDownload(pin: WheelPin, folder: string, progress: PartProgress, signal: AbortSignal): Promise<string> {
  const temporary = join(folder, 'tmp');
  await mkdir(temporary, { recursive: true });
  progress.stage(`downloading ${pin.requirement} ${pin.version} with pip`);
  // pip's own progress differs between versions; the growth of its temporary files does not.
  const look = setInterval(() => {
    folderBytes(folder).then((bytes) => progress.fraction(bytes / pin.bytes), () => undefined);
  }, LOOK_EVERY_MS);
  const result = await execa('python3', [
    '-m', 'pip', 'download', '--quiet', '--no-deps', '--no-cache-dir', '--disable-pip-version-check', '--only-binary=:all:',
    '--platform', 'manylinux_2_28_x86_64', '--platform', 'manylinux_2_27_x86_64', '--python-version', '3.11',
    '--dest', folder, `${pin.requirement}==${pin.version}`,
  ], { env: { TMPDIR: temporary }, cancelSignal: signal, reject: false });
  clearInterval(look);
  signal.throwIfAborted();
  const wheel = result.failed ? undefined : (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) {
    throw new NativeLibraryError(
      `pip could not fetch ${pin.requirement} ${pin.version}: ${result.stderr.trim() || result.shortMessage || 'no wheel arrived'}\n` +
      'Check the network and pip\'s index settings (`python3 -m pip config list`), then run the command again.',
    );
  }
  return join(folder, wheel);
}

async function folderBytes(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) bytes += (await stat(join(entry.parentPath, entry.name))).size;
  }
  return bytes;
}
