import { existsSync } from 'node:fs';
import { copyFile, cp, realpath, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { execa } from 'execa';
import { NativeLibraryError } from '../../shared/errors.js';
import { addonKey, addonPackageFolder, linkAddon, linkTensorflow, type AddonPackage } from './addon-links.js';
import { placeInCache } from './place-in-cache.js';
import type { PartProgress } from './progress.js';

const BINDING = 'tfjs_binding.node';
const SOURCES = ['package.json', 'binding.gyp', 'binding'];

/**
 * Makes tfjs-node work on the given TensorFlow: builds its addon once for each (package version, Node ABI, TensorFlow
 * version), keeps it in the cache and links it into node_modules, from where every `npm ci` wipes it.
 * @param tensorflow folder with the libraries and `include/`.
 * @throws NativeLibraryError when the addon does not compile.
 */
export async function provisionAddon(
  name: AddonPackage, tensorflow: string, tensorflowVersion: string, cache: string, progress: PartProgress, signal: AbortSignal,
): Promise<void> {
  const key = addonKey(name, tensorflowVersion);
  const folder = join(cache, key);
  const addon = join(folder, BINDING);
  if (!existsSync(addon)) {
    await placeInCache(folder, [BINDING], (staging) => compile(name, tensorflow, staging, progress, signal));
    progress.done(`${key} ready`);
  }
  linkAddon(name, tensorflow, addon, key);
}

async function compile(name: AddonPackage, tensorflow: string, staging: string, progress: PartProgress, signal: AbortSignal): Promise<void> {
  progress.stage('compiling the TensorFlow addon');
  const work = join(staging, 'package');
  for (const source of SOURCES) await cp(join(addonPackageFolder(name), source), join(work, source), { recursive: true });
  linkTensorflow(work, tensorflow);
  const nodePreGyp = createRequire(join(addonPackageFolder(name), 'package.json')).resolve('@mapbox/node-pre-gyp/bin/node-pre-gyp');
  const headers = headersPrefix();
  const result = await execa(process.execPath, [
    nodePreGyp, 'install', '--build-from-source', ...(headers === undefined ? [] : [`--nodedir=${headers}`]),
  ], { cwd: work, env: await nodeGypEnvironment(), all: true, cancelSignal: signal, reject: false });
  signal.throwIfAborted();
  if (result.failed) {
    throw new NativeLibraryError(
      `The addon of @tensorflow/${name} did not compile (make and a C++ compiler must be installed):\n${result.all.split('\n').slice(-25).join('\n')}`,
    );
  }
  await copyFile(join(work, 'lib/napi-v8', BINDING), join(staging, BINDING));
  await rm(work, { recursive: true });
}

/** Where Node's headers are. Node-API is stable, so those of another Node serve; without any, node-gyp downloads them. */
function headersPrefix(): string | undefined {
  const prefixes = [dirname(dirname(process.execPath)), '/usr', '/usr/local'];
  return prefixes.find((prefix) => existsSync(join(prefix, 'include/node/node_api.h')) && existsSync(join(prefix, 'include/node/common.gypi')));
}

/** node-pre-gyp looks for npm's node-gyp only beside Node; tell it where npm really is. */
async function nodeGypEnvironment(): Promise<Record<string, string>> {
  const npm = await execa('sh', ['-c', 'command -v npm'], { reject: false });
  if (npm.failed || npm.stdout === '') return {};
  const nodeGyp = join(dirname(await realpath(npm.stdout)), '../node_modules/node-gyp/bin/node-gyp.js');
  return existsSync(nodeGyp) ? { npm_config_node_gyp: nodeGyp } : {};
}
