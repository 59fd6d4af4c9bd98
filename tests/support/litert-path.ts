import { existsSync } from 'node:fs';
import { join } from 'node:path';
import envPaths from 'env-paths';

const CACHED = join(envPaths('digitloom', { suffix: '' }).cache, 'ai-edge-litert-2.3.0', 'ai_edge_litert', 'libLiteRt.so');

/** libLiteRt.so, where provisioning put it. */
export function litertPath(): string {
  if (!existsSync(CACHED)) throw new Error(`LiteRT is not provisioned: expected ${CACHED}. Run npm test, which provisions it.`);
  return CACHED;
}
