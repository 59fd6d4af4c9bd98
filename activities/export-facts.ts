import { readFileSync } from 'node:fs';
import type { ExportFacts, UntrainedFacts } from '../ml/export/export-metadata.js';
import { DIGITS, PIXELS_TO_UNIT } from '../ml/export/export-metadata.js';
import type { ModelConfig } from '../shared/config.js';

/** What goes in where a model reads no pixels. */
const AS_EXTRACTED = { words: 'Feature columns as they are extracted, in the order of the model\'s families.', scale: 1, offset: 0 };
const AS_PREDICTED = { words: 'Probabilities as the models give them, ten a model, in the order of the models.', scale: 1, offset: 0 };

/** What files are told of a model. */
export interface ToldModel extends ToldVariant {
  /** SHA-256 of what it was saved as. */
  readonly digest: string;
}

/** What files are told of a model that the step which writes them has yet to make. */
export interface ToldVariant {
  readonly name: string;
  /** What it reads, or the models whose probabilities it takes. */
  readonly input: ModelConfig['input'] | { readonly probabilitiesOf: readonly string[] };
  readonly licence: string;
}

/** What is said of a model in every file that it is exported to. */
export function exportFacts({ digest, ...told }: ToldModel): ExportFacts {
  return { ...untrainedFacts(told), trainingDigest: digest };
}

/** The same but for the digest of what was trained. */
export function untrainedFacts({ name, input, licence }: ToldVariant): UntrainedFacts {
  return { name, labels: DIGITS, ...inputFacts(input), licence, version: packageVersion() };
}

function inputFacts(input: ToldModel['input']): Pick<ExportFacts, 'input' | 'normalisation'> {
  if (typeof input === 'string') return { input: `images of 28 x 28 pixels${input === 'deskewed' ? ', made upright' : ''}`, normalisation: PIXELS_TO_UNIT };
  if ('probabilitiesOf' in input) return { input: `float32 probabilities of ${input.probabilitiesOf.join(', ')}`, normalisation: AS_PREDICTED };
  return { input: `float32 feature columns of ${input.join(', ')}`, normalisation: AS_EXTRACTED };
}

function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string };
  return version;
}
