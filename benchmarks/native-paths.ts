import { cacheFolder } from '../infra/provision/cache-folder.js';
import { readNativeParts } from '../infra/provision/native-parts.js';
import { nativePathsOf } from '../infra/provision/native-paths.js';
import type { NativePaths } from '../shared/step.js';

/** Where provisioning put the foreign libraries, as a step gets them. */
export function nativePaths(): NativePaths {
  return nativePathsOf(readNativeParts(cacheFolder()));
}
