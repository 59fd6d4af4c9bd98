import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { NativeLibraryError } from '../../shared/errors.js';
import type { ProgramPin } from './pins.js';
import type { PartProgress } from './progress.js';

/**
 * Builds a program with `go install` at its pinned version into `folder`. Go fetches the modules and checks them against
 * its checksum database.
 * @throws NativeLibraryError when Go is missing, with the remedy, or when the build fails.
 */
export async function goInstall(pin: ProgramPin, folder: string, cache: string, progress: PartProgress, signal: AbortSignal): Promise<void> {
  const gobin = join(folder, '.gobin');
  await mkdir(gobin, { recursive: true });
  progress.stage('building with Go');
  const build = execa('go', ['install', '-v', '-ldflags', '-s -w', `${pin.module}@v${pin.version}`], {
    cwd: folder, // outside any Go module of the user's
    env: goEnvironment(gobin, cache),
    all: true,
    cancelSignal: signal,
    reject: false,
  });
  let packages = 0;
  let last: string[] = [];
  for await (const line of build.iterable({ from: 'all' })) {
    if (!line.startsWith('go: downloading')) packages += 1;
    last = [...last.slice(-9), line];
    progress.fraction(packages / pin.packages);
  }
  const result = await build;
  signal.throwIfAborted();
  if (result.code === 'ENOENT') {
    throw new NativeLibraryError(
      `${basename(pin.module)} is neither on PATH nor in the cache, its official release could not be fetched, and Go, which would build it, is not on PATH. ` +
      'Install Go from https://go.dev/dl or put the program on PATH.',
    );
  }
  if (result.failed) throw new NativeLibraryError(`go install ${pin.module}@v${pin.version} failed:\n${last.join('\n')}`);
  await rename(join(gobin, basename(pin.module)), join(folder, basename(pin.module)));
  await rm(gobin, { recursive: true });
}

/** The user's own Go settings, with defaults where there is no home, and caches that can be deleted like any folder. */
function goEnvironment(gobin: string, cache: string): Record<string, string> {
  const home = process.env['HOME'] ?? homedir();
  const homeless = home === '' || home === '/';
  return {
    GOBIN: gobin,
    CGO_ENABLED: '0',
    GOFLAGS: `${process.env['GOFLAGS'] ?? ''} -modcacherw`.trim(),
    ...(homeless ? { GOPATH: join(cache, 'go'), GOCACHE: join(cache, 'go-build') } : {}),
  };
}
