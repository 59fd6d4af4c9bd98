import type { JsonObject } from '../../shared/json.js';
import { CLASSES } from '../models/model.js';
import type { Offset } from '../training/test-time-augmentation.js';

/** What is said of a model in every file that it is exported to. */
export interface ExportFacts extends UntrainedFacts {
  /** SHA-256 of the trained model as it was saved, from which the file was made. */
  readonly trainingDigest: string;
}

/** What is known of a model before it is trained. */
export interface UntrainedFacts extends JsonObject {
  readonly name: string;
  /** Of the classes, in the order of the probabilities. */
  readonly labels: readonly string[];
  /** Shape and axes of what goes in, in words. */
  readonly input: string;
  readonly normalisation: Normalisation;
  /** The model's, an SPDX identifier where there is one. */
  readonly licence: string;
  /** Digitloom's. */
  readonly version: string;
}

/** How pixels become the input: pixel x scale + offset. */
export interface Normalisation extends JsonObject {
  readonly words: string;
  readonly scale: number;
  readonly offset: number;
}

/** The labels of Digitloom's models, in the order of their probabilities. */
export const DIGITS: readonly string[] = Array.from({ length: CLASSES }, (_, digit) => String(digit));

/** Digitloom's networks: bytes to [0, 1]. */
export const PIXELS_TO_UNIT: Normalisation = { words: 'Grey pixels from 0 (paper) to 255 (ink), divided by 255.', scale: 1 / 255, offset: 0 };

/** The facts as every format can hold them: strings by name. */
export type ExportMetadata = Readonly<Record<
  'name' | 'labels' | 'input' | 'normalisation' | 'normalisation_scale' | 'normalisation_offset' | 'training_digest' | 'licence' | 'made_by', string
>> & { readonly places?: string };

/**
 * Labels become a JSON array, numbers the shortest decimals that give them back.
 * @param places where the trained model looks at an image; a file that does so once is told where there are several
 */
export function exportMetadata({ name, labels, input, normalisation: { words, scale, offset }, trainingDigest, licence, version }: ExportFacts, places: readonly Offset[] = []): ExportMetadata {
  return {
    name, labels: JSON.stringify(labels), input,
    normalisation: words, normalisation_scale: String(scale), normalisation_offset: String(offset),
    training_digest: trainingDigest, licence, made_by: `digitloom ${version}`, ...(places.length > 1 && { places: JSON.stringify(places) }),
  };
}
