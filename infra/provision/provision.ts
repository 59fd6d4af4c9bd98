import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { provisionAddon } from './tfjs-addon.js';
import { readNativeParts, writeNativeParts, type NativeParts } from './native-parts.js';
import type { PartName } from './needs.js';
import { wheelFolder } from './part-folder.js';
import { PINS, type WheelPin } from './pins.js';
import { removeAbandonedStaging } from './place-in-cache.js';
import { provisionProgram, type Found } from './program.js';
import { withProvisionLock } from './provision-lock.js';
import type { PartProgress, Progress } from './progress.js';
import { provisionPython } from './python-packages.js';
import { provisionWheel } from './wheel.js';

/**
 * Brings the named parts into the cache and writes `native.json`. All parts at once: a build with Go keeps the
 * processors busy while pip waits for the network. The first failure stops the others.
 * @throws NativeLibraryError naming the part and the remedy.
 */
export async function provision(parts: readonly PartName[], cache: string, progress: Progress): Promise<NativeParts> {
  await mkdir(cache, { recursive: true });
  const waiting = (): void => progress.part('provisioning').stage('another process is provisioning; waiting for it');
  return withProvisionLock(cache, waiting, async () => {
    const started = performance.now();
    await removeAbandonedStaging(cache);
    const stop = new AbortController();
    const work = parts.map(async (name) => [name, await bring(name, cache, progress.part(name), stop.signal)] as const);
    const found = await Promise.all(work).catch(async (error: unknown) => {
      stop.abort();
      await Promise.allSettled(work); // each cleans its staging folder
      throw error;
    });
    const known = readNativeParts(cache);
    const native = {
      ...known,
      ...Object.fromEntries(found.map(([name, { path }]) => [name, path])),
      versions: { ...known?.versions, ...Object.fromEntries(found.map(([name, { version }]) => [name, version])) },
      found: { ...known?.found, ...Object.fromEntries(found.map(([name, { how }]) => [name, how])) },
      seconds: (performance.now() - started) / 1000,
    };
    writeNativeParts(cache, native);
    return native;
  });
}

async function bring(name: PartName, cache: string, progress: PartProgress, signal: AbortSignal): Promise<Found> {
  switch (name) {
    case 'temporal':
    case 'versitygw':
      return provisionProgram(name, cache, progress, signal);
    case 'python':
    case 'pythonTensorflow':
      return provisionPython(name, cache, progress, signal);
    case 'xgboost':
      return bringWheel(PINS.xgboost, 'xgboost/lib/libxgboost.so', cache, progress, signal);
    case 'litert':
      return bringWheel(PINS.litert, 'ai_edge_litert/libLiteRt.so', cache, progress, signal);
    case 'tensorflow':
    case 'tensorflowGpu': {
      const tensorflow = await bringWheel(PINS[name], 'tensorflow', cache, progress, signal);
      const version = `${PINS[name].requirement}-${PINS[name].version}`;
      await provisionAddon(name === 'tensorflow' ? 'tfjs-node' : 'tfjs-node-gpu', tensorflow.path, version, cache, progress, signal);
      return tensorflow;
    }
  }
}

async function bringWheel(pin: WheelPin, path: string, cache: string, progress: PartProgress, signal: AbortSignal): Promise<Found> {
  const folder = wheelFolder(cache, pin);
  const found = { path: join(folder, path), version: pin.version };
  if (pin.expect.every((file) => existsSync(join(folder, file)))) return { ...found, how: 'cache' };
  await provisionWheel(pin, folder, progress, signal);
  progress.done(`${pin.version} ready`);
  return { ...found, how: 'wheel' };
}
