import { existsSync } from 'node:fs';
import { join } from 'node:path';
import envPaths from 'env-paths';

const CACHED = join(envPaths('digitloom', { suffix: '' }).cache, 'xgboost-cpu-3.2.0', 'xgboost', 'lib', 'libxgboost.so');

/** libxgboost.so, where provisioning put it. */
export function xgboostPath(): string {
  if (!existsSync(CACHED)) throw new Error(`XGBoost is not provisioned: expected ${CACHED}. Run npm test, which provisions it.`);
  return CACHED;
}
