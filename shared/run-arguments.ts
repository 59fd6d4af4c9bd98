import type { ModelConfig } from './config.js';
import type { RunInput } from './run.js';

/** One of the models that a run trains. */
export interface NamedModel {
  readonly name: string;
  readonly model: ModelConfig;
}

/** The arguments of the workflow `pipeline`. Each model is one of its own: no payload grows with their number. */
export type RunArguments = [input: RunInput, ...models: NamedModel[]];

/** Takes the models out of the settings. */
export function runArguments({ config, ...input }: RunInput): RunArguments {
  const { models } = config.train;
  return [
    { ...input, config: { ...config, train: { ...config.train, models: {} } } },
    ...Object.entries(models).map(([name, model]) => ({ name, model })),
  ];
}

/** Puts the models back, in their order. */
export function runInput(...[{ config, ...input }, ...models]: RunArguments): RunInput {
  const all = { ...config.train.models, ...Object.fromEntries(models.map(({ name, model }) => [name, model])) };
  return { ...input, config: { ...config, train: { ...config.train, models: all } } };
}
