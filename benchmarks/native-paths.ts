import { cacheFolder } from '../infra/provision/cache-folder.js';
import { readNativeParts } from '../infra/provision/native-parts.js';
import type { NativePaths } from '../shared/step.js';

/** Where provisioning put the foreign libraries, as a step gets them. */
export function nativePaths(): NativePaths {
  const { tensorflow, xgboost, litert } = readNativeParts(cacheFolder()) ?? {};
  return { ...(tensorflow !== undefined && { tensorflow }), ...(xgboost !== undefined && { xgboost }), ...(litert !== undefined && { litert }) };
}
