import { readFileSync } from 'node:fs';
import type { CompressionPlan } from '../../ml/compression/training/compression-plan.js';
import { TRAINING_AUGMENTATION } from '../../shared/augmentation-documents.js';
import type { JsonObject } from '../../shared/json.js';
import type { ModelName } from '../../shared/model-names.js';

/** A network to begin with: trained weights of the repository, or a recipe. */
export type StartingNetwork = { readonly kind: ModelName } & ({ readonly file: string } | { readonly params: JsonObject });

/** A compression to be measured. */
export interface Experiment {
  readonly name: string;
  /** Of `networks`. */
  readonly network: string;
  /** Of `networks`: answers for the images of the compression's batches. */
  readonly teacher?: string;
  readonly seeds: readonly number[];
  readonly plan: Omit<CompressionPlan, 'distil'> & { readonly distil?: Omit<NonNullable<CompressionPlan['distil']>, 'teacher'> };
  /** What is counted: the constants of a C header, or a `.tflite`. */
  readonly form: 'c' | 'dynamic' | 'dynamic4';
}

/** benchmarks/compression.json. */
export interface CompressionSettings {
  readonly networks: Readonly<Record<string, StartingNetwork>>;
  /** The most valuable first. */
  readonly experiments: readonly Experiment[];
}

/** Reads the settings; `augment: "section"` stands for the preset's pipeline, as in a run's settings. */
export function readSettings(path: string): CompressionSettings {
  return JSON.parse(readFileSync(path, 'utf8'), (key, value: unknown) => (key === 'augment' && value === 'section' ? TRAINING_AUGMENTATION : value)) as CompressionSettings;
}

/** One experiment of one seed. */
export interface Trial {
  /** Of its files. */
  readonly key: string;
  readonly seed: number;
  readonly experiment: Experiment;
}

/** The trials of the named experiments (all of them when none is named), the first seeds first. */
export function trialsOf({ experiments }: CompressionSettings, names: readonly string[]): Trial[] {
  const unknown = names.filter((name) => !experiments.some((experiment) => experiment.name === name));
  if (unknown.length > 0) throw new RangeError(`No experiment ${unknown.join(', ')}: known are ${experiments.map(({ name }) => name).join(', ')}.`);
  const chosen = experiments.filter(({ name }) => names.length === 0 || names.includes(name));
  const rounds = Math.max(...chosen.map(({ seeds }) => seeds.length));
  return Array.from({ length: rounds }, (_, round) => chosen.flatMap((experiment) => {
    const seed = experiment.seeds[round];
    return seed === undefined ? [] : [{ key: `${experiment.name}-s${seed}`, seed, experiment }];
  })).flat();
}
