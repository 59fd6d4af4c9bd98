import { DIGITS, exportMetadata, PIXELS_TO_UNIT } from '../../ml/export/export-metadata.js';

/** What the files of a network's variant say of it. No version of Digitloom's: the same network gives the same files. */
export function variantFacts(name: string, trainingDigest: string): Readonly<Record<string, string>> {
  const facts = exportMetadata({ name, labels: DIGITS, input: 'images in [0, 1]', normalisation: PIXELS_TO_UNIT, trainingDigest, licence: 'not stated', version: '' });
  return { ...facts, made_by: 'digitloom' };
}
