import { readFileSync } from 'node:fs';
import type { ExportFacts } from '../ml/export/export-metadata.js';
import { DIGITS, PIXELS_TO_UNIT } from '../ml/export/export-metadata.js';
import type { ModelConfig } from '../shared/config.js';

/** What goes in where a model reads no pixels. */
const AS_EXTRACTED = { words: 'Feature columns as they are extracted, in the order of the model\'s families.', scale: 1, offset: 0 };
const AS_PREDICTED = { words: 'Probabilities as the models give them, ten a model, in the order of the models.', scale: 1, offset: 0 };

/** What files are told of a model. */
export interface ToldModel {
  readonly name: string;
  /** What it reads, or the models whose probabilities it takes. */
  readonly input: ModelConfig['input'] | { readonly probabilitiesOf: readonly string[] };
  /** Of what it was saved as. */
  readonly digest: string;
  readonly licence: string;
}

/** What is said of a model in every file that it is exported to. */
export function exportFacts({ name, input, digest, licence }: ToldModel): ExportFacts {
  return {
    name, labels: DIGITS, ...inputFacts(input), trainingDigest: digest, licence, version: packageVersion(),
  };
}

function inputFacts(input: ToldModel['input']): Pick<ExportFacts, 'input' | 'normalisation'> {
  if (typeof input === 'string') return { input: `float32 images of 28 x 28 pixels${input === 'deskewed' ? ', made upright' : ''}`, normalisation: PIXELS_TO_UNIT };
  if ('probabilitiesOf' in input) return { input: `float32 probabilities of ${input.probabilitiesOf.join(', ')}`, normalisation: AS_PREDICTED };
  return { input: `float32 feature columns of ${input.join(', ')}`, normalisation: AS_EXTRACTED };
}

function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: string };
  return version;
}
