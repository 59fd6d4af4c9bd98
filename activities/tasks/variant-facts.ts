import { createHash } from 'node:crypto';
import { exportMetadata } from '../../ml/export/export-metadata.js';
import type { UntrainedFacts } from '../../ml/export/export-metadata.js';

/** What the files of a network's variant say of it. @param trained the saved network that they hold, which the store has under its SHA-256 */
export function variantFacts(facts: UntrainedFacts, trained: Uint8Array): Readonly<Record<string, string>> {
  return exportMetadata({ ...facts, trainingDigest: createHash('sha256').update(trained).digest('hex') });
}
