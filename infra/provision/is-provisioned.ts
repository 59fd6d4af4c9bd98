import { existsSync } from 'node:fs';
import { addonIsLinked } from './addon-links.js';
import { cacheFolder } from './cache-folder.js';
import { readNativeParts } from './native-parts.js';
import { neededParts, type Addresses } from './needs.js';
import { PINS } from './pins.js';
import { pythonVersionKey } from './python-version-key.js';

/**
 * Whether everything needed is already in its place: a few looks at the disk, no program started. What the user's own
 * PATH gave may have any version; what came from the cache must have the pinned one.
 */
export function isProvisioned(args: readonly string[] = [], env: Addresses = process.env): boolean {
  const parts = readNativeParts(cacheFolder(env));
  if (!parts) return false;
  return neededParts(args, env).every((name) => {
    const path = parts[name];
    if (path === undefined || !existsSync(path)) return false;
    if (name === 'python' || name === 'pythonTensorflow') return parts.versions[name]?.endsWith(pythonVersionKey('', name)) ?? false;
    if (parts.found[name] !== 'PATH' && parts.versions[name] !== PINS[name].version) return false;
    if (name === 'tensorflow') return addonIsLinked('tfjs-node', path);
    return name === 'tensorflowGpu' ? addonIsLinked('tfjs-node-gpu', path) : true;
  });
}
