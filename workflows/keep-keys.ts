import type { ArtifactRef } from '../shared/artifact.js';
import type { records } from './proxies.js';

/** 67 bytes each: 6.7 KB. */
const KEYS_IN_A_PART = 100;

/** Keeps step keys in the store, in parts that are small enough for a history however many there are. */
export async function keepKeys({ keepKeys: keep }: Pick<typeof records, 'keepKeys'>, keys: readonly string[]): Promise<ArtifactRef[]> {
  const parts = Array.from({ length: Math.ceil(keys.length / KEYS_IN_A_PART) }, (_, i) => keys.slice(i * KEYS_IN_A_PART, (i + 1) * KEYS_IN_A_PART));
  return Promise.all(parts.map((part, i) => keep.executeWithOptions({ summary: `keys ${i + 1}/${parts.length}` }, [{ keys: part }])));
}
