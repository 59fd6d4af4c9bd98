import type { ArtifactRef } from '../shared/artifact.js';
import type { ManifestReader } from './manifest-reader.js';

/** The keys of steps that several KeyLists hold, in their order. */
export async function joinedKeys(read: Pick<ManifestReader, 'keys'>, lists: readonly ArtifactRef[]): Promise<string[]> {
  return (await Promise.all(lists.map((list) => read.keys(list)))).flatMap(({ keys }) => keys);
}
