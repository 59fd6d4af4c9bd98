import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { execa } from 'execa';
import { Agent, fetch } from 'undici';
import { NativeLibraryError } from '../../shared/errors.js';
import type { ProgramPin } from './pins.js';
import type { PartProgress } from './progress.js';
import { verifyChecksum } from './verify-checksum.js';

const CONNECT_TIMEOUT_MS = 3000;
const FIRST_ANSWER_MS = 8000;

/**
 * Fetches a program's official release into `folder`; false when it cannot be reached, so that the caller goes on to the
 * next way. The archive is checked against the checksums published with the release: its digest cannot be pinned here
 * for platforms that nobody tried, and both come over TLS from the same release.
 * @throws NativeLibraryError when it was fetched but its checksum differs.
 */
export async function fetchRelease(pin: ProgramPin, program: string, folder: string, progress: PartProgress): Promise<boolean> {
  const dispatcher = new Agent({ connect: { timeout: CONNECT_TIMEOUT_MS }, headersTimeout: FIRST_ANSWER_MS });
  const name = pin.archive(process.platform, process.arch);
  const archive = join(folder, name);
  progress.stage('looking for the official release');
  try {
    const sums = await answer(`${pin.release}/checksums.txt`, dispatcher, AbortSignal.timeout(FIRST_ANSWER_MS));
    const line = (await sums.text()).split('\n').find((each) => each.trim().endsWith(name));
    const sha256 = line?.trim().split(/\s+/)[0];
    if (sha256 === undefined) return false;
    progress.stage('downloading the official release');
    const response = await answer(`${pin.release}/${name}`, dispatcher);
    await save(response, archive, progress);
    await verifyChecksum(archive, sha256, pin.release);
  } catch (error) {
    if (error instanceof NativeLibraryError) throw error;
    progress.stage(`official release not reached (${reason(error)})`);
    await rm(archive, { force: true });
    return false;
  } finally {
    await dispatcher.destroy();
  }
  // Some releases put the program into a folder of its own.
  const { stdout } = await execa('tar', ['-tzf', archive]);
  const member = stdout.split('\n').find((path) => path === program || path.endsWith(`/${program}`));
  if (member === undefined) throw new NativeLibraryError(`${name} of ${pin.release} holds no ${program}.`);
  const depth = member.split('/').length - 1;
  await execa('tar', ['-xzf', archive, '-C', folder, `--strip-components=${depth}`, member]);
  await rm(archive);
  return true;
}

type Answer = Awaited<ReturnType<typeof fetch>>;

async function answer(url: string, dispatcher: Agent, signal?: AbortSignal): Promise<Answer> {
  const response = await fetch(url, { dispatcher, ...(signal ? { signal } : {}) });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return response;
}

async function save(response: Answer, file: string, progress: PartProgress): Promise<void> {
  if (!response.body) throw new Error('an empty answer');
  const total = Number(response.headers.get('content-length') ?? 0);
  let received = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      received += chunk.length;
      if (total > 0) progress.fraction(received / total);
      next(null, chunk);
    },
  });
  await pipeline(Readable.fromWeb(response.body), count, createWriteStream(file));
}

function reason(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = (cause as NodeJS.ErrnoException | undefined)?.code;
  return code ?? (error instanceof Error ? error.message : String(error));
}
