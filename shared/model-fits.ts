import type { ModelConfig } from './config.js';

/** Which of a model's seeds a fit has: type, since an interface is no JsonObject. */
export type SeedOf = {
  /** The model's name in the settings. */
  readonly model: string;
  /** From 1. The first is the seed that the model has alone. */
  readonly number: number;
};

/** One fit that the settings ask for. */
export interface ModelFit {
  /** The model's name; with another seed than its first, `<name>.<number>`: no name in the settings has a full stop. */
  readonly name: string;
  readonly model: ModelConfig;
  /** Absent for a model with one seed. */
  readonly seedOf?: SeedOf;
}

/** Every fit of a run's models: each model's first seed in the order of the settings, after them the further seeds, model by model. */
export function modelFits(models: Readonly<Record<string, ModelConfig>>): ModelFit[] {
  const fits = Object.entries(models).flatMap(([name, { seeds = 1, ...model }]) => Array.from({ length: seeds }, (_, i): ModelFit => (
    { name: i === 0 ? name : `${name}.${i + 1}`, model, ...(seeds > 1 && { seedOf: { model: name, number: i + 1 } }) })));
  return [...fits.filter(({ seedOf }) => !isFurtherSeed(seedOf)), ...fits.filter(({ seedOf }) => isFurtherSeed(seedOf))];
}

/** Whether it is another seed than a model's first. */
export function isFurtherSeed(seedOf: SeedOf | undefined): boolean {
  return seedOf !== undefined && seedOf.number > 1;
}
