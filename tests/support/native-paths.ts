import { existsSync } from 'node:fs';
import { join } from 'node:path';
import envPaths from 'env-paths';
import type { NativePaths } from '../../shared/step.js';

const FOLDER = join(envPaths('digitloom', { suffix: '' }).cache, 'tensorflow-cpu-2.21.0', 'tensorflow');

/** The folder of TensorFlow's libraries, where provisioning put it, as a step gets it. */
export function nativePaths(): NativePaths & { readonly tensorflow: string } {
  if (!existsSync(FOLDER)) throw new Error(`TensorFlow is not provisioned: expected ${FOLDER}. Run npm test, which provisions it.`);
  return { tensorflow: FOLDER };
}
