import { copyFile, link, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ArtifactRef } from '../shared/artifact.js';
import type { ArtifactStore } from '../storage/artifact-store.js';

const PREFIX = 'attempt-';
const LINK_ATTEMPTS = 3;

/** Runs work with an empty folder of its own, which is gone afterwards. */
export async function withStaging<T>(parent: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, `${PREFIX}${process.pid}-`));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes what killed processes have left. */
export async function removeAbandonedStaging(parent: string): Promise<void> {
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    const pid = Number(/^attempt-(\d+)-/.exec(name)?.[1]);
    if (pid > 0 && pid !== process.pid && !isAlive(pid)) await rm(join(parent, name), { recursive: true, force: true });
  }
}

/** Places artifacts as files into a folder and returns their paths. Links, so that the cache may evict them meanwhile. */
export async function stageFiles(
  store: ArtifactStore,
  inputs: Readonly<Record<string, readonly ArtifactRef[]>>,
  folder: string,
  each: { readonly signal: AbortSignal; readonly done: () => void },
): Promise<Record<string, string[]>> {
  const files: Record<string, string[]> = {};
  let count = 0;
  for (const [role, refs] of Object.entries(inputs)) {
    const paths: string[] = [];
    for (const ref of refs) {
      const path = join(folder, `input-${(count += 1)}`);
      await stage(store, ref, path, each.signal);
      each.done();
      paths.push(path);
    }
    files[role] = paths;
  }
  return files;
}

async function stage(store: ArtifactStore, ref: ArtifactRef, path: string, signal: AbortSignal): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const source = await store.file(ref, signal);
    try {
      await link(source, path).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') throw error;
        return copyFile(source, path); // another disk, or a file system without links
      });
      return;
    } catch (error) {
      // Another worker that shares the cache may have evicted the file since.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt === LINK_ATTEMPTS) throw error;
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
